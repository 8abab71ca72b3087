"""The weakest backend, a fresh process with limits: every way a run can end has its own outcome."""

import ast
import glob
import os
import tempfile
from pathlib import Path

import pytest

from graders.evidence import Run
from graders.sandbox.pool import Limits, open_pool

RECORDER = "tests.graders.sandbox.plain_recorder"
END = "{'k': 'end', 'truncated': False, 'replaced': False}"


@pytest.fixture(scope="module")
def pool():
    with open_pool(RECORDER, own_code=True, mode="limits-only", limits=Limits(wall_s=2)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("print(1)", "ended"),
        ("raise SystemExit(1)", "ended"),
        ("while True: pass", "time_limit"),
        ("import time; time.sleep(60)", "time_limit"),
        ("print('x' * 2_000_000)", "output_limit"),
        ("import os; os._exit(0)", "crashed"),
        ("import os; os.kill(os.getpid(), 11)", "crashed"),
        ("import os; os.closerange(0, 1000)\nwhile True: pass", "crashed"),
        (
            "import os\nfor fd in range(3, 20):\n try: os.write(fd, b'[' * 999)\n except OSError: pass",
            "violation",
        ),
        ("emit({'k': 'end', 'verdict': 'pass'})", "tampered"),
        ("emit({'k': 'ready'})", "tampered"),
        ("x = 1\0", "rejected"),
        ("x = '\ud800'", "rejected"),
        ("# coding: utf-7\nx = 1", "rejected"),
        ("#" * 300_000, "rejected"),
    ],
)
def test_each_end_has_its_outcome_and_the_next_submission_is_untouched(pool, source, outcome):
    with pool.submission() as session:
        assert session.run(Run(source)).outcome == outcome
    with pool.submission() as session:
        after = session.run(Run("print('next')"))
    assert (after.outcome, after.output) == ("ended", "next\n")


def test_runs_of_one_submission_share_a_child_while_they_end_cleanly(pool):
    who = Run("import os; print(os.getpid())")
    with pool.submission() as session:
        first, second = session.run(who).output, session.run(who).output
        session.run(Run("import os; os._exit(1)"))
        third = session.run(who).output
    with pool.submission() as session:
        fourth = session.run(who).output
    assert first == second and len({second, third, fourth}) == 3


def test_an_answer_to_a_run_that_was_not_asked_for_yet_is_tampering(pool):
    with pool.submission() as session:
        answers = [session.run(Run(f"emit({END}); emit({END})")), session.run(Run("print(1)"))]
    assert "tampered" in [answer.outcome for answer in answers]


def test_printed_text_keeps_its_order_across_both_streams(pool):
    with pool.submission() as session:
        ended = session.run(Run("import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)"))
    assert ended.output == "1\n2\n3\n"


def test_the_environment_of_the_grader_does_not_reach_the_child(pool, monkeypatch):
    monkeypatch.setenv("CANARY_SECRET", "canary-7")
    with open_pool(RECORDER, own_code=True, mode="limits-only") as fresh, fresh.submission() as session:
        assert "canary" not in session.run(Run("import os; print(dict(os.environ))")).output


def test_nothing_is_left_on_disk_whatever_was_made_there():
    mess = "import os\nfor i in range(300): os.mkdir('d'); os.chdir('d')\nos.chmod('.', 0); os.symlink('/', 'root')"
    before = set(glob.glob(f"{tempfile.gettempdir()}/tfgrad-{os.getpid()}-*"))
    with open_pool(RECORDER, own_code=True, mode="limits-only") as fresh, fresh.submission() as session:
        session.run(Run(mess))
    assert set(glob.glob(f"{tempfile.gettempdir()}/tfgrad-{os.getpid()}-*")) <= before


def test_a_tree_comes_back_as_python_itself_parses_it(pool):
    source = (Path(__file__).parents[3] / "graders" / "pipeline.py").read_text()
    with pool.submission() as session:
        tree, raised = session.tree(source)
    assert raised is None
    assert ast.dump(tree, include_attributes=True) == ast.dump(ast.parse(source), include_attributes=True)


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("x = 1\ny = (", "SyntaxError", 2),
        ("if 1:\nx = 1", "IndentationError", 2),
        ("-" * 5000 + "1", "Unparsable", 0),
    ],
)
def test_source_that_is_no_program_says_why_and_where(pool, source, kind, line):
    with pool.submission() as session:
        tree, raised = session.tree(source)
    assert tree is None and (raised.type, raised.line) == (kind, line)
