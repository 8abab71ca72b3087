"""Programs that make one variable after the other and type the others in as numbers: each partial moves by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graders import places
from graders.case import Case
from graders.reference import Quantity


def spots(case: Case, at: Case, point: Mapping[str, Any], mark: float) -> places.Places:
    """The places that hold every partial derivative as it is with only its own variable moved."""
    stated = case.exercise.point or {}
    names = [name for name, _ in case.reference.point]
    number, gradient = case.reference.number, case.reference.gradient
    plain = number is not None and gradient is not None and number.data == gradient.data
    if len(names) < 2 or not plain or case.reference.order != 1 or case.exercise.functions:
        return places.Places()
    references = [case.kind.reference(case.exercise, {**stated, name: point[name]}, mark) for name in names]
    rows: list[tuple[float, ...]] = []
    for which in ("data", "scale", "coarse"):
        row: list[float] = []
        for name, reference in zip(names, references, strict=True):
            before = sum(len(data) for other, data in reference.point[: names.index(name)])
            row += getattr(reference.gradient, which)[before : before + len(dict(reference.point)[name])]
        rows.append(tuple(row))
    return places.find(at, [Quantity((len(rows[0]),), *rows)])
