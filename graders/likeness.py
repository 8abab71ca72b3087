"""The recorded function held against the exercise's: the same, one edit away, or another one altogether.

Functions are compared by their numbers at several points, never by one; only then does an identity name the edit.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graders import canonical, parts
from graders.case import Case
from graders.evidence import Call, Ref
from graders.path import leaves
from graders.rebuild import Rebuilt

if TYPE_CHECKING:
    from tfgrad_course.maths import Function
    from tfgrad_course.maths.terms import Term

_MOVES = (0.37, -0.29, 0.61, -0.53, 0.83, 0.19, -0.71, 0.47)
COUNT = 6
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
class Likeness:
    """One recorded target against the exercise's function.

    Sources stand for the point's numbers that they hold; `in_place`, for the ones at their own place.
    """

    case: Case
    call: Call
    in_place: bool = False

    @cached_property
    def function(self) -> Function | None:
        """The exercise's function; None when only code states it."""
        from tfgrad_course.course.formulas import function_of

        return function_of(self.case.exercise)

    @cached_property
    def variables(self) -> tuple[tuple[str, int], ...]:
        """The numbers of the exercise's point: variable and index."""
        point = self.case.exercise.point or {}
        return tuple((name, i) for name, value in point.items() for i in range(len(_flat(value))))

    @cached_property
    def stated(self) -> tuple[float, ...]:
        """The numbers of the point as stated."""
        return tuple(v for value in (self.case.exercise.point or {}).values() for v in _flat(value))

    @cached_property
    def sources(self) -> tuple[Ref, ...]:
        """What stands for the exercise's variables: the call's sources, else all variables in the target."""
        asked = leaves(self.call.sources)
        flow = self.case.flow
        independent = all(
            ref.kind == "variable" or (ref.id is not None and self._free(ref.id)) for ref in asked
        )
        if independent and self._count(asked) == len(self.variables):
            return asked
        inside = tuple(
            Ref("variable", "Variable", v.id, v.value)
            for v in flow.variables_in(self.call.target)
            if v.trainable
        )
        return inside if self._count(inside) == len(self.variables) else ()

    def _free(self, tensor: int) -> bool:
        op = self.case.flow.producer.get(tensor)
        return op is None or not any(t in self.case.flow.read_of for t in op.inputs)

    @staticmethod
    def _count(refs: Sequence[Ref]) -> int:
        return sum(len(ref.value.data) if ref.value is not None else 0 for ref in refs)

    @cached_property
    def given(self) -> tuple[float, ...]:
        """The numbers that the sources held, in their order, when the target was recorded."""
        flow, found = self.case.flow, list[float]()
        before, _ = flow.ancestry(flow.starts(self.call.target))
        for ref in self.sources:
            read = next((t for t in sorted(flow.standing(ref) & before) if t in flow.tensors), None)
            value = flow.tensors[read].value if read is not None else None
            found += parts.numbers(value or ref.value) or ()
        return tuple(found)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Which of the point's numbers each number of the sources is; by value, else by place."""
        count = len(self.stated)
        if len(self.given) != count or self.in_place:
            return tuple(range(count))
        found: dict[int, int] = {i: i for i in range(count) if _close(self.given[i], self.stated[i])}
        for i in range(count):
            if i not in found:
                taken = set(found.values())
                equal = [p for p in range(count) if p not in taken and _close(self.given[i], self.stated[p])]
                found.update({i: equal[0]} if equal else {})
        free = iter([place for place in range(count) if place not in set(found.values())])
        return tuple(found[i] if i in found else next(free) for i in range(count))

    @cached_property
    def at_point(self) -> bool:
        """Whether the sources hold the point's numbers."""
        return len(self.given) == len(self.stated) and all(
            _close(self.given[i], self.stated[place]) for i, place in enumerate(self.order)
        )

    @cached_property
    def rebuilt(self) -> Rebuilt | None:
        """The target as a function of the point's numbers."""
        if not self.sources or len(self.given) != len(self.stated):
            return None
        slots: dict[int, tuple[int, ...]] = {}
        at = 0
        for ref in self.sources:
            size = len(ref.value.data) if ref.value is not None else 0
            places = self.order[at : at + size]
            at += size
            slots.update(dict.fromkeys(self.case.flow.standing(ref), places))
        return Rebuilt(self.case.flow, self.call.target, slots)

    @cached_property
    def probes(self) -> tuple[tuple[float, ...], ...]:
        """Points around the stated one, inside the domain."""
        found = []
        for row in range(COUNT):
            moved = []
            for i, (name, _) in enumerate(self.variables):
                move = _MOVES[(row + 3 * i) % len(_MOVES)]
                low, high = self._domain(name)
                value = self.stated[i]
                if low is not None and high is not None:
                    moved.append(low + (high - low) * (0.5 + 0.45 * move))
                else:
                    moved.append(value + move * max(1.0, 0.5 * abs(value)))
            found.append(tuple(moved))
        return tuple(found)

    def _domain(self, name: str) -> tuple[float | None, float | None]:
        domain: Any = self.case.exercise.domain
        limits = domain.get(name) if isinstance(domain, dict) else domain
        return (float(limits[0]), float(limits[1])) if limits else (None, None)

    def value_at(self, function: Function, numbers: Sequence[float]) -> Any:
        """Any function of the exercise's variables at any numbers; None where it has no value."""
        import numpy as np

        from tfgrad_course.maths import MathsError, evaluate

        values: dict[str, Any] = {}
        at = 0
        for name, value in (self.case.exercise.point or {}).items():
            shape = np.shape(np.asarray(value, dtype=float))
            size = int(np.prod(shape))
            values[name] = np.array(numbers[at : at + size]).reshape(shape)
            at += size
        with np.errstate(all="ignore"):
            try:
                return np.asarray(evaluate(function, np, values), dtype=float).ravel()
            except (MathsError, ArithmeticError, ValueError, TypeError):
                return None

    @cached_property
    def mine(self) -> list[Any]:
        """The recorded function's numbers at the probes; empty when it cannot be replayed."""
        if self.rebuilt is None:
            return []
        found = [self.rebuilt.at(probe) for probe in self.probes]
        return [] if any(part is None for part in found) else found

    @cached_property
    def theirs(self) -> list[Any]:
        """The exercise's function at the probes."""
        return self.values(self.function) if self.function is not None else []

    def values(self, function: Function) -> list[Any]:
        """Any function of the exercise's variables at the probes; empty when it has no value there."""
        found = [self.value_at(function, probe) for probe in self.probes]
        return [] if any(part is None for part in found) else found

    @cached_property
    def component(self) -> int | None:
        """Which output of the exercise's vector function a single target is; None when it is the whole."""
        if not self.mine or not self.theirs or self.mine[0].size == self.theirs[0].size:
            return None
        if self.mine[0].size != 1:
            return None
        count = self.theirs[0].size
        return next((i for i in range(count) if alike(self.mine, [t[i : i + 1] for t in self.theirs])), None)

    @cached_property
    def comparable(self) -> bool:
        """Whether the two functions can be held against each other at all."""
        return bool(self.mine and self.theirs) and self.mine[0].size == self.theirs[0].size

    @cached_property
    def same(self) -> bool | None:
        """Whether the recorded function is the exercise's; None when it cannot be told."""
        if self.component is not None:
            return True
        return alike(self.mine, self.theirs) if self.comparable else None

    @cached_property
    def edit(self) -> Edit | None:
        """The one edit that explains the difference; None when they agree, or no single edit does."""
        if self.same is not False or self.function is None:
            return None
        return self._known() or self._by_terms() or self._by_numbers()

    def _known(self) -> Edit | None:
        """One of the likely mistakes, if it gives the recorded function at all probes."""
        from tfgrad_course.maths.mutations import mutations

        assert self.function is not None
        first = self.probes[0]
        for mutation in mutations(self.function):
            value = self.value_at(mutation.function, first)
            if value is None or not alike([self.mine[0]], [value]):
                continue
            if alike(self.mine, self.values(mutation.function)):
                return self._placed(mutation.kind, mutation.term, mutation.words)
        return None

    def _placed(self, kind: str, term: int | None, words: str) -> Edit:
        """A likely mistake with the learner's own term, found as the one that the exercise has not."""
        mine, theirs = self.unmatched
        shown = spelled(theirs[0]) if len(theirs) == 1 else ""
        if len(mine) == 1:
            place = mine[0]
            sign, tensor = self.rebuilt.terms[place] if self.rebuilt is not None else (1, None)
            return Edit(kind, tensor, place, sign, shown, words)
        return Edit(kind, None, None, 1, shown, words)

    @cached_property
    def unmatched(self) -> tuple[list[int], list[Term]]:
        """The learner's terms (by place) and the exercise's that have no equal on the other side."""
        from tfgrad_course.maths import Function
        from tfgrad_course.maths.terms import terms

        if self.rebuilt is None or self.function is None:
            return [], []
        left = []
        for term in terms(self.function):
            alone = Function(self.function.variables, self.function.lines, term.signed)
            left.append((term, self.values(alone)))
        mine: list[int] = []
        for place, (sign, tensor) in enumerate(self.rebuilt.terms):
            values = [self.rebuilt.at(probe, tensor) for probe in self.probes]
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
        if self.rebuilt is None or (not mine and not theirs):
            return None
        if not mine:
            return Edit("term-missing", None, None, 1, spelled(theirs[0]))
        if not theirs:
            sign, tensor = self.rebuilt.terms[mine[0]]
            return Edit("term-added", tensor, mine[0], sign)
        forms = [self._form(self.rebuilt.terms[place][1]) for place in mine]
        wanted = [canonical.of_node(self._written_out(term)) for term in theirs]
        if len(mine) == len(theirs) and sorted(map(str, forms)) == sorted(wanted):
            twin = theirs[wanted.index(str(forms[0]))]
            sign, tensor = self.rebuilt.terms[mine[0]]
            return Edit("wrong-exponent-or-coefficient", tensor, mine[0], sign, spelled(twin))
        if len(mine) == len(theirs) == 1 and self._power_law(mine[0], theirs[0]):
            sign, tensor = self.rebuilt.terms[mine[0]]
            return Edit("wrong-exponent-or-coefficient", tensor, mine[0], sign, spelled(theirs[0]))
        return None

    def _written_out(self, term: Term) -> Any:
        from tfgrad_course.maths.tree import substitute

        known: dict[str, Any] = {}
        for line in self.function.lines if self.function is not None else ():
            known[line.name] = substitute(line.value, known)
        return substitute(term.node, known)

    def _form(self, tensor: int) -> str | None:
        assert self.rebuilt is not None
        names = {source: self._called(places) for source, places in self.rebuilt.slots.items()}
        for op in self.rebuilt.ops:
            if op.type in _SLICES and op.inputs[0] in names:
                for out in op.outputs:
                    place = self._coordinate(out)
                    if place is not None:
                        names[out] = self._called((place,))
        return canonical.of_tensor(self.case.flow, tensor, names)

    def _called(self, places: tuple[int, ...]) -> str:
        """The masked form of numbers of the point: a variable's name, or one entry of a vector."""
        if len(places) != 1:
            names = {self.variables[place][0] for place in places}
            return canonical.product([names.pop() if len(names) == 1 else "vector"])
        name, index = self.variables[places[0]]
        several = sum(1 for other, _ in self.variables if other == name) > 1
        return canonical.product([f"prod{{{name}}}[{index}]" if several else name])

    def _coordinate(self, tensor: int) -> int | None:
        """Which single number of the point a slice is."""
        assert self.rebuilt is not None
        seen = [self.rebuilt.at(probe, tensor) for probe in self.probes[:2]]
        if any(part is None or part.size != 1 for part in seen):
            return None
        for place in range(len(self.variables)):
            if all(
                _close(float(s.ravel()[0]), probe[place]) for s, probe in zip(seen, self.probes, strict=False)
            ):
                return place
        return None

    def _power_law(self, place: int, term: Term) -> bool:
        """Whether the terms' ratio is a number times powers of the variables: exponents and coefficients differ."""
        import numpy as np

        from tfgrad_course.maths import Function

        assert self.rebuilt is not None and self.function is not None
        mine = [self.rebuilt.at(probe, self.rebuilt.terms[place][1]) for probe in self.probes]
        theirs = self.values(Function(self.function.variables, self.function.lines, term.signed))
        if not theirs or any(np.size(part) != 1 for part in (*mine, *theirs)):
            return False
        left = np.concatenate([np.ravel(part) for part in mine])
        right = np.concatenate([np.ravel(part) for part in theirs])
        with np.errstate(all="ignore"):
            ratio = np.log(np.abs(left / right))
            rows = np.log(np.abs(np.array(self.probes)))
        if not (np.isfinite(ratio).all() and np.isfinite(rows).all()) or len(self.variables) > 3:
            return False
        table = np.column_stack([np.ones(len(rows)), rows])
        found, *_ = np.linalg.lstsq(table, ratio, rcond=None)
        halves = 2 * found[1:]
        return bool(
            np.allclose(table @ found, ratio, atol=1e-4) and np.allclose(halves, np.round(halves), atol=1e-3)
        )

    def _by_numbers(self) -> Edit | None:
        """The whole formula has the exercise's form with other numbers in it."""
        if self.function is None or self.rebuilt is None:
            return None
        wanted = [leaf.id for leaf in leaves(self.call.target) if leaf.id is not None]
        if len(wanted) != 1:
            return None
        form = self._form(wanted[0])
        if form is not None and form == canonical.of_node(self.function.inlined()):
            return Edit("wrong-exponent-or-coefficient")
        return None


def alike(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether two functions have the same numbers at all probes (at least at two where they have any)."""
    import numpy as np

    if (
        not one
        or len(one) != len(other)
        or any(a.size != np.size(b) for a, b in zip(one, other, strict=True))
    ):
        return False
    left, right = np.concatenate([np.ravel(a) for a in one]), np.concatenate([np.ravel(b) for b in other])
    known = np.isfinite(right)
    if (np.isfinite(left) != known).any() or known.sum() < min(2, len(one)):
        return False
    scale = float(np.max(np.abs(right[known]))) if known.any() else 1.0
    return bool(np.allclose(left[known], right[known], rtol=2e-6, atol=1e-7 * max(scale, 1e-6)))


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-5 * max(1.0, abs(other))


def _flat(value: object) -> tuple[float, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(number for item in value for number in _flat(item))
    return (float(value),)  # type: ignore[arg-type]


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
