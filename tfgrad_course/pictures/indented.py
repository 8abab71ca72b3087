"""A graph as an indented tree for the terminal: the target first, what it was made of below."""

from __future__ import annotations

from tfgrad_course.pictures.fold import folded
from tfgrad_course.pictures.graph import Box, Edge, Graph
from tfgrad_course.pictures.paths import paths_text


def indented(graph: Graph, with_paths: bool = True, ascii_only: bool = False) -> str:
    """The graph as text, one box a line; a box met again is only named. The paths of the chain rule follow."""
    small = folded(graph)
    lines = [small.title, ""] if small.title else []
    if small.target in small.by_id:
        lines += _tree(small, small.target)
    lost = [box for box in small.boxes if small.target not in small.by_id or box.kind == "broken"]
    reached = "\n".join(lines)
    lines += [f"not on the way: {_named(box)}" for box in lost if _named(box) not in reached]
    if small.note:
        lines += ["", *small.note.split("\n")]
    if with_paths and graph.sources and graph.target:
        for name in graph.sources[:4]:
            lines += ["", *paths_text(graph, name).splitlines()]
    text = "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)
    return _plain(text) if ascii_only else text


def _tree(graph: Graph, root: str) -> list[str]:
    lines: list[str] = []
    seen: set[str] = set()
    stack: list[tuple[str, Edge | None, str, str]] = [(root, None, "", "")]
    while stack:
        name, edge, lead, below = stack.pop()
        box = graph.by_id[name]
        again = name in seen and bool(graph.into[name])
        lines.append(lead + _named(box) + (_slope(edge) if edge else "") + (" (above)" if again else ""))
        if again or name in seen:
            continue
        seen.add(name)
        inner = graph.into[name]
        for index in range(len(inner) - 1, -1, -1):
            last = index == len(inner) - 1
            ends = ("└─ ", "   ") if last else ("├─ ", "│  ")
            stack.append((inner[index].start, inner[index], below + ends[0], below + ends[1]))
    return lines


def _named(box: Box) -> str:
    words = f"{box.label}  {box.detail}" if box.detail else box.label
    value = f" = {box.value}" if box.value else ""
    return f"{words}{value}" + {"broken": "  ✕", "differs": "  ≠"}.get(box.kind, "")


def _slope(edge: Edge) -> str:
    if edge.broken:
        return "   ∂ ✕ no derivative"
    return f"   ∂ {edge.slope}" if edge.slope else ""


_ASCII = {
    "└": "`", "├": "|", "│": "|", "─": "-", "∂": "d", "−": "-", "·": "*", "→": "->", "✕": "x", "×": "x", "…": "...",
    "≠": "!=", "²": "**2", "³": "**3", "√": "sqrt", "π": "pi",
}  # fmt: skip


def _plain(text: str) -> str:
    for char, word in _ASCII.items():
        text = text.replace(char, word)
    return text.encode("ascii", "replace").decode()
