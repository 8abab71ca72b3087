"""What diagnoses ask about a submission beyond the case itself, each answer worked out on first use."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property

from graders import parts
from graders.amounts import Amounts
from graders.calling import Calling
from graders.case import Case
from graders.deciding import Deciding
from graders.evidence import Call, Op, Raised, Ref, Tensor, Value, Variable
from graders.likeness import Likeness
from graders.losses import Loss, losses_of
from graders.making import Making
from graders.nesting import MANY_CALLS, Nesting
from graders.path import Break, Flow
from graders.pointing import Pointing
from graders.script import Script
from graders.spot import Spot


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
        if call is None:
            return self._computed()
        for _ in range(6):
            before = self.parent(call) if call is not None else None
            if before is None:
                return call
            call = before
        return call

    def _computed(self) -> Call | None:
        """Where only a value is asked for: the value handed in, as if a tape were asked about it."""
        held = self.amounts_held
        if self.case.exercise.judged_as != "value" or held is None or held.kind != "tensor":
            return None
        line = self.root_line or 0
        return Call(-1, -1, "gradient", held, Ref("list", "list"), None, line, line, 0, 0, (), False)

    @property
    def amounts_held(self) -> Ref | None:
        """What was handed in, before anything is known of the function."""
        return Amounts(self.case, self.making, None).held

    @cached_property
    def likeness(self) -> Likeness | None:
        """The recorded function held against the exercise's."""
        if self.base is None:
            return None
        named = self.calling.named
        found = Likeness(self.case, self.base, named=named)
        if found.same is False and found.order != tuple(range(len(found.order))):
            swapped = Likeness(self.case, self.base, True, named)  # x = 5, y = 2 for x = 2, y = 5
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

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The gradient calls, in order; of very many (a training loop) the first and the last ones."""
        calls = self.case.recording.calls
        return calls if len(calls) <= MANY_CALLS else calls[: MANY_CALLS // 2] + calls[-MANY_CALLS // 2 :]

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
        return losses_of(self)

    def parent(self, call: Call) -> Call | None:
        """The earlier gradient call whose result this call differentiates, if it does."""
        return self.nesting.parent(call)

    def derived_outside(self, call: Call) -> bool:
        """Whether a call differentiates an earlier call's result that was computed while its tape did not record."""
        return self.nesting.derived_outside(call)

    def child(self, call: Call) -> Call | None:
        """A later gradient call that differentiates this call's result, if there is one."""
        return self.nesting.child(call)

    @cached_property
    def nesting(self) -> Nesting:
        """Which gradient calls differentiate the results of others."""
        return Nesting(self.case)

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
            return outer if outer and self._in_lambda(inner) else inner
        if here is None:
            return outer or inner
        name = getattr(there, "name", "")
        for node in ast.walk(here):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                return node.lineno
        return inner

    def _in_lambda(self, line: int) -> bool:
        """Whether a line holds the body of a function written as a lambda."""
        return any(isinstance(f, ast.Lambda) and f.body.lineno == line for f in self.script.functions)

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
