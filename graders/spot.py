"""Where a misconception shows: what every diagnosis hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the learner's file and the words for the placeholders of its text.

    `at` is the moment of the run at which it went wrong (earlier is nearer the root), `variant` picks another
    wording of the same diagnosis.
    """

    line: int | None
    column: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    at: int = 0
    variant: str = ""
