"""A graph as one SVG: no script, no font to load, dark and light by the reader's setting."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tfgrad_course.pictures.fold import folded
from tfgrad_course.pictures.graph import Box, Edge, Graph
from tfgrad_course.pictures.layout import Layout, laid_out
from tfgrad_course.pictures.paths import paths_text

Point = tuple[float, float]

BOX_W, BOX_H = 148.0, 56.0
MARGIN, HEAD, LINE = 26.0, 34.0, 19.0
STEPS = {"right": (252.0, 92.0), "down": (132.0, 186.0)}

_LIGHT = {
    "bg": "#ffffff", "ink": "#1f2733", "muted": "#667085", "box": "#ffffff", "rim": "#98a2b3", "var": "#e6f4ec",
    "varrim": "#2f855a", "con": "#f2f4f7", "conrim": "#d0d5dd", "tar": "#fff5dc", "tarrim": "#b7791f",
    "value": "#1a56db", "slope": "#c81e1e", "edge": "#c3cad5", "path": "#475467", "bad": "#fdecec",
}  # fmt: skip
_DARK = {
    "bg": "#12161d", "ink": "#e6e9ef", "muted": "#98a2b3", "box": "#1c222c", "rim": "#566072", "var": "#163326",
    "varrim": "#4cc38a", "con": "#20262f", "conrim": "#3a4351", "tar": "#33290f", "tarrim": "#e0a93b",
    "value": "#8ab8ff", "slope": "#ff9a9a", "edge": "#3a4351", "path": "#a4adbd", "bad": "#3a1a1d",
}  # fmt: skip

_RULES = """
.tg text{font-family:system-ui,-apple-system,"Segoe UI","DejaVu Sans",Arial,sans-serif;fill:var(--tg-ink)}
.tg .bg{fill:var(--tg-bg)}
.tg .head{font-size:16px;font-weight:600}
.tg .foot{font-size:13px}
.tg .small{font-size:12px;fill:var(--tg-muted)}
.tg .label{font-size:13.5px;font-weight:650}
.tg .detail{font-size:11.5px;fill:var(--tg-muted)}
.tg .result{font-size:13.5px;font-variant-numeric:tabular-nums}
.tg rect.box{fill:var(--tg-box);stroke:var(--tg-rim);stroke-width:1.3}
.tg .variable rect.box{fill:var(--tg-var);stroke:var(--tg-varrim);stroke-width:1.8}
.tg .constant rect.box{fill:var(--tg-con);stroke:var(--tg-conrim)}
.tg .target rect.box{fill:var(--tg-tar);stroke:var(--tg-tarrim);stroke-width:2.2}
.tg .broken rect.box{fill:var(--tg-bad);stroke:var(--tg-slope);stroke-width:1.8;stroke-dasharray:5 4}
.tg .wire{fill:none;stroke:var(--tg-edge);stroke-width:1.6}
.tg .wire.path{stroke:var(--tg-path);stroke-width:2}
.tg .wire.cut{stroke:var(--tg-slope);stroke-width:2;stroke-dasharray:6 5}
.tg .wire.control{stroke-dasharray:2 4}
.tg .tip{fill:var(--tg-edge)}
.tg .tip.path{fill:var(--tg-path)}
.tg .tip.cut{fill:var(--tg-slope)}
.tg text.value,.tg text.slope{font-size:12.5px;font-weight:600;paint-order:stroke;stroke:var(--tg-bg);stroke-width:7px;\
stroke-linejoin:round;font-variant-numeric:tabular-nums}
.tg tspan{stroke-width:0;font-weight:600}
.tg text.value,.tg tspan.value{fill:var(--tg-value)}
.tg text.slope,.tg tspan.slope{fill:var(--tg-slope)}
""".strip()


@dataclass(frozen=True, slots=True)
class _Frame:
    """From layout units to pixels, in one of the two directions."""

    layout: Layout
    down: bool

    @property
    def steps(self) -> Point:
        return STEPS["down" if self.down else "right"]

    def at(self, place: Point) -> Point:
        layer, row = place[0] * self.steps[0], (place[1] - self.layout.low) * self.steps[1]
        along = (row + BOX_W / 2, layer + BOX_H / 2) if self.down else (layer + BOX_W / 2, row + BOX_H / 2)
        return along[0] + MARGIN, along[1] + MARGIN + HEAD

    @property
    def size(self) -> Point:
        deep = (self.layout.layers - 1) * self.steps[0]
        wide = (self.layout.high - self.layout.low) * self.steps[1]
        inner = (wide, deep) if self.down else (deep, wide)
        return inner[0] + BOX_W + 2 * MARGIN, inner[1] + BOX_H + 2 * MARGIN + HEAD


def svg(
    graph: Graph,
    *,
    direction: str = "right",
    theme: str = "auto",
    with_paths: bool = True,
    source: str | None = None,
) -> str:
    """The graph as SVG text; direction right or down, theme auto, light or dark."""
    small = folded(graph)
    layout = laid_out(small)
    frame = _Frame(layout, direction == "down")
    lines = _words(graph, small, with_paths, source)
    width = max(frame.size[0], 7.2 * len(small.title) + 2 * MARGIN, 380.0)
    lines = [_cut(line, int((width - 2 * MARGIN) / 6.9)) for line in lines]
    height = frame.size[1] + LINE * (len(lines) + bool(graph.edges)) + 6
    # a graph narrower than its title stands in the middle
    shift = (width - frame.size[0]) / 2
    body = [*_wires(small, frame), *(_box(box, frame.at(layout.places[box.id])) for box in small.boxes)]
    body += _labels(small, frame)
    foot = [_text(MARGIN, frame.size[1] + 12 + LINE * i, "foot", line) for i, line in enumerate(lines)]
    if graph.edges:
        foot.append(_legend(frame.size[1] + 12 + LINE * len(lines)))
    return _document(
        small, width, height, theme, [f'<g transform="translate({shift:.1f} 0)">', *body, "</g>", *foot]
    )


def _document(graph: Graph, width: float, height: float, theme: str, body: Sequence[str]) -> str:
    key = hashlib.sha256(repr((graph, theme)).encode()).hexdigest()[:8]
    described = f"{len(graph.boxes)} boxes and {len(graph.edges)} edges, from {', '.join(graph.sources)} to the result"
    head = _text(width / 2, MARGIN + 6, "head", graph.title, "middle") if graph.title else ""
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tg tg-{key}" role="img"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
        f' style="max-width:100%;height:auto" aria-labelledby="tg-{key}-t tg-{key}-d">'
    )
    titled = f"Computational graph{': ' if graph.title else ''}{_clean(graph.title)}"
    said = [
        f'<title id="tg-{key}-t">{titled}</title>',
        f'<desc id="tg-{key}-d">{_clean(described)}</desc>',
        f"<style>{_style(theme, key)}\n{_RULES}</style>",
        f'<rect class="bg" width="{width:.0f}" height="{height:.0f}" rx="10"/>',
    ]
    return "\n".join([opening, *said, head, *body, "</svg>"])


def _clean(words: str) -> str:
    """Text that is safe in XML: a learner's names may hold anything."""
    return escape("".join(c if c.isprintable() else " " for c in words))


def _style(theme: str, key: str) -> str:
    def colours(table: dict[str, str]) -> str:
        return f".tg-{key}{{" + "".join(f"--tg-{name}:{value};" for name, value in table.items()) + "}"

    if theme in ("light", "dark"):
        return colours(_LIGHT if theme == "light" else _DARK)
    return colours(_LIGHT) + "\n@media (prefers-color-scheme:dark){" + colours(_DARK) + "}"


def _words(graph: Graph, small: Graph, with_paths: bool, source: str | None) -> list[str]:
    lines = [small.note] if small.note else []
    if with_paths and small is graph and graph.sources:
        for name in [source] if source else graph.sources[:4]:
            lines += paths_text(graph, name, 4).splitlines()
    return lines


def _legend(y: float) -> str:
    return (
        f'<text class="small" x="{MARGIN}" y="{y:.1f}"><tspan class="value">blue</tspan>: the tensor&#8217;s value'
        '<tspan class="slope" dx="14">∂ red</tspan>: local derivative</text>'
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: max(8, longest - 1)].rstrip() + "…"


def _text(x: float, y: float, style: str, words: str, anchor: str = "start") -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_clean(words)}</text>'


def _box(box: Box, centre: Point) -> str:
    x, y = centre[0] - BOX_W / 2, centre[1] - BOX_H / 2
    label = _cut(box.label, 17)
    room = BOX_W - 24 - 8.2 * len(label)
    detail = box.detail if 6.4 * len(box.detail) <= room else ""
    said = " ".join(part for part in (box.label, box.detail, f"= {box.value}" if box.value else "") if part)
    said += f" (line {box.line})" if box.line else ""
    parts = [f'<g class="{escape(box.kind)}"><title>{_clean(said)}</title>']
    if box.kind == "fold":
        parts.append(
            f'<rect class="box" x="{x + 5:.1f}" y="{y + 5:.1f}" width="{BOX_W}" height="{BOX_H}" rx="9"/>'
        )
    rounding = BOX_H / 2 if box.kind == "variable" else 9
    parts.append(
        f'<rect class="box" x="{x:.1f}" y="{y:.1f}" width="{BOX_W}" height="{BOX_H}" rx="{rounding}"/>'
    )
    lone = not box.value
    top = centre[1] + 5 if lone else centre[1] - 6
    if detail:
        parts.append(_text(x + 12, top, "label", label))
        parts.append(_text(x + BOX_W - 12, top, "detail", detail, "end"))
    else:
        parts.append(_text(centre[0], top, "label", label, "middle"))
    if not lone:
        parts.append(_text(centre[0], centre[1] + 16, "result", _cut(box.value, 20), "middle"))
    return "".join(parts) + "</g>"


def _wires(graph: Graph, frame: _Frame) -> list[str]:
    drawn = []
    lines = _lines(graph, frame)
    # what is on the path lies above the rest
    for index in sorted(range(len(lines)), key=lambda i: (graph.edges[i].on_path, graph.edges[i].broken)):
        style = _style_of(graph.edges[index])
        curve = lines[index]
        drawn.append(f'<path class="wire{style}" d="{_path(curve, frame.down)}"/>')
        drawn.append(_tip(curve[-1], style, frame.down))
    return drawn


def _style_of(edge: Edge) -> str:
    return " cut" if edge.broken else " control" if edge.control else " path" if edge.on_path else ""


def _lines(graph: Graph, frame: _Frame) -> list[list[Point]]:
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
            reach = min(30.0 if frame.down else 15.0, 9.0 * (len(ordered) - 1))
            for rank, index in enumerate(ordered):
                spread = (2 * rank / (len(ordered) - 1) - 1) * reach if len(ordered) > 1 else 0.0
                x, y = routes[index][end]
                gap = half if end == 0 else -half - 7
                routes[index][end] = (x + spread, y + gap) if frame.down else (x + gap, y + spread)
    return routes


def _path(points: Sequence[Point], down: bool) -> str:
    shown = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for a, b in itertools.pairwise(points):
        p, q = _handles(a, b, down)
        shown += f" C{p[0]:.1f} {p[1]:.1f} {q[0]:.1f} {q[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    return shown


def _handles(a: Point, b: Point, down: bool) -> tuple[Point, Point]:
    if down:
        reach = (b[1] - a[1]) * 0.5
        return (a[0], a[1] + reach), (b[0], b[1] - reach)
    reach = (b[0] - a[0]) * 0.5
    return (a[0] + reach, a[1]), (b[0] - reach, b[1])


def _tip(end: Point, style: str, down: bool) -> str:
    x, y = end
    corners = ((x - 4.5, y), (x + 4.5, y), (x, y + 8)) if down else ((x, y - 4.5), (x, y + 4.5), (x + 8, y))
    return f'<polygon class="tip{style}" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in corners)}"/>'


def _labels(graph: Graph, frame: _Frame) -> list[str]:
    """Value and local derivative of each edge, moved along the curve until they hide nothing."""
    taken = [_around(frame.at(place), BOX_W / 2 + 2, BOX_H / 2) for place in frame.layout.places.values()]
    drawn = []
    for edge, line in zip(graph.edges, _lines(graph, frame), strict=True):
        value = _cut(edge.value, 20)
        slope = "✕ no derivative" if edge.broken else f"∂ {_cut(edge.slope, 20)}" if edge.slope else ""
        if not value and not slope:
            continue
        place, area = _free_place(line, frame.down, value, slope, taken)
        taken.append(area)
        drawn += _label(place, value, slope, frame.down)
    return drawn


def _free_place(
    line: Sequence[Point],
    down: bool,
    value: str,
    slope: str,
    taken: Sequence[tuple[float, float, float, float]],
) -> tuple[Point, tuple[float, float, float, float]]:
    middle = (len(line) - 1) // 2
    tries = [(middle, t) for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)]
    tries += [(i, 0.5) for i in range(len(line) - 1) if i != middle]
    width = 3.8 * max(len(value), len(slope)) + 2
    best: tuple[float, Point, tuple[float, float, float, float]] | None = None
    for segment, t in tries:
        place = _on_curve(line[segment], line[segment + 1], t, down)
        area = _around(place, 2 * width if down else width, 10 if down else 15)
        overlap = sum(_overlap(area, other) for other in taken)
        if best is None or overlap < best[0] - 1:
            best = (overlap, place, area)
        if overlap == 0:
            break
    assert best is not None
    return best[1], best[2]


def _label(place: Point, value: str, slope: str, down: bool) -> list[str]:
    x, y = place
    if down:
        return [_text(x - 6, y + 4, "value", value, "end"), _text(x + 6, y + 4, "slope", slope)]
    return [_text(x, y - 5, "value", value, "middle"), _text(x, y + 14, "slope", slope, "middle")]


def _on_curve(a: Point, b: Point, t: float, down: bool) -> Point:
    p, q = _handles(a, b, down)
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, (a, p, q, b), strict=True)) for axis in (0, 1))
    return x, y


def _around(centre: Point, wide: float, high: float) -> tuple[float, float, float, float]:
    return centre[0] - wide, centre[1] - high, centre[0] + wide, centre[1] + high


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0
