"""Hidden points lie where a right program is right: inside the domain, off corners, apart from the stated point."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tfgrad_course.course.exercise import Exercise
from tfgrad_course.course.load import load
from tfgrad_course.course.points import hidden_points


def made(**fields: Any) -> Exercise:
    rows = [f"{name}: {json.dumps(value)}" for name, value in {"id": "t", "kind": "slope", **fields}.items()]
    return load(Path("t.yaml"), "\n".join(rows).encode())


def test_three_points_that_follow_from_the_seed() -> None:
    exercise = made(function="x**3", point={"x": 2}, answer=12)
    assert hidden_points(exercise, 5) == hidden_points(exercise, 5)
    assert len(hidden_points(exercise, 5)) == 3
    assert hidden_points(exercise, 5) != hidden_points(exercise, 6)


@pytest.mark.parametrize("seed", range(40))
def test_a_logarithm_is_never_asked_at_a_negative_number(seed: int) -> None:
    exercise = made(function="log(x)/x", point={"x": 1}, answer=1)
    assert all(point["x"] > 0 for point in hidden_points(exercise, seed))


@pytest.mark.parametrize("seed", range(40))
def test_points_stay_off_a_corner_and_off_a_hole(seed: int) -> None:
    corner = made(function="abs(x)", point={"x": 0.1}, answer=1)
    hole = made(function="sin(x)/x", point={"x": 0.5}, answer=-0.1625, domain=[-1, 1])
    assert all(abs(point["x"]) > 1e-3 for point in hidden_points(corner, seed))
    assert all(abs(point["x"]) > 1e-3 for point in hidden_points(hole, seed))


@pytest.mark.parametrize("seed", range(10))
def test_points_stay_inside_a_stated_domain(seed: int) -> None:
    exercise = made(function="log(1+exp(x))", point={"x": 100}, answer=1, domain=[90, 120])
    points = hidden_points(exercise, seed)
    assert len(points) == 3
    assert all(90 <= point["x"] <= 120 for point in points)


def test_points_are_the_same_number_in_float32_and_float64() -> None:
    exercise = made(kind="gradient", function="sum(v**2)", point={"v": [1, 2, 3]}, answer=[2, 4, 6])
    for point in hidden_points(exercise, 1):
        assert len(point["v"]) == 3
        assert all(math.modf(x * 1024)[0] == 0 for x in point["v"])


def test_only_what_is_differentiated_moves() -> None:
    exercise = made(kind="partials", function="x**2 * y", point={"x": 3, "y": 2}, wrt=["x"], answer=[12])
    assert all(point["y"] == 2 for point in hidden_points(exercise, 1))


@pytest.mark.parametrize("seed", range(20))
def test_no_pole_is_crossed_unless_the_author_says_so(seed: int) -> None:
    point = {"x": 0.5}
    assert all(p["x"] > 0 for p in hidden_points(made(function="1/x", point=point, answer=-4), seed))
    both = hidden_points(made(function="1/x", point=point, answer=-4, domain=[-3, 3]), seed)
    assert len(both) == 3
