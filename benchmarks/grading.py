"""Grading beside a fresh pytest process a submission, on the same scripts: CPU seconds of all processes, and time.

Run: python benchmarks/grading.py [--submissions N] [--fresh K] [--backend shim]
CPU is what the kernel counted for everything that was started and waited for, TensorFlow's one start included.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CLASS = Path(__file__).resolve().parents[1] / "examples" / "class"
TEST = """import runpy

def test_slope():
    names = runpy.run_path({path!r})
    tensors = [v for v in names.values() if hasattr(v, "numpy") and getattr(v, "shape", (0,)) in ((), (1,))]
    assert any(abs(float(v.numpy().ravel()[0]) - {right}) < 1e-3 for v in tensors)
"""
RIGHT = {"polynomial-slope": 13.0, "rising-or-falling": 101.8775}


@dataclass(frozen=True)
class Cost:
    """What one command took, everything it started included."""

    cpu_s: float
    wall_s: float


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Run it to its end, whatever its exit code."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - started)


def scripts() -> list[Path]:
    """The example class's scripts, those that are empty or not Python aside: pytest has no word for them."""
    return [path for path in sorted(CLASS.rglob("*.py")) if path.read_text(errors="replace").strip()]


def class_of(count: int, folder: Path) -> Path:
    """A class of this many submissions; a comment makes each a program of its own."""
    found = scripts()
    for number in range(count):
        source = found[number % len(found)]
        target = folder / f"learner-{number:04}" / source.name
        target.parent.mkdir(parents=True)
        target.write_text(source.read_text() + f"\n# {number}\n")
    return folder


def graded(count: int, backend: str) -> Cost:
    """`tfgrad grade` over a class."""
    folder = Path(tempfile.mkdtemp(prefix="tfgrad-benchmark-"))
    try:
        class_of(count, folder)
        report = folder / "report.json"
        grade = [sys.executable, "-c", "from graders.cli import main; main()", "grade", str(folder)]
        cost = cost_of(
            [*grade, "--backend", backend, "--format", f"json={report}", "--exit-zero"], CLASS.parents[1]
        )
        verdicts = [v for v in json.loads(report.read_text())["verdicts"] if v["submission"]]
        assert len(verdicts) == count, f"{len(verdicts)} verdicts on {count} submissions"
        return cost
    finally:
        shutil.rmtree(folder)


def fresh(path: Path) -> Cost:
    """`python -m pytest` on one submission, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        right = next(value for name, value in RIGHT.items() if name in path.name)
        test = Path(folder) / "test_submission.py"
        test.write_text(TEST.format(path=str(path), right=right))
        return cost_of(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)], Path(folder)
        )


def main() -> None:
    """Print both, a submission, and their ratio."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--submissions", type=int, default=100)
    options.add_argument("--fresh", type=int, default=4, help="fresh pytest processes to take the median of")
    options.add_argument("--backend", choices=("tensorflow", "shim"), default="tensorflow")
    chosen = options.parse_args()
    few, many = graded(2, chosen.backend), graded(chosen.submissions + 2, chosen.backend)
    each = Cost(
        (many.cpu_s - few.cpu_s) / chosen.submissions, (many.wall_s - few.wall_s) / chosen.submissions
    )
    print(f"tfgrad, {chosen.backend}: the first two {few.cpu_s:8.2f} CPU s {few.wall_s:8.2f} s")
    print(f"tfgrad, {chosen.backend}: each after    {each.cpu_s:8.4f} CPU s {each.wall_s:8.4f} s")
    if not chosen.fresh:
        return
    peers = [fresh(path) for path in (scripts() * chosen.fresh)[: chosen.fresh]]
    cpu, wall = statistics.median(p.cpu_s for p in peers), statistics.median(p.wall_s for p in peers)
    print(f"fresh pytest: each             {cpu:8.4f} CPU s {wall:8.4f} s")
    print(
        f"a submission costs a {cpu / each.cpu_s:.0f}th of the CPU and a {wall / each.wall_s:.0f}th of the time"
    )


if __name__ == "__main__":
    main()
