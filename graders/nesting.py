"""Which gradient calls differentiate the results of others: the ladder of a higher derivative."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from graders.case import Case
from graders.evidence import Call
from graders.path import Flow, leaves

MANY_CALLS = 24
"""With more calls than this (training loops) only the first and the last ones are looked at."""


@dataclass(frozen=True)
class Nesting:
    """The gradient calls of one case."""

    case: Case

    @property
    def flow(self) -> Flow:
        """The recorded data flow."""
        return self.case.flow

    @property
    def calls(self) -> tuple[Call, ...]:
        """The gradient calls, in order, but for the middle of a long loop."""
        calls = self.case.recording.calls
        return calls if len(calls) <= MANY_CALLS else calls[: MANY_CALLS // 2] + calls[-MANY_CALLS // 2 :]

    @cached_property
    def _parents(self) -> dict[int, Call | None]:
        return {call.index: self._parent(call) for call in self.calls}

    def parent(self, call: Call) -> Call | None:
        """The earlier gradient call whose result this call differentiates, if it does."""
        return self._parents.get(call.index)

    def _parent(self, call: Call) -> Call | None:
        targets = {leaf.id for leaf in leaves(call.target) if leaf.id is not None}
        if not targets:
            return None
        ancestors, ops = self.flow.ancestry(targets)
        sources = frozenset().union(*(self.flow.standing(leaf) for leaf in leaves(call.sources)))
        moved, _ = self.flow.ancestry(
            sources
        )  # a step of descent leads to the source itself: no second derivative
        made_by = {op.call for op in ops}
        for other in reversed(self.calls):
            if other.done >= call.at or other.index == call.index:
                continue
            results = {leaf.id for leaf in leaves(other.result) if leaf.id is not None}
            if not results & moved and (results & ancestors or other.index in made_by):
                return other
        return None

    def derived_outside(self, call: Call) -> bool:
        """Whether a call differentiates an earlier call's result that was computed while its tape did not record."""
        first = self.parent(call)
        return (
            first is not None
            and call.tape not in first.within
            and not (first.tape == call.tape and first.open)
        )

    def child(self, call: Call) -> Call | None:
        """A later gradient call that differentiates this call's result, if there is one."""
        return next((other for other in self.calls if self.parent(other) is call), None)
