"""Otter and nbgrader on one script each, as their books say: what the benchmarks put beside our own figures.

Their commands are looked for on PATH or in a folder that is named (a virtual environment's `bin`, with TensorFlow in
it); what is not there is left out.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CHECK = (
    "any(abs(float(v.numpy().ravel()[0]) - {right}) < 1e-3 for v in list(globals().values())"
    " if hasattr(v, 'numpy') and v.shape in ((), (1,)))"
)
OTTER_TEST = """OK_FORMAT = True
test = {{"name": "q1", "points": 1, "suites": [{{"cases": [{{"code": ">>> {check}\\nTrue", "hidden": False}}],
         "scored": True, "setup": "", "teardown": "", "type": "doctest"}}]}}
"""
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}


@dataclass(frozen=True)
class Cost:
    """What one command took, everything it started included."""

    cpu_s: float
    wall_s: float


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Run it to its end; raises SystemExit with what it said when it did not grade."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, **QUIET, "PATH": path}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - started)


def found(name: str, folder: str | None = None) -> str | None:
    """Where a peer's command is."""
    return shutil.which(name, path=folder) if folder else shutil.which(name)


def pytest_on(script: str, right: float) -> Cost:
    """`python -m pytest` on one script, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "script.py").write_text(script)
        check = CHECK.format(right=right).replace("globals()", "names")
        (folder / "test_script.py").write_text(
            f"import runpy\ndef test_it():\n    names = runpy.run_path('script.py')\n    assert {check}\n"
        )
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_script.py"]
        return cost_of(command, folder)


def otter_on(command: str, script: str, right: float) -> Cost:
    """`otter run` on one script; the autograder's archive is made before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tests").mkdir()
        (folder / "tests" / "q1.py").write_text(OTTER_TEST.format(check=CHECK.format(right=right)))
        (folder / "script.py").write_text(script)
        cost_of([command, "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"], folder)
        cost = cost_of([command, "run", "-a", "autograder.zip", "-o", ".", "--no-logo", "script.py"], folder)
        if not (folder / "results.json").exists():
            raise SystemExit("otter run left no results.json")
        return cost


def nbgrader_on(command: str, script: str, right: float) -> Cost:
    """`nbgrader autograde` for one learner; the assignment is made before."""
    with tempfile.TemporaryDirectory() as name:
        course = Path(name)
        (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'c'\n")
        source = course / "source" / "ps"
        source.mkdir(parents=True)
        (source / "p.ipynb").write_text(_notebook("### BEGIN SOLUTION\n### END SOLUTION", right))
        cost_of([command, "generate_assignment", "ps", "--create"], course)
        handed_in = course / "submitted" / "learner" / "ps"
        handed_in.mkdir(parents=True)
        released = json.loads((course / "release" / "ps" / "p.ipynb").read_text())
        released["cells"][0]["source"] = script
        (handed_in / "p.ipynb").write_text(json.dumps(released))
        cost = cost_of([command, "autograde", "ps", "--create"], course)
        if not (course / "autograded" / "learner" / "ps" / "p.ipynb").exists():
            raise SystemExit("nbgrader autograde left no notebook")
        return cost


def _notebook(solution: str, right: float) -> str:
    def cell(identity: str, source: str, *, solution: bool) -> dict[str, object]:
        marks = {"grade_id": identity, "schema_version": 3, "grade": not solution, "solution": solution}
        marks |= {"locked": not solution, "task": False} | ({} if solution else {"points": 1})
        return {
            "cell_type": "code", "id": identity, "execution_count": None, "outputs": [], "source": source,
            "metadata": {"nbgrader": marks},
        }  # fmt: skip

    check = f"assert {CHECK.format(right=right)}"
    cells = [cell("work", solution, solution=True), cell("check", check, solution=False)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )
