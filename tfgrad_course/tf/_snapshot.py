"""A copy of an object and all it holds that later changes do not reach: what is saved of a model within a process."""

from __future__ import annotations

import copy
import types
from typing import Any

from tfgrad_course.tf._function import Function
from tfgrad_course.tf._tracing import names_in


def snapshot(thing: Any) -> Any:
    """The copy; functions in it use the copied variables and objects wherever the original ones used theirs."""
    memo: dict[int, Any] = {}
    try:
        copied = copy.deepcopy(thing, memo)
    except TypeError as problem:
        raise ValueError(
            f"tfgrad's stand-in for TensorFlow saves a model by copying the objects it holds, but one cannot be copied: "
            f"{problem}. Keep such objects outside of the model."
        ) from None
    known = {id(value) for value in memo.values()}
    for function in [value for value in memo.values() if isinstance(value, Function)]:
        function._function = _rebound(function._function, memo, known, {})
    return copied


def _rebound(function: Any, memo: dict[int, Any], copies: set[int], done: dict[int, Any]) -> Any:
    """A Python function whose closure and globals name the copies."""
    if isinstance(function, types.MethodType):
        owner = memo.get(id(function.__self__), function.__self__)
        return types.MethodType(_rebound(function.__func__, memo, copies, done), owner)
    if not isinstance(function, types.FunctionType):
        return function
    if id(function) in done:
        return done[id(function)]
    spaces = function.__globals__
    done[id(function)] = function  # for functions that call themselves
    closure = tuple(_cell(cell, memo, copies, done) for cell in function.__closure__ or ())
    changed = {}
    for name in names_in(function.__code__):
        if name in spaces and (new := _swapped(spaces[name], memo, copies, done)) is not spaces[name]:
            changed[name] = new
    if not changed and all(a is b for a, b in zip(closure, function.__closure__ or (), strict=True)):
        return function
    made = types.FunctionType(
        function.__code__, {**spaces, **changed}, function.__name__, function.__defaults__, closure or None
    )
    made.__kwdefaults__, made.__dict__ = function.__kwdefaults__, dict(function.__dict__)
    done[id(function)] = made
    return made


def _cell(cell: Any, memo: dict[int, Any], copies: set[int], done: dict[int, Any]) -> Any:
    try:
        content = cell.cell_contents
    except ValueError:
        return cell
    new = _swapped(content, memo, copies, done)
    return cell if new is content else types.CellType(new)


def _swapped(value: Any, memo: dict[int, Any], copies: set[int], done: dict[int, Any]) -> Any:
    if id(value) in memo and id(memo[id(value)]) in copies:
        return memo[id(value)]
    return _rebound(value, memo, copies, done) if isinstance(value, types.FunctionType) else value
