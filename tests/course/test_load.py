"""The two questions of the course load as stated, and faults come with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgrad_course.course.catalogue import UnknownExercise, catalogue
from tfgrad_course.course.fault import ExerciseError
from tfgrad_course.course.load import load

SIX_LINES = """\
id: six-lines
kind: slope
function: 3*x**3 + 5*x**2 - 3*x + 10
point: {x: -2}
answer: 13
choices: [-2, 13, 4, -6]
"""


def test_six_lines_make_an_exercise() -> None:
    exercise = load(Path("six-lines.yaml"), SIX_LINES.encode())
    assert (exercise.point, exercise.answer, exercise.choices) == ({"x": -2}, 13, (-2, 13, 4, -6))
    assert exercise.text("title") == "Six lines"
    assert exercise.answer_name == "answer"


def test_constant_formulas_stand_for_their_numbers() -> None:
    text = "id: a\nkind: slope\nfunction: x*sin(x)\npoint: {x: pi/2}\nanswer: 2/2\n"
    exercise = load(Path("a.yaml"), text.encode())
    assert exercise.point == {"x": pytest.approx(1.5707963267948966)}
    assert exercise.answer == 1


def test_the_first_question_of_the_course() -> None:
    exercise = catalogue().find("M03-01")
    assert exercise.id == "polynomial-slope"
    assert exercise.function == "3*x**3 + 5*x**2 - 3*x + 10"
    assert exercise.answer == 13


def test_the_second_question_of_the_course_has_a_word_and_a_number() -> None:
    exercise = catalogue().find("rising_or_falling")
    assert (exercise.code, exercise.word, exercise.number) == ("M04-01", "increasing", 101.8775)


def test_an_unknown_exercise_names_the_nearest() -> None:
    with pytest.raises(UnknownExercise, match="did you mean polynomial-slope"):
        catalogue().find("polynomal-slope")


def test_all_faults_of_a_file_come_at_once() -> None:
    text = "id: Six Lines\nkind: slop\nfuncton: x^2\npoint: {x: .nan}\norder: two\n"
    with pytest.raises(ExerciseError) as caught:
        load(Path("six-lines.yaml"), text.encode())
    places = [(fault.line, fault.column, fault.nearest) for fault in caught.value.faults]
    assert places == [(1, 5, None), (2, 7, "slope"), (3, 1, "function"), (4, 12, None), (5, 8, None)]
