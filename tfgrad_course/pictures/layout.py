"""Where boxes and edges go: layers by longest path, few crossings, straight lines (after Sugiyama)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from tfgrad_course.pictures.graph import Graph

SWEEPS, PASSES = 24, 60


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in units: for each box (layer, row); for each edge the places it bends at, ends included."""

    places: Mapping[str, tuple[float, float]]
    routes: tuple[tuple[tuple[float, float], ...], ...]
    layers: int
    low: float
    high: float


def laid_out(graph: Graph) -> Layout:
    """The layered layout of a graph."""
    layer = _layers(graph)
    columns, chains = _with_bends(graph, layer)
    links = [(a, b) for chain in chains for a, b in itertools.pairwise(chain)]
    columns = _untangled(columns, links)
    rows = _straightened(columns, links)
    at = {name: (float(depth), rows[name]) for depth, column in enumerate(columns) for name in column}
    routes = tuple(tuple(at[name] for name in chain) for chain in chains)
    places = {box.id: at[box.id] for box in graph.boxes}
    found = list(rows.values()) or [0.0]
    return Layout(places, routes, len(columns), min(found), max(found))


def _layers(graph: Graph) -> dict[str, int]:
    """Longest path from the sources; a source that is used late moves next to its first use."""
    depth = dict.fromkeys(graph.by_id, 0)
    position = {name: index for index, name in enumerate(graph.order)}
    for name in graph.order:
        for edge in graph.out_of[name]:
            if position[edge.end] > position[name]:
                depth[edge.end] = max(depth[edge.end], depth[name] + 1)
    for name in reversed(graph.order):
        box = graph.by_id[name]
        after = [depth[edge.end] for edge in graph.out_of[name] if position[edge.end] > position[name]]
        if after and not graph.into[name] and box.kind != "variable":
            depth[name] = max(depth[name], min(after) - 1)
    return depth


def _with_bends(graph: Graph, depth: Mapping[str, int]) -> tuple[list[list[str]], list[list[str]]]:
    """Columns of names, with a bend in every layer that an edge passes, and each edge as a chain of names."""
    columns: list[list[str]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    for name in graph.order:
        columns[depth[name]].append(name)
    chains = []
    for index, edge in enumerate(graph.edges):
        start, end = depth[edge.start], depth[edge.end]
        if end <= start:
            chains.append([edge.start, edge.end])
            continue
        bends = [f"\0{index}:{layer}" for layer in range(start + 1, end)]
        for layer, bend in enumerate(bends, start + 1):
            columns[layer].append(bend)
        chains.append([edge.start, *bends, edge.end])
    return columns, chains


def _neighbours(links: list[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for a, b in links:
        after.setdefault(a, []).append(b)
        before.setdefault(b, []).append(a)
    return before, after


def _untangled(columns: list[list[str]], links: list[tuple[str, str]]) -> list[list[str]]:
    """Barycentre sweeps to and fro, keeping the order with the fewest crossings."""
    before, after = _neighbours(links)
    best, fewest = [list(column) for column in columns], _crossings(columns, after)
    current = [list(column) for column in columns]
    for sweep in range(SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        order = range(1, len(current)) if forward else range(len(current) - 2, -1, -1)
        for depth in order:
            beside = current[depth - 1 if forward else depth + 1]
            rank = {name: index for index, name in enumerate(beside)}
            near = before if forward else after
            current[depth] = _by_barycentre(current[depth], near, rank)
        crossings = _crossings(current, after)
        if crossings < fewest:
            best, fewest = [list(column) for column in current], crossings
    return best


def _by_barycentre(column: list[str], near: Mapping[str, list[str]], rank: Mapping[str, int]) -> list[str]:
    def key(item: tuple[int, str]) -> float:
        index, name = item
        places = [rank[other] for other in near.get(name, ()) if other in rank]
        return sum(places) / len(places) if places else float(index)

    return [name for _, name in sorted(enumerate(column), key=key)]


def _crossings(columns: list[list[str]], after: Mapping[str, list[str]]) -> int:
    total = 0
    for left, right in itertools.pairwise(columns):
        rank = {name: index for index, name in enumerate(right)}
        ends = [sorted(rank[b] for b in after.get(a, ()) if b in rank) for a in left]
        seen: list[int] = []
        for targets in ends:
            total += sum(1 for target in targets for other in seen if other > target)
            seen.extend(targets)
    return total


def _straightened(columns: list[list[str]], links: list[tuple[str, str]]) -> dict[str, float]:
    """Rows that pull each node to the middle of its neighbours, a unit apart within a layer; bends need half of it."""
    before, after = _neighbours(links)
    rows = {
        name: float(index) - (len(column) - 1) / 2 for column in columns for index, name in enumerate(column)
    }
    for step in range(PASSES):
        forward = step % 2 == 0
        for column in columns if forward else reversed(columns):
            near = [_pull(name, before, after, rows, step) for name in column]
            for name, row in zip(column, _apart(column, near), strict=True):
                rows[name] = row
    for column in columns[1:]:
        near = [_level(name, before, rows) for name in column]
        for name, row in zip(column, _apart(column, near), strict=True):
            rows[name] = row
    middle = (min(rows.values(), default=0.0) + max(rows.values(), default=0.0)) / 2
    return {name: row - middle for name, row in rows.items()}


def _pull(
    name: str,
    before: Mapping[str, list[str]],
    after: Mapping[str, list[str]],
    rows: Mapping[str, float],
    step: int,
) -> float:
    # a bend is pulled harder, so that long edges become straight; the last passes weigh both sides alike
    sides = [before.get(name, []), after.get(name, [])]
    if step < PASSES - 10:
        sides = [sides[step % 2]] if sides[step % 2] else [side for side in sides if side]
    near = [rows[other] for side in sides for other in side]
    return sum(near) / len(near) if near else rows[name]


def _level(name: str, before: Mapping[str, list[str]], rows: Mapping[str, float]) -> float:
    """The row of the one node before it where that is nearly level, so that chains run straight."""
    near = before.get(name, [])
    return rows[near[0]] if len(near) == 1 and abs(rows[near[0]] - rows[name]) < 0.4 else rows[name]


def _gap(a: str, b: str) -> float:
    return 0.55 if a.startswith("\0") and b.startswith("\0") else 0.8 if "\0" in (a[:1], b[:1]) else 1.0


def _apart(column: list[str], wanted: list[float]) -> list[float]:
    """The places nearest to those wanted that keep order and distance (pool adjacent violators)."""
    offsets = [0.0] if column else []
    for a, b in itertools.pairwise(column):
        offsets.append(offsets[-1] + _gap(a, b))
    blocks: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append([want - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            last, weight = blocks.pop()
            mean, count = blocks[-1]
            blocks[-1] = [(mean * count + last * weight) / (count + weight), count + weight]
    free: list[float] = []
    for mean, count in blocks:
        free.extend([mean] * int(count))
    return [place + offset for place, offset in zip(free, offsets, strict=True)]
