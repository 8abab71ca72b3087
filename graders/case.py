"""One run of a submission held against its exercise: what checks and diagnoses look at."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graders import handed, parts, places
from graders.evidence import Call, Evidence, Finished, Recording
from graders.meant import Meant, Search, Slot, same
from graders.path import Flow
from graders.reference import Numbers, Quantity, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

FLOATS = frozenset({"float16", "bfloat16", "float32", "float64", "complex64", "complex128"})


@dataclass(frozen=True)
class Case:
    """`finished` is the run looked at: the stated one for checks and diagnosis, a probe's for probes.

    `strict` judges by the tape calls alone; without it a right answer that came by another route counts for them.
    """

    exercise: Exercise
    reference: Reference
    evidence: Evidence
    finished: Finished
    strict: bool = False

    @property
    def recording(self) -> Recording:
        """The run's recording."""
        return self.finished.recording

    @cached_property
    def kind(self) -> Any:
        """The module of the kind that judges."""
        return kind_of(self.exercise.judged_as)

    @cached_property
    def flow(self) -> Flow:
        """The recorded data flow."""
        return Flow(self.recording)

    @cached_property
    def search(self) -> Search:
        """The recording held against the reference."""
        name = self.exercise.answer_name
        return Search(self.recording, self.reference, self.flow, name, self.exercise.tolerance)

    @cached_property
    def meant(self) -> Meant:
        """The tape calls the submission stands on."""
        return self.search.meant()

    @property
    def function_call(self) -> Call | None:
        """The meant call whose target ought to be the exercise's own function: the innermost one.

        None where several calls differentiate several things and none of them is known to be the function.
        """
        meant = self.meant
        calls = meant.inner[:1] if self.reference.order > 1 else meant.calls[:1]
        targets = {leaf.id for call in self.recording.calls for leaf in parts.leaves(call.target)}
        one = len(targets) == len(parts.leaves(calls[0].target)) if calls else False
        return calls[0] if calls and (meant.matches or one or meant.inner) else None

    @cached_property
    def order(self) -> tuple[Slot, ...] | None:
        """Which of the point's numbers each source number is; None when a source holds another number."""
        found: list[Slot] = []
        for call in self.meant.calls:
            columns = self.search.placed(list(parts.leaves(call.sources)))
            if columns is None:
                return None
            found += columns
        return tuple(found)

    @cached_property
    def result(self) -> Numbers | None:
        """What the meant calls gave, in the order of the exercise's point."""
        return self.meant.result

    @cached_property
    def found(self) -> parts.Found:
        """The answer as handed in."""
        finder = getattr(self.kind, "find", None)
        return finder(self) if finder else self.tape_answer()

    def tape_answer(self) -> parts.Found:
        """The answer under the asked name, else what the meant calls gave and a printed word."""
        named = parts.answer_of(self.recording, self.reference, self.exercise.answer_name)
        word = named.word
        if word is None and self.reference.words:
            word = parts.printed_word(self.finished.output, self.reference.words)
        if named.number is not None or (named.named and named.word is None):
            return parts.Found(named.number, named.shape, word, True, named.ref)
        whole = {thing.name: thing for thing in places.held(self) if thing.name in self.handed.whole}
        kept = next(iter(whole.values()), None)
        number = kept.data if kept else self.result
        return parts.Found(number, kept.shape if kept else None, word, named.named, named.ref)

    @cached_property
    def handed(self) -> places.Places:
        """The places where the number asked for (or the derivative, where a word is asked) is right."""
        return places.find(self, self.wanted)

    @property
    def wanted(self) -> list[Quantity]:
        """The numbers that may be handed in: one, or several under a mark."""
        reference = self.reference
        if reference.number is not None:
            return [reference.number, *reference.numbers]
        return [reference.gradient, *reference.gradients] if reference.gradient is not None else []

    @cached_property
    def derived(self) -> bool:
        """Whether the tape gave the derivative: by the meant calls, or by any route to a right answer."""
        wanted = [self.reference.gradient, *self.reference.gradients]
        if any(self.right(self.result, quantity) for quantity in wanted):
            return True
        any_route = not self.strict and not self.reference.unordered and self.at_the_point
        return any_route and bool(self.recording.calls) and self.answered

    @cached_property
    def at_the_point(self) -> bool:
        """Whether the program makes tensors with the numbers of the point (an exercise may excuse another one)."""
        from graders.probes.hidden_points import held_by

        if "wrong-point" in (self.exercise.slips or {}) or held_by(self) is not None:
            return True
        wanted = [number for _, data in self.reference.point for number in data]
        sources = [parts.joined([call.sources]) or () for call in self.recording.calls]
        return len(wanted) == 1 and any(same(a, wanted[0]) for given in sources for a in given)

    @cached_property
    def forged(self) -> bool:
        """Whether what the tape followed is surely another function beside the point, or its slope is by hand."""
        from graders.probes.recorded_function import is_forged
        from graders.probes.stated_gradient import is_by_hand

        return is_by_hand(self) or is_forged(self)

    @property
    def known_forged(self) -> bool:
        """The same, where it has been asked already."""
        return bool(self.__dict__.get("forged"))

    @cached_property
    def answered(self) -> bool:
        """Whether the number handed in is right: under the asked name, else in some place."""
        return self.spots.found

    @cached_property
    def spots(self) -> places.Places:
        """Where the right number is: under the asked name only if it holds a number, else wherever it is found."""
        name = self.exercise.answer_name
        found = parts.answer_of(self.recording, self.reference, name)
        if found.number is None and not (found.named and found.word is None):
            return self.handed
        if any(places.answers(self, found, quantity) for quantity in self.wanted):
            return places.Places(frozenset({name}))
        return places.Places()

    @cached_property
    def picked(self) -> object | None:
        """The choice that was typed in, where the exercise offers choices."""
        choices = list(self.exercise.choices or ())
        found = parts.answer_of(self.recording, self.reference, self.exercise.answer_name)
        if not choices or found.ref is None or self.reference.words:
            return None
        if found.ref.kind == "word":
            return handed.choice_of(found.word or "", choices)
        if found.ref.kind == "number" and found.number is not None:
            return next((c for c in choices if isinstance(c, (int, float)) and c == found.number[0]), None)
        return None

    @cached_property
    def dtypes(self) -> frozenset[str]:
        """The float dtypes on the recorded path; those of all results where no call is meant."""
        seen: set[str] = set()
        for call in self.meant.every or self.recording.calls:
            seen |= self.flow.dtypes(call.target)
            for leaf in (*parts.leaves(call.target), *parts.leaves(call.sources), *parts.leaves(call.result)):
                if leaf.value is not None:
                    seen.add(leaf.value.dtype)
        return frozenset(seen & FLOATS)

    def right(self, given: Numbers | None, quantity: Quantity | None) -> bool:
        """Whether numbers agree with a quantity within the tolerance of this exercise."""
        return parts.close(given, quantity, self.dtypes, self.exercise.tolerance)


def kind_of(name: str) -> Any:
    """The module of a kind; its file name is the word in the YAML with hyphens as underscores."""
    return importlib.import_module(f"graders.kinds.{name.replace('-', '_')}")
