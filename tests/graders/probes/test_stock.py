"""Hidden points come from a stock that every grader draws anew, and are worked out once for a class."""

from __future__ import annotations

import subprocess
import sys

from graders.probes import hidden_points
from tfgrad_course.course.catalogue import catalogue

DRAWN = """
from graders.probes import hidden_points
from tfgrad_course.course.catalogue import catalogue
print([hidden_points.inputs(catalogue()["polynomial-slope"], seed) for seed in range(hidden_points.STOCK)])
"""


def test_a_class_is_sent_to_different_points_and_each_submission_to_three() -> None:
    exercise = catalogue()["polynomial-slope"]
    drawn = [hidden_points.inputs(exercise, seed) for seed in range(hidden_points.STOCK)]
    assert all(len(points) == hidden_points.COUNT for points in drawn)
    assert len({points[0]["x"] for points in drawn}) > hidden_points.STOCK // 2
    assert drawn[3] == hidden_points.inputs(exercise, 3 + hidden_points.STOCK)


def test_nobody_who_knows_one_graders_points_knows_anothers() -> None:
    """The same seeds in two processes: what was drawn hangs on chance."""
    runs = [
        subprocess.run([sys.executable, "-c", DRAWN], capture_output=True, text=True, timeout=60).stdout
        for _ in range(2)
    ]
    assert runs[0].startswith("[[{") and runs[0] != runs[1]
