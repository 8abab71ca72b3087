"""AutoGraph: the Python code of a tf.function, rewritten so that conditions and loops on tensors can be traced."""

from __future__ import annotations

import ast
import copy
import functools
import linecache
import sys
import types
import weakref
from collections.abc import Callable
from typing import Any

_PARSED: dict[str, tuple[int, Any]] = {}
_CODES: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
REWRITTEN: weakref.WeakSet[Any] = weakref.WeakSet()  # all code that was made here


def converted(function: Any) -> Any:
    """The function rewritten; itself where it is not to be or cannot be."""
    if isinstance(function, types.MethodType):
        made = converted(function.__func__)
        return function if made is function.__func__ else types.MethodType(made, function.__self__)
    if type(function) is not types.FunctionType or getattr(function, "_do_not_convert", False):
        return function
    code = function.__code__
    if code in REWRITTEN:
        return function
    if code not in _CODES:
        _CODES[code] = _made(function)
    return function if _CODES[code] is None else _with_code(function, _CODES[code])


def _with_code(function: Any, code: Any) -> Any:
    from tfgrad_course.tf import _staging

    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    cells["ag__"] = types.CellType(_staging)
    closure = tuple(cells[name] for name in code.co_freevars)
    made = types.FunctionType(code, function.__globals__, function.__name__, function.__defaults__, closure)
    made.__kwdefaults__, made.__qualname__ = function.__kwdefaults__, function.__qualname__
    made.__dict__.update(function.__dict__)
    return made


def _made(function: Any) -> Any:
    """The rewritten code of a function, or None."""
    from tfgrad_course.tf._rewriting import can_rewrite

    code = function.__code__
    if _is_away(code.co_filename) or function.__module__ in ("tfgrad_course", "tensorflow"):
        return None
    node, owner = definition(code)
    if node is None or not can_rewrite(node):
        return None
    try:
        new = _compiled(copy.deepcopy(node), owner, code)
    except (SyntaxError, RecursionError, ValueError):
        return None
    if not set(new.co_freevars) <= {*code.co_freevars, "ag__"}:
        return None
    _remember(new)
    return new


@functools.cache
def _away() -> tuple[str, ...]:
    """Where Python and what is installed live."""
    import sysconfig

    paths = sysconfig.get_paths()
    return (*{paths[kind] for kind in ("stdlib", "platstdlib", "purelib", "platlib")}, "<frozen")


def _is_away(filename: str) -> bool:
    return filename.startswith(_away()) or "tfgrad_course" in filename or filename == "<string>"


def _remember(code: Any) -> None:
    REWRITTEN.add(code)
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            _remember(part)


def definition(code: Any) -> tuple[Any, str | None]:
    """The node a function was compiled from, and the name of the class around it."""
    found = [pair for pair in _functions_of(code.co_filename) if _fits(pair[0], code)]
    if len(found) > 1 and hasattr(code, "co_positions"):
        spans = [p for p in code.co_positions() if None not in p and p[2:] != (0, 0)]
        found = [pair for pair in found if spans and all(_covers(pair[0], span) for span in spans)]
        found = found[-1:]  # the innermost
    return found[0] if len(found) == 1 else (None, None)


def _covers(node: Any, span: Any) -> bool:
    first, last, start, stop = span
    return (node.lineno, node.col_offset) <= (first, start) and (last, stop) <= (
        node.end_lineno,
        node.end_col_offset,
    )


def _fits(node: Any, code: Any) -> bool:
    if isinstance(node, ast.Lambda):
        if code.co_name != "<lambda>" or node.lineno != code.co_firstlineno:
            return False
    else:
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        if node.name != code.co_name or first != code.co_firstlineno:
            return False
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return names == list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])


def _functions_of(filename: str) -> list[tuple[Any, str | None]]:
    lines = linecache.getlines(filename)
    if not lines:
        return []
    text = "".join(lines)
    known = _PARSED.get(filename)
    if known is None or known[0] != hash(text):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            tree = ast.Module([], [])
        known = _PARSED[filename] = (hash(text), list(_listed(tree, None)))
    return known[1]  # type: ignore[no-any-return]


def _listed(node: Any, owner: str | None) -> Any:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child, owner
        yield from _listed(child, child.name if isinstance(child, ast.ClassDef) else owner)


def _compiled(node: Any, owner: str | None, code: Any) -> Any:
    from tfgrad_course.tf._rewriting import rewrite

    if isinstance(node, ast.Lambda):
        body = ast.copy_location(ast.Return(node.body), node.body)
        made = ast.parse("def made(): pass").body[0]
        made.body, made.args = [body], node.args  # type: ignore[attr-defined]
        node = ast.copy_location(made, node)
    node.decorator_list, node.returns = [], None
    for one in (
        *node.args.posonlyargs,
        *node.args.args,
        *node.args.kwonlyargs,
        node.args.vararg,
        node.args.kwarg,
    ):
        if one is not None:
            one.annotation = None
    rewrite(node)
    # (Under its own name it would hide what its code means by that name.)
    name, node.name = "ag__made", "ag__made"
    node.args.defaults = [_none(node) for _ in node.args.defaults]
    node.args.kw_defaults = [d and _none(node) for d in node.args.kw_defaults]
    inner: Any = node
    if owner is not None:  # for names that begin with two underscores
        inner = ast.parse(f"class {owner}: pass").body[0]
        inner.body = [node]
    free = [n for n in (*code.co_freevars, "ag__") if n != "__class__"]
    factory: Any = ast.parse(f"def factory({', '.join(free)}): pass").body[0]
    # (What the code means by the name of its class is a global, or one of the names in `free`.)
    away = [ast.parse(f"global {owner}").body[0]] if owner is not None and owner not in free else []
    factory.body = [*away, inner]
    module = ast.fix_missing_locations(ast.Module([factory], []))
    return _code_of(compile(module, code.co_filename, "exec", dont_inherit=True), name).replace(
        co_name=code.co_name
    )


def _none(node: Any) -> Any:
    return ast.copy_location(ast.Constant(None), node)


def _code_of(code: Any, name: str) -> Any:
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            found = part if part.co_name == name else _code_of(part, name)
            if found is not None:
                return found
    return None


def user_frame() -> Any:
    """The frame of the program that asks a tensor for something, None if one of this package does."""
    frame: Any = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.endswith(_ASKED):
        frame = frame.f_back
    return None if frame is None or "tfgrad_course" in frame.f_code.co_filename else frame


_ASKED = ("_tensor.py", "_tracing.py", "_variable.py", "_autograph.py")


def do_not_convert(func: Any = None, **settings: Any) -> Callable[..., Any]:
    """Decorator that keeps AutoGraph from rewriting a function."""
    if func is None:
        return do_not_convert
    code = getattr(func, "__code__", None)
    if code is not None:
        func._do_not_convert = True
        _remember(code)  # so that it is asked for no truth of tensors
    return func  # type: ignore[no-any-return]
