"""The graph a program recorded: local slopes from mathematics, and the place where the way is cut."""

from __future__ import annotations

import json
import math

import pytest

from graders.drawing import graph_data, graph_of, recorded_graph
from graders.evidence import Run
from graders.sandbox.pool import open_pool


@pytest.fixture(scope="module")
def drawn():
    with open_pool("shim", standby=1, own_code=True) as pool:

        def draw(text):
            with pool.submission() as session:
                recording = session.run(Run("import tensorflow as tf\n" + text)).recording
            calls = [call for call in recording.calls if not call.within]
            return recorded_graph(recording, calls[-1] if calls else None)

        yield draw


TAPE = """
with tf.GradientTape() as tape:
    y = {formula}
g = tape.gradient(y, x)
"""


@pytest.mark.parametrize(
    ("formula", "point", "slope"),
    [
        ("x * x + 3.0 * x", 2.0, 7.0),
        ("tf.sin(x) * tf.exp(x)", 0.5, math.exp(0.5) * (math.sin(0.5) + math.cos(0.5))),
        ("tf.math.log(x) / x - tf.sqrt(x)", 4.0, (1 - math.log(4)) / 16 - 0.25),
        ("tf.pow(x, 3.0) - tf.tanh(-x)", 0.5, 0.75 + 1 / math.cosh(0.5) ** 2),
        ("tf.pow(2.0, x)", 3.0, 8 * math.log(2)),
    ],
)
def test_the_products_along_the_paths_sum_up_to_the_derivative(drawn, formula, point, slope):
    """The expected numbers are the derivatives by hand."""
    from tfgrad_course.pictures.paths import paths

    graph = drawn(f"x = tf.Variable({point})" + TAPE.format(formula=formula))
    assert paths(graph).total == pytest.approx(slope, rel=1e-5)
    assert not [box for box in graph.boxes if box.kind == "broken"]


def test_a_source_the_tape_did_not_follow_is_marked_and_nothing_flows_from_it(drawn):
    graph = drawn("x = tf.constant(2.0)" + TAPE.format(formula="x * x"))
    (source,) = [box for box in graph.boxes if box.id in graph.sources]
    assert source.kind == "broken" and source.detail == "not followed"
    assert all(edge.broken and edge.number is None for edge in graph.edges if edge.start == source.id)


def test_what_was_computed_before_the_tape_is_marked_not_recorded(drawn):
    graph = drawn("x = tf.Variable(2.0)\nu = x * x" + TAPE.format(formula="u + 1.0 * x"))
    broken = [box for box in graph.boxes if box.kind == "broken"]
    assert [(box.label, box.detail) for box in broken] == [("Mul", "not recorded")]


def test_stop_gradient_is_named(drawn):
    graph = drawn("x = tf.Variable(2.0)" + TAPE.format(formula="tf.stop_gradient(x * x)"))
    assert [box.detail for box in graph.boxes if box.kind == "broken"] == ["stop_gradient"]


def test_a_graph_survives_the_way_to_json_and_back(drawn):
    graph = drawn("x = tf.Variable(2.0)" + TAPE.format(formula="x * x"))
    assert graph_of(json.loads(json.dumps(graph_data(graph)))) == graph


def test_a_program_that_records_nothing_has_no_graph(drawn):
    assert drawn("print('no tape')") is None
