"""Which of the four checks each program meets; design section 5 says what each one asks.

The slope of 3x^3 + 5x^2 - 3x + 10 at -2 is 13; its value there is 12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graders.case import Case
from graders.pipeline import judge
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from graders.verdict import Verdict
from tfgrad_course.course.catalogue import catalogue

ALL = ("variable", "recorded", "gradient", "answer")
BODY = "    y = 3 * x**3 + 5 * x**2 - 3 * x + 10\n"
TAPE = "with tf.GradientTape() as tape:\n"
ASK = "answer = tape.gradient(y, x)\n"
FUNCTION = "def f(x):\n    return 3 * x**3 + 5 * x**2 - 3 * x + 10\n"

PROGRAMS = {
    "right": ("x = tf.Variable(-2.0)\n" + TAPE + BODY + ASK, ALL),
    "variable only": ("x = tf.Variable(-2.0)\n", ("variable",)),
    "nothing": ("print('hello')\n", ()),
    "whole number": ("x = tf.Variable(-2)\n" + TAPE + BODY + ASK, ("recorded",)),
    "other point": ("x = tf.Variable(2.0)\n" + TAPE + BODY + ASK, ()),
    "not watched": ("x = tf.constant(-2.0)\n" + TAPE + BODY + ASK, ("recorded",)),
    "not trainable": ("x = tf.Variable(-2.0, trainable=False)\n" + TAPE + BODY + ASK, ("recorded",)),
    "watched by hand": (
        "x = tf.Variable(-2.0)\nwith tf.GradientTape(watch_accessed_variables=False) as tape:\n"
        "    tape.watch(x)\n" + BODY + ASK,
        ALL,
    ),
    "not watched by hand": (
        "x = tf.Variable(-2.0)\nwith tf.GradientTape(watch_accessed_variables=False) as tape:\n" + BODY + ASK,
        ("recorded",),
    ),
    "computed before the tape": (
        FUNCTION + "x = tf.Variable(-2.0)\ny = f(x)\n" + TAPE + "    pass\n" + ASK,
        ("variable",),
    ),
    "another function": (
        "x = tf.Variable(-2.0)\n" + TAPE + "    y = x**2\n" + ASK,
        ("variable",),
    ),
    "another function of the same value": (
        "x = tf.Variable(-2.0)\n" + TAPE + "    y = 3 * x**2\n" + ASK,
        ("variable", "recorded"),
    ),
    "value handed in": (
        "x = tf.Variable(-2.0)\n" + TAPE + BODY + "slope = tape.gradient(y, x)\nanswer = y\n",
        ("variable", "recorded", "gradient"),
    ),
    "wrong choice": (
        "x = tf.Variable(-2.0)\n" + TAPE + BODY + "slope = tape.gradient(y, x)\nanswer = 'A'\n",
        ("variable", "recorded", "gradient"),
    ),
    "raises after the answer": (
        "x = tf.Variable(-2.0)\n" + TAPE + BODY + ASK + "raise ValueError('late')\n",
        ("variable", "recorded", "gradient"),
    ),
    "derivative typed": (
        "x = tf.Variable(-2.0)\nanswer = 9 * x**2 + 10 * x - 3\n",
        ("variable", "answer"),
    ),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with open_pool("shim", own_code=True) as opened:
        yield opened


def judged(pool: Pool, source: str) -> Verdict:
    exercise = catalogue()["polynomial-slope"]
    return judge(
        exercise, Submission("ann", exercise.id, "work.py", "import tensorflow as tf\n" + source), pool
    )


@pytest.mark.parametrize(("source", "met"), PROGRAMS.values(), ids=PROGRAMS.keys())
def test_a_program_meets_these_checks(pool, source, met):
    verdict = judged(pool, source)
    assert tuple(check.id for check in verdict.checks if check.passed) == met
    weights = {"variable": 0.2, "recorded": 0.3, "gradient": 0.3, "answer": 0.2}
    assert verdict.score == pytest.approx(sum(weights[name] for name in met))
    assert (verdict.outcome == "passed") is (met == ALL)


def test_what_breaks_a_probe_keeps_its_first_two_checks_only(pool):
    """13x + 38 has value 12 and slope 13 at -2, and nowhere else those of the function."""
    verdict = judged(pool, "x = tf.Variable(-2.0)\n" + TAPE + "    y = 13 * x + 38\n" + ASK)
    assert tuple(check.id for check in verdict.checks if check.passed) == ("variable", "recorded")
    assert verdict.probes.hidden_points == "broken"


def test_every_check_says_something_a_learner_can_act_on(pool):
    for source, _ in PROGRAMS.values():
        for check in judged(pool, source).checks:
            assert check.message.endswith("."), check


def test_a_none_that_a_tape_gave_is_an_outcome_and_no_answer_to_a_question(
    case_of: Callable[..., Case],
) -> None:
    tried = (
        "import tensorflow as tf\nx = tf.Variable(1.4)\nwith tf.GradientTape() as tape:\n"
        "    z = 2 * tf.round(x)\ng = tape.gradient(z, x)\nprint(g)\n"
    )
    assert case_of("M11-04", tried).found.word is None
    assert case_of("M11-04", f"{tried}answer = str(g)\n").found.word == "None"
    assert case_of("M11-04", "print('None')\n").found.word == "None"
