"""The code that AutoGraph makes of a function, as text, in the form in which TensorFlow shows it."""

from __future__ import annotations

import ast
import copy
import types
from typing import Any

from tfgrad_course.tf._autograph import definition
from tfgrad_course.tf._rewriting import can_rewrite, rewrite

_OPTIONS = "ag__.ConversionOptions(recursive=True, user_requested=True, optional_features=(), internal_convert_user_code=True)"


def source_of(function: Any) -> str:
    """The rewritten source code of a function."""
    function = getattr(function, "__func__", function)
    if not isinstance(function, types.FunctionType):
        raise ValueError(f"Cannot show code of {function!r}: it is not a Python function.")
    node, _ = definition(function.__code__)
    if node is None or not can_rewrite(node):
        raise OSError(
            f"Cannot find the source code of {function.__qualname__}: expected a function written in a file or a notebook "
            "cell. Save the code in a file and run that."
        )
    return _lambda(copy.deepcopy(node)) if isinstance(node, ast.Lambda) else _function(copy.deepcopy(node))


def _function(node: Any) -> str:
    name = node.name
    node.decorator_list, node.returns = [], None
    _plain_arguments(node)
    rewrite(node)
    _Shown("fscope").generic_visit(node)
    node.name = f"tf__{name}"
    start = 1 if ast.get_docstring(node, clean=False) is not None else 0
    scope = ast.parse(f"with ag__.FunctionScope({name!r}, 'fscope', {_OPTIONS}) as fscope: pass").body[0]
    scope.body = node.body[start:]  # type: ignore[attr-defined]
    node.body = [*node.body[:start], scope]
    return ast.unparse(ast.fix_missing_locations(node)) + "\n"


def _lambda(node: Any) -> str:
    made: Any = ast.parse("def made(): pass").body[0]
    made.body, made.args = [ast.Return(node.body)], node.args
    ast.fix_missing_locations(made)
    _plain_arguments(made)
    rewrite(made)
    _Shown("lscope").generic_visit(made)
    arguments, body = ast.unparse(made.args), ast.unparse(made.body[-1].value)
    return f"tf__lam = lambda {arguments}: ag__.with_function_scope(lambda lscope: {body}, 'lscope', {_OPTIONS})\n"


def _plain_arguments(node: Any) -> None:
    for one in (
        *node.args.posonlyargs,
        *node.args.args,
        *node.args.kwonlyargs,
        node.args.vararg,
        node.args.kwarg,
    ):
        if one is not None:
            one.annotation = None
    node.args.defaults = [ast.Constant(None) for _ in node.args.defaults]
    node.args.kw_defaults = [d and ast.Constant(None) for d in node.args.kw_defaults]


class _Shown(ast.NodeTransformer):
    """Calls and reads in TensorFlow's words."""

    def __init__(self, scope: str) -> None:
        self._scope = scope

    def visit_FunctionDef(self, node: Any) -> Any:
        """Those that get and set state are shown as they are."""
        if not node.name.startswith(("get_state", "set_state")):
            self.generic_visit(node)
        return node

    def visit_Name(self, node: Any) -> Any:
        """A read."""
        if not isinstance(node.ctx, ast.Load) or node.id == "ag__":
            return node
        return ast.Call(ast.Attribute(ast.Name("ag__", ast.Load()), "ld", ast.Load()), [node], [])

    def visit_Return(self, node: Any) -> Any:
        """The end of the function."""
        called = getattr(node.value, "func", None)
        if isinstance(called, ast.Attribute) and called.attr == "ret":
            called.value = ast.Name(self._scope, ast.Load())
            return node
        self.generic_visit(node)
        return node

    def visit_Call(self, node: Any) -> Any:
        """A call."""
        inner = node.func
        if isinstance(inner, ast.Call) and _of_autograph(inner.func) == "called":
            return self._call(node, inner.args[0])
        if _of_autograph(inner) in ("if_stmt", "for_stmt", "while_stmt"):
            first = node.args[0]
            node.args[0] = (
                self.visit(first) if not isinstance(first, ast.Name) or "loop_test" not in first.id else first
            )
            return node
        if _of_autograph(inner) == "ld":
            return node
        if _of_autograph(inner) is not None:
            node.args = [self.visit(a) for a in node.args]
            return node
        self.generic_visit(node)
        return node

    def _call(self, node: Any, function: Any) -> Any:
        made = ast.parse(f"ag__.converted_call(None, None, None, {self._scope})").body[0].value  # type: ignore[attr-defined]
        made.args[0] = self.visit(function)
        made.args[1] = ast.Tuple([self.visit(a) for a in node.args], ast.Load())
        if node.keywords:
            words = [ast.keyword(k.arg, self.visit(k.value)) for k in node.keywords]
            made.args[2] = ast.Call(ast.Name("dict", ast.Load()), [], words)
        return made


def _of_autograph(node: Any) -> str | None:
    owner = getattr(node, "value", None)
    return (
        node.attr
        if isinstance(node, ast.Attribute) and isinstance(owner, ast.Name) and owner.id == "ag__"
        else None
    )
