"""Grading beside fresh pytest, Otter and nbgrader processes, on the same scripts: CPU seconds of all, and time.

Run: python benchmarks/grading.py [--submissions N] [--fresh K] [--backend shim] [--peers-in DIR]
CPU is what the kernel counted for everything that was started and waited for, TensorFlow's one start included.
"""

from __future__ import annotations

import argparse
import functools
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from peers import Cost, cost_of, found, nbgrader_on, otter_on, pytest_on

CLASS = Path(__file__).resolve().parents[1] / "examples" / "class"
RIGHT = {"polynomial-slope": 13.0, "rising-or-falling": 101.8775}


def scripts() -> list[Path]:
    """The example class's scripts, those that are empty or not Python aside: pytest has no word for them."""
    return [path for path in sorted(CLASS.rglob("*.py")) if path.read_text(errors="replace").strip()]


def class_of(count: int, folder: Path) -> Path:
    """A class of this many submissions; a comment makes each a program of its own."""
    class_scripts = scripts()
    for number in range(count):
        source = class_scripts[number % len(class_scripts)]
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


def right_of(path: Path) -> float:
    """The number a script of the class should find."""
    return next(value for name, value in RIGHT.items() if name in path.name)


def peers(count: int, folder: str | None) -> dict[str, Cost]:
    """Medians of fresh processes: pytest, and Otter and nbgrader where they are installed."""
    chosen = (scripts() * count)[:count]
    ways: dict[str, Callable[[str, float], Cost]] = {"fresh pytest": pytest_on}
    for name, way in (("otter", otter_on), ("nbgrader", nbgrader_on)):
        command = found(name, folder)
        if command is not None:
            ways[name] = functools.partial(way, command)
        else:
            print(f"{name} is not installed (or give --peers-in a folder that has its command)")
    told = {}
    for name, on in ways.items():
        costs = [on(path.read_text(), right_of(path)) for path in chosen]
        told[name] = Cost(
            statistics.median(cost.cpu_s for cost in costs), statistics.median(cost.wall_s for cost in costs)
        )
    return told


def main() -> None:
    """Print both, a submission, and their ratio."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--submissions", type=int, default=100)
    options.add_argument("--fresh", type=int, default=4, help="scripts that each peer is measured on")
    options.add_argument("--peers-in", help="folder with the commands otter and nbgrader (else: on PATH)")
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
    for name, cost in peers(chosen.fresh, chosen.peers_in).items():
        ratios = (
            f"{cost.cpu_s / each.cpu_s:.0f} times our CPU, {cost.wall_s / each.wall_s:.0f} times our time"
        )
        print(f"{name}: each {cost.cpu_s:8.4f} CPU s {cost.wall_s:8.4f} s: {ratios}")


if __name__ == "__main__":
    main()
