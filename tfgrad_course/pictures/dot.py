"""A graph in Graphviz's language, for those who have it."""

from __future__ import annotations

from html import escape

from tfgrad_course.pictures.fold import folded
from tfgrad_course.pictures.graph import Box, Edge, Graph

_LOOKS = {
    "variable": 'style="rounded,filled", fillcolor="#e6f4ec", color="#2f855a"',
    "constant": 'style=filled, fillcolor="#f2f4f7", color="#d0d5dd"',
    "target": 'style="rounded,filled", fillcolor="#fff5dc", color="#b7791f", penwidth=2',
    "broken": 'style="rounded,filled,dashed", fillcolor="#fdecec", color="#c81e1e"',
    "differs": 'style="rounded,filled", fillcolor="#f3edff", color="#7e3af2", penwidth=3',
    "fold": "peripheries=2",
}


def dot(graph: Graph, direction: str = "right") -> str:
    """The graph as DOT text; values blue, local derivatives red."""
    small = folded(graph)
    names = {box.id: f"n{index}" for index, box in enumerate(small.boxes)}
    caption = [part for part in (small.title, *small.note.split("\n")) if part]
    lines = [
        "digraph tape {",
        f"  rankdir={'TB' if direction == 'down' else 'LR'}; labelloc=t; label={_lines(caption)};",
        '  node [shape=box, style=rounded, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=11];',
    ]
    lines += [f"  {names[box.id]} [{_box(box)}];" for box in small.boxes]
    lines += [f"  {names[edge.start]} -> {names[edge.end]} [{_edge(edge)}];" for edge in small.edges]
    return "\n".join([*lines, "}"])


def _box(box: Box) -> str:
    words = " ".join(part for part in ("≠" * (box.kind == "differs"), box.label, box.detail) if part)
    label = _quoted(words)[:-1] + (f"\\n{_quoted(box.value)[1:-1]}" if box.value else "") + '"'
    look = _LOOKS.get(box.kind, "")
    return f"label={label}" + (f", {look}" if look else "")


def _edge(edge: Edge) -> str:
    parts = []
    if edge.value:
        parts.append(f'<font color="#1a56db">{_html(edge.value)}</font>')
    if edge.broken or edge.slope:
        words = "✕ no derivative" if edge.broken else f"∂ {edge.slope}"
        parts.append(f'<font color="#c81e1e">{_html(words)}</font>')
    look = "style=dashed, color=red" if edge.broken else "style=dotted" if edge.control else ""
    label = f"label=<{'<br/>'.join(parts)}>" if parts else ""
    return ", ".join(part for part in (label, look) if part)


def _lines(rows: list[str]) -> str:
    """Several rows of text as one label."""
    return '"' + "\\n".join(_quoted(row)[1:-1] for row in rows) + '"'


def _html(words: str) -> str:
    return escape("".join(c if c.isprintable() else " " for c in words))


def _quoted(words: str) -> str:
    safe = "".join(c if c.isprintable() else " " for c in words)
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"') + '"'
