"""Hostile submissions, judged as in a class: the verdict, what they must not have reached, and the next learner's.

Each file in `attacks/` says in its first lines what may come of it. They run in the two modes that hold strangers'
code; in the third only what limits can hold, for the rest would really happen (see `HELD_BY_LIMITS`).
"""

import os
import platform
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from graders.pipeline import judge
from graders.sandbox.pool import Limits, SandboxError, open_pool
from graders.submission import Submission
from tfgrad_course.course.load import load

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")]

FOLDER = Path(__file__).parent / "attacks"
EXERCISE = load(  # without choices, for those may be typed in beside a tape that is right
    "cubic.yaml",
    b"id: cubic\nkind: slope\nfunction: 3*x**3 + 5*x**2 - 3*x + 10\npoint: {x: -2}\nanswer: 13\n",
)
GOOD = (FOLDER / "ok_files.py").read_text().split("import tensorflow")[1]
GOOD = "import tensorflow" + GOOD
BAD = GOOD.replace("3 * x**3", "4 * x**3")
MADE = {
    "source_nested": ("x = " + "(" * 5000 + "1" + ")" * 5000, ("failed", "rejected", "memory_limit")),
    "source_long_sum": ("x = 1" + " + 1" * 50_000, ("failed", "rejected", "memory_limit", "crashed")),
    "source_indents": ("\n".join(" " * i + "if 1:" for i in range(300)), ("failed", "rejected")),
    "source_digits": ("x = " + "9" * 200_000, ("failed", "rejected")),
    "source_power": ("x = 9**9**9", ("time_limit", "memory_limit", "failed")),
    "source_null": ("x = 1\0", ("rejected",)),
    "source_size": ("x = [" + "0, " * 100_000 + "]", ("rejected",)),
    "source_coding": ("# -*- coding: utf-7 -*-\nx = 1", ("rejected",)),
}
# Held by limits alone; the others would reach the machine: nothing there stops a file, a socket or a process.
HELD_BY_LIMITS = (
    "ok_files",
    "ok_threads",
    "ok_numbers",
    "ok_twice",
    "time_forever",
    "time_asleep",
    "memory_list",
    "output_",
    "forge_exit_0",
    "forge_segfault",
    "cheat_",
    "lie_",
    "memory_broadcast",
    "memory_nested",
)
NUMBERED = (
    "kernel_more",
    "kernel_perf",
    "process_clone3",
    "kernel_keyctl",
    "kernel_bpf",
    "kernel_userfaultfd",
    "kernel_32_bit",
)  # by x86-64 call numbers


@dataclass(frozen=True)
class Attack:
    name: str
    source: str
    expect: tuple[str, ...]
    never: str


def read(path):
    lines = path.read_text().splitlines()
    said = dict(
        line[2:].split(": ", 1) for line in lines[:3] if line.startswith(("# expect", "# never", "# why"))
    )
    return Attack(path.stem, path.read_text(), tuple(said["expect"].split(", ")), said.get("never", ""))


ATTACKS = [read(path) for path in sorted(FOLDER.glob("*.py"))]
ATTACKS += [Attack(name, source, outcomes, "") for name, (source, outcomes) in MADE.items()]
CASES = [(mode, attack) for mode in ("full", "no-namespaces") for attack in ATTACKS] + [
    ("limits-only", attack) for attack in ATTACKS if attack.name.startswith(HELD_BY_LIMITS)
]
# What the walls hold they hold whatever is loaded behind them: of those only the ones that use TensorFlow run there.
WALLS_ALONE = (
    "time_",
    "memory_",
    "disk_",
    "process_",
    "kernel_",
    "secrets_",
    "network_",
    "crash_",
    "source_",
)
ON_TENSORFLOW = [
    attack for attack in ATTACKS if "tensorflow" in attack.source or not attack.name.startswith(WALLS_ALONE)
]


def words(verdict):
    """The verdict in the words of the attack files and in its own."""
    if verdict.outcome == "passed":
        return {"pass", "passed"}
    if verdict.outcome != "failed":
        return {verdict.outcome}
    probes = (verdict.probes.hidden_points, verdict.probes.marked_gradient)
    if (verdict.findings and verdict.findings[0].id == "tampering") or "broken" in probes:
        return {"cheating", "failed"}
    return {"error" if verdict.exception else "wrong", "failed"}


@pytest.fixture(scope="module")
def bait():
    """What an attack might reach: a secret, a listener, a process, files; yields what was touched."""
    touched = []
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def listen():
        while True:
            try:
                server.accept()[0].close()
            except OSError:
                return
            touched.append("listener")

    threading.Thread(target=listen, daemon=True).start()
    bystander = subprocess.Popen(["sleep", "3600"], stdout=subprocess.DEVNULL)
    folder = Path(tempfile.mkdtemp(prefix="canary-"))
    file = folder / "CANARY_expected.json"
    file.write_text("CANARY")
    os.chmod(folder, 0o777)
    os.chmod(file, 0o666)
    os.environ["CANARY_SECRET"] = "CANARY_EXPECTED_in_the_environment"

    def look():
        found = list(touched)
        found += ["bystander"] if bystander.poll() is not None else []
        found += ["file"] if not file.exists() or file.read_text() != "CANARY" else []
        found += [path.name for path in Path(tempfile.gettempdir()).glob("PWNED*")]
        return found

    yield port, look
    bystander.kill()
    bystander.wait()
    server.close()
    del os.environ["CANARY_SECRET"]
    file.unlink()
    folder.rmdir()


@pytest.fixture(scope="module")
def pools(bait):
    opened = {}

    def pool(mode, backend="shim"):
        key = mode, backend
        if key not in opened:
            limits = (
                Limits(wall_s=2, cpu_s=2, memory_mib=300) if backend == "shim" else Limits(wall_s=6, cpu_s=6)
            )
            try:
                opened[key] = open_pool(backend, limits=limits, mode=mode, trusted=mode == "limits-only")
            except SandboxError as error:
                pytest.skip(str(error))
        if opened[key].mode != mode:
            pytest.skip(f"this machine has only {opened[key].mode}")
        return opened[key]

    yield pool
    for used in opened.values():
        used.close()


def graded(source, pool):
    return judge(EXERCISE, Submission("learner", EXERCISE.id, "submission.py", source), pool)


@pytest.mark.parametrize(("mode", "attack"), CASES, ids=[f"{mode}-{attack.name}" for mode, attack in CASES])
def test_an_attack_gets_its_verdict_reaches_nothing_and_changes_nothing_for_the_next(
    pools, bait, mode, attack
):
    holds(attack, pools(mode), bait)


@pytest.mark.tensorflow
@pytest.mark.parametrize("attack", ON_TENSORFLOW, ids=[attack.name for attack in ON_TENSORFLOW])
def test_the_same_on_tensorflow(pools, bait, attack):
    holds(attack, pools("full", "tensorflow"), bait)


def holds(attack, pool, bait):
    if attack.name.startswith(NUMBERED) and platform.machine() != "x86_64":
        pytest.skip("written for x86-64")
    port, look = bait
    verdict = graded(attack.source.replace("45871", str(port)), pool)
    said = (verdict.outcome, verdict.exception, verdict.detail, verdict.output[-500:])
    assert words(verdict) & set(attack.expect), said
    assert not attack.never or attack.never not in verdict.output
    assert "CANARY_EXPECTED_in" not in verdict.output
    assert look() == []
    if pool.mode == "limits-only":  # a process of its own each time: nothing could be left for the next
        return
    assert graded(GOOD, pool).outcome == "passed"
    assert graded(BAD, pool).outcome == "failed"
