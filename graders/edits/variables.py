"""Spoiling step 1: how the variables are made."""

from __future__ import annotations

import ast

from graders.draft import Draft, Result, expression, in_formulas, is_name


def constant_for_variable(draft: Draft) -> Result:
    """tf.constant in place of tf.Variable."""
    for line in draft.variables:
        line.value.func = expression("tf.constant")  # type: ignore[attr-defined]
    return draft.tree if draft.calls and draft.names == [] else None


def whole_numbers(draft: Draft) -> Result:
    """Integers in place of floats."""
    lines = [line for line in draft.variables if not getattr(line.value, "keywords", [])]
    values = [ast.literal_eval(line.value.args[0]) for line in lines]  # type: ignore[attr-defined]
    if not lines or not draft.calls or not all(_is_whole(value) for value in values):
        return None
    for line, value in zip(lines, values, strict=True):
        line.value.args[0] = expression(repr(_whole(value)))  # type: ignore[attr-defined]
    return draft.tree


def _is_whole(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_whole(item) for item in value)
    return float(value).is_integer()  # type: ignore[arg-type]


def _whole(value: object) -> object:
    return [_whole(item) for item in value] if isinstance(value, (list, tuple)) else int(value)  # type: ignore[call-overload]


def not_trainable(draft: Draft) -> Result:
    """Variables that the tape does not watch by itself."""
    for line in draft.variables:
        line.value.keywords.append(ast.keyword("trainable", ast.Constant(False)))  # type: ignore[attr-defined]
    return draft.tree if draft.calls and draft.names else None


def recreated_source(draft: Draft) -> Result:
    """The variable made anew before the gradient is asked for."""
    block = draft.blocks[0] if draft.blocks else None
    place = draft.body_of(block) if block else None
    if (
        place is None
        or not draft.variables
        or draft.body_of(draft.variables[0]) != draft.body_of(draft.variables[0])
    ):
        return None
    body, at = place
    import copy

    body[at + 1 : at + 1] = copy.deepcopy(draft.variables)
    return draft.tree


def other_variable(draft: Draft) -> Result:
    """A second variable with the same value in the formula."""
    if not draft.variables or not draft.formulas:
        return None
    first = draft.variables[0]
    name = draft.names[0]
    made = in_formulas(draft, lambda n: ast.Name("other", ast.Load()) if is_name(n, name) else None)
    place = draft.body_of(first)
    if made is None or place is None:
        return None
    place[0].insert(place[1] + 1, ast.Assign([ast.Name("other", ast.Store())], first.value))
    return made


def other_point(draft: Draft) -> Result:
    """Another value of the first variable: its sign lost, or one more."""
    if not draft.variables:
        return None
    call = draft.variables[0].value
    value = ast.literal_eval(call.args[0])  # type: ignore[attr-defined]
    call.args[0] = expression(repr(_moved(value)))  # type: ignore[attr-defined]
    return draft.tree


def _moved(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_moved(value[0]), *value[1:]]
    number = float(value)  # type: ignore[arg-type]
    return number + 1.0 if number == 0 else -number if number < 0 else number + 1.0
