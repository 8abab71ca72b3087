"""An exercise on its way to being one: the fields that are right so far, for the rules between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tfgrad_course.course.exercise import Sheet
from tfgrad_course.maths.tree import Function

ONE_VARIABLE = ("slope", "monotonicity", "concavity", "normal", "custom-gradient", "critical-points")
ONE_NUMBER = (*ONE_VARIABLE, "derivative", "directional", "hessian", "tangent", "optimiser")


@dataclass(slots=True)
class Draft:
    """An exercise as far as its fields are right one by one; `given` are all fields of the file."""

    sheet: Sheet
    given: frozenset[str]
    broken: frozenset[str]
    functions: dict[tuple[str | int, ...], Function] = field(default_factory=dict)

    def sound(self, *names: str) -> bool:
        """Whether none of these fields is already known to be wrong."""
        return not self.broken & set(names)

    def has(self, *names: str) -> bool:
        """Whether all of these fields are there and right."""
        return self.sound(*names) and all(getattr(self.sheet, name) is not None for name in names)
