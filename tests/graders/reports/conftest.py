"""A small class, right and wrong in several ways, with learner text that is out to break reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graders.evidence import Raised, Resources
from graders.submission import Cell
from graders.verdict import CheckResult, Finding, Given, Probes, Report, Verdict

SOURCE = """import tensorflow as tf
x = tf.Variable(-2)
with tf.GradientTape() as tape:
    y = 3*x**3 + 5*x**2 - 3*x + 10
answer = tape.gradient(y, x)
"""
HOSTILE = (
    "::error file=x::owned\n::set-output name=a::b\n]]><x/>&<script>alert(1)</script>\n"
    "\x1b[31mred\x1b[0m \x07\u202eabc\u2066 | `code` ``` $x$ [a](b) @all\n=cmd|' /C calc'!A0\n\udcff\x00"
)
HIDDEN = "secret-check-text-4711"
EXPECTED = "13.000000777"


def checks(*passed: bool, message: str = "as it should be") -> tuple[CheckResult, ...]:
    names = (("variable", 0.2), ("recorded", 0.3), ("gradient", 0.3), ("answer", 0.2))
    return tuple(
        CheckResult(name, good, most if good else 0.0, most, message)
        for (name, most), good in zip(names, passed, strict=True)
    )


GOOD = Verdict(
    exercise="polynomial-slope",
    learner="s01",
    submission="class/s01/polynomial-slope.py",
    outcome="passed",
    score=1.0,
    max_score=1.0,
    checks=checks(True, True, True, True),
    given=Given((13.0,), (), None),
    probes=Probes("held", "held"),
    resources=Resources(0.02, 0.07, 61),
    output="13.0\n",
    expected=EXPECTED,
    source=SOURCE,
)
WRONG = replace(
    GOOD,
    learner="s02",
    submission="class/s02/polynomial-slope.py",
    outcome="failed",
    score=0.0,
    checks=checks(False, False, False, False, message="not a float"),
    findings=(
        Finding(
            "source-integer-dtype",
            2,
            5,
            None,
            "Source is an integer",
            "Integers have no slope.",
            "Write -2.0.",
        ),
    ),
    given=Given((float("nan"),), (), None),
)
RAISED = replace(
    WRONG,
    learner="s03",
    submission="class/s03/polynomial-slope.py",
    findings=(),
    exception=Raised("NameError", "name 'z' is not defined", 4, 4, ((4, "<module>"),), 9),
)
EVIL = replace(
    RAISED,
    learner="=HYPERLINK(1)\u202e<b>",
    submission="class/evil::x,y\n/polynomial-slope.py",
    exception=Raised("Error", HOSTILE, 2, 2),
    output=HOSTILE + "x" * 200_000,
    source=HOSTILE + "\n" + SOURCE,
    findings=(Finding("tampering", 1, 3, None, HOSTILE, HOSTILE, HOSTILE),),
)
VEILED = replace(
    WRONG,
    learner="s05",
    submission="class/s05/polynomial-slope.py",
    findings=(),
    checks=(
        CheckResult("variable", True, 0.25, 0.25, "fine"),
        *(
            CheckResult(f"{HIDDEN}-{sort}", False, 0.0, 0.25, f"{HIDDEN} {sort} message", sort)
            for sort in ("after_due_date", "after_published", "hidden")
        ),
    ),
)
NOTEBOOK = replace(
    WRONG,
    learner="s06",
    submission="class/s06/work.ipynb",
    cells=(Cell(1, 1, 1), Cell(2, 2, 5)),
    findings=(replace(WRONG.findings[0], line=1, cell=2),),
)
UNGRADED = replace(
    GOOD,
    learner="s07",
    outcome="could_not_grade",
    score=0.0,
    detail="several files: a.py, b.py",
    source="",
    checks=(),
)
REPORT = Report(
    verdicts=(
        GOOD,
        WRONG,
        RAISED,
        EVIL,
        VEILED,
        NOTEBOOK,
        UNGRADED,
        replace(GOOD, exercise="rising-or-falling"),
    ),
    backend="tensorflow 2.21.0",
    sandbox="full",
    layers=("landlock", "seccomp"),
    versions={"tfgrad": "0.1.0", "python": "3.11.7"},
    skipped=(("class/notes.txt", "not a .py or .ipynb file"),),
    titles={"polynomial-slope": "Slope of a polynomial", "rising-or-falling": "Rising or falling?"},
)


@pytest.fixture
def report() -> Report:
    return REPORT
