"""What a verdict costs behind all walls, beside fresh processes of pytest, Otter and nbgrader in the same run.

    python benchmarks/sandbox.py [--backend tensorflow] [--count 100] [--peers 4] [--peers-in DIR]
    python benchmarks/sandbox.py --backend shim --long 5000

CPU is that of the grader, its zygote and every child, by the kernel's own account (start-up subtracted); latency is one
verdict with all probes, one at a time, pool warm; memory is the proportional share (PSS) of the whole process tree.
With `--long` so many submissions are judged in one run instead, and what the process holds is shown now and then and
after its end. Peers that are not installed are left out. Ratios are of one run on one machine; absolute numbers are
that machine's.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

from peers import Cost, found, nbgrader_on, otter_on, pytest_on

from graders.pipeline import judge
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from tfgrad_course.course.catalogue import catalogue
from tfgrad_course.course.exercise import Exercise

EXERCISE = "polynomial-slope"
SCRIPTS = (
    """import tensorflow as tf
x = tf.Variable([-2], dtype=float)
with tf.GradientTape() as tape:
    y = 3 * tf.pow(x, 3) + 5 * x**2 - 3 * x + 10
dy_dx = tape.gradient(y, x)
print(dy_dx.numpy()[0])
""",
    """import tensorflow as tf
x = tf.constant(-2.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
""",
    """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x
answer = tape.gradient(y, x) + 1
""",
)


def cpu_s() -> float:
    """Processor time of this process and of all it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def verdict(pool: Pool, number: int) -> str:
    """One submission judged, as `tfgrad grade` does."""
    source = SCRIPTS[number % len(SCRIPTS)]
    return judge(_exercise(), Submission(f"s{number}", EXERCISE, "s.py", source), pool).outcome


@cache
def _exercise() -> Exercise:
    """Read once for a whole class, as `tfgrad grade` reads it."""
    return catalogue()[EXERCISE]


def saturated(backend: str, count: int, workers: int) -> tuple[float, float, float]:
    """CPU seconds of everything, wall seconds of the submissions alone, and the most PSS in MiB."""
    begun, sizes, stop = cpu_s(), [0.0], threading.Event()
    with open_pool(backend, trusted=True) as pool:
        verdict(pool, 0)
        watcher = threading.Thread(target=_watch, args=(sizes, stop))
        watcher.start()
        started = time.monotonic()
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(lambda number: verdict(pool, number), range(count)))
        wall = time.monotonic() - started
        stop.set()
        watcher.join()
    return cpu_s() - begun, wall, max(sizes)


def _watch(sizes: list[float], stop: threading.Event) -> None:
    while not stop.wait(0.5):
        sizes.append(sum(map(_pss_mib, _tree(os.getpid()))))


def _tree(root: int) -> list[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, new = [], {root}
    while new:
        found += list(new)
        new = {pid for pid, parent in parents.items() if parent in new}
    return found


def _pss_mib(pid: int) -> float:
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        return 0.0


def latencies(backend: str, count: int) -> list[float]:
    """Seconds to a verdict, one submission at a time, the pool at rest before each."""
    taken = []
    with open_pool(backend, trusted=True) as pool:
        for number in range(5):
            verdict(pool, number)
        for number in range(count):
            time.sleep(0.15)
            started = time.monotonic()
            verdict(pool, number)
            taken.append(time.monotonic() - started)
    return sorted(taken)


def peers(count: int, folder: str | None) -> dict[str, tuple[float, float]]:
    """CPU and wall seconds a script of fresh processes, of the peers that are installed."""
    ways: dict[str, Callable[[str, float], Cost]] = {"python -m pytest": pytest_on}
    for name, way in (("otter", otter_on), ("nbgrader", nbgrader_on)):
        command = found(name, folder)
        if command is not None:
            ways[name] = partial(way, command)
    told = {}
    for name, on in ways.items():
        costs = [on(SCRIPTS[number % len(SCRIPTS)], 13.0) for number in range(count)]
        told[name] = (
            statistics.median(cost.cpu_s for cost in costs),
            statistics.median(cost.wall_s for cost in costs),
        )
    return told


def measured(backend: str, count: int) -> dict[str, Any]:
    """Everything about one backend."""
    workers = os.cpu_count() or 1
    idle, _, _ = saturated(backend, 0, workers)
    cpu, wall, size = saturated(backend, count, workers)
    waits = latencies(backend, max(30, count // 3))
    return {
        "CPU ms a submission": 1000 * (cpu - idle) / count,
        "submissions / s": count / wall,
        "latency p50 ms": 1000 * statistics.median(waits),
        "latency p99 ms": 1000 * waits[int(0.99 * (len(waits) - 1))],
        "PSS MiB, most": size,
        "start-up CPU s": idle,
    }


def held() -> dict[str, float]:
    """What this process and its tree hold now, and what of ours there is on the machine."""
    return {
        "PSS MiB": sum(map(_pss_mib, _tree(os.getpid()))),
        "grader MiB": _pss_mib(os.getpid()),
        "processes": len(_tree(os.getpid())),
        "descriptors": len(os.listdir("/proc/self/fd")),
        "threads": threading.active_count(),
        "mounts": len(Path("/proc/self/mounts").read_text().splitlines()),
        "files in /tmp": len(os.listdir(tempfile.gettempdir())),
        "groups": _groups(),
    }


def _groups() -> int:
    """Control groups that carry our name."""
    return (
        sum(1 for _ in Path("/sys/fs/cgroup").glob("**/tfgrad-*")) if Path("/sys/fs/cgroup").exists() else 0
    )


def long_run(backend: str, count: int, workers: int, looks: int = 10) -> None:
    """Print what is held before, ten times during and after so many submissions in one pool."""
    print(f"{'':>14}" + "".join(f"{name:>14}" for name in held()) + f"{'ms each':>14}")
    _print_held("before", held())
    step = max(1, count // looks)
    with open_pool(backend, trusted=True) as pool, ThreadPoolExecutor(workers) as threads:
        for first in range(0, count, step):
            begun = time.monotonic()
            list(threads.map(partial(verdict, pool), range(first, min(count, first + step))))
            _print_held(str(min(count, first + step)), held(), 1000 * (time.monotonic() - begun) / step)
    _print_held("after", held())


def _print_held(when: str, row: dict[str, float], each: float | None = None) -> None:
    print(f"{when:>14}" + "".join(f"{value:14.0f}" for value in row.values()), end="")
    print("" if each is None else f"{each:14.1f}", flush=True)


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--backend", action="append", choices=["tensorflow", "shim"])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--peers", type=int, default=4, help="scripts for each peer (0: none)")
    parser.add_argument("--peers-in", help="folder with the commands otter and nbgrader (else: on PATH)")
    parser.add_argument("--long", type=int, metavar="N", help="N submissions in one run: does anything grow?")
    asked = parser.parse_args()
    tensorflow = importlib.util.find_spec("tensorflow") is not None
    backends = asked.backend or [*(["tensorflow"] if tensorflow else []), "shim"]
    if asked.long:
        for backend in backends:
            print(f"\n{backend}: {asked.long} submissions in one run")
            long_run(backend, asked.long, os.cpu_count() or 1)
        return
    rows = {backend: measured(backend, asked.count) for backend in backends}
    with open_pool("shim", trusted=True) as pool:
        print(f"sandbox {pool.mode}: {', '.join(pool.layers)}; load before {os.getloadavg()[2]:.1f}")
    for backend, row in rows.items():
        print(f"\n{backend}")
        for name, value in row.items():
            print(f"  {name:22} {value:10.1f}")
    for peer, (cpu, wall) in peers(asked.peers, asked.peers_in).items() if asked.peers and tensorflow else ():
        print(f"\n{peer}, a fresh process each\n  CPU ms a script        {1000 * cpu:10.1f}")
        print(f"  scripts / s, 1 core    {1 / wall:10.2f}")
        for backend, row in rows.items():
            print(f"  {backend} costs 1/{1000 * cpu / row['CPU ms a submission']:.0f} of its CPU")


if __name__ == "__main__":
    main()
