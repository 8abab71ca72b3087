"""Reading what a submission hands in: numbers and words out of refs, and whether they agree with what is right."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from graders.evidence import Recording, Ref, Value
from graders.path import leaves
from graders.reference import Numbers, Quantity, Reference


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


def is_float(ref: Ref) -> bool:
    """Whether a ref holds numbers that can be differentiated by."""
    return ref.value is not None and ref.value.dtype.startswith(("float", "bfloat", "complex"))


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


def rounded(given: float, right: float, dtype: str, least: int = 4) -> bool:
    """Whether a number is the reference correctly rounded to the decimals it shows, `least` digits at least."""
    if not math.isfinite(given):
        return False
    text = shortest(given, dtype)
    if "e" in text or "." not in text:
        return False
    decimals = len(text.split(".")[1])
    digits = len(re.sub(r"^[-0.]*", "", text).replace(".", ""))
    return digits >= least and abs(given - right) <= 0.5 * 10.0**-decimals * (1 + 1e-6)


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


def answer_of(recording: Recording, reference: Reference, asked: str = "answer") -> Found:
    """What the program holds under the asked name: numbers, a word, or both."""
    named = dict(recording.names).get(asked)
    if named is None:
        return Found()
    word, number, shape = _read(named, reference)
    return Found(number, shape, word, True, named)


def _read(ref: Ref, reference: Reference) -> tuple[str | None, Numbers | None, tuple[int, ...] | None]:
    """The word and the numbers that a named thing holds; a list may hold both."""
    every = [_as_number(leaf) for leaf in leaves(ref)]
    words = [leaf for leaf in every if leaf.kind == "word"]
    plain = [leaf for leaf in every if leaf.kind != "word"]
    word = None
    for leaf in words:
        text = str(leaf.value.data[0]) if leaf.value and leaf.value.data else ""
        word = spelled(text, reference.words) or printed_word(text, reference.words) or text
    number = joined(plain) if plain else None
    shape = shape_of(ref) if not words else None
    return word, number, shape


def _as_number(leaf: Ref) -> Ref:
    """A number that was made a text ("13.0", by an f-string) is the number still."""
    text = str(leaf.value.data[0]).strip() if leaf.kind == "word" and leaf.value and leaf.value.data else ""
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text):
        return leaf
    return Ref("number", "str", None, Value("float64", (), (float(text),)))


def shape_of(ref: Ref) -> tuple[int, ...] | None:
    """The shape of what a ref holds; None for a list of unequal things."""
    if ref.kind in ("list", "tuple"):
        inner = {shape_of(item) for item in ref.items}
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
        pattern = r"(?<![a-z])(?<!not )" + r"\s+".join(map(re.escape, _plain(word).split())) + r"(?![a-z])"
        for hit in re.finditer(pattern, low):
            key = (hit.end(), len(word), word)
            best = key if best is None or key[:2] > best[:2] else best
    return best[2] if best else None
