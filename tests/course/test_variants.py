"""Variants: everything an author states follows the parameters, and a learner always gets the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgrad_course.course.fault import ExerciseError
from tfgrad_course.course.load import load
from tfgrad_course.course.variants import variant_of, variants, with_parameters

VARIED = """\
id: varied
kind: slope
title: The slope of {a} cubes
prompt: What is the slope of $y = {a}x^3 + {b}x$ at {c}?
vary:
  a: [2, 3, 4]
  b: {from: -2, to: 2}
  c: a - 3*b
  given: [b != 0, c < 9, c != 0]
function: a*x**3 + b*x + 5
point: {x: c}
answer: 3*a*c**2 + b
choices: [3*a*c**2 + b, a*c**3, 3*a*c**2, c]
"""


def test_everything_follows_the_parameters() -> None:
    exercise = with_parameters(load(Path("varied.yaml"), VARIED.encode()), {"a": 2, "b": -1, "c": 5})
    assert exercise.function == "2 * x**3 - x + 5"
    assert exercise.point == {"x": 5}
    assert exercise.answer == 149
    assert exercise.choices == (149, 250, 150, 5)
    assert exercise.text("prompt") == "What is the slope of $y = 2x^3 + -1x$ at 5?"
    assert exercise.variant == {"a": 2, "b": -1, "c": 5}


def test_a_learner_always_gets_the_same_variant_and_a_class_gets_many() -> None:
    exercise = load(Path("varied.yaml"), VARIED.encode())
    drawn = [variant_of(exercise, f"learner{k}").variant for k in range(40)]
    assert drawn == [variant_of(exercise, f"learner{k}").variant for k in range(40)]
    assert len({tuple(v.items()) for v in drawn if v}) > 5


def test_only_combinations_that_meet_the_conditions_are_drawn() -> None:
    every = variants(load(Path("varied.yaml"), VARIED.encode()))
    # b in -2, -1, 1, 2 with c = a - 3b < 9: of 12 combinations three drop out: (3, -2), (4, -2) and (3, 1)
    assert len(every) == 9
    assert all(v["b"] != 0 and v["c"] < 9 for v in every)


def test_faults_of_parameters_come_with_their_places() -> None:
    text = (
        "id: varied\nkind: slope\nfunction: a*x**2\npoint: {x: 1}\n"
        "vary:\n  a: []\n  b: {from: 1}\n  c: a^2\n  x: [1, 2]\n  given: [a, 3]\n"
    )
    with pytest.raises(ExerciseError) as caught:
        load(Path("varied.yaml"), text.encode())
    assert [f.line for f in caught.value.faults if f.line >= 6] == [6, 7, 8, 9, 10, 10]


def test_conditions_that_nothing_meets_are_a_fault() -> None:
    text = "id: v\nkind: slope\nfunction: a*x**2\npoint: {x: 1}\nvary:\n  a: [1, 2]\n  given: a > 5\n"
    with pytest.raises(ExerciseError, match=r"v\.yaml:7:10: expected conditions that some combination meets"):
        load(Path("v.yaml"), text.encode())
