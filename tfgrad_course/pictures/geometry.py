"""From layout units to pixels: where boxes stand, how edges bend, and where their words find room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tfgrad_course.pictures.graph import Edge, Graph
from tfgrad_course.pictures.layout import Layout

Point = tuple[float, float]
Area = tuple[float, float, float, float]

BOX_W, BOX_H = 148.0, 56.0
MARGIN, HEAD = 26.0, 34.0
LETTER = 7.5
WORDS_CAP = 20


@dataclass(frozen=True, slots=True)
class Words:
    """What stands at an edge: the tensor's value, the local derivative, and which of several side by side it is."""

    value: str
    slope: str
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """From layout units to pixels, to the right or down; `gap` is the room for words between two layers."""

    layout: Layout
    down: bool
    gap: float

    @property
    def steps(self) -> Point:
        """Distance of two layers, and of two rows."""
        return (BOX_H + 76.0, BOX_W + 38.0) if self.down else (BOX_W + self.gap, BOX_H + 36.0)

    def at(self, place: Point) -> Point:
        """The pixel of a place."""
        layer, row = place[0] * self.steps[0], (place[1] - self.layout.low) * self.steps[1]
        along = (row + BOX_W / 2, layer + BOX_H / 2) if self.down else (layer + BOX_W / 2, row + BOX_H / 2)
        return along[0] + MARGIN, along[1] + MARGIN + HEAD

    @property
    def size(self) -> Point:
        """Width and height with margins and room for a title."""
        deep = (self.layout.layers - 1) * self.steps[0]
        wide = (self.layout.high - self.layout.low) * self.steps[1]
        inner = (wide, deep) if self.down else (deep, wide)
        return inner[0] + BOX_W + 2 * MARGIN, inner[1] + BOX_H + 2 * MARGIN + HEAD


def frame_of(graph: Graph, layout: Layout, direction: str) -> Frame:
    """The frame for a direction: right, down, or auto (down when it would be wider than a page)."""
    longest = max((len(text) for w in words_of(graph) for text in (w.value, w.slope)), default=0)
    gap = min(max(100.0, LETTER * longest + 26), LETTER * WORDS_CAP + 30)
    across = Frame(layout, False, gap)
    down = direction == "down" or (direction == "auto" and across.size[0] > 2000)
    return Frame(layout, True, gap) if down else across


def words_of(graph: Graph) -> list[Words]:
    """The words of each edge; edges between the same two boxes are numbered from 1."""
    pairs: dict[tuple[str, str], int] = {}
    for edge in graph.edges:
        pairs[edge.start, edge.end] = pairs.get((edge.start, edge.end), 0) + 1
    seen: dict[tuple[str, str], int] = {}
    found = []
    for edge in graph.edges:
        ends = edge.start, edge.end
        seen[ends] = seen.get(ends, 0) + 1
        found.append(Words(cut(edge.value, WORDS_CAP), _slope(edge), seen[ends] if pairs[ends] > 1 else 0))
    return found


def _slope(edge: Edge) -> str:
    if edge.broken:
        return "✕ no derivative"
    return f"∂ {cut(edge.slope, WORDS_CAP - 2)}" if edge.slope else ""


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= longest else text[: max(8, longest - 1)].rstrip() + "…"


def lines_of(graph: Graph, frame: Frame) -> list[list[Point]]:
    """Each edge from the rim of one box to the rim of the other, side by side where several meet."""
    routes = [[frame.at(place) for place in route] for route in frame.layout.routes]
    across = 0 if frame.down else 1
    half = (BOX_H if frame.down else BOX_W) / 2
    for end in (0, -1):
        meeting: dict[str, list[int]] = {}
        for index, edge in enumerate(graph.edges):
            meeting.setdefault(edge.start if end == 0 else edge.end, []).append(index)
        for indices in meeting.values():
            beside = 1 if end == 0 else -2
            ordered = sorted(indices, key=lambda i: (routes[i][beside][across], i))
            reach = min(34.0 if frame.down else 15.0, (12.0 if frame.down else 9.0) * (len(ordered) - 1))
            for rank, index in enumerate(ordered):
                spread = (2 * rank / (len(ordered) - 1) - 1) * reach if len(ordered) > 1 else 0.0
                x, y = routes[index][end]
                gap = half if end == 0 else -half - 7
                routes[index][end] = (x + spread, y + gap) if frame.down else (x + gap, y + spread)
    return routes


def path(points: Sequence[Point], down: bool) -> str:
    """The line through the points as an SVG path of cubic curves."""
    shown = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for a, b in pairwise(points):
        p, q = _handles(a, b, down)
        shown += f" C{p[0]:.1f} {p[1]:.1f} {q[0]:.1f} {q[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    return shown


def _handles(a: Point, b: Point, down: bool) -> tuple[Point, Point]:
    if down:
        reach = (b[1] - a[1]) * 0.5
        return (a[0], a[1] + reach), (b[0], b[1] - reach)
    reach = (b[0] - a[0]) * 0.5
    return (a[0] + reach, a[1]), (b[0] - reach, b[1])


def on_curve(a: Point, b: Point, t: float, down: bool) -> Point:
    """The point at parameter t of the curve from a to b."""
    p, q = _handles(a, b, down)
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, (a, p, q, b), strict=True)) for axis in (0, 1))
    return x, y


def placed(graph: Graph, frame: Frame) -> list[tuple[Words, Point]]:
    """The words of each edge with their place, moved along the curve until they hide nothing."""
    taken = [_around(frame.at(place), BOX_W / 2 + 2, BOX_H / 2) for place in frame.layout.places.values()]
    found = []
    for words, line in zip(words_of(graph), lines_of(graph, frame), strict=True):
        if words.value or words.slope:
            place, area = _free(line, frame.down, words, taken)
            taken.append(area)
            found.append((words, place))
    return found


def _free(line: Sequence[Point], down: bool, words: Words, taken: Sequence[Area]) -> tuple[Point, Area]:
    middle = (len(line) - 1) // 2
    tries = [(middle, t) for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)]
    tries += [(i, 0.5) for i in range(len(line) - 1) if i != middle]
    best: tuple[float, Point, Area] | None = None
    for segment, t in tries[: 1 if words.beside else None]:
        place = on_curve(line[segment], line[segment + 1], t, down)
        area = _area(place, words, down)
        overlap = sum(_overlap(area, other) for other in taken)
        if best is None or overlap < best[0] - 1:
            best = (overlap, place, area)
        if overlap == 0:
            break
    assert best is not None
    return best[1], best[2]


def _area(place: Point, words: Words, down: bool) -> Area:
    left, right = (LETTER * len(text) for text in (words.value, words.slope))
    if down:
        return place[0] - left - 6, place[1] - 10, place[0] + right + 6, place[1] + 8
    return _around(place, max(left, right) / 2, 16)


def _around(centre: Point, wide: float, high: float) -> Area:
    return centre[0] - wide, centre[1] - high, centre[0] + wide, centre[1] + high


def _overlap(a: Area, b: Area) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0
