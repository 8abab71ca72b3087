"""A graph as one SVG: no script, no font to load, dark and light by the reader's setting."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from textwrap import wrap

from tfgrad_course.pictures.fold import folded
from tfgrad_course.pictures.geometry import (
    BOX_H,
    BOX_W,
    MARGIN,
    Frame,
    Point,
    Words,
    cut,
    frame_of,
    lines_of,
    path,
    placed,
)
from tfgrad_course.pictures.graph import Box, Edge, Graph
from tfgrad_course.pictures.layout import laid_out
from tfgrad_course.pictures.paths import paths_text

LINE = 19.0

_LIGHT = {
    "bg": "#ffffff", "ink": "#1f2733", "muted": "#667085", "box": "#ffffff", "rim": "#98a2b3", "var": "#e6f4ec",
    "varrim": "#2f855a", "con": "#f2f4f7", "conrim": "#d0d5dd", "tar": "#fff5dc", "tarrim": "#b7791f",
    "value": "#1a56db", "slope": "#c81e1e", "edge": "#c3cad5", "path": "#475467", "bad": "#fdecec",
    "dif": "#f3edff", "difrim": "#7e3af2",
}  # fmt: skip
_DARK = {
    "bg": "#12161d", "ink": "#e6e9ef", "muted": "#98a2b3", "box": "#1c222c", "rim": "#566072", "var": "#163326",
    "varrim": "#4cc38a", "con": "#20262f", "conrim": "#3a4351", "tar": "#33290f", "tarrim": "#e0a93b",
    "value": "#8ab8ff", "slope": "#ff9a9a", "edge": "#3a4351", "path": "#a4adbd", "bad": "#3a1a1d",
    "dif": "#2a2140", "difrim": "#b99cff",
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
.tg .differs rect.box{fill:var(--tg-dif);stroke:var(--tg-difrim);stroke-width:2.4}
.tg .badge{fill:var(--tg-difrim)}
.tg text.mark{font-size:14px;font-weight:700;fill:var(--tg-bg)}
.tg text.departs{font-size:13px;font-weight:600;fill:var(--tg-difrim)}
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


def svg(
    graph: Graph,
    *,
    direction: str = "auto",
    theme: str = "auto",
    with_paths: bool = True,
    source: str | None = None,
    legend: tuple[str, str] = ("the tensor's value", "local derivative"),
) -> str:
    """The graph as SVG text; direction auto, right or down, theme auto, light or dark.

    `legend` says in the reader's language what stands on the edges in blue and in red.
    """
    small = folded(graph)
    layout = laid_out(small)
    frame = frame_of(small, layout, direction)
    lines = _words(graph, small, with_paths, source)
    width = max(frame.size[0], 7.2 * len(small.title) + 2 * MARGIN, 380.0)
    lines = [part for line in lines for part in wrap(line, int((width - 2 * MARGIN) / 6.9))]
    height = frame.size[1] + LINE * (len(lines) + bool(graph.edges)) + 6
    # a graph narrower than its title stands in the middle
    shift = (width - frame.size[0]) / 2
    body = [*_wires(small, frame), *(_box(box, frame.at(layout.places[box.id])) for box in small.boxes)]
    body += [part for words, place in placed(small, frame) for part in _label(words, place, frame.down)]
    style = lambda line: "departs" if line.startswith("≠") else "foot"
    foot = [_text(MARGIN, frame.size[1] + 12 + LINE * i, style(line), line) for i, line in enumerate(lines)]
    if graph.edges:
        foot.append(_legend(legend, frame.size[1] + 12 + LINE * len(lines)))
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
    lines = small.note.split("\n") if small.note else []
    if with_paths and small is graph and graph.sources:
        for name in [source] if source else graph.sources[:4]:
            lines += paths_text(graph, name, 4).splitlines()
    return lines


def _legend(says: tuple[str, str], y: float) -> str:
    return (
        f'<text class="small" x="{MARGIN}" y="{y:.1f}"><tspan class="value">■</tspan> {_clean(says[0])}'
        f'<tspan class="slope" dx="16">∂</tspan> {_clean(says[1])}</text>'
    )


def _text(x: float, y: float, style: str, words: str, anchor: str = "start") -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_clean(words)}</text>'


def _box(box: Box, centre: Point) -> str:
    x, y = centre[0] - BOX_W / 2, centre[1] - BOX_H / 2
    label = cut(box.label, 17)
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
        parts.append(_text(centre[0], centre[1] + 16, "result", cut(box.value, 20), "middle"))
    if box.kind == "differs":
        parts.append(f'<circle class="badge" cx="{x + BOX_W - 4:.1f}" cy="{y + 3:.1f}" r="9.5"/>')
        parts.append(_text(x + BOX_W - 4, y + 7.5, "mark", "≠", "middle"))
    return "".join(parts) + "</g>"


def _wires(graph: Graph, frame: Frame) -> list[str]:
    drawn = []
    lines = lines_of(graph, frame)
    # what is on the path lies above the rest
    for index in sorted(range(len(lines)), key=lambda i: (graph.edges[i].on_path, graph.edges[i].broken)):
        style = _style_of(graph.edges[index])
        curve = lines[index]
        drawn.append(f'<path class="wire{style}" d="{path(curve, frame.down)}"/>')
        drawn.append(_tip(curve[-1], style, frame.down))
    return drawn


def _style_of(edge: Edge) -> str:
    return " cut" if edge.broken else " control" if edge.control else " path" if edge.on_path else ""


def _tip(end: Point, style: str, down: bool) -> str:
    x, y = end
    corners = ((x - 4.5, y), (x + 4.5, y), (x, y + 8)) if down else ((x, y - 4.5), (x, y + 4.5), (x + 8, y))
    return f'<polygon class="tip{style}" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in corners)}"/>'


def _label(words: Words, place: Point, down: bool) -> list[str]:
    x, y = place
    if down:
        y += 4 if not words.beside else 14 * words.beside - 20
        return [_text(x - 6, y, "value", words.value, "end"), _text(x + 6, y, "slope", words.slope)]
    if words.beside:  # lines between the same boxes: one has its words above, the other below
        y += -7 if words.beside == 1 else 17 + 16 * (words.beside - 2)
        return [_text(x - 5, y, "value", words.value, "end"), _text(x + 5, y, "slope", words.slope)]
    return [_text(x, y - 5, "value", words.value, "middle"), _text(x, y + 14, "slope", words.slope, "middle")]
