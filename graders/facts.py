"""What diagnoses ask about a submission beyond the case itself, each answer worked out on first use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graders import parts
from graders.amounts import Amounts
from graders.calling import Calling
from graders.case import Case
from graders.deciding import Deciding
from graders.evidence import Call, Op, Raised, Ref, Tensor, Value, Variable
from graders.likeness import Likeness
from graders.making import Making
from graders.path import Break, Flow, leaves
from graders.pointing import Pointing
from graders.script import Script
from graders.spot import Spot

PLAIN = ("number", "array", "word")
MANY_CALLS = 40


@dataclass(frozen=True, slots=True)
class Loss:
    """A gradient that did not come through from one source: `how` is none, refused or silent.

    none: the tape gave None. refused: the call raised since target or source is no tensor. silent: the value of
    the target is right but its derivative is not, so a part of the way is missing.
    """

    how: str
    call: Call
    source: Ref
    target: Ref
    index: int


@dataclass(frozen=True)
class Facts:
    """Questions about one case: its script, its losses, its lines and names."""

    case: Case

    @cached_property
    def script(self) -> Script:
        """The program as text; an empty one when it could not be read."""
        return Script(self.case.evidence.tree or ast.Module([], []))

    @cached_property
    def making(self) -> Making:
        """How the answer was made."""
        return Making(self.script, self.answer_name)

    @cached_property
    def base(self) -> Call | None:
        """The call that differentiates the recorded function itself: the meant one, or what it builds upon."""
        meant = self.case.meant
        call = next(iter((*meant.inner, *meant.calls)), None) or next(iter(self.calls), None)
        for _ in range(6):
            before = self.parent(call) if call is not None else None
            if before is None:
                return call
            call = before
        return call

    @cached_property
    def likeness(self) -> Likeness | None:
        """The recorded function held against the exercise's."""
        if self.base is None:
            return None
        found = Likeness(self.case, self.base)
        if found.same is False and found.order != tuple(range(len(found.order))):
            swapped = Likeness(self.case, self.base, in_place=True)  # x = 5, y = 2 for x = 2, y = 5
            return swapped if swapped.same else found
        return found

    @cached_property
    def pointing(self) -> Pointing | None:
        """Where in the script the recorded function and its sources stand."""
        return (
            Pointing(self.case, self.script, self.likeness, self.calling)
            if self.likeness is not None
            else None
        )

    @cached_property
    def calling(self) -> Calling:
        """What was passed to gradient calls, as the script has it."""
        return Calling(self.case, self.script)

    @cached_property
    def amounts(self) -> Amounts:
        """The numbers handed in and the ones they may be mistaken for."""
        return Amounts(self.case, self.making, self.likeness)

    @cached_property
    def deciding(self) -> Deciding:
        """Where the program decides for a word."""
        return Deciding(self.script, self.making, self.kinds_of_point)

    @cached_property
    def kinds_of_point(self) -> tuple[str, ...]:
        """The words that may be answered, or the choices that are words."""
        choices = tuple(c for c in self.case.exercise.choices or () if isinstance(c, str))
        return self.case.reference.words or choices

    @cached_property
    def update_line(self) -> int | None:
        """The line that moved the variable last, or made what was handed in."""
        moved = [a for a in self.case.recording.assigns if a.line]
        if moved:
            return [a for a in moved if a.variable == moved[0].variable][-1].line
        return self.root_line

    @cached_property
    def wrong_word(self) -> bool:
        """Whether a word was given that is not the right one."""
        word, right = self.case.found.word, self.case.reference.word
        return (
            word is not None and right is not None and parts.spelled(word, self.case.reference.words) != right
        )

    @cached_property
    def right_gradient(self) -> bool:
        """Whether the tape gave the derivative that is asked for."""
        return self.case.right(self.case.result, self.case.reference.gradient)

    @cached_property
    def root_line(self) -> int | None:
        """The line that made what was handed in."""
        return self.making.root.line if self.making.root is not None else None

    def call_at(self, node: ast.expr | None) -> Call | None:
        """The recorded gradient call that an expression holds the result of."""
        asked = self.making.gradient_behind(node)
        if asked is None:
            return None
        beside = [node for node in self.script.gradients if node.lineno == asked.lineno]
        hits = [c for c in self.calls if asked.lineno <= c.line <= (asked.end_lineno or asked.lineno)]
        own = hits[beside.index(asked) :: len(beside)]  # several calls on one line run in their order
        return own[-1] if own else None

    def edited(self, kind: str) -> Spot | None:
        """Where the recorded function shows one kind of edit of the exercise's."""
        return self.pointing.edited(kind) if self.pointing is not None else None

    def set_at(self, index: int) -> int | None:
        """The line that gave one of the point's numbers (counted through all sources) its value."""
        return self.pointing.set_at(index) if self.pointing is not None else None

    def point_name(self, index: int) -> str:
        """What the learner calls the source that holds one of the numbers."""
        return self.pointing.point_name(index) if self.pointing is not None else "x"

    @property
    def flow(self) -> Flow:
        """The recorded data flow."""
        return self.case.flow

    @property
    def raised(self) -> Raised | None:
        """What ended the program."""
        return self.case.recording.raised

    @property
    def calls(self) -> tuple[Call, ...]:
        """All gradient calls, in order."""
        return self.case.recording.calls

    @cached_property
    def answer_name(self) -> str:
        """The name the answer is asked under."""
        return str(getattr(self.case.exercise, "answer_name", None) or "answer")

    @cached_property
    def names(self) -> dict[str, Ref]:
        """The program's own names at its end."""
        return dict(self.case.recording.names)

    @cached_property
    def said(self) -> str:
        """What the exception says, without the frames that TensorFlow quotes for traced functions."""
        message = self.raised.message if self.raised is not None else ""
        if not message.startswith("in user code"):
            return message
        lines = [line.strip() for line in message.splitlines() if line.strip()]
        own = [line for line in lines if re.match(r"\w+(Error|Exception|NotAllowed\w*): ", line)]
        return own[-1].split(": ", 1)[1] if own else message

    def raised_by(self, type_name: str, *words: str) -> bool:
        """Whether the program ended with this exception (any when empty) and one of these words in its text."""
        raised = self.raised
        if raised is None or (type_name and raised.type not in type_name.split("|")):
            return False
        return not words or any(word in raised.message for word in words)

    @cached_property
    def about_none(self) -> bool:
        """Whether the program ended because something was None."""
        return self.raised_by(
            "", "NoneType", "received None", "None values not supported", "`None`", "got None"
        )

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """The gradients that did not come through, as far as they matter for what was handed in."""
        found = list(self._lost())
        if not found and self.case.meant.matches and self._wrong_gradient():
            found = [
                Loss("silent", call, source, call.target, index)
                for call in self.case.meant.calls
                for index, source in enumerate(leaves(call.sources))
            ]
        return tuple(found)

    def _wrong_gradient(self) -> bool:
        """Whether the tape's derivative is wrong, here or (where it agrees by chance) at other points."""
        case = self.case
        if case.reference.order != 1:
            return False
        elsewhere = self.likeness is not None and self.likeness.same is False
        return elsewhere or not case.right(case.result, case.reference.gradient)

    def _lost(self) -> Iterator[Loss]:
        if not self._none_matters():
            return
        for call in self.calls:
            sources = leaves(call.sources)
            if call.error is not None:
                if self._refused(call):
                    yield from (Loss("refused", call, s, call.target, i) for i, s in enumerate(sources))
                continue
            results = leaves(call.result)
            for index, source in enumerate(sources):
                if index < len(results) and (
                    results[index].kind == "none" or self._zeroed(call, index, results[index])
                ):
                    yield Loss("none", call, source, call.target, index)

    def _zeroed(self, call: Call, index: int, result: Ref) -> bool:
        """Whether a 0 stands for None: the call asked for zeros where nothing is connected."""
        node = self.script.gradient_at(call.line)
        asks = node is not None and any(item.arg == "unconnected_gradients" for item in node.keywords)
        right = self.case.reference.gradient
        flat = right is not None and index < len(right.data) and right.data[index] == 0
        return asks and not flat and result.value is not None and not any(result.value.data)

    def _none_matters(self) -> bool:
        """Not when the answer is a number after all: an attempt that failed and was put right is no mistake."""
        case = self.case
        named = self.names.get(self.answer_name)
        if self.raised is not None or "unconnected_gradients" in self.script.keywords:
            return True
        if named is not None and any(leaf.kind == "none" for leaf in leaves(named)):
            return True
        return case.meant.result is None

    def _refused(self, call: Call) -> bool:
        things = (*leaves(call.target), *leaves(call.sources))
        return any(thing.kind in PLAIN for thing in things) and bool(call.error)

    @cached_property
    def _parents(self) -> dict[int, Call | None]:
        calls = (
            self.calls
            if len(self.calls) <= MANY_CALLS
            else self.calls[: MANY_CALLS // 2] + self.calls[-MANY_CALLS // 2 :]
        )
        return {call.index: self._parent(call) for call in calls}

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
        for other in reversed(self.calls):
            if other.done >= call.at or other.index == call.index:
                continue
            results = {leaf.id for leaf in leaves(other.result) if leaf.id is not None}
            if not results & moved and (results & ancestors or any(op.call == other.index for op in ops)):
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

    def variable(self, ref: Ref) -> Variable | None:
        """The variable that was passed."""
        return self.calling.variable(ref)

    def tensor(self, ref: Ref) -> Tensor | None:
        """The tensor that was passed."""
        return self.calling.tensor(ref)

    def made(self, ref: Ref) -> Variable | Tensor | None:
        """Where a source comes from: the record of its creation."""
        return self.calling.made(ref)

    def target_node(self, call: Call) -> ast.expr | None:
        """The expression that was differentiated."""
        return self.calling.target_node(call)

    def source_node(self, call: Call, index: int = 0) -> ast.expr | None:
        """The expression of one source."""
        return self.calling.source_node(call, index)

    def source_name(self, call: Call, index: int = 0) -> str:
        """What the learner calls a source."""
        return self.calling.source_name(call, index)

    def target_name(self, call: Call) -> str:
        """What the learner calls a target."""
        return self.calling.target_name(call)

    def column_of(self, line: int | None, kind: type[ast.AST] | None = None) -> int | None:
        """Where the statement (or the first node of a kind) on a line begins."""
        return self.calling.column_of(line, kind)

    def ops_of(self, target: Ref) -> tuple[Op, ...]:
        """The operations that made a target, in order."""
        return self.calling.ops_of(target)

    def formula(self, call: Call) -> tuple[int, ast.expr] | None:
        """The line and the expression of a target: followed through names and into the function that made it."""
        return self.calling.formula(call)

    def dtype(self, ref: Ref) -> str:
        """The dtype of something passed, empty when it has none."""
        record = self.made(ref)
        if record is not None:
            return record.dtype
        return ref.value.dtype if ref.value is not None else ""

    @cached_property
    def recorded_lines(self) -> frozenset[int]:
        """Lines on which something ran while a tape recorded."""
        recording = self.case.recording
        lines = {op.line for op in recording.ops if op.tapes and op.call is None}
        return frozenset(lines | {c.line for c in recording.conversions if c.tapes})

    def recorded(self, node: ast.expr) -> bool:
        """Whether an expression is evaluated while a tape records."""
        return node in self.script.recorded or (not self.script.tapes and node.lineno in self.recorded_lines)

    def foreign(self, *modules: str) -> tuple[ast.Call, ...]:
        """Calls of another module's functions on tensors while a tape records, beyond what is only shown."""
        return tuple(
            call
            for call in self.script.calls
            if self.script.dotted(call.func).split(".")[0] in modules
            and self.recorded(call)
            and not self.script.only_shown(call)
            and any(self.script.is_tainted(a) for a in (*call.args, *(k.value for k in call.keywords)))
        )

    def rewrapped(self, call: ast.Call) -> bool:
        """Whether a cast of a computed result stands directly in a call that makes a tensor of it again."""
        above = self.script.parents.get(call)
        if not isinstance(above, ast.Call) or not self.script.makes_tensor(above) or not call.args:
            return False
        inner = call.args[0]
        bind = self.script.last(inner.id, call.lineno) if isinstance(inner, ast.Name) else None
        made = bind.value if bind is not None else None
        return not (isinstance(made, ast.Call) and self.script.word(made.func) in ("Variable", "constant"))

    def cut(self) -> tuple[Loss, ...]:
        """The losses whose way leaves TensorFlow: no operations lead from source to target, or not on all ways."""
        return tuple(
            loss
            for loss in self.losses
            if loss.how != "none" or not self.flow.goes_into(loss.source, loss.target)
        )

    def breaks(self, loss: Loss, *why: str) -> tuple[Break, ...]:
        """The operations that cut the way of a loss, for these reasons (all when none is given)."""
        found = tuple(
            b for b in self.flow.breaks(loss.call, loss.source, loss.target) if not why or b.why in why
        )
        blocks = [b.op for b in found if b.why in ("staircase", "integer", "stopped")]
        if blocks and loss.how == "none" and self.flow.gets_round(loss.source, loss.target, blocks):
            return tuple(
                b for b in found if b.op not in blocks
            )  # they take part, but are not what cuts the way
        return found

    def line_beside(self, inner: int, outer: int, call: Call) -> int:
        """The line of something as seen from where a gradient call stands: of the helper's call, not its body."""
        here, there = self.script.scope_at(call.line), self.script.scope_at(inner)
        if here is there or there is None:
            return inner
        if here is None:
            return outer or inner
        name = getattr(there, "name", "")
        for node in ast.walk(here):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                return node.lineno
        return inner

    def words(self, loss: Loss) -> dict[str, str]:
        """The usual placeholders of a loss."""
        return {"src": self.source_name(loss.call, loss.index), "tgt": self.target_name(loss.call)}

    def origin_line(self, loss: Loss) -> int | None:
        """The line that made a source."""
        record = self.made(loss.source)
        return record.line or None if record is not None else None


def number_of(value: Value | None) -> float | None:
    """A value's only number."""
    if value is None or len(value.data) != 1 or isinstance(value.data[0], (str, complex)):
        return None
    return float(value.data[0])
