"""Programs that behave at the stated point and not elsewhere, and honest ones that only leave things behind.

y = 3x^3 + 5x^2 - 3x + 10 has y' = 9x^2 + 10x - 3, which is 13 at x = -2.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graders.evidence import Run
from graders.pipeline import judge
from graders.sandbox.limits import Limits
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from graders.verdict import Verdict
from tfgrad_course.course.catalogue import catalogue

START = "import os, sys, time\nimport tensorflow as tf\nx = tf.Variable(-2.0)\n"
TAPE = (
    "with tf.GradientTape() as tape:\n    y = 3 * x**3 + 5 * x**2 - 3 * x + 10\nslope = tape.gradient(y, x)\n"
)
ELSEWHERE = "if float(x) != -2.0:\n    {}\n"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with open_pool("shim", own_code=True, limits=Limits(wall_s=2, cpu_s=2)) as opened:
        yield opened


def verdict_on(pool: Pool, source: str) -> Verdict:
    found = catalogue()["polynomial-slope"]
    return judge(found, Submission("learner", found.id, f"{found.id}.py", source), pool)


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        ("os._exit(0)", "crashed"),
        ("import ctypes; ctypes.string_at(0)", "crashed"),
        ("time.sleep(60)", "time_limit"),
        ("a = bytearray(8 << 30)", "memory_limit"),
        ("while True: print('x' * 10_000)", "output_limit"),
        ("os.write(3, b'[' * 9_999)", "violation"),
        ("sys.exit()", "failed"),
    ],
)
def test_a_program_that_ends_itself_wherever_it_is_not_at_home_does_not_pass(pool, how, outcome):
    verdict = verdict_on(pool, START + ELSEWHERE.format(how) + TAPE + "answer = 13.0\n")
    assert (verdict.outcome, verdict.probes.hidden_points) == (outcome, "broken")
    assert {check.id for check in verdict.checks if check.passed} == {"variable", "recorded"}


def test_a_derivative_seen_before_the_program_was_ended_elsewhere_still_counts(pool):
    verdict = verdict_on(pool, START + TAPE + ELSEWHERE.format("os._exit(0)") + "answer = slope\n")
    assert verdict.outcome == "passed"


@pytest.mark.parametrize(
    "leaving",
    [
        "os.mkdir('plots')\n",
        "open('notes.txt', 'x').close()\n",
        "os.makedirs('a/b')\nos.chmod('a', 0)\n",
        "assert not hasattr(tf, 'mine')\ntf.mine = 1\n",
        "import json\nassert not hasattr(json, 'mine')\njson.mine = 1\n",
        "import codecs\nassert not hasattr(codecs, 'n')\ncodecs.n = 1\ntime.sleep = None\n",
    ],
)
def test_what_a_run_leaves_behind_is_no_reason_to_fail_the_next(pool, leaving):
    verdict = verdict_on(pool, START + leaving + TAPE + "answer = slope\n")
    assert (verdict.outcome, verdict.probes.marked_gradient) == ("passed", "held")


def test_a_further_run_is_sent_off_before_the_one_before_it_is_read(pool: Pool) -> None:
    with pool.submission() as session:
        first = session.begin(Run("print(1)"))
        assert first.ended()
        second = session.begin(Run("print(2)"))
        assert second.shared and second.alive
        assert (first().output, second().output) == ("1\n", "2\n")


def test_what_was_sent_off_too_early_goes_with_a_child_that_turns_out_unfit(pool: Pool) -> None:
    """A run that died for want of memory says so in what it recorded, which is read when the next run is under way."""
    with pool.submission() as session:
        first = session.begin(Run("raise MemoryError"))
        assert first.ended()
        second = session.begin(Run("print(2)"))
        assert first().outcome == "memory_limit"
        assert not second.alive
        assert session.run(Run("print(3)")).output == "3\n" and not session.shared


def test_a_run_asked_for_while_another_is_under_way_gets_a_child_of_its_own(pool: Pool) -> None:
    with pool.submission() as session:
        session.begin(Run("import time; time.sleep(60)"))
        assert session.run(Run("print(2)")).output == "2\n" and not session.shared


def test_an_answer_to_no_question_is_not_put_down_to_an_earlier_run(pool: Pool) -> None:
    late = (
        "import gc, threading\n"
        "emit = next(o for o in gc.get_objects() if getattr(o, '__qualname__', '') == 'serve.<locals>.emit')\n"
        "def again():\n    while True:\n        time.sleep(0.0005)\n"
        "        emit({'k': 'end', 'truncated': False, 'replaced': True})\n"
    )
    start = "if float(x) == -2.0:\n    threading.Thread(target=again, daemon=True).start()\n"
    verdict = verdict_on(pool, START + late + TAPE + "answer = slope\n" + start)
    assert verdict.outcome == "failed"
