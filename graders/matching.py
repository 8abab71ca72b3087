"""The one edit that turns the exercise's function into the recorded one, found by laying their terms side by side."""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graders import canonical
from graders.path import leaves

if TYPE_CHECKING:
    from graders.likeness import Likeness
    from tfgrad_course.maths import Function
    from tfgrad_course.maths.terms import Term

_SLICES = ("StridedSlice", "GatherV2", "Unpack", "Slice", "GatherNd")


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit that makes the recorded function of the exercise's: its kind, the learner's term, the exercise's.

    `tensor` is what the differing part was recorded as; `place` is its number among the learner's terms.
    """

    kind: str
    tensor: int | None = None
    place: int | None = None
    sign: int = 1
    theirs: str = ""
    words: str = ""


@dataclass(frozen=True)
class Matching:
    """The terms of a recorded function and of the exercise's."""

    likeness: Likeness

    @cached_property
    def edit(self) -> Edit | None:
        """The one edit that explains the difference; None when they agree, or no single edit does."""
        if self.likeness.same is not False or self.likeness.function is None:
            return None
        return self._ratio() or self._known() or self._by_terms() or self._by_numbers()

    def _ratio(self) -> Edit | None:
        """The exercise's function divided by its variable, written out as such."""
        rebuilt = self.likeness.rebuilt
        op = self.likeness.case.flow.producer.get(self.likeness.call.target.id or -1)
        if (
            rebuilt is None
            or op is None
            or op.type not in ("RealDiv", "Div")
            or op.inputs[1] not in rebuilt.slots
        ):
            return None
        over = [rebuilt.at(probe, op.inputs[0]) for probe in self.likeness.probes]
        if any(part is None for part in over) or not alike(
            [np_ravel(part) for part in over], self.likeness.theirs
        ):
            return None
        return Edit("slope-as-y-over-x", op.outputs[0])

    def _known(self) -> Edit | None:
        """One of the likely mistakes, if it gives the recorded function at all probes."""
        from tfgrad_course.maths.mutations import mutations

        assert self.likeness.function is not None
        found = [m for m in mutations(self.likeness.function) if self._is(m.function)]
        if len(found) > 1:  # max(x, x**2) near 2 is x**2: what was typed decides which of two it is not
            mine = self._whole_form
            found.sort(key=lambda m: mine is None or canonical.of_node(m.function.inlined()) != mine)
        return self._placed(found[0].kind, found[0].term, found[0].words) if found else None

    @cached_property
    def _whole_form(self) -> str | None:
        wanted = [leaf.id for leaf in leaves(self.likeness.call.target) if leaf.id is not None]
        return self._form(wanted[0]) if len(wanted) == 1 and self.likeness.rebuilt is not None else None

    def _is(self, function: Function) -> bool:
        """Whether another function is the recorded one, at a first probe and then at all."""
        import numpy as np

        mine = self.likeness.mine
        first = next((i for i, part in enumerate(mine) if np.isfinite(part).all()), 0)
        value = self.likeness.value_at(function, self.likeness.probes[first])
        if value is None or not alike([mine[first]], [value]):
            return False
        return alike(mine, self.likeness.values(function))

    def _placed(self, kind: str, term: int | None, words: str) -> Edit:
        """A likely mistake with the learner's own term, found as the one that the exercise has not."""
        mine, theirs = self.unmatched
        shown = spelled(theirs[0]) if len(theirs) == 1 else ""
        if len(mine) == 1:
            place = mine[0]
            sign, tensor = (
                self.likeness.rebuilt.terms[place] if self.likeness.rebuilt is not None else (1, None)
            )
            return Edit(kind, tensor, place, sign, shown, words)
        return Edit(kind, None, None, 1, shown, words)

    @cached_property
    def unmatched(self) -> tuple[list[int], list[Term]]:
        """The learner's terms (by place) and the exercise's that have no equal on the other side."""
        from tfgrad_course.maths import Function
        from tfgrad_course.maths.terms import terms

        if self.likeness.rebuilt is None or self.likeness.function is None:
            return [], []
        left = []
        for term in terms(self.likeness.function):
            alone = Function(self.likeness.function.variables, self.likeness.function.lines, term.signed)
            left.append((term, self.likeness.values(alone)))
        mine: list[int] = []
        for place, (sign, tensor) in enumerate(self.likeness.rebuilt.terms):
            values = [self.likeness.rebuilt.at(probe, tensor) for probe in self.likeness.probes]
            if any(v is None for v in values):
                return [], []
            hit = next(
                (pair for pair in left if pair[1] and alike([sign * v for v in values], pair[1])), None
            )
            if hit is None:
                mine.append(place)
            else:
                left.remove(hit)
        return mine, [term for term, _ in left]

    def _by_terms(self) -> Edit | None:
        mine, theirs = self.unmatched
        if self.likeness.rebuilt is None or (not mine and not theirs):
            return None
        if not mine:
            return Edit("term-missing", None, None, 1, spelled(theirs[0]))
        if not theirs:
            sign, tensor = self.likeness.rebuilt.terms[mine[0]]
            return Edit("term-added", tensor, mine[0], sign)
        forms = [self._form(self.likeness.rebuilt.terms[place][1]) for place in mine]
        wanted = [canonical.of_node(self._written_out(term)) for term in theirs]
        if len(mine) == len(theirs) and sorted(map(str, forms)) == sorted(wanted):
            twin = theirs[wanted.index(str(forms[0]))]
            sign, tensor = self.likeness.rebuilt.terms[mine[0]]
            return Edit("wrong-exponent-or-coefficient", tensor, mine[0], sign, spelled(twin))
        if len(mine) == len(theirs) == 1 and self._power_law(mine[0], theirs[0]):
            sign, tensor = self.likeness.rebuilt.terms[mine[0]]
            return Edit("wrong-exponent-or-coefficient", tensor, mine[0], sign, spelled(theirs[0]))
        return None

    def _written_out(self, term: Term) -> Any:
        from tfgrad_course.maths.tree import substitute

        known: dict[str, Any] = {}
        for line in self.likeness.function.lines if self.likeness.function is not None else ():
            known[line.name] = substitute(line.value, known)
        return substitute(term.node, known)

    def _form(self, tensor: int) -> str | None:
        assert self.likeness.rebuilt is not None
        names = {source: self._called(places) for source, places in self.likeness.rebuilt.slots.items()}
        for op in self.likeness.rebuilt.ops:
            if op.type in _SLICES and op.inputs[0] in names:
                for out in op.outputs:
                    place = self._coordinate(out)
                    if place is not None:
                        names[out] = self._called((place,))
        return canonical.of_tensor(self.likeness.case.flow, tensor, names)

    def _called(self, places: tuple[int, ...]) -> str:
        """The masked form of numbers of the point: a variable's name, or one entry of a vector."""
        if len(places) != 1:
            names = {self.likeness.variables[place][0] for place in places}
            return canonical.product([names.pop() if len(names) == 1 else "vector"])
        name, index = self.likeness.variables[places[0]]
        several = sum(1 for other, _ in self.likeness.variables if other == name) > 1
        return canonical.product([f"prod{{{name}}}[{index}]" if several else name])

    def _coordinate(self, tensor: int) -> int | None:
        """Which single number of the point a slice is."""
        assert self.likeness.rebuilt is not None
        seen = [self.likeness.rebuilt.at(probe, tensor) for probe in self.likeness.probes[:2]]
        if any(part is None or part.size != 1 for part in seen):
            return None
        for place in range(len(self.likeness.variables)):
            if all(
                close_to(float(s.ravel()[0]), probe[place])
                for s, probe in zip(seen, self.likeness.probes, strict=False)
            ):
                return place
        return None

    def _power_law(self, place: int, term: Term) -> bool:
        """Whether the terms' ratio is a number times powers of the variables: exponents and coefficients differ."""
        import numpy as np

        from tfgrad_course.maths import Function

        assert self.likeness.rebuilt is not None and self.likeness.function is not None
        mine = [
            self.likeness.rebuilt.at(probe, self.likeness.rebuilt.terms[place][1])
            for probe in self.likeness.probes
        ]
        theirs = self.likeness.values(
            Function(self.likeness.function.variables, self.likeness.function.lines, term.signed)
        )
        if not theirs or any(np.size(part) != 1 for part in (*mine, *theirs)):
            return False
        left = np.concatenate([np.ravel(part) for part in mine])
        right = np.concatenate([np.ravel(part) for part in theirs])
        with np.errstate(all="ignore"):
            ratio = np.log(np.abs(left / right))
            rows = np.log(np.abs(np.array(self.likeness.probes)))
        if not (np.isfinite(ratio).all() and np.isfinite(rows).all()) or len(self.likeness.variables) > 3:
            return False
        table = np.column_stack([np.ones(len(rows)), rows])
        found, *_ = np.linalg.lstsq(table, ratio, rcond=None)
        halves = 2 * found[1:]
        return bool(
            np.allclose(table @ found, ratio, atol=1e-4) and np.allclose(halves, np.round(halves), atol=1e-3)
        )

    def _by_numbers(self) -> Edit | None:
        """The whole formula has the exercise's form with other numbers in it."""
        if self.likeness.function is None or self.likeness.rebuilt is None:
            return None
        wanted = [leaf.id for leaf in leaves(self.likeness.call.target) if leaf.id is not None]
        if len(wanted) != 1:
            return None
        form = self._form(wanted[0])
        if form is not None and form == canonical.of_node(self.likeness.function.inlined()):
            return Edit("wrong-exponent-or-coefficient")
        return None


def alike(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether two functions have the same numbers at all probes (at least at two where they have any)."""
    if not one or len(one) != len(other) or any(a.size != b.size for a, b in zip(one, other, strict=True)):
        return False
    left = [number for part in one for number in part.ravel().tolist()]
    right = [number for part in other for number in part.ravel().tolist()]
    known = [math.isfinite(number) for number in right]
    if [math.isfinite(number) for number in left] != known or sum(known) < min(2, len(one)):
        return False
    sure = [(a, b) for a, b, is_known in zip(left, right, known, strict=True) if is_known]
    scale = max((abs(b) for _, b in sure), default=1.0)
    slack = 1e-7 * max(scale, 1e-6)
    return all(abs(a - b) <= slack + 2e-6 * abs(b) for a, b in sure)


def np_ravel(value: Any) -> Any:
    """A number or array as a flat array."""
    import numpy as np

    return np.ravel(value)


def close_to(one: float, other: float) -> bool:
    """Whether two numbers of a point are the same but for float32's rounding."""
    return abs(one - other) <= 1e-5 * max(1.0, abs(other))


def spelled(term: Term) -> str:
    """A term of the exercise as it stands on paper, with its sign."""
    from tfgrad_course.maths import unicode_node

    return f"{'+' if term.sign > 0 else '−'} {unicode_node(term.node)}"


def written_terms(node: ast.expr | None, sign: int = 1) -> list[tuple[int, ast.expr]]:
    """The terms of an expression of the learner's, with their signs."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        second = -sign if isinstance(node.op, ast.Sub) else sign
        return written_terms(node.left, sign) + written_terms(node.right, second)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return written_terms(node.operand, -sign)
    return [(sign, node)] if node is not None else []
