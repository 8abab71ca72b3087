"""Mistakes with variables and tapes themselves: how they are made, watched, named and asked."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from graders.mutants.tree import TEXT, Parts, changed, expression, parts_of, statement

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


def made(exercise: Exercise, solution: str) -> Iterator[tuple[str, ast.Module]]:
    """Every mistake of this family that a solution can hold, the blamed node marked."""
    parts = parts_of(exercise, solution)
    if parts is None or not parts.variables or not exercise.form.tape:
        return
    for kind, change in _NESTED if parts.nested else _SINGLE:
        if kind in _MOVED and exercise.judged_as == "optimiser":
            continue  # a tensor or number has no assign: that stops the program first
        if kind == "source-rebound-in-tape" and _flat(exercise):
            continue
        tree = changed(parts, change)
        if tree is not None:
            yield kind, tree


_MOVED = ("source-rebound-in-tape", "watch-after-compute", "source-is-python-number", "watched-python-number")


def _flat(exercise: Exercise) -> bool:
    """Whether the derivative is the same at another point: then differentiating there does no harm."""
    from graders.case import kind_of

    point = exercise.point
    if point is None or exercise.judged_as == "custom-gradient":
        return False
    moved = {name: _scaled(value) for name, value in point.items()}
    reference = kind_of(exercise.judged_as).reference
    one, other = (reference(exercise, at).gradient for at in (point, moved))
    return one is not None and other is not None and one.data == other.data


def _scaled(value: Any) -> Any:
    return [_scaled(item) for item in value] if isinstance(value, (list, tuple)) else value * 1.5


def _variable(parts: Parts, place: int = 0) -> ast.Call:
    call = parts.variables[place].value
    assert isinstance(call, ast.Call)
    return call


def _watch_late(parts: Parts) -> ast.AST | None:
    if len(parts.names) != 1:
        return None
    _variable(parts).func = expression("tf.constant")
    line = statement(f"{parts.tape}.watch({parts.names[0]})")
    parts.block.body.append(line)
    return line


def _not_trainable(parts: Parts) -> ast.AST:
    _variable(parts).keywords.append(ast.keyword("trainable", ast.Constant(False)))
    return parts.variables[0]


def _not_watching(parts: Parts) -> ast.AST:
    call = parts.block.items[0].context_expr
    assert isinstance(call, ast.Call)
    call.keywords.append(ast.keyword("watch_accessed_variables", ast.Constant(False)))
    return parts.block


def _swapped(parts: Parts) -> ast.AST | None:
    if len(parts.names) != 1:
        return None
    parts.asked.args[0], parts.asked.args[1] = parts.asked.args[1], parts.asked.args[0]
    return parts.asked


def _number(parts: Parts) -> ast.AST | None:
    if len(parts.names) != 1 or isinstance(ast.literal_eval(_variable(parts).args[0]), list):
        return None
    parts.variables[0].value = _variable(parts).args[0]
    return parts.variables[0]


def _watches_number(parts: Parts) -> ast.AST | None:
    name = parts.names[0]
    if _number(parts) is None:
        return None
    line = statement(f"{parts.tape}.watch({name})")
    parts.block.body.insert(0, line)
    return line


def _recreated(parts: Parts) -> ast.AST:
    line = statement(ast.unparse(parts.variables[0]))
    parts.around.insert(parts.after, line)
    return line


def _rebound(parts: Parts) -> ast.AST | None:
    name = parts.names[0]
    if not any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(parts.formula.value)):
        return None
    line = statement(f"{name} = {name} * 1.5")
    parts.block.body.insert(0, line)
    return line


def _reset(parts: Parts) -> ast.AST:
    line = statement(f"{parts.tape}.reset()")
    parts.block.body.append(line)
    return line


def _class(parts: Parts) -> ast.AST:
    call = parts.block.items[0].context_expr
    assert isinstance(call, ast.Call)
    parts.block.items[0].context_expr = call.func
    return parts.block


def _plural(parts: Parts) -> ast.AST | None:
    assert isinstance(parts.asked.func, ast.Attribute)
    if parts.asked.func.attr != "gradient":
        return None
    parts.asked.func.attr = "gradients"
    return parts.asked


def _lower(parts: Parts) -> ast.AST:
    call = parts.block.items[0].context_expr
    assert isinstance(call, ast.Call)
    call.func = expression("tf.gradientTape")
    return parts.block


def _alone(parts: Parts) -> ast.AST | None:
    if ast.unparse(parts.asked.func).endswith("batch_jacobian"):
        return None
    del parts.asked.args[1]
    return parts.asked


def _twice(parts: Parts) -> ast.AST | None:
    holder = parts.holder(parts.statement(parts.asked))
    call = ast.unparse(parts.asked)
    again = statement(f"again = {call}")
    holder.insert(holder.index(parts.statement(parts.asked)) + 1, again)
    return again if "persistent" not in ast.unparse(parts.block.items[0].context_expr) else None


def _deleted(parts: Parts) -> ast.AST:
    line = statement(f"del {parts.tape}")
    holder = parts.holder(parts.statement(parts.asked))
    holder.insert(holder.index(parts.statement(parts.asked)), line)
    return line


def _gradients(parts: Parts) -> ast.AST | None:
    calls = [n for n in ast.walk(parts.tree) if isinstance(n, ast.Call) and "gradient" in ast.unparse(n.func)]
    if len(parts.names) != 1 or len(parts.block.body) != 1 or len(calls) != 1:
        return None
    parts.around[parts.after - 1 : parts.after] = [parts.formula]
    parts.asked.func = expression("tf.gradients")
    return parts.asked


def _placeholder(parts: Parts) -> ast.AST:
    call = _variable(parts)
    call.func, call.args = expression("tf.placeholder"), [expression("tf.float32")]
    return parts.variables[0]


def _other(parts: Parts) -> ast.AST | None:
    if len(parts.names) != 1:
        return None
    name = parts.names[0]
    parts.around.insert(parts.after - 1, statement(f"other = {ast.unparse(parts.variables[0].value)}"))
    parts.rename(name, "other")
    setattr(parts.formula, TEXT, True)
    return parts.formula


def _substituted(parts: Parts) -> ast.AST | None:
    value = _variable(parts).args[0]
    if len(parts.names) != 1 or isinstance(ast.literal_eval(value), list):
        return None
    parts.rename(parts.names[0], ast.unparse(value))
    return parts.formula


def _other_tape(parts: Parts) -> ast.AST:
    extra = statement("with tf.GradientTape() as second:\n    unused = 1.0")
    parts.around.insert(parts.after, extra)
    assert isinstance(parts.asked.func, ast.Attribute)
    parts.asked.func.value = expression("second")
    return parts.asked


def _unindented(parts: Parts) -> ast.AST | None:
    first = next((s for s in parts.outer.body if s is not parts.block and isinstance(s, ast.Assign)), None)
    if first is None or len(parts.outer.body) != 2:
        return None
    parts.outer.body.remove(first)
    parts.around.insert(parts.after, first)
    return first


def _exchanged(parts: Parts) -> ast.AST | None:
    inner, outer = parts.block.items[0].optional_vars, parts.outer.items[0].optional_vars
    if len(parts.outer.body) != 2 or inner is None or outer is None:
        return None
    parts.block.items[0].optional_vars, parts.outer.items[0].optional_vars = outer, inner
    return next(n for n in ast.walk(parts.outer.body[1]) if isinstance(n, ast.Call))


Change = Callable[[Parts], "ast.AST | None"]
_SINGLE: tuple[tuple[str, Change], ...] = (
    ("watch-after-compute", _watch_late),
    ("source-not-trainable", _not_trainable),
    ("auto-watch-switched-off", _not_watching),
    ("target-and-source-swapped", _swapped),
    ("source-is-python-number", _number),
    ("watched-python-number", _watches_number),
    ("source-recreated", _recreated),
    ("source-rebound-in-tape", _rebound),
    ("tape-reset", _reset),
    ("wrong-tape-asked", _other_tape),
    ("tape-not-instantiated", _class),
    ("method-name-typo", _plural),
    ("method-name-typo", _lower),
    ("sources-argument-missing", _alone),
    ("tape-used-twice", _twice),
    ("tape-deleted-too-early", _deleted),
    ("tf1-gradients-api", _gradients),
    ("tf1-session-placeholder", _placeholder),
    ("formula-uses-other-variable", _other),
    ("number-substituted-for-x", _substituted),
)
_NESTED: tuple[tuple[str, Change], ...] = (
    ("inner-gradient-outside-outer-tape", _unindented),
    ("nested-tapes-swapped", _exchanged),
    ("tape-not-instantiated", _class),
    ("method-name-typo", _plural),
    ("sources-argument-missing", _alone),
)
