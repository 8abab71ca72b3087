"""One run of a submission held against its exercise: what checks and diagnoses look at."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graders import parts
from graders.evidence import Evidence, Finished, Recording
from graders.path import Flow
from graders.reference import Numbers, Quantity, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


@dataclass(frozen=True)
class Case:
    """`finished` is the run looked at: the stated one for checks and diagnosis, a probe's for probes."""

    exercise: Exercise
    reference: Reference
    evidence: Evidence
    finished: Finished

    @property
    def recording(self) -> Recording:
        """The run's recording."""
        return self.finished.recording

    @cached_property
    def kind(self) -> Any:
        """The module of the exercise's kind."""
        return kind_of(self.exercise.kind)

    @cached_property
    def flow(self) -> Flow:
        """The recorded data flow."""
        return Flow(self.recording)

    @cached_property
    def meant(self) -> parts.Meant:
        """The tape calls the submission stands on."""
        return parts.meant(self.recording, self.reference)

    @cached_property
    def order(self) -> tuple[tuple[str, int], ...] | None:
        """Which of the point's numbers each source number is."""
        return parts.arrange(self.meant.sources, self.reference)

    @cached_property
    def result(self) -> Numbers | None:
        """What the meant calls gave, in the order of the exercise's point."""
        result = self.meant.result
        return (
            parts.in_order(result, self.order, self.reference)
            if result is not None and self.order
            else result
        )

    @cached_property
    def found(self) -> parts.Found:
        """The answer as handed in."""
        finder = getattr(self.kind, "find", None)
        return finder(self) if finder else self.tape_answer()

    def tape_answer(self) -> parts.Found:
        """The answer under the asked name, else what the meant calls gave (in the point's order)."""
        found = parts.answer(self.recording, self.finished.output, self.reference, self.meant)
        if found.named or found.number is None:
            return found
        return parts.Found(self.result, found.shape, found.word)

    @cached_property
    def dtypes(self) -> frozenset[str]:
        """The float dtypes on the recorded path; the answer's own dtype when there is no path."""
        seen: set[str] = set()
        for call in self.meant.calls:
            seen |= self.flow.dtypes(call.target)
            for leaf in (*parts.leaves(call.target), *parts.leaves(call.sources), *parts.leaves(call.result)):
                if leaf.value is not None:
                    seen.add(leaf.value.dtype)
        return frozenset(seen & {"float16", "bfloat16", "float32", "float64", "complex64", "complex128"})

    def right(self, given: Numbers | None, quantity: Quantity | None) -> bool:
        """Whether numbers agree with a quantity within the tolerance of this exercise."""
        return parts.close(given, quantity, self.dtypes, self.exercise.tolerance)


def kind_of(name: str) -> Any:
    """The module of a kind; its file name is the word in the YAML with hyphens as underscores."""
    return importlib.import_module(f"graders.kinds.{name.replace('-', '_')}")
