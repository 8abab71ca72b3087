"""The hundred exercises: every stated answer is the curriculum's, and follows from its formula by two calculi."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfgrad_course.course.calculus import Calculus, Exact, Taped
from tfgrad_course.course.catalogue import catalogue
from tfgrad_course.course.exercise import Exercise
from tfgrad_course.course.truth import NoFormula, truth

# the curriculum's table: each number was computed with TensorFlow 2.21 and with sympy 1.14
EXPECTED: dict[str, Any] = {
    "M01-01": "int32",
    "M01-02": "float32",
    "M01-03": 5,
    "M01-04": -9,
    "M01-05": [2, 1],
    "M01-06": [3, 3.5],
    "M01-07": 9,
    "M02-01": 3,
    "M02-02": "Mul",
    "M02-03": 3,
    "M02-04": 0.2,
    "M02-05": 0.8,
    "M02-06": 4.141593,
    "M02-07": "tensors",
    "M02-08": ["Sin", "Cos"],
    "M03-01": 13,
    "M03-02": 6,
    "M03-03": 1,
    "M03-04": 1,
    "M03-05": 0.6,
    "M03-06": 0.25,
    "M03-07": 8,
    "M03-08": 5.545177,
    "M03-09": 4,
    "M04-01": ["increasing", 101.8775],
    "M04-02": "decreasing",
    "M04-03": [5, -16],
    "M04-04": [-1, 1],
    "M04-05": "decreasing",
    "M04-06": [-1, 0.5],
    "M04-07": -4,
    "M04-08": 2.025,
    "M05-01": [20, 7],
    "M05-02": [-2.141593, -1],
    "M05-03": [3, 0],
    "M05-04": [62.83185, 12.56637],
    "M05-05": [5, 4, 3],
    "M05-06": [6, 0],
    "M05-07": [[2, 6], [0.5, -1.5]],
    "M06-01": [2, 12],
    "M06-02": [2, 4, 6],
    "M06-03": 14.4,
    "M06-04": 5,
    "M06-05": [-0.6, -0.8],
    "M06-06": 1.090703,
    "M06-07": [2, 4, -5],
    "M07-01": 6,
    "M07-02": 8,
    "M07-03": 1.381773,
    "M07-04": 12,
    "M07-05": [108, 6],
    "M07-06": 5,
    "M07-07": "None",
    "M07-08": ["tf.constant(3.0)", "tf.Variable(3)", "tf.Variable(3.0, trainable=False)"],
    "M08-01": 6,
    "M08-02": -0.5,
    "M08-03": 48,
    "M08-04": 24,
    "M08-05": "concave down",
    "M08-06": 12,
    "M08-07": 1,
    "M09-01": [[4, 0], [3, 2], [0, 6]],
    "M09-02": [[2, 0, 0], [0, 4, 0], [0, 0, 6]],
    "M09-03": [[1, 2], [3, 4]],
    "M09-04": 2,
    "M09-05": [2, 12],
    "M09-06": 124,
    "M09-07": [[0.25, -0.25], [-0.25, 0.25]],
    "M10-01": [[2, 3], [3, 10]],
    "M10-02": [[[6, -3], [-3, 6]], "minimum"],
    "M10-03": "saddle",
    "M10-04": [0, 9],
    "M10-05": 2.5,
    "M10-06": 16,
    "M11-01": -1,
    "M11-02": 136.6875,
    "M11-03": [0, 1],
    "M11-04": "None",
    "M11-05": 0,
    "M11-06": 1,
    "M11-07": -6,
    "M11-08": 4,
    "M11-09": 11,
    "M12-01": 0.6,
    "M12-02": 2.677877,
    "M12-03": 1.5,
    "M12-04": [-18.66667, -8],
    "M12-05": [0.81, 0],
    "M12-06": 0.46,
    "M12-07": [-1.728, "diverges"],
    "M12-08": 0.9,
    "M13-01": 10.19,
    "M13-02": -2,
    "M13-03": -2.211693,
    "M13-04": [-0.5, -1],
    "M13-05": [0.09003057, 0.2447285, -0.334759],
    "M13-06": 1,
    "M13-07": 0,
    "M13-08": [1, -1, 1],
    "M13-09": 0.1581139,
}
# nothing to compute from: choices about TensorFlow itself, plain programs, a function given as code
ONLY_CODE = (
    "M01-01", "M01-02", "M01-06", "M01-07", "M02-07", "M07-07", "M07-08", "M11-04", "M11-07",
)  # fmt: skip

COURSE = catalogue()


def same(stated: Any, right: Any) -> bool:
    """Words as words, numbers to the digits that the table shows."""
    if isinstance(right, (list, tuple)):
        return len(stated) == len(right) and all(same(a, b) for a, b in zip(stated, right, strict=True))
    if isinstance(right, str):
        return bool(stated == right)
    return bool(stated == pytest.approx(right, rel=1e-6, abs=1e-9))


def test_the_course_has_a_hundred_exercises_in_thirteen_modules() -> None:
    assert [exercise.code for exercise in COURSE] == list(EXPECTED)
    assert [module.number for module in COURSE.modules] == list(range(1, 14))
    assert COURSE.duplicates == ()


@pytest.mark.parametrize("code", EXPECTED)
def test_the_answer_is_the_one_of_the_curriculum(code: str) -> None:
    assert same(COURSE.find(code).answer, EXPECTED[code])


def agrees(exercise: Exercise, calculus: Calculus) -> bool:
    """Whether number, word and list of an answer are what the calculus says."""
    right = truth(exercise, calculus)
    if right.words:
        return sorted(map(str, exercise.answer)) == sorted(map(str, right.words))
    word = exercise.answer if exercise.kind in ("choice", "graph") else exercise.word
    if right.word is not None and isinstance(word, str) and word != right.word:
        return False
    if right.number is None or exercise.number is None or isinstance(exercise.number, str):
        return right.word is not None
    stated, found = np.asarray(exercise.number, dtype=float), np.asarray(right.number)
    if exercise.judged_as == "critical-points":
        stated = np.atleast_1d(stated)
    return stated.shape == found.shape and np.allclose(stated, found, rtol=2e-6, atol=1e-9)


@pytest.mark.parametrize("code", [code for code in EXPECTED if code not in ONLY_CODE])
def test_the_answer_follows_from_the_formula_by_sympy(code: str) -> None:
    assert agrees(COURSE.find(code), Exact())


@pytest.mark.parametrize("code", ONLY_CODE)
def test_where_there_is_no_formula_there_is_code(code: str) -> None:
    exercise = COURSE.find(code)
    with pytest.raises(NoFormula):
        truth(exercise)
    assert exercise.reference or exercise.solution or code == "M02-07"


@pytest.mark.parametrize("code", [code for code in EXPECTED if code not in ONLY_CODE])
def test_the_answer_follows_from_the_formula_on_our_tape(code: str) -> None:
    from tfgrad_course import tf

    assert agrees(COURSE.find(code), Taped(tf))


@pytest.mark.tensorflow
@pytest.mark.slow
def test_every_answer_follows_from_the_formula_on_real_tensorflow() -> None:
    tf = pytest.importorskip("tensorflow")
    wrong = [code for code in EXPECTED if code not in ONLY_CODE and not agrees(COURSE.find(code), Taped(tf))]
    assert wrong == []


@pytest.mark.tensorflow
def test_what_only_code_can_tell_is_true_on_real_tensorflow() -> None:
    tf = pytest.importorskip("tensorflow")
    for code in ("M01-01", "M01-02", "M07-07", "M07-08", "M11-04"):
        names: dict[str, Any] = {"tf": tf}
        exec(COURSE.find(code).reference or "", names)
        assert same(names["answer"], EXPECTED[code]), code
    for code in ("M01-06", "M01-07", "M07-01", "M07-02", "M07-03", "M07-04", "M07-05", "M11-05", "M11-06"):
        names = {}
        exec(COURSE.find(code).solution or "", names)
        assert np.allclose(np.asarray(names["answer"], float), EXPECTED[code], rtol=1e-5), code


@pytest.mark.tensorflow
def test_no_starter_of_a_repair_gives_the_answer() -> None:
    pytest.importorskip("tensorflow")
    for exercise in COURSE:
        if exercise.kind == "repair":
            names: dict[str, Any] = {}
            try:
                exec(exercise.starter or "", names)
            except RuntimeError:
                continue
            given = names["answer"]
            assert given is None or not np.allclose(np.asarray(given, float), EXPECTED[exercise.code]), (
                exercise.id
            )
