"""The course's two questions from source text to verdict, on both backends: right ones pass, wrong ones do not.

Expected numbers: y = 3x^3 + 5x^2 - 3x + 10 has y' = 9x^2 + 10x - 3, which is 13 at x = -2; the second question's slope
at x = 10 is 0.2 ln 3 * 3^2 + 100 - 1/10 + 1/cosh(10)^2 = 101.8775 (rounded).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

from graders.pipeline import grade, judge
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from graders.verdict import Verdict
from tfgrad_course.course.catalogue import catalogue
from tfgrad_course.course.exercise import Exercise
from tfgrad_course.course.settings import Limits

BACKENDS = [
    "shim",
    pytest.param(
        "tensorflow",
        marks=[
            pytest.mark.tensorflow,
            pytest.mark.skipif(
                importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed"
            ),
        ],
    ),
]


@pytest.fixture(scope="module", params=BACKENDS)
def pool(request: pytest.FixtureRequest) -> Iterator[Pool]:
    with open_pool(request.param, own_code=True) as opened:
        yield opened


def limited(exercise: Exercise, **limits: float) -> Exercise:
    """The exercise with limits of its own."""
    return exercise.model_copy(update={"limits": Limits(**limits)})


def verdict_on(pool: Pool, exercise: str, source: str) -> Verdict:
    found = catalogue()[exercise]
    return judge(found, Submission("learner", found.id, f"{found.id}.py", source), pool)


THREE_STEPS = """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
"""

RIGHT_SLOPES = {
    "as the course writes it": """import tensorflow as tf
x = tf.Variable([-2], dtype=float)
with tf.GradientTape() as tape:
 y = 3 * tf.pow(x, 3) + 5 * tf.pow(x, 2) - 3 * x + 10
dy_dx = tape.gradient(y, x)
print(dy_dx.numpy()[0])
""",
    "watched constant in float64": """import tensorflow as tf
with tf.GradientTape() as g:
    here = tf.constant(-2.0, tf.float64)
    g.watch(here)
    value = 3 * here ** 3 + 5 * here ** 2 - 3 * here + 10
print(float(g.gradient(value, here)))
""",
    "a choice by letter": THREE_STEPS + "slope = tape.gradient(y, x)\nanswer = 'B'\n",
    "a choice by value": THREE_STEPS + "slope = tape.gradient(y, x)\nanswer = 13\n",
    "a class and a method": """import tensorflow as tf
class Curve:
    def __init__(self, at):
        self.at = tf.Variable(at)
    def __call__(self):
        return 3 * self.at ** 3 + 5 * self.at ** 2 - 3 * self.at + 10
    def slope(self):
        with tf.GradientTape() as tape:
            height = self()
        return tape.gradient(height, self.at)
answer = Curve(-2.0).slope()
""",
    "a traced function": """import tensorflow as tf
x = tf.Variable(-2.0)
@tf.function
def slope():
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    return tape.gradient(y, x)
answer = slope()
""",
    "an assertion about the stated point": THREE_STEPS
    + "answer = tape.gradient(y, x)\nassert answer == 13\n",
    "an exit at the end": THREE_STEPS + "answer = tape.gradient(y, x)\nimport sys\nsys.exit(0)\n",
}


@pytest.mark.parametrize("source", RIGHT_SLOPES.values(), ids=RIGHT_SLOPES.keys())
def test_a_slope_found_with_the_tape_passes_whatever_its_style(pool, source):
    verdict = verdict_on(pool, "polynomial-slope", source)
    assert verdict.outcome == "passed", verdict.checks
    assert verdict.score == verdict.max_score == 1.0
    assert verdict.findings == ()
    assert verdict.probes.marked_gradient == "held"


WRONG_SLOPES = {
    "typed in": "import tensorflow as tf\nslope = 13.0\nanswer = slope\n",
    "derivative typed as a formula": (
        "import tensorflow as tf\nx = tf.Variable(-2.0)\nanswer = 9 * x**2 + 10 * x - 3\nprint(answer)\n"
    ),
    "difference quotient": """import tensorflow as tf
f = lambda x: 3 * x**3 + 5 * x**2 - 3 * x + 10
x = tf.constant(-2.0, tf.float64)
answer = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6
""",
    "complex step": """import tensorflow as tf
z = tf.constant(-2.0 + 1e-30j, tf.complex128)
answer = tf.math.imag(3 * z**3 + 5 * z**2 - 3 * z + 10) / 1e-30
""",
    "right code at the wrong point": THREE_STEPS.replace("-2.0", "2.0") + "answer = tape.gradient(y, x)\n",
    "a patched tape": """import tensorflow as tf
tf.GradientTape.gradient = lambda self, target, sources, **k: tf.constant(13.0)
"""
    + THREE_STEPS
    + "answer = tape.gradient(y, x)\n",
    "a tape whose result is replaced": THREE_STEPS
    + "tape.gradient(y, x)\nanswer = 9 * x**2 + 10 * x - 3 + 1\n",
    "whole numbers": THREE_STEPS.replace("-2.0", "-2") + "answer = tape.gradient(y, x)\n",
    "computed before the tape": """import tensorflow as tf
x = tf.Variable(-2.0)
y = 3 * x**3 + 5 * x**2 - 3 * x + 10
with tf.GradientTape() as tape:
    pass
answer = tape.gradient(y, x)
""",
}


@pytest.mark.parametrize("source", WRONG_SLOPES.values(), ids=WRONG_SLOPES.keys())
def test_a_number_that_does_not_come_from_the_tape_does_not_pass(pool, source):
    verdict = verdict_on(pool, "polynomial-slope", source)
    assert verdict.outcome == "failed"
    assert verdict.score < verdict.max_score


COURSE_TWO = """import tensorflow as tf
x = tf.Variable(10, dtype=tf.float32)
with tf.GradientTape() as tape:
    y = tf.pow(3, 0.2 * x) + 5 * tf.pow(x, 2) - tf.math.log(x) + tf.math.tanh(x)
slope = tape.gradient(y, x)
print('The slope at x = 10 is', slope.numpy())
"""


@pytest.mark.parametrize(
    "ending",
    [
        "",
        "answer = 'increasing'\n",
        "answer = 'Increasing' if slope > 0 else 'decreasing'\n",
        "print('increasing')\n",
    ],
)
def test_the_sign_of_the_slope_counts_with_and_without_a_word(pool, ending):
    assert verdict_on(pool, "rising-or-falling", COURSE_TWO + ending).outcome == "passed"


@pytest.mark.parametrize(
    "source",
    [
        COURSE_TWO + "answer = 'decreasing'\n",
        COURSE_TWO.replace("tf.math.log(x)", "tf.math.log(x) / tf.math.log(10.0)"),
        COURSE_TWO.replace(" - tf.math.log(x)", ""),
        COURSE_TWO.replace("import tensorflow as tf", "import tensorflow as tf, numpy as np").replace(
            "tf.math.log(x)", "np.log(x)"
        ),
        "answer = 'increasing'\n",
    ],
    ids=["wrong word", "log to base ten", "a term missing", "NumPy in the tape", "a guess"],
)
def test_the_right_word_alone_does_not_pass(pool, source):
    assert verdict_on(pool, "rising-or-falling", source).outcome == "failed"


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("this is )( not Python\n", "rejected"),
        ("\n# only a comment\n", "not_attempted"),
        ("import sys\nsys.exit(0)\n", "failed"),
        ("import os\nos._exit(0)\n", "crashed"),
        ("import numpy as np\nnp.ones(20 * 2**27)\n", "memory_limit"),
        ("print('x' * 100_000_000)\n", "output_limit"),
    ],
)
def test_bad_submissions_end_with_the_fitting_outcome_and_change_nothing_else(pool, source, outcome):
    exercise = catalogue()["polynomial-slope"]
    bad = Submission("bad", exercise.id, "bad.py", source)
    good = Submission("good", exercise.id, "good.py", RIGHT_SLOPES["as the course writes it"])
    verdicts = grade([(exercise, bad), (exercise, good), (exercise, bad)], pool, jobs=2)
    assert [verdict.outcome for verdict in verdicts] == [outcome, "passed", outcome]


def test_a_program_that_removes_its_work_folder_is_judged_by_what_it_computed(pool):
    source = "import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)\n" + THREE_STEPS
    assert verdict_on(pool, "polynomial-slope", source + "answer = tape.gradient(y, x)\n").outcome == "passed"


def test_an_exception_names_the_line_and_keeps_what_was_met(pool):
    verdict = verdict_on(pool, "polynomial-slope", THREE_STEPS + "print(undefined_name)\n")
    assert verdict.outcome == "failed"
    assert (verdict.exception.type, verdict.exception.line) == ("NameError", 5)
    assert verdict.score >= 0.2


def test_several_files_for_one_exercise_are_not_graded(pool):
    exercise = catalogue()["polynomial-slope"]
    twice = Submission("learner", exercise.id, "a.py", "x = 1\n", duplicates=("b.py",))
    verdict = judge(exercise, twice, pool)
    assert verdict.outcome == "could_not_grade"
    assert "a.py" in verdict.detail and "b.py" in verdict.detail


def test_the_seconds_an_exercise_states_end_its_submissions(pool):
    exercise = limited(catalogue()["polynomial-slope"], seconds=1)
    looping = Submission("learner", exercise.id, "a.py", "while True:\n    pass\n")
    verdict = judge(exercise, looping, pool)
    assert verdict.outcome == "time_limit"
    assert "1 s" in verdict.detail


def test_the_memory_an_exercise_states_is_less_than_the_usual_and_holds(pool):
    """128 MB of ones are refused where 64 MiB are stated, and pass where nothing is."""
    source = "import numpy as np\nkept = np.ones(2**24)\n" + THREE_STEPS + "answer = tape.gradient(y, x)\n"
    usual = catalogue()["polynomial-slope"]
    tight = limited(usual, mib=64)
    assert judge(usual, Submission("l", usual.id, "a.py", source), pool).outcome == "passed"
    assert judge(tight, Submission("l", tight.id, "a.py", source), pool).outcome == "memory_limit"
