"""Recorded once before the loop, asked in every round."""

from __future__ import annotations

import itertools

from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.spot import Spot

TITLE, SAYS, HINT = "tape-outside-loop.title", "tape-outside-loop.says", "tape-outside-loop.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """One tape is asked several times for one target while the source is changed in between."""
    calls = [call for call in facts.calls if call.error is None][:50]
    for first, second in itertools.pairwise(calls):
        if first.tape != second.tape or first.target.id is None or first.target.id != second.target.id:
            continue
        sources = {leaf.id for leaf in leaves(first.sources)}
        changed = any(a.variable in sources and first.done < a.at < second.at for a in case.recording.assigns)
        if changed:
            event = facts.flow.events(first.tape, "new")
            line = event[0].line if event else first.line
            withs = [n for n, e, _ in facts.script.tapes if e.lineno <= line <= (e.end_lineno or e.lineno)]
            place = getattr(withs[0], "lineno", line) if withs else line
            return Spot(place, facts.column_of(place), {"tgt": facts.target_name(first)}, first.at)
    return None
