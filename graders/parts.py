"""Where a submission's answer is found, whatever names and style its author uses (design section 5)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from graders.evidence import Call, Recording, Ref, Value
from graders.path import Flow, leaves
from graders.reference import Numbers, Quantity, Reference


@dataclass(frozen=True, slots=True)
class Meant:
    """The tape calls a submission stands on: one, or several on the same target for several sources.

    `matches` is True when the target has the value f(point) and the sources the value of the point.
    """

    calls: tuple[Call, ...] = ()
    matches: bool = False

    @property
    def sources(self) -> tuple[Ref, ...]:
        """All sources, in the order they were asked for."""
        return tuple(leaf for call in self.calls for leaf in leaves(call.sources))

    @property
    def result(self) -> Numbers | None:
        """What the calls gave, flat; None when any entry is None."""
        return joined([call.result for call in self.calls]) if self.calls else None


@dataclass(frozen=True, slots=True)
class Found:
    """The answer as handed in: `named` tells whether the asked name was used; `ref` is what it held."""

    number: Numbers | None = None
    shape: tuple[int, ...] | None = None
    word: str | None = None
    named: bool = False
    ref: Ref | None = None


def numbers(value: Value | None) -> Numbers | None:
    """A claimed value as floats; None for words, complex numbers and what is missing."""
    if value is None or any(isinstance(v, (str, complex)) for v in value.data):
        return None
    if len(value.data) != math.prod(value.shape):
        return None
    return tuple(float(v) for v in value.data)  # type: ignore[arg-type]


def joined(refs: Sequence[Ref | None]) -> Numbers | None:
    """The numbers of all leaves, one after another; None if one has no number."""
    out: list[float] = []
    found = False
    for ref in refs:
        if ref is None:
            return None
        for leaf in leaves(ref):
            found = True
            part = numbers(leaf.value)
            if part is None:
                return None
            out.extend(part)
    return tuple(out) if found else None


def close(
    given: Numbers | None, right: Quantity | None, dtypes: frozenset[str], absolute: float | None = None
) -> bool:
    """Whether numbers agree with a quantity, entry by entry, within its tolerance."""
    if given is None or right is None or len(given) != len(right.data):
        return False
    return all(
        agree(a, b, tol)
        for a, b, tol in zip(given, right.data, right.tolerance(dtypes, absolute), strict=True)
    )


def agree(given: float, right: float, tolerance: float) -> bool:
    """Equality within a tolerance; infinities and NaN agree only with themselves."""
    if math.isfinite(given) and math.isfinite(right):
        return abs(given - right) <= tolerance
    return given == right or (math.isnan(given) and math.isnan(right))


def rounded(given: float, right: float, dtype: str) -> bool:
    """Whether a named number is the reference correctly rounded to the decimals it shows, 4 digits at least."""
    if not math.isfinite(given):
        return False
    text = shortest(given, dtype)
    if "e" in text or "." not in text:
        return False
    decimals = len(text.split(".")[1])
    digits = len(re.sub(r"^[-0.]*", "", text).replace(".", ""))
    return digits >= 4 and abs(given - right) <= 0.5 * 10.0**-decimals * (1 + 1e-6)


def shortest(value: float, dtype: str) -> str:
    """The shortest decimal text that reads back as the same number of this dtype."""
    if dtype != "float32":
        return repr(value)
    import struct

    for precision in range(1, 10):
        text = f"{value:.{precision}g}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == value:
            return text if "e" not in text else repr(float(text))
    return repr(value)


def meant(recording: Recording, reference: Reference) -> Meant:
    """The call (or calls on one target) whose target is f(point) and whose sources are the point."""
    calls = [call for call in recording.calls if call.error is None]
    flow = Flow(recording)
    groups = _groups(calls)
    fitting = [group for group in groups if _fits(group, reference, flow)]
    if fitting:
        return Meant(fitting[-1], True)
    reached = _reaching(groups, recording, flow)
    if reached:
        return Meant(reached)
    top = [group for group in groups if not any(tape != group[0].tape for tape in group[0].within)]
    last = (top or groups)[-1:]
    return Meant(last[0]) if last else Meant()


def _groups(calls: Sequence[Call]) -> list[tuple[Call, ...]]:
    """Every call alone, and the calls asking for one target with different sources together."""
    by_target: dict[tuple[object, ...], list[Call]] = {}
    for call in calls:
        if call.target.id is not None:
            by_target.setdefault((call.target.kind, call.target.id, call.how, call.weighted), []).append(call)
    groups: list[tuple[Call, ...]] = [(call,) for call in calls]
    groups += [tuple(group) for group in by_target.values() if len(group) > 1]
    return sorted(groups, key=lambda group: (group[-1].at, len(group)))


def _fits(group: tuple[Call, ...], reference: Reference, flow: Flow) -> bool:
    if reference.target is None:
        return False
    target = joined([group[0].target])
    dtypes = flow.dtypes(group[0].target) | _dtypes(group[0].target)
    if not close(target, reference.target, dtypes):
        return False
    return arrange(tuple(leaf for call in group for leaf in leaves(call.sources)), reference) is not None


def _dtypes(ref: Ref) -> frozenset[str]:
    return frozenset(leaf.value.dtype for leaf in leaves(ref) if leaf.value is not None)


def _reaching(groups: list[tuple[Call, ...]], recording: Recording, flow: Flow) -> tuple[Call, ...]:
    """The last single call whose result went into the value named `answer`."""
    named = dict(recording.names).get("answer")
    if named is None:
        return ()
    ancestors, _ = flow.ancestry(flow.starts(named))
    for group in reversed(groups):
        results = {leaf.id for leaf in leaves(group[0].result) if leaf.id is not None}
        if len(group) == 1 and results & ancestors:
            return group
    return ()


def arrange(sources: Sequence[Ref], reference: Reference) -> tuple[tuple[str, int], ...] | None:
    """For every number of the sources, which of the point's numbers it is: (name, index), or None if it is none.

    Sources in the point's order are preferred; else equal values decide.
    """
    slots = [(name, index, value) for name, data in reference.point for index, value in enumerate(data)]
    given: list[float] = []
    for source in sources:
        part = numbers(source.value)
        if part is None:
            return None
        given.extend(part)
    if len(given) != len(slots):
        return None
    if all(_same(a, slot[2]) for a, slot in zip(given, slots, strict=True)):
        return tuple((name, index) for name, index, _ in slots)
    left = list(slots)
    order: list[tuple[str, int]] = []
    for value in given:
        hit = next((slot for slot in left if _same(value, slot[2])), None)
        if hit is None:
            return None
        left.remove(hit)
        order.append((hit[0], hit[1]))
    return tuple(order)


def _same(given: float, asked: float) -> bool:
    return abs(given - asked) <= 1e-6 * max(1.0, abs(asked)) if math.isfinite(given) else False


def in_order(values: Numbers, order: Sequence[tuple[str, int]], reference: Reference) -> Numbers:
    """Numbers given in the sources' order, put in the order of the exercise's point (rows of a jacobian too)."""
    slots = [(name, index) for name, data in reference.point for index in range(len(data))]
    if len(set(order)) != len(slots) or len(values) % len(slots):
        return values
    width = len(slots)
    rows = [values[start : start + width] for start in range(0, len(values), width)]
    return tuple(row[order.index(slot)] for row in rows for slot in slots)


def answer(
    recording: Recording, output: str, reference: Reference, meant_calls: Meant, asked: str = "answer"
) -> Found:
    """What was handed in: the asked name if the program has it, else what the meant call gave and printed words."""
    named = dict(recording.names).get(asked)
    word, number, shape = (None, None, None) if named is None else _read(named, reference)
    if named is None:
        number = meant_calls.result
    if word is None and reference.words:
        word = printed_word(output, reference.words)
    return Found(number, shape, word, named is not None, named)


def _read(ref: Ref, reference: Reference) -> tuple[str | None, Numbers | None, tuple[int, ...] | None]:
    """The word and the numbers that a named thing holds; a list may hold both."""
    words = [leaf for leaf in leaves(ref) if leaf.kind == "word"]
    plain = [leaf for leaf in leaves(ref) if leaf.kind != "word"]
    word = None
    for leaf in words:
        text = str(leaf.value.data[0]) if leaf.value and leaf.value.data else ""
        word = spelled(text, reference.words) or text
    number = joined(plain) if plain else None
    shape = _shape(ref) if not words else None
    return word, number, shape


def _shape(ref: Ref) -> tuple[int, ...] | None:
    if ref.kind in ("list", "tuple"):
        inner = {_shape(item) for item in ref.items}
        first = next(iter(inner), ())
        return (len(ref.items), *first) if len(inner) == 1 and first is not None else None
    return ref.value.shape if ref.value is not None else None


def spelled(text: str, words: Sequence[str]) -> str | None:
    """The allowed word a text means: any case, spaces, hyphens and underscores alike."""
    plain = _plain(text)
    return next((word for word in words if _plain(word) == plain), None)


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.strip().strip(".!\"'").lower())


def printed_word(output: str, words: Sequence[str]) -> str | None:
    """The last printed word that is one of the allowed words; the longest one where they overlap."""
    best: tuple[int, int, str] | None = None
    low = re.sub(r"[_-]+", " ", output.lower())
    for word in words:
        pattern = r"(?<![a-z])" + r"\s+".join(map(re.escape, _plain(word).split())) + r"(?![a-z])"
        for hit in re.finditer(pattern, low):
            key = (hit.end(), len(word), word)
            best = key if best is None or key[:2] > best[:2] else best
    return best[2] if best else None
