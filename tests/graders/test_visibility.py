"""Who sees what, from an exercise with hidden checks to every format and screen, in both languages."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace

import pytest

from graders.classroom import facts, grade_class, report_on
from graders.formats import Wanted, known, render
from graders.live import Checked, card
from graders.reporting import Options
from graders.sandbox.pool import open_pool
from graders.submission import Submission
from tfgrad_course.course.catalogue import catalogue

# The derivative of 7/8 x sin(x) by hand, at 1.37: a number that stands nowhere by chance.
SLOPE = 7 / 8 * (math.sin(1.37) + 1.37 * math.cos(1.37))
EXPECTED = f"{SLOPE:.9f}"[:6]
EXERCISE = """
id: veiled
kind: slope
function: 7/8 * x * sin(x)
point: {x: 1.37}
answer: 1.0965154
visibility: {gradient: after_due_date, answer: hidden}
"""
RIGHT = """import tensorflow as tf
x = tf.Variable(1.37)
with tf.GradientTape() as tape:
    y = 7 / 8 * x * tf.sin(x)
answer = tape.gradient(y, x)
"""
# the answer named is another number: only the hidden check is not met
ONLY_HIDDEN = RIGHT + "slope, answer = answer, 4.0\n"
WRONG = RIGHT.replace("1.37)", "1.5)").replace("answer =", "answer = -")
HIDDEN = {
    "en": ["The answer is not the number", "The tape gave"],
    "de": ["Die Antwort ist nicht die Zahl", "Das Band lieferte"],
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course") / "01-one"
    folder.mkdir()
    (folder / "01-veiled.yaml").write_text(EXERCISE)
    return catalogue(folder.parent)


@pytest.fixture(scope="module", params=["en", "de"])
def graded(course, request):
    work = [
        Submission(who, "veiled", f"{who}/veiled.py", source)
        for who, source in (("right", RIGHT), ("hidden", ONLY_HIDDEN), ("wrong", WRONG))
    ]
    with open_pool("shim", standby=1, own_code=True) as pool:
        verdicts = grade_class(work, course, pool, 1, language=request.param)
        report = report_on(verdicts, course, pool, people={}, language=request.param)
    assert [one.outcome for one in verdicts] == ["passed", "failed", "failed"]
    assert all(EXPECTED in (one.expected or "") for one in verdicts)
    return report, request.param


def written(report, name, language, **more):
    text = render(report, Wanted(name), Options(language=language, **more)).decode()
    if name == "gradescope":
        data = json.loads(text)
        data["tests"] = [test for test in data["tests"] if test["visibility"] == "visible"]
        text = json.dumps(data, ensure_ascii=False)
    return re.sub(r"\\(.)", r"\1", text).replace("\n  ", " ")


@pytest.mark.parametrize("name", known())
def test_hidden_messages_and_the_expected_answer_stand_in_no_format(graded, name):
    report, language = graded
    text = written(report, name, language)
    assert not [said for said in HIDDEN[language] if said in text]
    # who is right has computed the answer and may read their own number
    others = replace(report, verdicts=report.verdicts[1:])
    assert EXPECTED not in written(others, name, language)


@pytest.mark.parametrize("name", known())
def test_a_finding_that_explains_a_hidden_check_is_hidden_with_it(graded, name):
    report, language = graded
    (hidden,) = [one for one in report.verdicts if one.learner == "hidden"]
    assert hidden.findings, "the diagnosis has something to say"
    text = written(report, name, language)
    own = [one for one in report.verdicts if one.learner == "wrong"]
    titles = {one.title for one in hidden.findings} - {
        one.title for verdict in own for one in verdict.findings
    }
    assert not [title for title in titles if title in text]


@pytest.mark.parametrize("name", ["text", "html", "json", "markdown"])
def test_an_instructor_sees_all_of_it_but_the_answer(graded, name):
    report, language = graded
    report = replace(report, verdicts=report.verdicts[1:])
    text = written(report, name, language, instructor=True)
    assert "answer" in text and EXPECTED not in text
    assert EXPECTED in written(report, name, language, instructor=True, reveal=True)


def test_a_notebook_hides_the_same(graded):
    report, language = graded
    report = replace(report, verdicts=report.verdicts[1:])
    for text in (str(Checked(report, language)), card(report, language)):
        assert EXPECTED not in text
        assert not [said for said in HIDDEN[language] if said in " ".join(text.split())]


def test_curve_and_formula_tell_no_slope(course):
    (told,) = facts(course, ["veiled"], curves=True).values()
    assert told.curve and told.formula and EXPECTED not in told.curve + told.formula


def test_a_way_of_one_step_has_no_derivative_on_its_edge():
    """y = x² at 3: the local derivative of the only operation, 6, is the answer."""
    from graders.drawing import graph_of, untold

    box = {"value": "", "kind": "op", "detail": "", "line": 0}
    edge = {"start": "x", "end": "y", "value": "3", "slope": "6", "number": 6.0, "on_path": True}
    data = {
        "boxes": [{"id": "x", "label": "x", **box}, {"id": "y", "label": "Square", **box}],
        "edges": [edge | {"broken": False, "control": False}],
        "target": "y",
        "sources": ["x"],
        "title": "",
        "note": "",
    }
    (left,) = untold(graph_of(data)).edges
    assert left.slope == "" and left.number is None and left.value == "3"
