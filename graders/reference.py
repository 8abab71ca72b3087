"""What is right: values, derivatives and words at a point, each number with the tolerance its problem deserves."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Numbers = tuple[float, ...]
Point = Mapping[str, "float | Sequence[float] | Sequence[Sequence[float]]"]

EPSILON = {
    "float64": 2.0**-52,
    "complex128": 2.0**-52,
    "float32": 2.0**-23,
    "complex64": 2.0**-23,
    "float16": 2.0**-10,
    "bfloat16": 2.0**-7,
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """Numbers known to be right, flat and row-major; `scale` is their conditioning, `coarse` them in float32."""

    shape: tuple[int, ...]
    data: Numbers
    scale: Numbers
    coarse: Numbers

    def tolerance(self, dtypes: frozenset[str], absolute: float | None = None) -> Numbers:
        """Allowed distance per entry for a path over these dtypes; design section 5 has the formula."""
        if absolute is not None:
            return tuple(absolute for _ in self.data)
        eps = max((EPSILON.get(dtype, 0.0) for dtype in dtypes), default=0.0) or EPSILON["float32"]
        narrow = eps >= EPSILON["float32"]
        return tuple(
            max(
                64 * eps * scale,
                8 * abs(coarse - g) if narrow and math.isfinite(coarse) else 0.0,
                1e-6 * abs(g),
            )
            for g, scale, coarse in zip(self.data, self.scale, self.coarse, strict=True)
        )

    def times(self, factor: float) -> Quantity:
        """The same quantity with everything multiplied."""
        return Quantity(
            self.shape,
            tuple(factor * v for v in self.data),
            tuple(abs(factor) * v for v in self.scale),
            tuple(factor * v for v in self.coarse),
        )

    def reshaped(self, shape: tuple[int, ...]) -> Quantity:
        """The same numbers in another shape."""
        return Quantity(shape, self.data, self.scale, self.coarse)


@dataclass(frozen=True, slots=True)
class Reference:
    """What an exercise expects at one point.

    `point` holds the numbers that are differentiated by; `target` is what the meant tape call differentiates
    (None: not judged by a tape), `gradient` what the tape must give after `order` calls on one another, `number` and
    `word` what must be handed in. Under a marked tape a right program may carry the mark in several ways
    (a chain rule by hand multiplies it twice): `gradients` and `numbers` hold the other right ones.
    """

    point: tuple[tuple[str, Numbers], ...]
    target: Quantity | None = None
    gradient: Quantity | None = None
    number: Quantity | None = None
    word: str | None = None
    words: tuple[str, ...] = ()
    order: int = 1
    gradients: tuple[Quantity, ...] = ()
    numbers: tuple[Quantity, ...] = ()
    unordered: bool = False


def exact(data: Sequence[float], shape: tuple[int, ...] | None = None) -> Quantity:
    """Numbers that carry only their own rounding: the scale is their size."""
    numbers = tuple(float(v) for v in data)
    size = tuple(abs(v) for v in numbers)
    return Quantity(shape if shape is not None else (len(numbers),), numbers, size, numbers)


def composed(make: Callable[..., Any], *parts: Quantity) -> Quantity:
    """What `make` computes from quantities (given as arrays), with their conditioning carried through.

    Each entry's scale is its size plus what the parts' scales can do to it, by differences.
    """
    import numpy as np

    def arrays(which: str) -> list[Any]:
        return [np.asarray(getattr(part, which), dtype=float).reshape(part.shape) for part in parts]

    with np.errstate(all="ignore"):
        fine = np.asarray(make(*arrays("data")), dtype=float)
        coarse = np.asarray(make(*arrays("coarse")), dtype=float)
        scale = np.abs(fine)
        for number, part in enumerate(parts):
            for index, extent in enumerate(part.scale):
                step = 1e-6 * max(extent, 1e-12)
                moved = arrays("data")
                moved[number].ravel()[index] += step
                change = np.abs(np.asarray(make(*moved), dtype=float) - fine) / step * extent
                scale = scale + np.where(np.isfinite(change), change, 0.0)
    return Quantity(
        tuple(fine.shape),
        tuple(float(v) for v in fine.ravel()),
        tuple(float(v) for v in scale.ravel()),
        tuple(float(v) for v in coarse.ravel()),
    )


def flat(value: object) -> Numbers:
    """A point's number, vector or matrix as one tuple of floats."""
    if isinstance(value, (list, tuple)):
        return tuple(number for item in value for number in flat(item))
    return (float(value),)  # type: ignore[arg-type]


def shape_of(value: object) -> tuple[int, ...]:
    """The shape of a point's number, vector or matrix."""
    if isinstance(value, (list, tuple)):
        return (len(value), *(shape_of(value[0]) if value else ()))
    return ()
