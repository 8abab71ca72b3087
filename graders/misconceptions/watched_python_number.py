"""tape.watch is given a Python number."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.losses import PLAIN
from graders.path import leaves
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "watched-python-number.title", "watched-python-number.says", "watched-python-number.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A watch that failed since it was given no tensor."""
    for event in case.recording.tapes:
        if event.what == "watch" and event.error and any(leaf.kind in PLAIN for leaf in leaves(event.ref)):
            calls = [
                c for c in facts.script.methods("watch") if c.lineno <= event.line <= (c.end_lineno or 0)
            ]
            name = shown(calls[0].args[0]) if calls and calls[0].args else "x"
            return Spot(event.line, column(calls[0]) if calls else None, {"src": name}, event.at)
    return None
