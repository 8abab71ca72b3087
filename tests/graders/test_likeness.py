"""The recorded function held against the exercise's: expected edits follow from the formulas themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graders.case import Case
from graders.facts import Facts


def program(formula: str, at: str = "-2.0") -> str:
    return (
        f"import math\nimport tensorflow as tf\nx = tf.Variable({at})\n"
        f"with tf.GradientTape() as tape:\n    y = {formula}\nanswer = tape.gradient(y, x)\n"
    )


@pytest.mark.parametrize(
    "formula",
    [
        "3 * x**3 + 5 * x**2 - 3 * x + 10",
        "((3 * x + 5) * x - 3) * x + 10",
        "10 - 3 * x + tf.square(x) * 5 + 3 * x * x * x",
        "tf.add_n([3 * tf.pow(x, 3), 5 * tf.pow(x, 2), -3 * x]) + 10",
        "tf.reduce_sum(tf.stack([3.0, 5.0, -3.0]) * tf.stack([x**3, x**2, x * 1])) + 10",
    ],
)
def test_a_function_is_the_same_however_it_is_written(formula: str, case_of: Callable[..., Case]) -> None:
    likeness = Facts(case_of("M03-01", program(formula))).likeness
    assert likeness is not None and likeness.same is True and likeness.edit is None


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("3 * x**3 + 5 * x**2 + 3 * x + 10", "term-sign-error"),
        ("((3 * x - 5) * x - 3) * x + 10", "term-sign-error"),
        ("3 * x**3 - 3 * x + 10", "term-missing"),
        ("3 * x**3 + 5 * x**2 - 3 * x", "term-missing"),
        ("3 * x**3 + 5 * x**2 - 3 * x + 10 + tf.sin(x)", "term-added"),
        ("3 * x**2 + 5 * x**3 - 3 * x + 10", "wrong-exponent-or-coefficient"),
        ("3 * x**3 + 7.5 * x**2 - 3 * x + 10", "wrong-exponent-or-coefficient"),
        ("9 * x**2 + 10 * x - 3", "derivative-typed-as-function"),
        ("tf.exp(x) * tf.sin(x)", None),
    ],
)
def test_one_edit_is_named(formula: str, kind: str | None, case_of: Callable[..., Case]) -> None:
    likeness = Facts(case_of("M03-01", program(formula))).likeness
    assert likeness is not None and likeness.same is False
    assert (likeness.edit.kind if likeness.edit is not None else None) == kind


def test_vectors_stand_for_several_variables(case_of: Callable[..., Case]) -> None:
    source = (
        "import tensorflow as tf\np = tf.Variable([1.0, 1.0])\nwith tf.GradientTape() as t2:\n"
        "    with tf.GradientTape() as t1:\n        f = p[0]**2 - 3 * p[0] * p[1] + 5 * p[1]**2\n"
        "    g = t1.gradient(f, p)\nanswer = t2.jacobian(g, p)\n"
    )
    likeness = Facts(case_of("M10-01", source)).likeness
    assert likeness is not None and likeness.edit is not None and likeness.edit.kind == "term-sign-error"


def test_swapped_values_are_another_point_not_another_function(case_of: Callable[..., Case]) -> None:
    source = (
        "import tensorflow as tf\nx, y = tf.Variable(5.0), tf.Variable(2.0)\nwith tf.GradientTape() as tape:\n"
        "    f = x**2 * y + 3 * y\nanswer = tape.gradient(f, [x, y])\n"
    )
    likeness = Facts(case_of("M05-01", source)).likeness
    assert likeness is not None and likeness.same is True and not likeness.at_point
