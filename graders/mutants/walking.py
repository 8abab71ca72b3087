"""Mistakes with optimisers: another sign, no learning rate, a value overwritten, a tape recorded once, a step off."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from graders.mutants.tree import Parts, called, changed, expression, parts_of, statement

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

_BACK = {"assign_sub": "assign_add", "assign_add": "assign_sub"}
Change = Callable[[Parts], "ast.AST | None"]


def made(exercise: Exercise, solution: str) -> Iterator[tuple[str, ast.Module]]:
    """Every mistake with the steps that a solution can hold, the blamed node marked."""
    parts = parts_of(exercise, solution)
    if parts is None or exercise.judged_as != "optimiser" or exercise.ask == "convergence":
        return
    for kind, change in _changes(exercise):
        tree = changed(parts, change)
        if tree is not None:
            yield kind, tree


def _changes(exercise: Exercise) -> Iterator[tuple[str, Change]]:
    yield "descent-sign", _other_way
    if exercise.method == "newton":
        yield "newton-step-as-descent", _no_bend
    else:
        yield "learning-rate-missing", _no_rate
        yield "variable-augmented-assign", _augmented
    if (exercise.steps or 1) > 1:  # after one step from 0, overwriting gives the same
        yield "assign-overwrites", _overwritten
        yield "variable-replaced-by-tensor", _replaced
        yield "tape-outside-loop", _stale
        yield "step-count-off-by-one", lambda parts: _counted(parts, -1)
    yield "step-count-off-by-one", lambda parts: _counted(parts, 1)
    yield "apply-gradients-swapped", _pairs_swapped
    yield "apply-gradients-not-paired", _unpaired


def _updates(parts: Parts) -> list[ast.Expr]:
    """The statements that change variables by a step."""
    return [s for s in ast.walk(parts.tree) if isinstance(s, ast.Expr) and called(s.value) in _BACK]


def _parted(update: ast.Expr) -> tuple[ast.Attribute, str, ast.expr]:
    """The method, the variable's name and the step."""
    assert isinstance(update.value, ast.Call) and isinstance(update.value.func, ast.Attribute)
    return update.value.func, ast.unparse(update.value.func.value), update.value.args[0]


def _other_way(parts: Parts) -> ast.AST:
    for update in _updates(parts):
        method = _parted(update)[0]
        method.attr = _BACK[method.attr]
    return _updates(parts)[0]


def _no_rate(parts: Parts) -> ast.AST | None:
    for update in _updates(parts):
        step = _parted(update)[2]
        if not isinstance(step, ast.BinOp) or not isinstance(step.op, ast.Mult):
            return None
        assert isinstance(update.value, ast.Call)
        update.value.args[0] = step.right
    return _updates(parts)[0]


def _no_bend(parts: Parts) -> ast.AST | None:
    update = _updates(parts)[0]
    step = _parted(update)[2]
    assert isinstance(update.value, ast.Call)
    if not isinstance(step, ast.BinOp) or not isinstance(step.op, ast.Div):
        return None
    update.value.args[0] = step.left
    return update


def _rewritten(parts: Parts, text: str) -> ast.AST:
    """Every update in another form; the first one is to blame."""
    made_ = []
    for update in _updates(parts):
        method, name, step = _parted(update)
        signed = "-" if method.attr == "assign_sub" else "+"
        lines = parts.holder(update)
        new = statement(text.format(v=name, s=signed, d=f"({ast.unparse(step)})", m="-" * (signed == "-")))
        lines[lines.index(update)] = new
        made_.append(new)
    return made_[0]


def _overwritten(parts: Parts) -> ast.AST:
    return _rewritten(parts, "{v}.assign({m}{d})")


def _replaced(parts: Parts) -> ast.AST:
    return _rewritten(parts, "{v} = {v} {s} {d}")


def _augmented(parts: Parts) -> ast.AST:
    return _rewritten(parts, "{v} {s}= {d}")


def _loop(parts: Parts) -> ast.For:
    return next(s for s in parts.tree.body if isinstance(s, ast.For) and parts.outer in s.body)


def _counted(parts: Parts, more: int) -> ast.AST | None:
    if parts.around is parts.tree.body:
        return None
    loop = _loop(parts)
    assert called(loop.iter) == "range" and isinstance(loop.iter, ast.Call)
    loop.iter.args[-1] = ast.Constant(ast.literal_eval(loop.iter.args[-1]) + more)
    return loop


def _stale(parts: Parts) -> ast.AST | None:
    if parts.around is parts.tree.body:
        return None
    loop = _loop(parts)
    loop.body.remove(parts.outer)
    parts.outer.items[0].context_expr = expression("tf.GradientTape(persistent=True)")
    parts.tree.body.insert(parts.tree.body.index(loop), parts.outer)
    return parts.outer


def _applied(parts: Parts) -> ast.Call:
    return next(n for n in ast.walk(parts.tree) if called(n) == "apply_gradients")  # type: ignore[return-value]


def _pairs_swapped(parts: Parts) -> ast.AST | None:
    if not any(called(n) == "apply_gradients" for n in ast.walk(parts.tree)):
        return None
    call = _applied(parts)
    if called(call.args[0]) != "zip":
        return None
    call.args[0].args.reverse()  # type: ignore[attr-defined]
    return call


def _unpaired(parts: Parts) -> ast.AST | None:
    if not any(called(n) == "apply_gradients" for n in ast.walk(parts.tree)):
        return None
    call = _applied(parts)
    if called(call.args[0]) != "zip":
        return None
    call.args[0] = call.args[0].args[0]  # type: ignore[attr-defined]
    return call
