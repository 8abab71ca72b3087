"""Computational graphs as data, laid out and drawn; the numbers are the course's own (chain rule by hand)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from typing import Any

import pytest

from tfgrad_course.maths import parse
from tfgrad_course.pictures.dot import dot
from tfgrad_course.pictures.fold import folded
from tfgrad_course.pictures.formula_graph import formula_graph, marked
from tfgrad_course.pictures.geometry import BOX_H, BOX_W, frame_of, placed
from tfgrad_course.pictures.graph import Box, Edge, Graph, shown_number, shown_value
from tfgrad_course.pictures.indented import indented
from tfgrad_course.pictures.layout import laid_out
from tfgrad_course.pictures.mermaid import mermaid
from tfgrad_course.pictures.paths import paths, paths_text
from tfgrad_course.pictures.svg import svg

FORMULAS: list[tuple[str, dict[str, Any]]] = [
    ("3*x**3 + 5*x**2 - 3*x + 10", {"x": -2}),
    ("3**(0.2*x) + 5*x**2 - log(x) + tanh(x)", {"x": 10}),
    ("x*sin(x) + x**2", {"x": "pi/2"}),
    ("where(x > 1, x**2, 2*round(x))", {"x": 3}),
    ("-log(softmax(v)[2])", {"v": [1, 2, 3]}),
    ("1/(1 + exp(-(w[0]*x + w[1]*z + b)))", {"w": [0.5, -0.25], "x": 1, "z": 2, "b": 0.1}),
    ("(1 - x)**2 + 100*(y - x**2)**2", {"x": -1.2, "y": 1}),
    ("u = 1 + x**2\ny = log10(u)/u + max(x, u, 2)", {"x": 2}),
    ("[[1, 2], [3, 4]] @ v", {"v": [1, -1]}),
    ("x*stop_gradient(x)", {"x": 5}),
    ("5", {"x": 1}),
]
NAMES = [text.splitlines()[0][:24] for text, _ in FORMULAS]


def drawn(text: str, point: dict[str, Any]) -> Graph:
    return formula_graph(parse(text, point), point)


@pytest.fixture(scope="module", params=FORMULAS, ids=NAMES)
def graph(request: pytest.FixtureRequest) -> Graph:
    return drawn(*request.param)


def test_the_paths_of_the_cubic_have_products_36_minus_20_and_minus_3() -> None:
    found = paths(drawn(*FORMULAS[0]))
    assert [route.product for route in found.routes] == [36, -20, -3]
    assert (found.count, found.total) == (3, 13)


def test_x_sin_x_plus_x_squared_has_three_paths_whose_sum_is_its_slope() -> None:
    graph = drawn(*FORMULAS[2])
    found = paths(graph)
    assert found.count == 3
    assert found.total == pytest.approx(4.141592653589793)
    assert "sum over the 3 paths from x: 4.14159" in paths_text(graph)


def test_a_node_used_twice_by_one_operation_has_two_edges() -> None:
    found = paths(drawn("x*x", {"x": 3}))
    assert [route.product for route in found.routes] == [3, 3]


def test_shared_steps_are_one_box_and_operations_bear_tensorflows_names() -> None:
    graph = drawn("u = 1 + x**2\ny = log(u)/u", {"x": 2})
    assert [box.label for box in graph.boxes] == ["x", "Pow", "Add", "Log", "Div"]
    assert [box.kind for box in graph.boxes] == ["variable", "op", "op", "op", "target"]
    assert paths(graph).count == 2


def test_what_has_no_derivative_is_cut_and_a_condition_only_decides() -> None:
    graph = drawn("where(x > 1, x**2, 2*round(x))", {"x": 3})
    by_ends = {(graph.by_id[e.start].label, graph.by_id[e.end].label): e for e in graph.edges}
    assert by_ends["x", "Round"].broken
    assert by_ends["x", "Greater"].control
    assert by_ends["Greater", "Where"].control
    assert not by_ends["x", "Greater"].on_path
    found = paths(graph)
    assert [route.broken for route in found.routes] == [False, True]
    assert found.total == 6


def test_a_matrix_is_named_by_its_shape_and_gives_no_product() -> None:
    graph = drawn("-log(softmax(v)[2])", {"v": [1, 2, 3]})
    assert next(e.slope for e in graph.edges if e.start == "v") == "3×3 matrix"
    assert paths(graph).total is None


def test_boxes_of_a_layer_keep_apart_and_edges_run_forward(graph: Graph) -> None:
    layout = laid_out(graph)
    for (_, a), (_, b) in combinations(layout.places.items(), 2):
        assert a[0] != b[0] or abs(a[1] - b[1]) >= 1 - 1e-9
    for edge, route in zip(graph.edges, layout.routes, strict=True):
        assert route[0] == layout.places[edge.start]
        assert route[-1] == layout.places[edge.end]
        assert all(b[0] - a[0] == 1 for a, b in pairwise(route))


@pytest.mark.parametrize("direction", ["right", "down"])
def test_the_svg_is_well_formed_and_all_within_its_frame(graph: Graph, direction: str) -> None:
    root = ET.fromstring(svg(graph, direction=direction))
    space = {"s": "http://www.w3.org/2000/svg"}
    width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
    shift = float(re.findall(r"[\d.]+", root.find("s:g", space).attrib["transform"])[0])  # type: ignore[union-attr]
    boxes = root.findall(".//s:rect[@class='box']", space)
    assert len(boxes) == len(graph.boxes)
    for box in boxes:
        x, y = float(box.attrib["x"]) + shift, float(box.attrib["y"])
        assert x >= 0
        assert y >= 0
        assert x + float(box.attrib["width"]) <= width
        assert y + float(box.attrib["height"]) <= height
    assert root.attrib["role"] == "img"
    assert root.find("s:title", space) is not None
    assert not root.findall(".//s:script", space)


def test_the_same_graph_is_drawn_the_same_and_themes_differ_in_colours_only() -> None:
    graph = drawn(*FORMULAS[1])
    assert svg(graph) == svg(graph)
    assert "prefers-color-scheme" in svg(graph)
    assert "prefers-color-scheme" not in svg(graph, theme="dark")


def test_text_for_the_terminal_shows_values_slopes_and_paths() -> None:
    shown = indented(drawn(*FORMULAS[0]))
    assert "Add = 12" in shown
    assert "└─ x = −2   ∂ 12" in shown
    assert "= 36" in shown
    assert indented(drawn(*FORMULAS[0]), ascii_only=True).isascii()


def test_mermaid_and_dot_name_every_box_and_edge(graph: Graph) -> None:
    assert mermaid(graph).startswith("flowchart LR")
    assert len(re.findall(r"-->|-\.->", mermaid(graph))) == len(graph.edges)
    assert dot(graph).count(" -> ") == len(graph.edges)


HOSTILE = 'x"]<script>alert(1)</script>\n%%{init}%% ]]> & | \\ \x1b[31m; --> n1'


def test_hostile_names_stay_text_in_every_drawing() -> None:
    box = Box("a", HOSTILE, HOSTILE, "variable", HOSTILE)
    graph = Graph(
        (box, Box("b", "Mul", "2", "target")), (Edge("a", "b", HOSTILE, HOSTILE),), "b", ("a",), HOSTILE
    )
    shown = svg(graph)
    assert "<script" not in shown
    ET.fromstring(shown)
    told = mermaid(graph)
    assert "<script" not in told
    assert len([line for line in told.splitlines() if re.search(r"n\d -->", line)]) == 1
    assert len(dot(graph).splitlines()) == 7
    assert "\x1b" not in shown + told + dot(graph) + indented(graph)


def chain(count: int, wide: int = 1) -> Graph:
    boxes = [Box("x", "x", "1", "variable")]
    edges = []
    for row in range(wide):
        before = "x"
        for index in range(count):
            name = f"{row}:{index}"
            boxes.append(Box(name, ("Mul", "Add", "Sin")[index % 3], "1", "op", "", index))
            edges.append(Edge(before, name, "1", "1", 1.0))
            before = name
    return marked(Graph(tuple(boxes), tuple(edges), before, ("x",)))


@pytest.mark.parametrize(("count", "wide"), [(61, 1), (500, 1), (30, 40), (5000, 1), (3, 200)])
def test_large_graphs_are_folded_with_a_word_about_it(count: int, wide: int) -> None:
    graph = chain(count, wide)
    small = folded(graph)
    assert len(small.boxes) <= 60
    assert small.target in small.by_id
    assert small.sources == ("x",)
    assert f"{count * wide + 1} operations" in small.note
    assert small.note in svg(graph, direction="right")
    assert f"{count * wide + 1} operations" in svg(graph)
    assert folded(chain(20)) == chain(20)


def test_many_paths_are_counted_without_being_walked() -> None:
    boxes = [Box("0", "x", "1", "variable"), *(Box(str(i), "Mul", "1") for i in range(1, 41))]
    edges = [Edge(str(i), str(i + 1), "1", "0.5", 0.5) for i in range(40) for _ in range(2)]
    found = paths(Graph(tuple(boxes), tuple(edges), "40", ("0",)))
    assert found.count == 2**40
    assert found.total == 1
    assert len(found.routes) == 64


def test_a_graph_without_a_way_or_with_a_circle_is_drawn_all_the_same() -> None:
    lost = Graph((Box("x", "x", "1", "variable"), Box("y", "Mul", "2", "target")), (), "y", ("x",))
    assert "no path" in paths_text(lost)
    ET.fromstring(svg(lost))
    circle = Graph((Box("a", "A"), Box("b", "B")), (Edge("a", "b"), Edge("b", "a")), "b", ("a",))
    ET.fromstring(svg(circle))
    ET.fromstring(svg(Graph((), ())))
    assert indented(Graph((), ())) == ""


def test_numbers_are_short_and_have_a_real_minus() -> None:
    assert [shown_number(n) for n in (-24, 0.54030231, 123456.0, 1.5e-9, 6e-17, float("nan"), True)] == [
        "−24", "0.5403", "123456", "1.5e−9", "0", "NaN", "True",
    ]  # fmt: skip
    assert shown_value([1.0, 0.5]) == "[1, 0.5]"
    assert shown_value([[1.0, 0.5]]) == "shape 1×2"


@pytest.mark.parametrize("direction", ["right", "down"])
def test_words_at_edges_cover_no_box(graph: Graph, direction: str) -> None:
    layout = laid_out(graph)
    frame = frame_of(graph, layout, direction)
    corners = [frame.at(place) for place in layout.places.values()]
    for words, (x, y) in placed(graph, frame):
        wide = 0.5 * 6.5 * max(len(words.value), len(words.slope))
        for box_x, box_y in corners:
            clear_across = abs(x - box_x) >= BOX_W / 2 + (4 if direction == "down" else wide - 8)
            assert clear_across or abs(y - box_y) >= BOX_H / 2 + 4, words


def test_a_long_chain_runs_down_the_page_unless_told_otherwise() -> None:
    def size(direction: str) -> tuple[float, float]:
        wide, high = ET.fromstring(svg(chain(40), direction=direction)).attrib["viewBox"].split()[2:]
        return float(wide), float(high)

    assert size("auto") == size("down")
    assert size("right")[0] > size("right")[1]
    assert ET.fromstring(svg(chain(3))).attrib == ET.fromstring(svg(chain(3), direction="right")).attrib
