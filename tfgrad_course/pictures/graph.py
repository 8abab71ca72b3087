"""A computational graph as plain data: boxes are operations, edges carry tensors; every drawing starts from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

KINDS = ("variable", "constant", "op", "target", "broken", "differs", "fold")


@dataclass(frozen=True, slots=True)
class Box:
    """A node: `label` is the operation or name, `detail` a few words beside it, `value` what it computed."""

    id: str
    label: str
    value: str = ""
    kind: str = "op"
    detail: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A tensor on its way: its `value`, and the local derivative of the end by it in words and as a number.

    `on_path` marks what lies between source and target, `broken` where a derivative ought to flow and does not,
    `control` what only decides (a condition) and carries none.
    """

    start: str
    end: str
    value: str = ""
    slope: str = ""
    number: float | None = None
    on_path: bool = False
    broken: bool = False
    control: bool = False


@dataclass(frozen=True)
class Graph:
    """Boxes and edges, which boxes are sources and target, a title and remarks, one a line.

    Boxes of kind `differs` are where a learner's graph departs from what was asked; the remarks say how.
    """

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    target: str = ""
    sources: tuple[str, ...] = ()
    title: str = ""
    note: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Box]:
        """The boxes by their ids."""
        return {box.id: box for box in self.boxes}

    @cached_property
    def into(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges that end at each box."""
        return _grouped(self.boxes, ((edge.end, edge) for edge in self.edges))

    @cached_property
    def out_of(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges that start at each box."""
        return _grouped(self.boxes, ((edge.start, edge) for edge in self.edges))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Box ids with every edge pointing forward; an edge that closes a circle is left aside."""
        waiting = {box.id: len({edge.start for edge in self.into[box.id]} - {box.id}) for box in self.boxes}
        ready = [box.id for box in self.boxes if not waiting[box.id]]
        done: list[str] = []
        while ready or len(done) < len(self.boxes):
            if not ready:
                ready.append(next(box.id for box in self.boxes if box.id not in set(done)))
            here = ready.pop(0)
            done.append(here)
            for end in dict.fromkeys(edge.end for edge in self.out_of[here]):
                waiting[end] -= 1
                if waiting[end] == 0 and end not in done and end not in ready:
                    ready.append(end)
        return tuple(done)


def _grouped(boxes: Iterable[Box], pairs: Iterable[tuple[str, Edge]]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {box.id: [] for box in boxes}
    for key, edge in pairs:
        found[key].append(edge)
    return {key: tuple(edges) for key, edges in found.items()}


def shown_number(value: float | int | bool, digits: int = 4) -> str:
    """A number in a few digits, as one writes it: −24, 0.5403, 1.2e5."""
    if isinstance(value, bool):
        return str(value)
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return {"nan": "NaN", "inf": "∞", "-inf": "−∞"}[str(number)]
    if abs(number) < 1e-14:
        return "0"  # what rounding leaves of nothing, as in cos(pi/2)
    if number == int(number) and abs(number) < 1e6:
        text = str(int(number))
    else:
        text = f"{number:.{digits}g}"
        if "e" in text:
            mantissa, exponent = text.split("e")
            text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def shown_value(value: Any) -> str:
    """A number, a short vector, or the shape of anything larger."""
    import numpy as np

    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return "…"
    if not array.shape:
        return shown_number(array.item())
    if array.ndim == 1 and array.size <= 4:
        for digits in (4, 3, 2):
            shown = "[" + ", ".join(shown_number(entry, digits) for entry in array.tolist()) + "]"
            if len(shown) <= 19:
                return shown
    return "shape " + "×".join(map(str, array.shape))
