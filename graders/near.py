"""Whether numbers are about the same: most are single ones, and NumPy's `allclose` takes 40 microseconds for each."""

from __future__ import annotations

import math
from typing import Any

_FEW = 16


def near(one: Any, other: Any, relative: float, absolute: float) -> bool:
    """Whether two arrays hold about the same numbers whatever their shapes, with nan equal to nan."""
    if one.size != other.size:
        return False
    if one.size > _FEW:
        import numpy as np

        return bool(np.allclose(one.ravel(), other.ravel(), relative, absolute, equal_nan=True))
    return all(
        _near(a, b, relative, absolute)
        for a, b in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True)
    )


def _near(one: float, other: float, relative: float, absolute: float) -> bool:
    if math.isfinite(one) and math.isfinite(other):
        return abs(one - other) <= absolute + relative * abs(other)
    return one == other or (math.isnan(one) and math.isnan(other))
