"""A syntax tree as flat plain data: made in a child that never runs learner code, rebuilt here under caps.

Nodes stand in one list and refer to earlier ones by number, so neither JSON nor the rebuilding nests.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from graders.evidence import Raised

NODES = 50_000
DEPTH = 150
_KINDS = {
    name: kind
    for name, kind in vars(ast).items()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and kind.__module__ in ("ast", "_ast")
}
_OLD = (
    "Num",
    "Str",
    "Bytes",
    "NameConstant",
    "Ellipsis",
    "Index",
    "ExtSlice",
    "Suite",
    "AugLoad",
    "AugStore",
    "Param",
)
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_LONGEST_NUMBER = 4000
_LINE_END = re.compile("\r\n|\r|\n")


class BadTree(Exception):
    """Not a tree, or more of one than anybody wrote by hand."""


def flatten(tree: ast.Module) -> list[list[Any]]:
    """The nodes of a tree, children before parents, the module last; raises BadTree when it is too large or deep."""
    order: list[tuple[ast.AST, int]] = []
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        order.append((node, depth))
        if len(order) > NODES or depth > DEPTH:
            raise BadTree("the program is too large or too deeply nested to be looked at")
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    numbers: dict[int, int] = {}
    rows: list[list[Any]] = []
    for node, _ in reversed(order):
        if id(node) not in numbers:  # the parser shares one Load() among all names
            numbers[id(node)] = len(rows)
            rows.append(_row(node, numbers))
    return rows


def _row(node: ast.AST, numbers: dict[int, int]) -> list[Any]:
    place = [getattr(node, name, None) for name in _PLACE] if hasattr(node, "lineno") else None
    fields = [_field(getattr(node, name, None), numbers) for name in node._fields]
    return [type(node).__name__, place, fields]


def _field(value: Any, numbers: dict[int, int]) -> Any:
    if isinstance(value, ast.AST):
        return {"n": numbers[id(value)]}
    if isinstance(value, list):
        return [_field(item, numbers) for item in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return {"i": hex(value)} if abs(value) < 1 << (4 * _LONGEST_NUMBER) else {"i": "0x0"}
    if isinstance(value, float):
        return {"f": value.hex()}
    if isinstance(value, complex):
        return {"c": [value.real.hex(), value.imag.hex()]}
    return {"b": value.hex()} if isinstance(value, bytes) else {"e": 0}


def in_characters(tree: ast.Module, source: str) -> ast.Module:
    """The tree with its columns counted in characters, as people and editors count; Python counts UTF-8 bytes."""
    if source.isascii():
        return tree
    rows = [row.encode("utf-8", "replace") for row in _LINE_END.split(source)]
    for node in ast.walk(tree):
        for at, column in (("lineno", "col_offset"), ("end_lineno", "end_col_offset")):
            line, offset = getattr(node, at, None), getattr(node, column, None)
            if line is not None and offset is not None and line <= len(rows):
                setattr(node, column, len(rows[line - 1][:offset].decode("utf-8", "ignore")))
    return tree


def rebuild(rows: Any) -> ast.Module:
    """The tree of these rows; raises BadTree for anything that `flatten` would not have written."""
    if type(rows) is not list or not 0 < len(rows) <= NODES:
        raise BadTree("no list of nodes")
    made: list[tuple[ast.AST, int]] = []
    try:
        for name, place, fields in rows:
            made.append(_node(name, place, fields, made))
    except (TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise BadTree(f"not a node: {error}") from None
    if not isinstance(made[-1][0], ast.Module):
        raise BadTree("the last node is no module")
    return made[-1][0]


def _node(name: str, place: Any, fields: Any, made: list[tuple[ast.AST, int]]) -> tuple[ast.AST, int]:
    kind = _KINDS[name]
    if name in _OLD or len(fields) != len(kind._fields):
        raise BadTree(f"no such node: {name}")
    depth = 1
    values = []
    for field in fields:
        below = field if type(field) is list else [field]
        depth = max(
            [depth, *(1 + made[item["n"]][1] for item in below if type(item) is dict and "n" in item)]
        )
        values.append([_value(item, made) for item in field] if type(field) is list else _value(field, made))
    if depth > DEPTH:
        raise BadTree("nested too deeply")
    node = kind(*values)
    for attribute, number in zip(_PLACE, place or (), strict=False):
        if number is not None and (type(number) is not int or not 0 <= number < 1 << 31):
            raise BadTree("no such place")
        setattr(node, attribute, number)
    return node, depth


def _value(field: Any, made: list[tuple[ast.AST, int]]) -> Any:
    if field is None or type(field) in (str, bool):
        return field
    if type(field) is not dict:
        raise BadTree("a part of a node is neither text nor a mapping")
    ((kind, value),) = field.items()
    if kind == "n":
        if type(value) is not int or value < 0:
            raise BadTree("no such node")
        return made[value][0]
    if kind == "c":
        return complex(float.fromhex(value[0]), float.fromhex(value[1]))
    readers: dict[str, Any] = {"i": lambda text: int(text, 16), "f": float.fromhex, "b": bytes.fromhex}
    return readers[kind](value) if kind in readers else ...


def parse(source: str, filename: str) -> tuple[list[list[Any]] | None, Raised | None]:
    """What a child answers when asked for a tree: its rows, or the syntax error and where it is."""
    try:
        return flatten(in_characters(ast.parse(source, filename), source)), None
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset
        return None, Raised(type(error).__name__, str(error.msg)[:500], line, line, (), column)
    except (BadTree, ValueError, RecursionError, MemoryError) as error:
        return None, Raised("Unparsable", str(error)[:500] or "too deeply nested", 0, 0)
