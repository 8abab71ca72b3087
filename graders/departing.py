"""Where a recorded computation departs from the exercise's function: both as trees, laid over each other by what they
compute at the point that the learner took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from graders.evidence import Call, Ref, Value
from graders.near import near
from graders.path import Flow, TooLong, leaves

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise
    from tfgrad_course.maths.tree import Function, Node

WORDS = {
    "other": "another step than the exercise's",
    "number": "another number than the exercise's",
    "sign": "its sign is turned round",
    "missing": "something is missing here",
    "more": "one part too many",
    "fixed": "a fixed number here, so the way from the source ends",
    "point": "another point than the exercise's",
}
MOST = 4
_STEPS = 4000
_DEEP = 60
_SUM = ("add", "subtract", "negative")
_PRODUCT = ("multiply", "divide")
_NAMES = {
    "AddV2": "add", "Add": "add", "AddN": "add", "BiasAdd": "add", "Sub": "subtract", "Neg": "negative",
    "Mul": "multiply", "RealDiv": "divide", "Div": "divide", "Pow": "power", "Square": "square",
    "Reciprocal": "reciprocal", "Inv": "reciprocal", "Pack": "list",
}  # fmt: skip
_CARRIES = ("Identity", "ReadVariableOp", "Cast", "Reshape", "Squeeze", "ExpandDims")
Array = Any


@dataclass(frozen=True, slots=True)
class Departure:
    """One place where the learner's graph is not the exercise's: a key of WORDS, and the tensor made there."""

    why: str
    tensor: int


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """An operation (or a leaf) of either tree; `moves` says whether it depends on what is differentiated by."""

    name: str
    value: Array | None
    moves: bool
    below: tuple[Step, ...] = ()
    tensor: int = -1


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A term of a sum or a factor of a product; `side` is 1, or -1 where it is taken away or divided by."""

    side: int
    step: Step

    @property
    def value(self) -> Array:
        """What the term adds; nothing where its value is not known."""
        return np.array([]) if self.step.value is None else self.side * self.step.value


def departures(exercise: Exercise, flow: Flow, call: Call) -> tuple[Departure, ...]:
    """The first differing places from the target backwards; none where the function is right or cannot be compared."""
    from tfgrad_course.course.formulas import function_of

    function = function_of(exercise) if exercise.function is not None or exercise.functions else None
    taken = _taken(exercise, call) if function is not None and exercise.point else None
    if function is None or taken is None:
        return ()
    try:
        with np.errstate(all="ignore"):
            theirs = _known(function, _frozen(taken.at), taken.moving)
            mine = _recorded(flow, call)
            if len(mine) == 1 and _turned(mine[0], theirs):
                return ()  # going down the mirrored function is no mistake that a picture could tell
            found = _Comparison().targets(mine, theirs)
    except (TooLong, RecursionError, ArithmeticError, ValueError, TypeError, LookupError):
        return ()
    moved = [Departure("point", ref.id) for ref in _moved(exercise, call) if ref.id is not None]
    return tuple(dict.fromkeys([*moved, *found]))[:MOST]


def _turned(mine: Step, theirs: Step) -> bool:
    return mine.value is not None and theirs.value is not None and _close(mine.value, -theirs.value)


@dataclass(frozen=True, slots=True)
class _Taken:
    """The point as the learner took it, and which of its variables this call differentiates by."""

    at: Mapping[str, Array]
    moving: frozenset[str]


def _taken(exercise: Exercise, call: Call) -> _Taken | None:
    """The exercise's point with the learner's own numbers in it; None where it is not clear which are which."""
    at = _stated_point(exercise)
    given = [_array(ref.value) for ref in leaves(call.sources)]
    if not given or any(value is None for value in given) or len(given) > len(at):
        return None
    free, strange = dict(at), []
    for value in given:
        names = [name for name, own in free.items() if _close(value, own)]
        if len(names) > 1 and len(given) < len(at):
            return None
        if names:
            free.pop(names[0])
        else:
            strange.append(value)
    if strange and len(strange) != len(free):
        return None
    known = dict(zip(free, strange, strict=False))
    return _Taken(at | known, frozenset(at) - (frozenset(free) - frozenset(known)))


def _stated_point(exercise: Exercise) -> dict[str, Array]:
    return {name: np.asarray(_plain(value), dtype=float) for name, value in (exercise.point or {}).items()}


def _plain(value: Any) -> Any:
    from tfgrad_course.maths.evaluate import constant

    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else constant(value)


def _moved(exercise: Exercise, call: Call) -> list[Ref]:
    """The sources that hold other numbers than the exercise's point."""
    stated = list(_stated_point(exercise).values())
    held = [(ref, _array(ref.value)) for ref in leaves(call.sources)]
    shapes = {own.shape for own in stated}
    return [
        ref
        for ref, value in held
        if value is not None and value.shape in shapes and not any(_close(value, own) for own in stated)
    ]


def _array(value: Value | None) -> Array | None:
    if value is None or not all(isinstance(number, (int, float)) for number in value.data):
        return None
    data = np.array(value.data, dtype=float)
    return data.reshape(value.shape) if data.size == int(np.prod(value.shape)) else None


def _close(a: Array | None, b: Array | None) -> bool:
    """Equal but for what float32 leaves of it; sizes must agree, axes of size one need not."""
    return a is not None and b is not None and near(a, b, 2e-4, 1e-6)


Place = tuple[tuple[str, tuple[int, ...], tuple[float, ...]], ...]


def _frozen(at: Mapping[str, Array]) -> Place:
    return tuple((name, tuple(value.shape), tuple(value.ravel().tolist())) for name, value in at.items())


@lru_cache(maxsize=128)
def _known(function: Function, place: Place, moving: frozenset[str]) -> Step:
    """Most wrong programs of a class are at the stated point: the exercise's tree there is made once."""
    at = {name: np.array(numbers, dtype=float).reshape(shape) for name, shape, numbers in place}
    return _stated(function.inlined(), at, moving)


def _stated(node: Node, at: Mapping[str, Array], moving: frozenset[str]) -> Step:
    """The exercise's function as a tree with the value of every node."""
    from tfgrad_course.maths.evaluate import evaluate
    from tfgrad_course.maths.tree import Apply, Function, List, Name, children, walk

    value = np.asarray(evaluate(Function(tuple(at), (), node), np, dict(at)), dtype=float)
    moves = any(isinstance(inner, Name) and inner.name in moving for inner in walk(node))
    below = tuple(_stated(child, at, moving) for child in children(node))
    name = node.name if isinstance(node, Apply) else "list" if isinstance(node, List) else ""
    return Step(name, value, moves, below)


def _recorded(flow: Flow, call: Call) -> list[Step]:
    """The learner's targets as trees; what several operations take is one step."""
    from tfgrad_course.maths.functions import WORDS as LANGUAGE

    names = {word.op: name for name, word in LANGUAGE.items() if word.op} | _NAMES
    moving: frozenset[int] = frozenset().union(*(flow.made_from(ref) for ref in leaves(call.sources)))
    targets = [tensor for ref in leaves(call.target) for tensor in sorted(flow.standing(ref))[:1]]
    own = frozenset().union(*(flow.standing(ref) for ref in leaves(call.sources)))
    _, ops = flow.ancestry(targets)
    made: dict[int, Step] = {}
    leaf = lambda tensor: made.setdefault(tensor, _leaf(flow, tensor, tensor in moving))
    if len(ops) > _STEPS:
        raise TooLong("the recording is too large to be compared")
    for op in ops:
        below = tuple(leaf(tensor) for tensor in op.inputs)
        for tensor in op.outputs:
            if tensor in own:
                continue
            found = flow.tensors.get(tensor)
            value = _array(found.value) if found is not None else None
            if op.type in _CARRIES and below and _close(value, below[0].value):
                made[tensor] = below[0]
            else:
                made[tensor] = Step(names.get(op.type, op.type), value, tensor in moving, below, tensor)
    return [leaf(tensor) for tensor in targets]


def _leaf(flow: Flow, tensor: int, moves: bool) -> Step:
    found = flow.tensors.get(tensor)
    return Step("", _array(found.value) if found is not None else None, moves, (), tensor)


class _Comparison:
    """One comparison, with an end to its steps: what is compared was recorded by a learner's program."""

    def __init__(self) -> None:
        self._left = _STEPS

    def targets(self, mine: list[Step], theirs: Step) -> list[Departure]:
        """Several targets stand for the entries of a vector function, in their order or by their values."""
        if len(mine) == 1 and (theirs.name != "list" or mine[0].name == "list" or mine[0].value is None):
            return self.compare(mine[0], theirs)
        if theirs.name != "list" or len(mine) != len(theirs.below):
            return []
        free = list(theirs.below)
        found: list[Departure] = []
        for step in mine:
            twin = next((one for one in free if _close(step.value, one.value)), free[0])
            free.remove(twin)
            found += self.compare(step, twin)
        return found

    def compare(self, mine: Step, theirs: Step, depth: int = 0) -> list[Departure]:
        """Where one step departs from another: further down if only a part of it does, else itself."""
        self._left -= 1
        if self._left < 0 or depth > _DEEP:
            raise TooLong("the comparison takes too many steps")
        if mine.value is None or theirs.value is None or mine.value.size != theirs.value.size:
            return []
        same = _close(mine.value, theirs.value)
        if not theirs.moves or not mine.moves:
            if theirs.moves:
                return [Departure("fixed", mine.tensor)]
            return [] if same else [Departure("number", mine.tensor)]
        found = self._inside(mine, theirs, depth)
        if same:
            return [one for one in found or () if one.why == "fixed"]
        if found:
            return found
        if any(step.name == mine.name and _close(mine.value, step.value) for step in _all(theirs)):
            return [Departure("missing", mine.tensor)]
        if any(_close(theirs.value, step.value) for step in _all(mine) if step.moves):
            return [Departure("more", mine.tensor)]
        return [Departure("other", mine.tensor)]

    def _inside(self, mine: Step, theirs: Step, depth: int) -> list[Departure]:
        for family in (_SUM, _PRODUCT):
            if theirs.name in family or (mine.name in family and theirs.name not in (*_SUM, *_PRODUCT)):
                return self._parts(mine, theirs, family, depth) if mine.name in family else []
        if mine.name == "square" and theirs.name == "power":
            return self.compare(mine.below[0], theirs.below[0], depth + 1)
        if mine.name != theirs.name or len(mine.below) != len(theirs.below):
            return []
        pairs = zip(mine.below, theirs.below, strict=True)
        return [one for a, b in pairs for one in self.compare(a, b, depth + 1)]

    def _parts(self, mine: Step, theirs: Step, family: tuple[str, ...], depth: int) -> list[Departure]:
        """Terms of a sum (or factors of a product) in any order: what is left over on either side departs."""
        ours, other = self._flat(mine, family), self._flat(theirs, family)
        left = [part for part in ours if part.step.moves]
        wanted = [part for part in other if part.step.moves]
        found: list[Departure] = []
        matched = 0
        for part in list(left):
            twin = next((one for one in wanted if one.side == part.side and _alike(part, one)), None)
            if twin is not None:
                left.remove(part)
                wanted.remove(twin)
                matched += 1
                found += self.compare(part.step, twin.step, depth + 1)
        fixed = [part for part in ours if not part.step.moves]
        numbers = [part for part in other if not part.step.moves]
        if not matched and (len(left) != len(wanted) or theirs.name not in family):
            return []
        found += self._fixed(mine, fixed, numbers, wanted, family)
        return found + self._left_over(mine, left, wanted, family, depth)

    def _left_over(
        self, mine: Step, left: list[Part], wanted: list[Part], family: tuple[str, ...], depth: int
    ) -> list[Departure]:
        found: list[Departure] = []
        for part, twin in zip(left, wanted, strict=False):
            if family is _SUM and _close(part.value, -twin.value):
                found.append(Departure("sign", part.step.tensor))
            elif part.side != twin.side and family is _PRODUCT:
                found.append(Departure("other", mine.tensor))
            else:
                found += self.compare(part.step, twin.step, depth + 1)
        found += [Departure("more", part.step.tensor) for part in left[len(wanted) :]]
        return found + [Departure("missing", mine.tensor)] * (len(wanted) > len(left))

    def _fixed(
        self, mine: Step, fixed: list[Part], numbers: list[Part], wanted: list[Part], family: tuple[str, ...]
    ) -> list[Departure]:
        """The constant parts: one that stands for a moving part is a fixed number, another value another number."""
        found = []
        for part in list(fixed):
            twin = next((one for one in wanted if _alike(part, one)), None)
            if twin is not None:
                wanted.remove(twin)
                fixed.remove(part)
                found.append(Departure("fixed", part.step.tensor))
        join = np.sum if family is _SUM else np.prod
        whole = lambda parts: join(
            [_effect(part, family) for part in parts] or [0.0 if family is _SUM else 1.0]
        )
        if any(part.value.size != 1 for part in (*fixed, *numbers)):
            return found
        if not _close(np.asarray(whole(fixed)), np.asarray(whole(numbers))):
            free = [part for part in fixed if not any(_alike(part, one) for one in numbers)] or fixed
            if free:
                turned = family is _SUM and any(_close(free[0].value, -one.value) for one in numbers)
                why = "sign" if turned else "number" if numbers else "more"
                found.append(Departure(why, free[0].step.tensor))
            else:
                found.append(Departure("missing", mine.tensor))
        return found

    def _flat(self, step: Step, family: tuple[str, ...]) -> list[Part]:
        """The terms of a sum of sums, or the factors of a product of products."""
        parts: list[Part] = []
        todo = [Part(1, step)]
        while todo:
            self._left -= 1
            if self._left < 0:
                raise TooLong("the comparison takes too many steps")
            part = todo.pop()
            if part.step.name not in family or not part.step.below:
                parts.append(part)
                continue
            below = part.step.below
            flips = part.step.name in ("subtract", "divide")
            first = -part.side if part.step.name == "negative" else part.side
            rest = -part.side if flips else part.side
            todo += [Part(rest, one) for one in reversed(below[1:])]
            todo.append(Part(first, below[0]))
        return parts


def _alike(a: Part, b: Part) -> bool:
    return a.side == b.side and _close(a.step.value, b.step.value)


def _effect(part: Part, family: tuple[str, ...]) -> float:
    value = float(np.asarray(part.step.value).ravel()[0])
    if family is _SUM:
        return part.side * value
    return value if part.side > 0 else 1 / value


def _all(step: Step) -> Iterable[Step]:
    """The steps below one, each once."""
    seen: set[int] = set()
    todo = list(step.below)
    while todo:
        one = todo.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            todo.extend(one.below)
