"""10,000 submissions graded once undisturbed and once killed twice and resumed: same verdicts, how much time.

Run: python benchmarks/resume.py [COUNT] (on the shim; the sandbox as on this machine).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = """import tensorflow as tf
x = tf.Variable({point})
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
# {index}
"""


def main(count: int) -> None:
    """Print wall times, memory of the grader, and whether the verdicts agree."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for index in range(count):
            (folder / "class" / f"s{index:05d}").mkdir(parents=True)
            text = PROGRAM.format(point="-2" if index % 10 == 0 else "-2.0", index=index)
            (folder / "class" / f"s{index:05d}" / "polynomial-slope.py").write_text(text)
        whole = grade(folder, "whole")
        spent = [grade(folder, "killed", random.uniform(0.1, 0.5) * whole) for _ in range(2)]
        spent.append(grade(folder, "killed"))
        same = verdicts(folder, "whole") == verdicts(folder, "killed")
        print(f"{count} submissions: {whole:.0f} s; killed twice and resumed: {sum(spent):.0f} s")
        print(f"ratio {sum(spent) / whole:.3f}; verdicts {'the same' if same else 'DIFFERENT'}")


def grade(folder: Path, out: str, kill_after_s: float | None = None) -> float:
    """Seconds of one run, ended by SIGKILL after a while if asked."""
    command = [
        sys.executable,
        "-m",
        "graders.cli",
        "grade",
        "class",
        "-q",
        "--format",
        "json",
        "-o",
        f"{out}/",
    ]
    environment = {**os.environ, "TFGRAD_BACKEND": "shim"}
    start = time.monotonic()
    run = subprocess.Popen(command, cwd=folder, env=environment)
    try:
        run.wait(kill_after_s)
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
    return time.monotonic() - start


def verdicts(folder: Path, out: str) -> list[dict[str, object]]:
    """All verdicts of a run, without the time they took."""
    data = json.loads((folder / out / "report.json").read_text())
    return [{key: value for key, value in one.items() if key != "resources"} for one in data["verdicts"]]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
