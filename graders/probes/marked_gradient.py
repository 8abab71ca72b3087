"""Once, the tape's results are secretly multiplied: what does not come from the tape does not carry the factor."""

from __future__ import annotations

import random
from typing import Any

from graders.case import Case
from graders.parts import close

MARKS = (2.0, 4.0, 8.0, 0.5, 0.25, 0.125)


def mark_for(kind: Any, seed: int) -> float:
    """A secret power of two: it leaves the bits of every float dtype's mantissa as they are."""
    return random.Random(seed).choice(getattr(kind, "MARKS", MARKS))


def shows(case: Case, marked: Case) -> bool:
    """Whether the mark changes the number asked for at all (Adam's first step is the same for any factor)."""
    plain = case.reference.number
    return plain is not None and not any(
        close(plain.data, quantity, case.dtypes, case.exercise.tolerance) for quantity in marked.wanted[:1]
    )
