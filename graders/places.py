"""Where in a run the right numbers can be found, so that further runs can be asked about the very same places.

A learner may reach a number by any route and keep it under any name. A place that is right at the stated point, right
at points the program could not foresee, and follows a secret mark on the tape's results was made by the tape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders import printed
from graders.evidence import Call, Ref
from graders.parts import Found, agree, joined, numbers, rounded, shape_of
from graders.path import leaves
from graders.reference import Numbers, Quantity

if TYPE_CHECKING:
    from graders.case import Case

DEEP = 3
KEEPING = frozenset({
    "Identity", "Reshape", "Squeeze", "ExpandDims", "StridedSlice", "Pack", "Unpack", "ConcatV2", "Round", "Cast",
    "StringFormat", "PrintV2", "Greater", "Less", "GreaterEqual", "LessEqual", "Equal", "NotEqual", "IsNan", "IsFinite",
    "Sign", "StopGradient", "AsString", "Fill", "Assert",
})  # fmt: skip
"""Operations after which a tape's result still counts as handed in: they keep its numbers or only look at them."""


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places: of those that hold the whole answer, and of those that hold each of its numbers."""

    whole: frozenset[str] = frozenset()
    parts: tuple[frozenset[str], ...] = ()

    @property
    def found(self) -> bool:
        """Whether every number asked for is somewhere."""
        return bool(self.whole) or (bool(self.parts) and all(self.parts))

    def both(self, other: Places) -> Places:
        """The places that are right in both of two runs."""
        pairs = zip(self.parts, other.parts, strict=False)
        parts = tuple(a & b for a, b in pairs) if len(self.parts) == len(other.parts) else ()
        return Places(self.whole & other.whole, parts)


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that a run leaves behind."""

    name: str
    data: Numbers
    shape: tuple[int, ...] | None
    dtype: str
    computed: bool


def find(case: Case, wanted: Sequence[Quantity]) -> Places:
    """The places that hold one of several right quantities (they differ only in how often a mark entered)."""
    things = list(held(case))
    whole = frozenset[str]().union(*(_whole(case, quantity, things) for quantity in wanted))
    if not wanted or len(wanted[0].data) < 2:
        return Places(whole)
    each = [_parts(case, quantity, things) for quantity in wanted]
    parts = tuple(frozenset[str]().union(*entry) for entry in zip(*(p for p in each if p), strict=True))
    return Places(whole, parts)


def _whole(case: Case, quantity: Quantity, things: list[Held]) -> frozenset[str]:
    """Places with all numbers in the right order and shape."""
    names = {thing.name for thing in things if fits(case, thing.data, thing.shape, thing.dtype, quantity)}
    if close_to(case, case.result, quantity) and is_handed_in(case, case.meant.calls, quantity):
        names.add("tape")
    if printed_exactly(case, quantity):
        names.add("printed")
    return frozenset(names)


def _parts(case: Case, quantity: Quantity, things: list[Held]) -> tuple[frozenset[str], ...]:
    """Places of each number by itself, unless the program shows that it took them in another order."""
    if _contradicted(case, quantity, things):
        return ()
    single = [thing for thing in things if len(thing.data) == 1]
    for number, call in enumerate(case.recording.calls):
        for k, leaf in enumerate(leaves(call.result)):
            part = numbers(leaf.value)
            if part is not None and len(part) == 1 and leaf.value is not None:
                single.append(Held(f"call {number}.{k}", part, (), leaf.value.dtype, True))
    scalar = [_entry(quantity, k) for k in range(len(quantity.data))]
    return tuple(
        frozenset(thing.name for thing in single if fits(case, thing.data, (), thing.dtype, one))
        for one in scalar
    )


def _entry(quantity: Quantity, k: int) -> Quantity:
    return Quantity((), quantity.data[k : k + 1], quantity.scale[k : k + 1], quantity.coarse[k : k + 1])


def _contradicted(case: Case, quantity: Quantity, things: list[Held]) -> bool:
    """Whether a name holds, or the output shows, the right numbers in another order (swapped, transposed)."""
    ordered, raw = sorted(quantity.data), _raw(case.meant.calls)
    for thing in things:
        if len(thing.data) == len(ordered) and thing.data not in (quantity.data, raw):
            same = Quantity((len(ordered),), tuple(ordered), *_along(quantity))
            if fits(case, tuple(sorted(thing.data)), None, thing.dtype, same):
                return True
    return printed.holds_in_order(case.finished.output, quantity.data) is False


def _along(quantity: Quantity) -> tuple[Numbers, Numbers]:
    rank = sorted(range(len(quantity.data)), key=lambda k: quantity.data[k])
    return tuple(quantity.scale[k] for k in rank), tuple(quantity.coarse[k] for k in rank)


def fits(
    case: Case,
    data: Numbers,
    shape: tuple[int, ...] | None,
    dtype: str,
    quantity: Quantity,
    loose: bool = True,
) -> bool:
    """Whether numbers are a quantity: within tolerance, or (`loose`) it rounded to the decimals they show."""
    if len(data) != len(quantity.data) or not shapes_agree(shape, quantity.shape):
        return False
    return all(
        agree(a, b, t)
        or (loose and rounded(a, b, "float32" if dtype == "float32" else "float64", fewest_digits(case)))
        for a, b, t in zip(data, quantity.data, allowed(case, quantity, dtype), strict=True)
    )


def fewest_digits(case: Case) -> int:
    """How many digits a rounded number must show: what has 4 at the stated point may have fewer elsewhere."""
    return 4 if case.finished is case.evidence.stated else 0


def allowed(case: Case, quantity: Quantity, dtype: str) -> Numbers:
    """Tolerances for a number of this dtype on the path of the run."""
    return quantity.tolerance(
        case.dtypes | ({dtype} if dtype == "float32" else frozenset()), case.exercise.tolerance
    )


def close_to(case: Case, data: Numbers | None, quantity: Quantity) -> bool:
    """Whether the meant calls' result is a quantity, without regard to shape."""
    return data is not None and fits(case, data, None, "", quantity, loose=False)


def shapes_agree(given: tuple[int, ...] | None, asked: tuple[int, ...]) -> bool:
    """The same shape but for axes of length 1; an unknown shape, or one flat list, agrees with a vector only."""
    if given is None:
        return True
    plain = tuple(size for size in given if size != 1)
    return plain == tuple(size for size in asked if size != 1)


def held(case: Case) -> Iterator[Held]:
    """What the program's names and variables hold at its end, structures taken apart."""
    seen: set[int] = set()
    for name, ref in case.recording.names:
        yield from _things(name, ref, DEEP, seen)
    last = {assign.variable: assign for assign in case.recording.assigns if assign.value is not None}
    for variable in case.recording.variables:
        value = last[variable.id].value if variable.id in last else None
        data = numbers(value)
        if data is not None and value is not None and variable.id not in seen:
            yield Held(f"variable {variable.creation}", data, value.shape, value.dtype, True)


def _things(name: str, ref: Ref, depth: int, seen: set[int]) -> Iterator[Held]:
    if ref.kind == "variable" and ref.id is not None:
        seen.add(ref.id)
    data = joined([ref])
    if data is not None:
        dtypes = {leaf.value.dtype for leaf in leaves(ref) if leaf.value is not None}
        dtype = "float32" if dtypes == {"float32"} else "float64"
        yield Held(name, data, shape_of(ref), dtype, ref.kind in ("tensor", "variable"))
    # of a plain list only the last item: an earlier one may be a step on the way that the program went past
    items = list(enumerate(ref.items)) if ref.keys else [(-1, ref.items[-1])] if ref.items else []
    for number, item in items if depth else ():
        yield from _things(f"{name}[{ref.keys[number] if ref.keys else number}]", item, depth - 1, seen)


def is_handed_in(case: Case, calls: Sequence[Call], quantity: Quantity) -> bool:
    """Whether what the tape gave is kept, shown, or the last thing the program computed.

    A result that is thrown away while something else is reported, or goes on into another result, is not an answer.
    """
    data, raw = case.meant.result or (), _raw(calls)
    if any(thing.data in (data, raw) for thing in held(case)):
        return True
    if printed.shows(case.finished.output, raw) or printed.shows(case.finished.output, data):
        return True
    if len(data) > 1 and _contradicted(case, quantity, list(held(case))):
        return False
    if _kept(case, calls):
        return True
    if _made_into_another(case, calls):
        return False
    if printed.holds_in_order(case.finished.output, data):
        return True
    raised = case.recording.raised
    if raised is not None and raised.type != "SystemExit":
        return False
    return not _reported_later(case, calls[-1]) and not printed.numbers(case.finished.output)


def _raw(calls: Sequence[Call]) -> Numbers:
    """The calls' numbers in the order in which the tape gave them."""
    return joined([call.result for call in calls]) or ()


def _kept(case: Case, calls: Sequence[Call]) -> bool:
    """Whether every number the calls gave is still held by a name."""
    known = {leaf.id for _, ref in case.recording.names for leaf in leaves(ref) if leaf.id is not None}
    values = {thing.data for thing in held(case)}
    return all(
        leaf.id in known or (numbers(leaf.value) or ()) in values or leaf.kind == "none"
        for call in calls
        for leaf in leaves(call.result)
    )


def _made_into_another(case: Case, calls: Sequence[Call]) -> bool:
    """Whether an operation that changes numbers took the result."""
    todo = [leaf.id for call in calls for leaf in leaves(call.result) if leaf.id is not None]
    seen: set[int] = set()
    while todo:
        tensor = todo.pop()
        if tensor in seen:
            continue
        seen.add(tensor)
        for op in case.flow.consumers.get(tensor, ()):
            if op.call is not None:
                continue
            if op.type not in KEEPING:
                return True
            todo += op.outputs
    return False


def _reported_later(case: Case, call: Call) -> bool:
    """Whether the program looked at something else after the call."""
    own = {leaf.id for leaf in leaves(call.result)}
    return any(c.at > call.done and c.tensor not in own for c in case.recording.conversions)


def printed_exactly(case: Case, quantity: Quantity) -> bool:
    """Whether the output shows the numbers with 4 digits or more (or exactly): for programs that keep nothing."""
    shown = printed.numbers(case.finished.output)
    size = len(quantity.data)
    tolerances = allowed(case, quantity, "float32")
    return any(
        all(
            agree(number, value, tolerance) or rounded(number, value, "float64", fewest_digits(case))
            for (number, _), value, tolerance in zip(
                shown[at : at + size], quantity.data, tolerances, strict=True
            )
        )
        for at in range(len(shown) - size + 1)
    )


def answers(case: Case, found: Found, quantity: Quantity) -> bool:
    """Whether what stands under the asked name is a quantity, in its shape and order."""
    if found.number is None or found.ref is None:
        return False
    dtypes = {leaf.value.dtype for leaf in leaves(found.ref) if leaf.value is not None}
    dtype = "float32" if dtypes == {"float32"} else "float64"
    if case.reference.unordered:
        return fits(case, tuple(sorted(found.number)), None, dtype, quantity)
    if fits(case, found.number, found.shape, dtype, quantity):
        return True
    return _as_the_tape_gave_it(case, found.ref) and close_to(case, case.result, quantity)


def _as_the_tape_gave_it(case: Case, ref: Ref) -> bool:
    """Whether the answer is the meant calls' own structure (a list of columns, say), untouched."""
    own = [leaf.id for call in case.meant.calls for leaf in leaves(call.result)]
    given = [leaf.id for leaf in leaves(ref)]
    in_order = case.order is not None and list(case.order) == [slot for slot, _ in case.search.slots]
    return in_order and None not in given and given == own
