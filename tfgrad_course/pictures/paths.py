"""The chain rule along a graph: every path from a source to the target, the product along each, and their sum."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from tfgrad_course.pictures.graph import Edge, Graph, shown_number

LIMIT = 64


@dataclass(frozen=True, slots=True)
class Route:
    """One path: its edges in order, and the product of the local derivatives (None where one is no number)."""

    edges: tuple[Edge, ...]
    product: float | None

    @property
    def boxes(self) -> tuple[str, ...]:
        """The ids of the boxes passed, source and target included."""
        return (self.edges[0].start, *(edge.end for edge in self.edges)) if self.edges else ()

    @property
    def broken(self) -> bool:
        """Whether no derivative flows along this path."""
        return any(edge.broken for edge in self.edges)


@dataclass(frozen=True, slots=True)
class Routes:
    """All paths from one source (the first `LIMIT` of `count`) and the sum of their products."""

    source: str
    routes: tuple[Route, ...]
    count: int
    total: float | None


def paths(graph: Graph, source: str | None = None) -> Routes:
    """The paths from a source (the first one by default) to the target."""
    start = source or (graph.sources[0] if graph.sources else "")
    if start not in graph.by_id or graph.target not in graph.by_id:
        return Routes(start, (), 0, None)
    count, total = _sums(graph, start)
    return Routes(start, tuple(_found(graph, start)), count, total)


def _sums(graph: Graph, start: str) -> tuple[int, float | None]:
    """Number of paths and sum of products, without walking each of them."""
    counts: dict[str, int] = {start: 1}
    sums: dict[str, float | None] = {start: 1.0}
    for name in graph.order:
        if name not in counts:
            continue
        for edge in graph.out_of[name]:
            if edge.control:
                continue
            counts[edge.end] = counts.get(edge.end, 0) + counts[name]
            here, before = sums[name], sums.get(edge.end, 0.0)
            slope = 0.0 if edge.broken else edge.number
            sums[edge.end] = (
                None if here is None or before is None or slope is None else before + here * slope
            )
    return counts.get(graph.target, 0), sums.get(graph.target)


def _found(graph: Graph, start: str) -> list[Route]:
    reach = reaching(graph, graph.target)
    found: list[Route] = []
    stack: list[tuple[str, tuple[Edge, ...]]] = [(start, ())]
    while stack and len(found) < LIMIT:
        here, edges = stack.pop()
        if here == graph.target:
            numbers = [0.0 if edge.broken else edge.number for edge in edges]
            known = [number for number in numbers if number is not None]
            found.append(Route(edges, prod(known) if len(known) == len(numbers) else None))
            continue
        if len(edges) > len(graph.boxes):
            continue
        for edge in reversed(graph.out_of[here]):
            if edge.end in reach and not edge.control:
                stack.append((edge.end, (*edges, edge)))
    return found


def reaching(graph: Graph, target: str) -> frozenset[str]:
    """The boxes from which the target can be reached."""
    seen, stack = {target}, [target]
    while stack:
        for edge in graph.into[stack.pop()]:
            if not edge.control and edge.start not in seen:
                seen.add(edge.start)
                stack.append(edge.start)
    return frozenset(seen)


def paths_text(graph: Graph, source: str | None = None, limit: int = 8) -> str:
    """The paths as lines for the terminal: boxes, product along each, and the sum."""
    found = paths(graph, source)
    if found.count == 0:
        return "no path leads from the source to the target"
    lines = []
    for route in found.routes[:limit]:
        names = [_named(graph, name, index < 2) for index, name in enumerate(route.boxes)]
        factors = " · ".join(_factor(edge) for edge in route.edges)
        end = "cut" if route.broken else "" if route.product is None else shown_number(route.product)
        told = f" = {end}" if end and (len(route.edges) > 1 or route.broken) else ""
        lines.append(f"{' → '.join(names)}:  {factors}{told}")
    if found.count > limit:
        lines.append(f"… and {found.count - limit} more paths")
    if found.total is not None and found.count > 1:
        lines.append(
            f"sum over the {found.count} paths from {graph.by_id[found.source].label}: {shown_number(found.total, 6)}"
        )
    return "\n".join(lines)


def _named(graph: Graph, name: str, fully: bool) -> str:
    box = graph.by_id[name]
    return f"{box.label} {box.detail}" if fully and box.detail else box.label


def _factor(edge: Edge) -> str:
    if edge.broken:
        return "✕"
    shown = edge.slope or "?"
    return f"({shown})" if shown.startswith("−") else shown
