"""A graph as Mermaid, for pages such as GitHub's that strip SVG."""

from __future__ import annotations

from tfgrad_course.pictures.fold import folded
from tfgrad_course.pictures.graph import Box, Edge, Graph

_SHAPES = {
    "variable": ("([", "])"),
    "constant": ("[", "]"),
    "target": ("[[", "]]"),
    "broken": ("{{", "}}"),
    "differs": ("[/", "/]"),
}
_CLASSES = """\
  classDef variable fill:#e6f4ec,stroke:#2f855a,color:#1f2733
  classDef constant fill:#f2f4f7,stroke:#d0d5dd,color:#1f2733
  classDef target fill:#fff5dc,stroke:#b7791f,stroke-width:2px,color:#1f2733
  classDef broken fill:#fdecec,stroke:#c81e1e,stroke-dasharray:5 4,color:#1f2733
  classDef differs fill:#f3edff,stroke:#7e3af2,stroke-width:3px,color:#1f2733"""


def mermaid(graph: Graph, direction: str = "right") -> str:
    """The graph as Mermaid flowchart text; every edge says its value and, after ∂, its local derivative."""
    small = folded(graph)
    names = {box.id: f"n{index}" for index, box in enumerate(small.boxes)}
    lines = [f"flowchart {'TD' if direction == 'down' else 'LR'}"]
    lines += [f"  {names[box.id]}{_box(box)}" for box in small.boxes]
    lines += [f"  {names[edge.start]} {_arrow(edge)} {names[edge.end]}" for edge in small.edges]
    for kind in ("variable", "constant", "target", "broken", "differs"):
        members = [names[box.id] for box in small.boxes if box.kind == kind]
        if members:
            lines.append(f"  class {','.join(members)} {kind}")
    if small.note:
        lines.append(f"  note[{_quoted(small.note.replace(chr(10), '<br/>'))}]")
    return "\n".join([*lines, _CLASSES])


def _box(box: Box) -> str:
    left, right = _SHAPES.get(box.kind, ("[", "]"))
    words = " ".join(part for part in ("≠" * (box.kind == "differs"), box.label, box.detail) if part)
    shown = f"{words}<br/>{box.value}" if box.value else words
    return f"{left}{_quoted(shown)}{right}"


def _arrow(edge: Edge) -> str:
    words = edge.value
    if edge.broken:
        words = f"{words} ✕ no derivative".strip()
    elif edge.slope:
        words = f"{words}, ∂ {edge.slope}" if words else f"∂ {edge.slope}"
    line = "-.->" if edge.broken or edge.control else "-->"
    return f"{line}|{_quoted(words)}|" if words else line


def _quoted(words: str) -> str:
    """Text in quotes; Mermaid reads #35; and the like, and a learner's text must not end the quotes or make HTML."""
    safe = "".join(c if c.isprintable() else " " for c in words).replace(";", ",")
    for char, code in (
        ("#", "#35;"),
        ('"', "#quot;"),
        ("`", "#96;"),
        ("<br/>", "\0"),
        ("<", "#lt;"),
        (">", "#gt;"),
        ("\0", "<br/>"),
    ):
        safe = safe.replace(char, code)
    return f'"{safe}"'
