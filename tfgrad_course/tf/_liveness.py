"""Which names a block of statements sets, and which are still wanted after each of its statements."""

from __future__ import annotations

import ast
from typing import Any

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_INNER = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def set_in(block: Any) -> set[str]:
    """The names set in a block, attributes and items with a plain owner as the text they are written as."""
    found: set[str] = set()
    for one in block:
        _set_by(one, found)
    return found


def _set_by(node: Any, found: set[str]) -> None:
    if isinstance(node, _SCOPES):
        if not isinstance(node, ast.Lambda):
            found.add(node.name)
        return
    if isinstance(node, _INNER):
        return
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
        found.add(node.id)
    elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
        if _plain(node):
            found.add(ast.unparse(node))
    elif isinstance(node, ast.Import | ast.ImportFrom):
        found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    elif isinstance(node, ast.ExceptHandler) and node.name:
        found.add(node.name)
    for child in ast.iter_child_nodes(node):
        _set_by(child, found)


def _plain(node: Any) -> bool:
    """Whether it is a name with attributes or constant items, which may be read twice."""
    if isinstance(node, ast.Attribute):
        return _plain(node.value)
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and _plain(node.value)
    return isinstance(node, ast.Name)


def read_in(node: Any) -> set[str]:
    """The names an expression, or all of a statement, reads."""
    found = {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }
    for part in ast.walk(node):  # what is set by `x.a = 1` and `x += 1` is read as well
        if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
            found.add(part.target.id)
    return found


def marked(block: list[Any], after: set[str]) -> set[str]:
    """Note on each `if` and loop what is wanted before and after it; gives what is wanted before the block."""
    wanted = set(after)
    for one in reversed(block):
        wanted = _before(one, wanted)
    return wanted


def _before(one: Any, after: set[str]) -> set[str]:
    one.live_out = set(after)
    targets = [one.target] if isinstance(one, ast.For) else []
    one.changed = set_in([*getattr(one, "body", []), *getattr(one, "orelse", []), *targets])
    if isinstance(one, ast.If):
        found = marked(one.body, after) | marked(one.orelse, after) | read_in(one.test)
    elif isinstance(one, ast.While):
        found = _around(one, after, read_in(one.test), set())
    elif isinstance(one, ast.For):
        found = _around(one, after, read_in_text(getattr(one, "extra_test", None)), set_in([one.target]))
        found |= read_in(one.iter)
    elif isinstance(one, ast.With):
        found = marked(one.body, after)
        for item in reversed(one.items):
            found -= set_in([item.optional_vars] if item.optional_vars is not None else [])
            found |= read_in(item.context_expr)
    elif isinstance(one, ast.Try):
        found = _tried(one, after)
    elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        found = (after - {one.name}) | read_in(one)
    elif isinstance(one, ast.Return | ast.Raise):
        found = read_in(one)
    else:
        found = _simple(one, after)
    one.live_in = set(found)
    return found


def _simple(one: Any, after: set[str]) -> set[str]:
    cases = getattr(one, "cases", None)
    if cases is not None:
        return set(after).union(read_in(one.subject), *(marked(case.body, after) for case in cases))
    gone = {name for name in set_in([one]) if name.isidentifier()}
    kept = after if isinstance(one, ast.Delete) else after - gone
    return kept | read_in(one)


def read_in_text(text: str | None) -> set[str]:
    """The names read by an expression given as text."""
    return read_in(ast.parse(text)) if text else set()


def _around(loop: Any, after: set[str], tested: set[str], targets: set[str]) -> set[str]:
    wanted = after | tested
    for _ in range(2):  # what one round sets, the next may read
        wanted = wanted | (marked(loop.body, wanted) - targets)
    return wanted


def _tried(one: Any, after: set[str]) -> set[str]:
    end = marked(one.finalbody, after) if one.finalbody else set(after)
    handlers: set[str] = set()
    for handler in one.handlers:
        handlers |= marked(handler.body, end)
        if handler.type is not None:
            handlers |= read_in(handler.type)
    rest = marked(one.orelse, end) if one.orelse else end
    return marked(one.body, rest | handlers) | handlers
