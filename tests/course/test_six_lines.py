"""Exercises that are in no curriculum, six lines each: read, proven by two calculi, with hidden points of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgrad_course.course.lint import lint_file
from tfgrad_course.course.load import load
from tfgrad_course.course.points import hidden_points
from tfgrad_course.course.schema import modeline

# answers worked out by hand
TEN = [
    "kind: slope\nfunction: x * exp(-x**2)\npoint: {x: 1.5}\nanswer: (1 - 2*1.5**2) * exp(-1.5**2)",
    "kind: slope\nfunction: where(x < 1, x**2, 2*x - 1)\npoint: {x: 3}\ndomain: [-2, 5]\nanswer: 2",
    # sin(x)/x has a hole at 0, in the middle of where hidden points are drawn
    "kind: slope\nfunction: sin(x) / x\npoint: {x: 1}\ndomain: [-2, 2]\nanswer: cos(1) - sin(1)",
    "kind: slope\nfunction: (x - 2)**2 + 3\npoint: {x: 2}\nanswer: 0",
    "kind: jacobian\nfunction: [x + y**2, x*y, sin(x)]\npoint: {x: 0, y: 3}\nanswer: [[1, 6], [3, 0], [1, 0]]",
    "kind: gradient\nfunction: sum(v**3)\npoint: {v: [1, -2, 3]}\nanswer: [3, 12, 27]",
    "kind: gradient\nfunction: norm(v)\npoint: {v: [3, 4]}\nanswer: [0.6, 0.8]",
    "kind: hessian\nfunction: x**2 * y + exp(y)\npoint: {x: 2, y: 0}\nanswer: [[0, 4], [4, 1]]",
    "kind: tangent\nfunction: 1 / x\npoint: {x: 2}\nanswer: [-0.25, 1]",
    "kind: optimiser\nfunction: x**4\npoint: {x: 1}\nlearning_rate: 0.1\nanswer: 0.6",
]


@pytest.mark.parametrize("text", TEN)
def test_six_lines_are_enough(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"{modeline(1)}\nid: own\n{text}\n", encoding="utf-8")
    exercise = load(path)
    wrong = [str(remark) for remark in lint_file(path) if remark.rule not in ("apart", "hidden-points")]
    assert wrong == []
    for seed in range(5):
        points = hidden_points(exercise, seed)
        assert len(points) == 3
        assert exercise.point not in points


def test_a_corner_is_no_hidden_point() -> None:
    text = f"id: own\n{TEN[1]}\n"
    exercise = load(Path("own.yaml"), text.encode())
    # both pieces meet smoothly at 1 (slope 2), but their bend does not
    assert all(abs(point["x"] - 1) > 1e-3 for seed in range(30) for point in hidden_points(exercise, seed))
