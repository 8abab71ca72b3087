"""Hostile programs in every mode: as root, as an ordinary user, without namespaces, and with limits alone.

A corpus that is not ours is a folder with a `manifest.json` that says of each program which verdicts a good grader may
give and what must not be seen; it lies beside the project (`shared/attacks`) or where TFGRAD_ATTACKS says. Our own
programs (`attacks/`, see `test_attacks`) run here as an ordinary user. The grader runs in a process of its own, so
that what an attack did to it would show.
"""

import contextlib
import glob
import json
import os
import queue
import re
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")]

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("TFGRAD_ATTACKS", ROOT.parent / "shared" / "attacks"))
GRADER = Path(__file__).with_name("graded_apart.py")
LEARNERS_UID = 60_077
SECRET, EXPECTED = "CANARY_" + os.urandom(6).hex(), "CANARY_EXPECTED_" + os.urandom(6).hex()
PATIENCE_S = 90
GOOD = """import tensorflow as tf
x = tf.Variable([-2.0])
with tf.GradientTape() as tape:
    y = 3*x**3 + 5*x**2 - 3*x + 10
grad = tape.gradient(y, x)
"""
BAD = GOOD.replace("3*x**3", "4*x**3")
PORTS, NAMED = range(45_871, 45_875), "PWNED"

# With limits alone nothing stops a file, a socket, a process or a signal: the programs of these categories would do to
# this machine what they are made to do, so they are not run there at all. The rest is held by limits, single-use
# children, a channel that is not believed, and the probes.
NOT_WITHOUT_WALLS = {
    "process": "forks, kills and starts programs: no process could be told from the user's own",
    "secrets": "reads files and the environment of other processes: they are the same user's",
    "tamper": "writes, links and deletes outside its folder",
    "network": "opens sockets",
    "kernel": "asks the kernel for what an ordinary process may have",
}
HELD_ALL_THE_SAME = ("read_gc", "read_next_submission")  # nothing to be found in, or carried over by, a child


def entries():
    """The corpus: name, category, program, what may come of it, what must not be seen."""
    try:
        manifest = json.loads((FOLDER / "manifest.json").read_text())
    except OSError:
        return []
    found = []
    for entry in (entry for part in manifest.values() for entry in part):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            source = (FOLDER / entry["file"]).read_text(encoding="utf-8")
            found.append((entry["id"], entry["category"], source, entry["expect"], entry["forbid"]))
    return found


OURS = Path(__file__).with_name("attacks")
OURS_ELSEWHERE = (
    "ok_",
    "cheat_",
    "lie_",
    "patch_",
    "source_",
    "output_",
    "time_",
)  # no matter who the grader is


def ours():
    """Our own programs, made to hand in under the name that is asked for here."""
    found = []
    for path in sorted(OURS.glob("*.py")):
        if path.stem.startswith(OURS_ELSEWHERE):
            continue
        source = re.sub(r"\banswer\b", "grad", path.read_text(encoding="utf-8"))
        said = dict(re.findall(r"^# (expect|never): (.*)$", source, re.MULTILINE))
        forbid = [f"stdout:{said['never']}"] if "never" in said else []
        found.append((path.stem, path.stem.split("_")[0], source, said["expect"].split(", "), forbid))
    return found


MODES = {
    "root": ("full", 0),
    "user": ("full", LEARNERS_UID),
    "no-namespaces": ("no-namespaces", 0),
    "user-no-namespaces": ("no-namespaces", LEARNERS_UID),
    "limits-only": ("limits-only", 0),
}
CASES = [
    pytest.param(mode, entry, id=f"{mode}-{entry[0]}")
    for mode in MODES
    for entry in entries()
    if mode != "limits-only" or entry[1] not in NOT_WITHOUT_WALLS or entry[0] in HELD_ALL_THE_SAME
]
AS_A_USER = [
    pytest.param(mode, entry, id=f"{mode}-{entry[0]}")
    for mode in ("user", "user-no-namespaces")
    for entry in ours()
]


class Grader:
    """A grader in its own process, which is asked for one verdict after the other."""

    def __init__(self, mode, uid, backend):
        command = [sys.executable, str(GRADER), mode, backend, str(uid)]
        secrets = {"CANARY_SECRET": SECRET, "CANARY_EXPECTED": EXPECTED}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **secrets}
        )
        self.said = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.start = self.answer()

    def _listen(self):
        for line in self.process.stdout:
            self.said.put(json.loads(line))
        self.said.put(None)

    def answer(self):
        said = self.said.get(timeout=PATIENCE_S)  # raises if it hangs
        assert said is not None, "the grader died"
        return said

    def verdict(self, source):
        self.process.stdin.write(json.dumps(source) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def graders():
    opened = {}

    def grader(mode, backend):
        if (mode, backend) not in opened:
            wanted, uid = MODES[mode]
            if uid and os.geteuid() != 0:
                pytest.skip("only root can start a grader as somebody else")
            if uid and not all(folder.stat().st_mode & 1 for folder in (ROOT, *ROOT.parents)):
                pytest.skip("another user cannot read this copy of the project")
            opened[mode, backend] = Grader(wanted, uid, backend)
        start = opened[mode, backend].start
        if start["mode"] != MODES[mode][0]:
            pytest.skip(f"this machine has only {start['mode']}")
        return opened[mode, backend]

    yield grader
    for used in opened.values():
        used.close()


@pytest.fixture(scope="module")
def bait():
    """Listeners, a bystander, files; gives what was touched."""
    heard, servers = [], []
    for kind, family in ((socket.SOCK_STREAM, socket.AF_INET6), (socket.SOCK_DGRAM, socket.AF_INET)):
        for port in PORTS:
            with contextlib.suppress(OSError):
                server = socket.socket(family, kind)
                server.bind(("::" if family == socket.AF_INET6 else "127.0.0.1", port))
                if kind == socket.SOCK_STREAM:
                    server.listen()
                servers.append(server)
                threading.Thread(target=listen, args=(server, heard), daemon=True).start()
    bystander = subprocess.Popen(["sleep", "3600"])
    folder = Path(tempfile.gettempdir())
    canaries = [folder / "CANARY_file", folder / "CANARY_expected.json"]
    for path in canaries:
        path.write_text("CANARY")
        path.chmod(0o666)

    def touched():
        found = [*heard]
        found += ["bystander"] if bystander.poll() is not None else []
        found += [path.name for path in canaries if not path.exists() or path.read_text() != "CANARY"]
        found += glob.glob(f"{folder}/PWNED*")
        return found + [name for name in processes() if name.startswith(NAMED)]

    yield touched
    bystander.kill()
    bystander.wait()
    for server in servers:
        server.close()
    for path in canaries:
        path.unlink(missing_ok=True)


def listen(server, heard):
    while True:
        try:
            server.accept() if server.type == socket.SOCK_STREAM else server.recvfrom(1)
        except OSError:
            return
        heard.append(f"port {server.getsockname()[1]}")


def processes():
    """The names of all that runs."""
    names = []
    for path in glob.glob("/proc/[0-9]*/comm"):
        with contextlib.suppress(OSError):
            names.append(Path(path).read_text().strip())
    return names


def holds(grader, entry, touched):
    _, _, source, expect, forbid = entry
    verdict = grader.verdict(source)
    assert set(verdict["words"]) & set(expect), verdict
    for rule in forbid:
        kind, _, what = rule.partition(":")
        if kind == "stdout":
            assert what.format(secret=SECRET, expected=EXPECTED) not in verdict["output"]
        elif kind == "file":
            assert not Path(what).exists()
    assert SECRET not in verdict["output"] and EXPECTED not in verdict["output"]
    assert touched() == []
    assert "pass" in grader.verdict(GOOD)["words"]
    assert "wrong" in grader.verdict(BAD)["words"]


@pytest.mark.parametrize(("mode", "entry"), CASES)
def test_a_program_of_the_corpus_gets_its_verdict_and_reaches_nothing(graders, bait, mode, entry):
    holds(graders(mode, "shim"), entry, bait)


@pytest.mark.parametrize(("mode", "entry"), AS_A_USER)
def test_our_own_programs_reach_nothing_where_an_ordinary_user_grades(graders, bait, mode, entry):
    holds(graders(mode, "shim"), entry, bait)


@pytest.mark.tensorflow
@pytest.mark.parametrize("entry", entries(), ids=[entry[0] for entry in entries()])
def test_the_same_on_tensorflow(graders, bait, entry):
    holds(graders("root", "tensorflow"), entry, bait)


def test_the_grader_can_run_as_an_ordinary_user_with_all_walls(graders):
    start = graders("user", "shim").start
    assert start["uid"] == LEARNERS_UID and "namespaces" in start["layers"]
