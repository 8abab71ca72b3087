"""Sobol's sequence: points that fill a cube more evenly than chance does."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import MissingFromShim, invalid, not_allowed
from tfgrad_course.tf._tensor import tensor

_BITS = 32
# Joe and Kuo's first direction numbers, one word a dimension from the second on; the polynomials are worked out.
_FIRST = """
1 1,3 1,3,1 1,1,1 1,1,3,3 1,3,5,13 1,1,5,5,17 1,1,5,5,5 1,1,7,11,19 1,1,5,1,1 1,1,1,3,11 1,3,5,5,31 1,3,3,9,7,49
1,1,1,15,21,21 1,3,1,13,27,49 1,1,1,15,7,5 1,3,1,15,13,25 1,1,5,5,19,61 1,3,7,11,23,15,103 1,3,7,13,13,15,69
1,1,3,13,7,35,63 1,3,5,9,1,25,53 1,3,1,13,9,35,107 1,3,1,5,27,61,31 1,1,5,11,19,41,61 1,3,5,3,3,13,69
1,1,7,13,1,19,1 1,3,7,5,13,19,59 1,1,3,9,25,29,41 1,3,5,13,23,1,55 1,3,7,3,13,59,17 1,3,1,3,5,53,69
1,1,5,5,23,33,13 1,1,7,7,1,61,123 1,1,7,9,13,61,49 1,3,3,5,3,55,33 1,3,1,15,31,13,49,245 1,3,5,15,31,59,63,97
1,3,1,11,11,11,77,249 1,3,1,11,27,43,71,9 1,1,7,15,21,11,81,45 1,3,7,3,25,31,65,79 1,3,1,1,19,11,3,205
1,1,5,9,19,21,29,157 1,3,7,11,1,33,89,185 1,3,3,3,15,9,79,71 1,3,7,11,15,39,119,27 1,1,3,1,11,31,97,225
1,1,1,3,23,43,57,177 1,3,7,7,17,17,37,71 1,3,1,5,27,63,123,213 1,1,3,5,11,43,53,133
"""


def _primitive(degree: int, middle: int) -> bool:
    """Whether the polynomial over two elements whose inner coefficients are the bits of `middle` has the longest period."""
    polynomial, period, power = 1 << degree | middle << 1 | 1, (1 << degree) - 1, 1
    for step in range(1, period + 1):
        power <<= 1
        if power >> degree & 1:
            power ^= polynomial
        if power == 1:
            return step == period
    return False


def _directions(dimensions: int) -> Any:
    """For each bit of the counter (a row) what it turns over in each dimension."""
    found = [[1] * _BITS]
    words, degree = iter(_FIRST.split()), 0
    while len(found) < dimensions:
        degree += 1
        for middle in range(1 << (degree - 1)):
            if len(found) < dimensions and _primitive(degree, middle):
                found.append(_continued([int(m) for m in next(words).split(",")], degree, middle))
    return np.array([[m << (_BITS - 1 - i) for i, m in enumerate(row)] for row in found], np.uint64).T


def _continued(numbers: list[int], degree: int, middle: int) -> list[int]:
    for i in range(degree, _BITS):
        made = numbers[i - degree] ^ numbers[i - degree] << degree
        for k in range(1, degree):
            if middle >> (degree - 1 - k) & 1:
                made ^= numbers[i - k] << k
        numbers.append(made)
    return numbers


def _number(value: Any, name: str) -> int:
    given = convert(value, dt.int32) if not hasattr(value, "dtype") else convert(value)
    if given.shape.rank:
        raise invalid("SobolSample", f"{name} must be a scalar")
    return int(given._v)


@composite("math.sobol_sample")
def sobol_sample(dim: Any, num_results: Any, skip: Any = 0, dtype: Any = dt.float32, name: Any = None) -> Any:
    """Points of Sobol's sequence in a cube, one a row, without the origin."""
    op, kind = "SobolSample", dt.as_dtype(dtype)
    if kind not in (dt.float32, dt.float64):
        raise not_allowed(op, kind.kernel, ["float", "double"], "dtype")
    dimensions, count, first = _number(dim, "dim"), _number(num_results, "num_results"), _number(skip, "skip")
    for word, low, short in (("dim", 1, dimensions < 1), ("num_results", 1, count < 1)):
        if short:
            raise invalid(op, f"{word} must be at least {'one' if low else 'zero'}")
    if first < 0:
        raise invalid(op, "skip must be non-negative")
    if first + count >= 2**31 - 1:
        raise invalid(op, "num_results+skip must be less than 2147483647")
    if dimensions > 21200:
        raise invalid(op, "dim must be at most 21200")
    if dimensions > len(_FIRST.split()) + 1:
        raise MissingFromShim(
            f"tf.math.sobol_sample goes up to {len(_FIRST.split()) + 1} dimensions in tfgrad's NumPy stand-in for TensorFlow, "
            f"not to {dimensions}. This is not a mistake in your program: run it with real TensorFlow."
        )
    numbers = np.arange(first + 1, first + count + 1, dtype=np.uint64)
    gray, turned = numbers ^ numbers >> np.uint64(1), _directions(dimensions)
    points = np.zeros((count, dimensions), np.uint64)
    for bit in range(_BITS):
        on = (gray >> np.uint64(bit) & np.uint64(1)).astype(bool)
        points[on] ^= turned[bit]
    return tensor((points / 2.0**_BITS).astype(kind.np), kind)
