"""A decoy tape is told from a detour: both hand in the right number, only one tape saw the function."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.pipeline import judge
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from tfgrad_course.course.catalogue import catalogue

ATTACKS = Path(__file__).parents[1] / "sandbox" / "attacks"
FORGED = (
    "cheat_mark_by_identity",
    "cheat_mark_by_square",
    "cheat_mark_by_value",
    "cheat_difference_marked",
    "cheat_tangent_line",
    "cheat_stop_gradient",
    "cheat_forward_mode",
)
START = "import tensorflow as tf\nx = tf.Variable(-2.0)\nwith tf.GradientTape(persistent=True) as tape:\n"
DETOURS = {
    "a multiple of the function": """    y = 2 * (3 * x**3 + 5 * x**2 - 3 * x + 10)
answer = tape.gradient(y, x) / 2
""",
    "its logarithm": """    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    z = tf.math.log(y)
answer = tape.gradient(z, x) * y
""",
    "a sum of two parts": """    u = 3 * x**3 + 10
    v = 5 * x**2 - 3 * x
answer = tape.gradient(u, x) + tape.gradient(v, x)
""",
    "a chain by hand": """    u = x**2
    y = 3 * u * x + 5 * u - 3 * x + 10
answer = tape.gradient(y, x)
""",
    "a rounded constant": """    y = 3 * x**3 + 5 * x**2 - 3 * x + 9.999999
answer = tape.gradient(y, x)
""",
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with open_pool("shim", own_code=True) as opened:
        yield opened


def verdict(pool: Pool, source: str) -> object:
    exercise = catalogue()["polynomial-slope"]
    return judge(exercise, Submission("learner", exercise.id, "s.py", source), pool)


@pytest.mark.parametrize("name", FORGED)
def test_a_tape_over_something_else_does_not_vouch_for_a_number(pool: Pool, name: str) -> None:
    found = verdict(pool, (ATTACKS / f"{name}.py").read_text())
    assert found.outcome == "failed" and "broken" in (
        found.probes.hidden_points,
        found.probes.marked_gradient,
    )


@pytest.mark.parametrize("detour", DETOURS.values(), ids=list(DETOURS))
def test_a_detour_by_way_of_the_function_passes(pool: Pool, detour: str) -> None:
    found = verdict(pool, START + detour)
    assert found.outcome == "passed", (found.probes, [check for check in found.checks if not check.passed])
