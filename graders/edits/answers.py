"""Spoiling what is handed in."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from graders.draft import Draft, Result, Swap, called, expression, is_name

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


def value_for_answer(draft: Draft) -> Result:
    """The function's value handed in."""
    if not draft.answers or draft.target is None or not draft.calls:
        return None
    draft.answers[-1].value = ast.Name(draft.target, ast.Load())
    return draft.tree


def first_for_second(draft: Draft) -> Result:
    """The first derivative handed in where a higher one is asked."""
    return _lower(draft, lambda name: ast.Name(name, ast.Load()))


def squared(draft: Draft) -> Result:
    """The first derivative squared."""
    return _lower(draft, lambda name: expression(f"{name} ** 2"))


def _lower(draft: Draft, made: Callable[[str], ast.expr]) -> Result:
    nested = any(isinstance(s, ast.With) for b in draft.blocks for s in b.body)
    call = draft.calls[-1] if draft.calls else None
    if (
        not nested
        or call is None
        or not call.args
        or not isinstance(call.args[0], ast.Name)
        or draft.exercise.word
    ):
        return None
    if (
        draft.exercise.kind not in ("derivative", "repair", "fill-in")
        or not draft.answers
        or draft.exercise.then
    ):
        return None
    draft.answers[-1].value = made(call.args[0].id)
    return draft.tree


def partials_added(draft: Draft) -> Result:
    """The partial derivatives added up."""
    if (
        draft.exercise.judged_as != "partials"
        or draft.exercise.functions
        or not draft.answers
        or draft.exercise.then
    ):
        return None
    answer = draft.answers[-1]
    answer.value = ast.Call(expression("tf.add_n"), [answer.value], [])
    return draft.tree


def transposed(draft: Draft) -> Result:
    """Rows and columns exchanged."""
    matrix = draft.exercise.number if len(draft.exercise.number_shape) == 2 else ()
    if draft.exercise.judged_as != "jacobian" or not draft.answers:
        return None
    if tuple(zip(*matrix, strict=True)) == tuple(map(tuple, matrix)):  # symmetric, or no matrix at all
        return None
    answer = draft.answers[-1]
    answer.value = ast.Call(expression("tf.transpose"), [answer.value], [])
    return draft.tree


def direction_as_given(draft: Draft) -> Result:
    """The direction not brought to length 1."""
    if draft.exercise.judged_as != "directional":
        return None
    for node in ast.walk(draft.tree):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.BinOp)
            and isinstance(node.value.op, ast.Div)
        ):
            node.value = node.value.left
            return draft.tree
    return None


def comparison_inverted(draft: Draft) -> Result:
    """The sign read the wrong way round."""
    for node in ast.walk(draft.tree):
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare) and draft.exercise.word:
            node.body, node.orelse = node.orelse, node.body
            return draft.tree
    return None


def comparison_of_value(draft: Draft) -> Result:
    """The value's sign read, not the slope's."""
    if draft.exercise.judged_as not in ("monotonicity", "concavity") or draft.target is None:
        return None
    if _value_says(draft.exercise) == draft.exercise.word:
        return None
    for node in ast.walk(draft.tree):
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare):
            node.test.left = ast.Name(draft.target, ast.Load())
            return draft.tree
    return None


def _value_says(exercise: Exercise) -> str | None:
    """The word that the sign of the function's value would give."""
    from graders.case import kind_of
    from graders.expected import value

    number = value(exercise, exercise.point or {}).data
    found: tuple[str, ...] = kind_of(exercise.judged_as).WORDS
    return found[0] if number and number[0] > 0 else found[1]


def height_for_intercept(draft: Draft) -> Result:
    """The curve's height taken for the intercept."""
    if draft.exercise.judged_as not in ("tangent", "normal"):
        return None
    for node in ast.walk(draft.tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "b" and draft.target:
            node.value = ast.Name(draft.target, ast.Load())
            return draft.tree
    return None


def minus_dropped(draft: Draft) -> Result:
    """The minus sign in front of the derivative left out."""
    answer = draft.answers[-1] if draft.answers else None
    if answer is None or draft.exercise.then is None:
        return None
    swap = Swap(lambda n: n.operand if isinstance(n, ast.UnaryOp) and isinstance(n.op, ast.USub) else None)
    answer.value = swap.visit(answer.value)  # type: ignore[assignment]
    return draft.tree if swap.count else None


def upstream_dropped(draft: Draft) -> Result:
    """A custom gradient that forgets the incoming factor."""
    for node in ast.walk(draft.tree):
        if (
            isinstance(node, ast.FunctionDef)
            and node.args.args
            and any(isinstance(d, ast.Attribute) and d.attr == "custom_gradient" for d in node.decorator_list)
        ):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.args.args and _goes_on(draft, node.name):
                    factor = inner.args.args[0].arg
                    swap = Swap(lambda n, factor=factor: expression("1.0") if is_name(n, factor) else None)  # type: ignore[misc]
                    inner.body = [swap.visit(line) for line in inner.body]  # type: ignore[misc]
                    return draft.tree if swap.count else None
    return None


def _goes_on(draft: Draft, name: str) -> bool:
    """Whether more is made of a function's result than a name for it: else the incoming factor is 1."""
    plain = [node.value for node in ast.walk(draft.tree) if isinstance(node, ast.Assign)]
    return not any(isinstance(value, ast.Call) and called(value) == name for value in plain)
