"""The program's own names at its end: the ones asked for first, then every other one that holds plain things."""

from __future__ import annotations

from typing import Any

from graders.evidence import Ref, Run
from graders.recorders.log import Log
from graders.recorders.values import References

MOST = 200
BUDGET = 200_000
_type = type


def tell(names: dict[str, Any], run: Run, log: Log, references: References) -> None:
    """Sends the names that hold numbers, words, arrays, tensors, variables or structures of them."""
    left = BUDGET
    told = 0
    for name in (*run.names, *names):
        wanted = name in run.names
        if _type(name) is not str or name not in names or (not wanted and name.startswith("__")):
            continue
        if told >= MOST or left <= 0:
            break
        ref = references.ref(names[name], min(20_000, left))
        if wanted or holds_plain(ref):
            log.name(name, ref)
            told += 1
            left -= size(ref)
        if wanted:
            names = {other: thing for other, thing in names.items() if other != name}


def holds_plain(ref: Ref) -> bool:
    """Whether there is anything in it that could be an answer."""
    if ref.kind in ("list", "tuple", "dict"):
        return any(holds_plain(item) for item in ref.items)
    return ref.kind != "other"


def size(ref: Ref) -> int:
    """About how many numbers it takes to send."""
    return 4 + (len(ref.value.data) if ref.value else 0) + sum(size(item) for item in ref.items)
