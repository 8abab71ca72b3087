"""Slips of the finger: programs that Python or TensorFlow stops."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graders.mutants.tree import TEXT, Parts, changed, expression, parts_of, statement

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


def made(exercise: Exercise, solution: str) -> Iterator[tuple[str, ast.Module | str]]:
    """Every slip that a solution can hold, the blamed node (or line) marked."""
    parts = parts_of(exercise, solution)
    if parts is None or not parts.variables or not exercise.form.tape:
        return
    for kind, change in _CHANGES:
        tree = changed(parts, change)
        if tree is not None:
            yield kind, tree
    text = _glued(ast.unparse(parts.tree), ast.unparse(parts.formula))
    if text is not None:
        yield "syntax-number-times-name", text


def _glued(source: str, formula: str) -> str | None:
    """3 * x as 3x, in the line of the formula."""
    typed, count = re.subn(r"(?<![\w.])(\d+) \* ([a-z]\w*)", r"\1\2", formula, count=1)
    if not count:
        return None
    return source.replace(formula, typed + "  #<") + "\n"


def _caret(parts: Parts) -> ast.AST | None:
    power = next(
        (n for n in ast.walk(parts.formula) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)), None
    )
    if power is None:
        return None
    power.op = ast.BitXor()
    setattr(parts.formula, TEXT, True)
    return parts.formula


def _called(parts: Parts) -> ast.AST | None:
    for node in ast.walk(parts.formula):
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Mult)
            and isinstance(node.left, ast.Constant)
        ):
            call = ast.Call(node.left, [node.right], [])
            for above in ast.walk(parts.formula):
                for name, value in ast.iter_fields(above):
                    if value is node:
                        setattr(above, name, call)
                        setattr(parts.formula, TEXT, True)
                        return parts.formula
    return None


def _indexed(parts: Parts) -> ast.AST | None:
    call = parts.variables[0].value
    assert isinstance(call, ast.Call)
    single = not isinstance(parts.asked.args[1], ast.List) and not isinstance(
        ast.literal_eval(call.args[0]), list
    )
    if not single or not ast.unparse(parts.asked.func).endswith(".gradient"):
        return None
    holder = parts.statement(parts.asked)
    if not isinstance(holder, ast.Assign) or holder.value is not parts.asked:
        return None
    holder.value = ast.Subscript(parts.asked, ast.Constant(0), ast.Load())
    return holder


def _list(parts: Parts) -> ast.AST | None:
    holder = parts.statement(parts.asked)
    several = isinstance(parts.asked.args[1], ast.List)
    if not several or not isinstance(holder, ast.Assign) or holder.value is not parts.asked:
        return None
    if not isinstance(holder.targets[0], ast.Name):
        return None
    holder.value = ast.Call(ast.Attribute(parts.asked, "numpy", ast.Load()), [], [])
    return holder


def _no_return(parts: Parts) -> ast.AST | None:
    if len(parts.block.body) != 1:
        return None
    function = statement(f"def f({', '.join(parts.names)}):\n    result = 0")
    assert isinstance(function, ast.FunctionDef)
    body = function.body[0]
    assert isinstance(body, ast.Assign)
    body.value = parts.formula.value
    parts.formula.value = expression(f"f({', '.join(parts.names)})")
    parts.tree.body.insert(_imports(parts), function)
    return function


def _shadowed(parts: Parts) -> ast.AST | None:
    if len(parts.block.body) != 1 or len(parts.names) != 1 or parts.nested:
        return None
    ast.literal_eval(parts.variables[0].value.args[0])  # type: ignore[attr-defined]
    function = statement("def f():\n    own = 0\n    return 0")
    assert isinstance(function, ast.FunctionDef)
    inner = statement(ast.unparse(parts.variables[0]))
    back = function.body[1]
    assert isinstance(back, ast.Return)
    function.body[0] = inner
    back.value = parts.formula.value
    parts.formula.value = expression("f()")
    parts.tree.body.insert(_imports(parts), function)
    return inner


def _imports(parts: Parts) -> int:
    return 1 + max(i for i, s in enumerate(parts.tree.body) if isinstance(s, (ast.Import, ast.ImportFrom)))


def _traced_variable(parts: Parts) -> ast.AST | None:
    found = _traced(parts)
    if found is None:
        return None
    function, value = found
    inner = statement(f"{parts.names[0]} = tf.Variable({value})")
    function.body.insert(0, inner)
    return inner


def _traced_numpy(parts: Parts) -> ast.AST | None:
    name = parts.names[0]
    found = _traced(parts) if ast.unparse(parts.asked.func).endswith(".gradient") else None
    if found is None:
        return None
    function, value = found
    function.args.args = [ast.arg(name)]
    back = function.body[-1]
    assert isinstance(back, ast.Return) and back.value is not None
    back.value = ast.Call(ast.Attribute(back.value, "numpy", ast.Load()), [], [])
    last = parts.tree.body[-2]
    assert isinstance(last, ast.Assign)
    last.value = expression("solve(source)")
    parts.tree.body.insert(-2, statement(f"source = tf.Variable({value})"))
    return back


def _traced(parts: Parts) -> tuple[ast.FunctionDef, str] | None:
    """The block within a tf.function that gives back the gradient."""
    holder = parts.statement(parts.asked)
    if (
        len(parts.names) != 1
        or parts.nested
        or not isinstance(holder, ast.Assign)
        or holder.value is not parts.asked
    ):
        return None
    if ast.unparse(holder.targets[0]) != "answer" or any(
        isinstance(s, ast.FunctionDef) for s in parts.tree.body
    ):
        return None
    value = ast.unparse(parts.variables[0].value.args[0])  # type: ignore[attr-defined]
    function = statement("@tf.function\ndef solve():\n    pass")
    assert isinstance(function, ast.FunctionDef)
    back = statement("def g():\n    return 0")
    assert isinstance(back, ast.FunctionDef) and isinstance(back.body[0], ast.Return)
    back.body[0].value = parts.asked
    function.body = [parts.outer, back.body[0]]
    keep = parts.tree.body[: _imports(parts)]
    parts.tree.body = [*keep, function, statement("answer = solve()"), statement("print(answer)")]
    return function, value


_CHANGES = (
    ("caret-as-power", _caret),
    ("implicit-multiplication", _called),
    ("scalar-indexed", _indexed),
    ("list-has-no-numpy", _list),
    ("function-returns-none", _no_return),
    ("source-shadowed-in-function", _shadowed),
    ("variable-created-in-tf-function", _traced_variable),
    ("numpy-in-tf-function", _traced_numpy),
)
