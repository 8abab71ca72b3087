"""An exercise on its way to being one: the fields that are right so far, for the rules between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tfgrad_course.course.exercise import Sheet
from tfgrad_course.course.formulas import texts_of
from tfgrad_course.maths.tree import Function

ONE_VARIABLE = ("slope", "monotonicity", "concavity", "normal", "custom-gradient", "critical-points")
ONE_NUMBER = (*ONE_VARIABLE, "derivative", "directional", "hessian", "tangent", "optimiser")


@dataclass(slots=True)
class Draft:
    """An exercise as far as its fields are right one by one.

    `given` are all fields of the file, `broken` those known to be wrong, `meant` those a misspelled one stands for.
    """

    sheet: Sheet
    given: frozenset[str]
    broken: frozenset[str]
    meant: frozenset[str] = frozenset()
    functions: dict[tuple[str | int, ...], Function] = field(default_factory=dict)

    def sound(self, *names: str) -> bool:
        """Whether none of these fields is already known to be wrong."""
        return not self.broken & set(names)

    @property
    def readable(self) -> bool:
        """Whether every formula of the function was read."""
        return len(self.functions) == sum(1 for _ in texts_of(self.sheet))

    def has(self, *names: str) -> bool:
        """Whether all of these fields are there and right."""
        return self.sound(*names) and all(getattr(self.sheet, name) is not None for name in names)
