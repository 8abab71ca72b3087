"""Where a recorded graph departs from the exercise's function: marked on the box, told in words, never the answer."""

from __future__ import annotations

import importlib

import pytest

from graders.departing import WORDS, departures
from graders.drawing import recorded_graph
from graders.evidence import Run
from graders.path import Flow
from graders.sandbox.pool import open_pool
from graders.texts.shell import catalogue as german
from tfgrad_course.course.catalogue import catalogue

COURSE = catalogue()
SCRIPT = """
import numpy as np
import tensorflow as tf
{x}
with tf.GradientTape() as tape:
    y = {formula}
answer = tape.gradient(y, [{sources}])
"""
RIGHT = "3*x**3 + 5*x**2 - 3*x + 10"
CURVE = "3 ** (0.2 * x) + 5 * x ** 2 - tf.math.log(x) + tf.math.tanh(x)"


@pytest.fixture(scope="module")
def run():
    with open_pool("shim", standby=1, own_code=True) as pool:

        def make(formula, x="x = tf.Variable(-2.0)", sources="x"):
            with pool.submission() as session:
                source = SCRIPT.format(x=x, formula=formula, sources=sources)
                recording = session.run(Run(source)).recording
            return recording, recording.calls[-1]

        yield make


def told(recording, call, name):
    """What departs: why, the operation (or its absence) and its value."""
    flow = Flow(recording)
    found = []
    for one in departures(COURSE[name], flow, call):
        op, tensor = flow.producer.get(one.tensor), flow.tensors.get(one.tensor)
        value = tensor.value.data[0] if tensor and tensor.value else None
        found.append((one.why, op.type if op else "", None if value is None else round(value, 3)))
    return found


@pytest.mark.parametrize(
    ("formula", "departs"),
    [
        (RIGHT, []),
        ("3*x*x*x + 5*x*x - 3*x + 10", []),
        ("10 - 3*x + 5*tf.square(x) + x**3*3", []),
        ("((3*x + 5)*x - 3)*x + 10", []),
        ("3*x**3 + 5*x**2 - 3*x", [("missing", "Sub", 2.0)]),
        ("3*x**3 - 5*x**2 - 3*x + 10", [("sign", "Mul", 20.0)]),
        ("3*x**3 + 5*x**3 - 3*x + 10", [("number", "", 3.0)]),
        ("3*x**3 + 5*x**2 - 3*x + 12", [("number", "", 12.0)]),
        ("3*x**3 + 5*x**2 - 3*x - 10", [("sign", "", 10.0)]),
        (f"({RIGHT})*2", [("more", "Mul", 24.0)]),
        (f"tf.sin({RIGHT})", [("more", "Sin", -0.537)]),
        ("3*x**3 + 5*float(x)**2 - 3*x + 10", [("fixed", "", 20.0)]),
    ],
)
def test_the_place_is_found_where_a_formula_differs(run, formula, departs):
    """What each formula does differently is read off the exercise's 3x³ + 5x² − 3x + 10 at −2."""
    assert told(*run(formula), "polynomial-slope") == departs


@pytest.mark.parametrize(
    ("change", "departs"),
    [
        ((), []),
        (("tf.math.log(x)", "np.log(x)"), [("fixed", "", 2.303)]),
        (("tf.math.log(x)", "tf.math.log(x) / tf.math.log(10.0)"), [("more", "Log", 2.303)]),
        (("+ tf.math.tanh", "- tf.math.tanh"), [("sign", "Tanh", 1.0)]),
        (("tanh", "tan"), [("other", "Tan", 0.648)]),
        (("3 ** (0.2 * x)", "3 ** 0.2 * x"), [("other", "Mul", 12.457)]),
    ],
)
def test_mistakes_of_a_longer_formula(run, change, departs):
    formula = CURVE.replace(*change) if change else CURVE
    assert told(*run(formula, "x = tf.Variable(10.0)"), "rising-or-falling") == departs


def test_another_point_is_marked_at_the_source_and_does_not_spoil_the_comparison(run):
    assert [why for why, *_ in told(*run(RIGHT, "x = tf.Variable(2.0)"), "polynomial-slope")] == ["point"]
    changed = run(RIGHT.replace("10", "11"), "x = tf.Variable(2.0)")
    assert [why for why, *_ in told(*changed, "polynomial-slope")] == ["point", "number"]


def test_the_box_is_marked_in_every_picture_and_the_words_stand_below(run):
    recording, call = run("3*x**3 - 5*x**2 - 3*x + 10")
    graph = recorded_graph(recording, call, "mine", COURSE["polynomial-slope"], call, "de")
    (box,) = [box for box in graph.boxes if box.kind == "differs"]
    assert (box.label, box.value) == ("Mul", "20")
    assert graph.note == "≠ Mul = 20 (Zeile 6): das Vorzeichen ist umgedreht"
    for form, mark in (
        ("svg", "≠</text>"),
        ("mermaid", "≠ Mul"),
        ("dot", "≠ Mul"),
        ("indented", "Mul = 20  ≠"),
    ):
        drawn = getattr(importlib.import_module(f"tfgrad_course.pictures.{form}"), form)(graph)
        assert mark in drawn and "das Vorzeichen ist umgedreht" in drawn


def test_in_a_notebook_the_place_is_the_cell_and_its_line(run):
    from graders.submission import Cell

    recording, call = run("3*x**3 - 5*x**2 - 3*x + 10")
    cells = (Cell(1, 1, 4), Cell(2, 5, 9))
    graph = recorded_graph(recording, call, "", COURSE["polynomial-slope"], call, "en", cells)
    assert graph.note == "≠ Mul = 20 (cell 2, line 2): its sign is turned round"


def test_words_exist_in_both_languages_and_say_no_number_or_formula():
    assert all(text in german("de") for text in WORDS.values())
    assert not [text for text in WORDS.values() if any(c in text for c in "0123456789={}^*")]


@pytest.mark.parametrize(
    "formula",
    [
        "tf.reduce_sum([x] * 300)",
        "sum([x] * 1500, 0.0)",
        "tf.stack([x, x])",
        "tf.cast(x, tf.float64)",
        "tf.constant(float('nan')) * x",
    ],
)
def test_whatever_was_recorded_the_comparison_ends_and_says_something_or_nothing(run, formula):
    recording, call = run(formula)
    assert len(departures(COURSE["polynomial-slope"], Flow(recording), call)) <= 4


def test_doubling_fifty_times_does_not_take_two_to_the_fifty_steps(run):
    recording, call = run("x\n    for _ in range(50): y = y + y")
    assert departures(COURSE["polynomial-slope"], Flow(recording), call) == ()


def test_sources_are_told_apart_by_what_they_hold(run):
    """The exercise has x²y + 3y at x = 2, y = 5; the learner calls y y0 and names it first."""
    one = COURSE["two-sources"]
    variables = "x = tf.Variable(2.0); y0 = tf.Variable(5.0)"
    text = str(one.function).replace("^", "**")
    formula = text.replace("y", "y0")
    assert told(*run(formula, variables, "y0, x"), "two-sources") == []
    (wrong,) = told(*run(f"({formula}) * 3.0", variables, "y0, x"), "two-sources")
    assert wrong[0] in ("more", "number")


@pytest.mark.slow
def test_right_programs_in_any_style_depart_nowhere():
    """The course's own solutions and the collection of right programs in many styles."""
    from pathlib import Path

    from graders import wording
    from graders.case import Case
    from graders.evidence import Evidence
    from graders.probing import at_point
    from graders.reference import Reference

    styles = sorted((Path(__file__).parent / "styles" / "right").glob("*.py"))
    work = [(one, wording.solution(one), one.id) for one in COURSE]
    work += [(COURSE[path.name.split("--")[0]], path.read_text(), path.name) for path in styles]
    wrong, compared = [], 0
    with open_pool("shim", standby=1, own_code=True) as pool:
        for exercise, source, name in work:
            if not exercise.form.tape or not exercise.point:
                continue
            with pool.submission() as session:
                done = session.run(Run(source, "submission.py", (exercise.answer_name,)))
            unplaced = Case(exercise, Reference(()), Evidence(done, backend="shim"), done)
            case = at_point(unplaced, done, exercise.point, 1.0)
            call = case.function_call
            compared += call is not None
            if call is not None and departures(exercise, case.flow, call):
                wrong.append(name)
    assert not wrong and compared > 100
