"""Spoiling step 2: what is computed while the tape records."""

from __future__ import annotations

import ast

from graders.draft import Draft, Result, expression, in_formulas, reads, statement, wrapped


def numpy_of_source(draft: Draft) -> Result:
    """x.numpy() in the formula."""
    is_read = reads(draft)
    made = in_formulas(draft, lambda n: expression(f"{n.id}.numpy()") if is_read(n) else None)  # type: ignore[attr-defined]
    return wrapped(draft, made, "tf.constant")


def float_of_source(draft: Draft) -> Result:
    """float(x) in the formula."""
    scalar = all(isinstance(ast.literal_eval(v.value.args[0]), (int, float)) for v in draft.variables)  # type: ignore[attr-defined]
    is_read = reads(draft)
    if not scalar:
        return None
    made = in_formulas(draft, lambda n: expression(f"float({n.id})") if is_read(n) else None)  # type: ignore[attr-defined]
    return wrapped(draft, made, "tf.constant")


_SHARED = ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sinh", "cosh")


def numpy_functions(draft: Draft) -> Result:
    """np.sin in place of tf.sin."""
    made = in_formulas(draft, lambda n: _other_module(n, "np"))
    if made is not None:
        made.body.insert(0, statement("import numpy as np"))
    return made


def math_functions(draft: Draft) -> Result:
    """math.sin in place of tf.sin."""
    scalar = all(isinstance(ast.literal_eval(v.value.args[0]), (int, float)) for v in draft.variables)  # type: ignore[attr-defined]
    made = in_formulas(draft, lambda n: _other_module(n, "math")) if scalar else None
    if made is not None:
        made.body.insert(0, statement("import math"))
    return made


def _other_module(node: ast.AST, module: str) -> ast.AST | None:
    name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Call) and name.startswith("tf.") and name.rsplit(".", 1)[-1] in _SHARED:
        return ast.Call(expression(f"{module}.{name.rsplit('.', 1)[-1]}"), node.args, [])
    return None


def target_as_variable(draft: Draft) -> Result:
    """The dependent variable made a tf.Variable."""
    return wrapped(draft, draft.tree if draft.calls and draft.formulas else None, "tf.Variable")


def number_for_source(draft: Draft) -> Result:
    """The number in the formula in place of the variable."""
    values = {
        line.targets[0].id: line.value.args[0]  # type: ignore[attr-defined]
        for line in draft.variables
        if isinstance(line.targets[0], ast.Name)
    }
    made = in_formulas(draft, lambda n: values.get(n.id) if reads(draft)(n) else None)  # type: ignore[attr-defined]
    return wrapped(draft, made, "tf.constant")


def stopped(draft: Draft) -> Result:
    """tf.stop_gradient around the formula."""
    return wrapped(draft, draft.tree if draft.calls and draft.formulas else None, "tf.stop_gradient")


def cast_to_integer(draft: Draft) -> Result:
    """The formula's value cast to an integer and back."""
    if not draft.calls or not draft.formulas:
        return None
    last = draft.formulas[-1]
    inner = ast.Call(expression("tf.cast"), [last.value, expression("tf.int32")], [])
    last.value = ast.Call(expression("tf.cast"), [inner, expression("tf.float32")], [])
    return draft.tree


def caret(draft: Draft) -> Result:
    """^ in place of **."""
    found = [
        n
        for line in draft.formulas
        for n in ast.walk(line)
        if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)
    ]
    for node in found:
        node.op = ast.BitXor()
    return draft.tree if found else None


def after_the_block(draft: Draft) -> Result:
    """The formula after the block."""
    block = draft.innermost
    place = draft.body_of(block) if block else None
    if block is None or place is None or not draft.calls:
        return None
    body, at = place
    body[at + 1 : at + 1] = block.body
    block.body = [ast.Pass()]
    return draft.tree


def reset(draft: Draft) -> Result:
    """The tape wiped at the end of its block."""
    block = draft.innermost
    name = block.items[0].optional_vars if block else None
    if block is None or not isinstance(name, ast.Name):
        return None
    block.body.append(statement(f"{name.id}.reset()"))
    return draft.tree
