"""The variable is made anew after the recording."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "source-recreated.title", "source-recreated.says", "source-recreated.hint"
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source is younger than the target, which was made from an older one of the same name."""
    for loss in facts.losses:
        record = facts.made(loss.source)
        ops = facts.ops_of(loss.target)
        if record is None or not ops or record.at < ops[-1].at or loss.how != "none":
            continue
        if facts.flow.goes_into(loss.target, loss.source):  # the two are swapped
            continue
        if facts.flow.producer.get(record.id) is not None and facts.tensor(loss.source) is not None:
            op = facts.flow.producer[record.id]
            if not set(op.inputs).isdisjoint(facts.flow.ancestry(facts.flow.standing(loss.target))[0]):
                continue
        for line in (record.line, record.outer):  # a helper may make it
            bind = facts.script.bind_at(line)
            if bind is not None and len(facts.script.bound(bind.name)) > 1:
                return Spot(line, facts.column_of(line), facts.words(loss), record.at)
    return None
