"""Graphs too large to read, made smaller: like operations side by side become one box, then layers do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tfgrad_course.pictures.graph import Box, Edge, Graph

LIMIT = 60


def folded(graph: Graph, limit: int = LIMIT) -> Graph:
    """The graph with at most about `limit` boxes, and a remark saying what was folded; small graphs as they are."""
    if len(graph.boxes) <= limit:
        return graph
    total = len(graph.boxes)
    depth = _depths(graph)
    parts: tuple[Callable[[Box], tuple[object, ...]], ...] = (
        lambda box: (depth[box.id], box.label, box.kind, box.line),
        lambda box: (depth[box.id], box.label, box.kind),
    )
    smaller = graph
    for key in parts:
        smaller = _merged(graph, key)
        if len(smaller.boxes) <= limit:
            return _noted(smaller, total)
    bands = max(4, limit // 3)
    deepest = max(depth.values())
    for _ in range(8):
        width = (deepest + bands) // bands
        smaller = _merged(graph, lambda box, width=width: (depth[box.id] // width, box.kind))  # type: ignore[misc]
        if len(smaller.boxes) <= limit:
            break
        bands = max(1, bands // 2)
    return _noted(smaller, total)


def _noted(graph: Graph, total: int) -> Graph:
    said = f"{total} operations, drawn as {len(graph.boxes)}: boxes with × stand for several"
    return replace(graph, note=f"{graph.note}\n{said}" if graph.note else said)


def _depths(graph: Graph) -> dict[str, int]:
    depth = dict.fromkeys(graph.by_id, 0)
    position = {name: index for index, name in enumerate(graph.order)}
    for name in graph.order:
        for edge in graph.out_of[name]:
            if position[edge.end] > position[name]:
                depth[edge.end] = max(depth[edge.end], depth[name] + 1)
    return depth


def _merged(graph: Graph, key: Callable[[Box], tuple[object, ...]]) -> Graph:
    groups: dict[tuple[object, ...], list[Box]] = {}
    for box in graph.boxes:
        alone = (
            box.id == graph.target
            or box.kind in ("broken", "differs")
            or (box.id in graph.sources and len(graph.sources) < 12)
        )
        groups.setdefault((box.id,) if alone else key(box), []).append(box)
    stands_for = {box.id: group[0].id for group in groups.values() for box in group}
    boxes = tuple(_one(group) for group in groups.values())
    edges = _joined(graph, stands_for)
    sources = tuple(dict.fromkeys(stands_for[name] for name in graph.sources))
    target = stands_for.get(graph.target, graph.target)
    return replace(graph, boxes=boxes, edges=edges, sources=sources, target=target)


def _one(group: list[Box]) -> Box:
    first = group[0]
    if len(group) == 1:
        return first
    labels = list(dict.fromkeys(box.label for box in group))
    label = labels[0] if len(labels) == 1 else ", ".join(labels[:2]) + (" …" if len(labels) > 2 else "")
    lines = {box.line for box in group}
    kind = first.kind if first.kind in ("variable", "constant") else "fold"
    return Box(first.id, label, "", kind, f"× {len(group)}", lines.pop() if len(lines) == 1 else 0)


def _joined(graph: Graph, stands_for: Mapping[str, str]) -> tuple[Edge, ...]:
    """One edge for all between the same two boxes; numbers stay only where there was a single one."""
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges:
        ends = stands_for[edge.start], stands_for[edge.end]
        if ends[0] != ends[1]:
            found.setdefault(ends, []).append(edge)
    made = []
    for (start, end), edges in found.items():
        if len(edges) == 1:
            made.append(replace(edges[0], start=start, end=end))
            continue
        path, cut = any(edge.on_path for edge in edges), all(edge.broken for edge in edges)
        made.append(Edge(start, end, f"× {len(edges)}", "", None, path, cut))
    return tuple(made)
