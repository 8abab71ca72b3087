"""Step 1: the independent variables are float tensors at the point that the tape follows."""

from __future__ import annotations

from graders.case import Case
from graders.evidence import Call, Ref
from graders.parts import is_float
from graders.path import leaves


def check(case: Case) -> tuple[bool, str]:
    """Whether the sources of the meant calls are followed float tensors at the point, and what to say of it."""
    names = ", ".join(name for name, _ in case.reference.point) or "the variable"
    if case.derived and not case.strict and case.at_the_point:
        return True, _say(True, names)
    if not case.meant.calls:
        made = _prepared(case)
        return made, _say(made, names)
    passed = case.order is not None and all(
        is_float(source) and _followed(case, call, source)
        for call in case.meant.every
        for source in leaves(call.sources)
    )
    return passed, _say(passed, names)


def _say(passed: bool, names: str) -> str:
    if passed:
        return f"{names}: float, at the point asked for, and followed by the tape."
    return f"Make {names} a float tf.Variable at the point of the exercise (or let the tape watch it)."


def _followed(case: Case, call: Call, source: Ref) -> bool:
    """A trainable variable read while its tape watches by itself, a watched one, or an intermediate on the tape."""
    events = [event for event in case.recording.tapes if event.tape == call.tape]
    watched = {(leaf.kind, leaf.id) for e in events if e.what == "watch" for leaf in leaves(e.ref)}
    if (source.kind, source.id) in watched:
        return True
    if source.kind == "variable":
        variable = case.flow.variables.get(source.id or -1)
        automatic = next((e.automatic for e in events if e.what == "new"), True)
        return variable is not None and variable.trainable and automatic
    op = case.flow.producer.get(source.id or -1)
    return (op is not None and call.tape in op.tapes) or call.graph or call.how == "jvp"


def _prepared(case: Case) -> bool:
    """Without any tape call: float variables hold every number of the point."""
    wanted = [number for _, data in case.reference.point for number in data]
    for variable in case.recording.variables:
        if (
            variable.trainable
            and variable.value is not None
            and variable.dtype.startswith(("float", "bfloat"))
        ):
            for number in variable.value.data:
                hit = next((w for w in wanted if abs(w - float(number)) <= 1e-6 * max(1.0, abs(w))), None)  # type: ignore[arg-type]
                if hit is not None:
                    wanted.remove(hit)
    return not wanted
