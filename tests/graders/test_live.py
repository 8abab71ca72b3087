"""Checks inside a running notebook, with real IPython: the magic, `check`, cells and lines, the card."""

from __future__ import annotations

import html5lib
import pytest

from graders import live
from graders.live import Checked, card, check

GOOD = """x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)"""


@pytest.fixture(scope="module")
def shell(shim_as_tensorflow):
    """An IPython of its own, in which `tensorflow` is the shim, as in a notebook without TensorFlow."""
    from IPython.core.interactiveshell import InteractiveShell

    patch = pytest.MonkeyPatch()
    patch.setenv("TFGRAD_BACKEND", "shim")
    live._live.cache_clear()
    with shim_as_tensorflow():
        shell = InteractiveShell.instance()
        shell.run_line_magic("load_ext", "graders")
        yield shell
    live._live.cache_clear()
    patch.undo()
    InteractiveShell.clear_instance()


def run(shell, text):
    result = shell.run_cell(text, store_history=True)
    assert result.success, result
    return shell.user_ns["_"]


def test_the_magic_runs_the_cell_and_checks_it_with_the_cells_before(shell):
    run(shell, "import tensorflow as tf")
    result = run(shell, "%%tfgrad M03-01\n" + GOOD)
    assert isinstance(result, Checked) and result.passed, str(result)
    assert float(shell.user_ns["answer"]) == 13.0


def test_a_finding_names_cell_and_line_and_comes_as_html(shell):
    result = run(shell, "%%tfgrad polynomial-slope\n" + GOOD.replace("-2.0", "-2"))
    assert not result.passed
    page = result._repr_html_()
    html5lib.HTMLParser(strict=True).parseFragment(page)
    assert "cell " in page and "x = tf.Variable(-2)" in page and "Hint" in page


def test_check_takes_the_cells_run_so_far_or_a_text(shell):
    run(shell, "# tfgrad: rising-or-falling\nslope = 1")
    assert not run(shell, "from graders import check\ncheck('rising-or-falling')").passed
    assert check("polynomial-slope", "import tensorflow as tf\n" + GOOD).passed


def test_hostile_text_is_escaped_in_the_card(report_of_the_evil):
    page = card(report_of_the_evil)
    assert "<script" not in page and "\u202e" not in page


@pytest.fixture
def report_of_the_evil():
    from graders.evidence import Raised
    from graders.verdict import Report, Verdict

    raised = Raised("<script>", "</pre><script>alert(1)</script>\u202e", 1, 1)
    evil = Verdict("x", "", None, "failed", 0.0, 1.0, exception=raised, source="<script>\u202e", detail="<b>")
    return Report((evil,), "<shim>", "full", titles={"x": "<i>"})
