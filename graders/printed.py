"""What a program printed, read as numbers and lines: for questions whose answer may stand in the output only."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Every repetition has a bound: a learner prints what they like, and unbounded ones take quadratic time on a long word.
_NUMBER = (
    r"(?<![\w.])[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,4})?(?![\w])"
    r"|(?<![\w.])-?(?:nan|inf)(?![\w])"
)
_NOT_A_VALUE = re.compile(
    r"shape=\([\d, ]{0,80}\)|dtype=\w{1,20}|<dtype: '\w{1,20}'>|'Variable:\d{1,9}'"
    r"|(?<!\w)\w{0,8}float\d{1,3}|(?<!\w)\w{0,8}int\d{1,3}|numpy="
)
MOST = 200_000
"""Only the end of a long output is read."""


def lines(output: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in output[-MOST:].splitlines() if line.strip()]


def numbers(output: str) -> list[tuple[float, int]]:
    """All numbers in order, each with the decimals it shows; what belongs to a tensor's shape or dtype is left out."""
    text = _NOT_A_VALUE.sub(" ", output[-MOST:].replace("−", "-"))
    found = []
    for hit in re.finditer(_NUMBER, text):
        digits = re.split("[eE]", hit.group())[0]
        exponent = int(re.split("[eE]", hit.group())[1]) if re.search("[eE]", hit.group()) else 0
        decimals = len(digits.split(".")[1]) if "." in digits else 0
        found.append((float(hit.group()), decimals - exponent))
    return found


def shows(output: str, wanted: Sequence[float]) -> bool:
    """Whether the output holds these numbers one after another, each to the digits it is printed with."""
    found = numbers(output)
    size = len(wanted)
    return any(
        all(_is(shown, value) for shown, value in zip(found[at : at + size], wanted, strict=True))
        for at in range(len(found) - size + 1)
    )


def holds_in_order(output: str, wanted: Sequence[float]) -> bool | None:
    """Whether the numbers stand in the output in this order, other numbers between them; None if some are missing."""
    found = numbers(output)
    if not all(any(_is(shown, value) for shown in found) for value in wanted):
        return None
    rest = iter(found)
    return all(any(_is(shown, value) for shown in rest) for value in wanted)


def _is(shown: tuple[float, int], value: float) -> bool:
    number, decimals = shown
    if number != number or value != value:
        return number != number and value != value
    return abs(number - value) <= 0.5 * 10.0 ** min(-decimals, 0) * (1 + 1e-6) + 2e-6 * abs(value)
