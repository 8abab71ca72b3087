"""The functions of an exercise as trees: of one formula, of a list (a vector function), of several by name."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tfgrad_course.maths.parse import parse
from tfgrad_course.maths.tree import Function, List

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Sheet


def texts_of(sheet: Sheet) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every formula text of the function(s): where it stands in the file, its name, itself."""
    if isinstance(sheet.function, str):
        yield ("function",), "", sheet.function
    elif sheet.function is not None:
        for index, text in enumerate(sheet.function):
            yield ("function", index), "", text
    for name, text in (sheet.functions or {}).items():
        yield ("functions", name), name, text


def functions_of(sheet: Sheet) -> dict[str, Function]:
    """The functions by name; one function, or a vector of them, goes by its own name (y when it has none)."""
    return dict(_functions(*_texts(sheet)))


def function_of(sheet: Sheet) -> Function | None:
    """The function of an exercise; several by name are joined into a vector, None where there is no formula."""
    return _function(*_texts(sheet))


Texts = tuple[tuple[str, ...] | str | None, tuple[tuple[str, str], ...], tuple[str, ...] | None]


def _texts(sheet: Sheet) -> Texts:
    function = sheet.function if isinstance(sheet.function, str | None) else tuple(sheet.function)
    names = None if sheet.point is None else tuple(sheet.point)
    return function, tuple((sheet.functions or {}).items()), names


@functools.lru_cache(maxsize=256)
def _functions(
    function: tuple[str, ...] | str | None,
    functions: tuple[tuple[str, str], ...],
    names: tuple[str, ...] | None,
) -> tuple[tuple[str, Function], ...]:
    """Read once for a whole class."""
    if functions:
        return tuple((name, _named(parse(text, names), name)) for name, text in functions)
    if function is None:
        return ()
    several = None if isinstance(function, str) else [parse(text, names) for text in function]
    found = parse(str(function), names) if several is None else joined(several)
    return ((found.name, found),)


@functools.lru_cache(maxsize=256)
def _function(
    function: tuple[str, ...] | str | None,
    functions: tuple[tuple[str, str], ...],
    names: tuple[str, ...] | None,
) -> Function | None:
    found = [read for _, read in _functions(function, functions, names)]
    return joined(found) if len(found) > 1 else found[0] if found else None


def joined(functions: list[Function]) -> Function:
    """Functions of the same variables as one vector function."""
    variables = tuple(dict.fromkeys(name for function in functions for name in function.variables))
    text = "[" + ", ".join(function.text.strip() for function in functions) + "]"
    return Function(variables, (), List(tuple(function.inlined() for function in functions)), "y", text)


def _named(function: Function, name: str) -> Function:
    return Function(function.variables, function.lines, function.result, name, function.text)


def free_variables(sheet: Sheet) -> tuple[str, ...]:
    """The variables of the function(s) in the order they occur, where no point says them."""
    return tuple(
        dict.fromkeys(name for function in functions_of(sheet).values() for name in function.variables)
    )


def arguments_of(code: str, name: str = "function") -> tuple[str, ...] | None:
    """The argument names of a function defined in an author's code; None when it defines none of this name."""
    import ast

    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return tuple(arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
    return None


def result_name(kind: str) -> str:
    """The name of a kind's own result in a `then` formula."""
    return {"partials": "gradient", "custom-gradient": "slope"}.get(kind, kind)


def partial_of(name: str, function: str, variables: tuple[str, ...]) -> tuple[str, ...] | None:
    """The variables a name such as f_xy differentiates by; None when it is no such name."""
    head, _, tail = name.partition("_")
    if not tail or head not in (function, "f"):
        return None
    found: list[str] = []
    while tail:
        hit = next((v for v in sorted(variables, key=len, reverse=True) if tail.startswith(v)), None)
        if hit is None:
            return None
        found.append(hit)
        tail = tail[len(hit) :].lstrip("_")
    return tuple(found)


def then_names(sheet: Sheet, kind: str) -> tuple[str, ...]:
    """What the names in `then` may be, beyond partial derivatives: the kind's result, value, the variables."""
    return (result_name(kind), "value", *sheet.variables)
