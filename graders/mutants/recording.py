"""Mistakes that cut the way from the variable to the target."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from graders.mutants.tree import FIRST, Parts, changed, expression, parts_of, statement

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

_NUMPY = {
    "tf.sin": "np.sin", "tf.cos": "np.cos", "tf.exp": "np.exp", "tf.math.log": "np.log", "tf.sqrt": "np.sqrt",
    "tf.tanh": "np.tanh", "tf.abs": "np.abs", "tf.reduce_sum": "np.sum", "tf.reduce_mean": "np.mean",
}  # fmt: skip


def made(exercise: Exercise, solution: str) -> Iterator[tuple[str, ast.Module]]:
    """Every mistake of this family that a solution can hold, the blamed node marked."""
    parts = parts_of(exercise, solution)
    if parts is None or not parts.variables or not exercise.form.tape:
        return
    for kind, change in _CHANGES:
        if kind == "stop-gradient-on-path" and "stop_gradient" in str(exercise.function):
            continue
        tree = changed(parts, change)
        if tree is not None:
            yield kind, tree


def _value(parts: Parts) -> ast.expr:
    call = parts.variables[0].value
    assert isinstance(call, ast.Call)
    return call.args[0]


def _constant(parts: Parts) -> ast.AST:
    call = parts.variables[0].value
    assert isinstance(call, ast.Call)
    call.func = expression("tf.constant")
    return parts.variables[0]


def _whole(parts: Parts) -> ast.AST | None:
    call = parts.variables[0].value
    assert isinstance(call, ast.Call)
    value = ast.literal_eval(call.args[0])
    flat = value if isinstance(value, list) else [value]
    if any(v != int(v) for v in flat):
        return None
    whole = [int(v) for v in flat]
    call.args[0] = expression(repr(whole if isinstance(value, list) else whole[0]))
    return parts.variables[0]


def _outside(parts: Parts) -> ast.AST:
    body = parts.block.body
    beside = parts.holder(parts.block)
    at = beside.index(parts.block) + 1
    beside[at:at] = body
    parts.block.body = [ast.Pass()]
    return body[0]


def _before(parts: Parts) -> ast.AST:
    body = parts.block.body
    beside = parts.holder(parts.block)
    at = beside.index(parts.block)
    beside[at:at] = body
    parts.block.body = [ast.Pass()]
    return body[0]


def _scaled(parts: Parts) -> ast.AST | None:
    if parts.nested or ast.unparse(parts.asked.args[0]) != parts.target:
        return None
    later = statement(f"scaled = -{parts.target}")
    parts.around.insert(parts.after, later)
    parts.asked.args[0] = expression("scaled")
    return later


def _numpy(parts: Parts) -> ast.AST | None:
    found = [n for line in parts.lines for n in ast.walk(line.value)]
    call = next((n for n in sorted(found, key=_flat) if _has_twin(n, parts)), None)
    if "import numpy as np" not in map(ast.unparse, parts.tree.body):
        parts.tree.body.insert(0, statement("import numpy as np"))
    if isinstance(call, ast.Call):
        call.func = expression(_NUMPY[ast.unparse(call.func)])
        return call
    power = next((n for n in found if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)), None)
    if power is None or not isinstance(power.left, ast.Name) or power.left.id not in parts.names:
        return None
    new = expression(f"np.power({ast.unparse(power.left)}, {ast.unparse(power.right)})")
    for line in parts.lines:
        line.value = _put(line.value, power, new)
    return new


def _flat(node: ast.AST) -> bool:
    """tanh comes last: far from 0 its slope is nothing, and so is the harm of losing it."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("tanh")


def _has_twin(node: ast.AST, parts: Parts) -> bool:
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return isinstance(node, ast.Call) and ast.unparse(node.func) in _NUMPY and bool(names & set(parts.names))


def _math(parts: Parts) -> ast.AST | None:
    found = [n for line in parts.lines for n in ast.walk(line.value)]
    call = next((n for n in sorted(found, key=_flat) if _has_twin(n, parts)), None)
    if not isinstance(call, ast.Call) or ast.unparse(call.func).startswith(("tf.reduce", "tf.abs")):
        return None
    if isinstance(ast.literal_eval(_value(parts)), list):
        return None
    call.func = expression("math." + ast.unparse(call.func).split(".")[-1])
    parts.tree.body.insert(0, statement("import math"))
    return call


def _put(tree: ast.expr, old: ast.AST, new: ast.expr) -> ast.expr:
    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return new if node is old else self.generic_visit(node)

    put: ast.expr = Put().visit(tree)
    return put


def _taken(parts: Parts) -> ast.AST:
    name = parts.names[0]
    line = statement(f"plain = {name}.numpy()")
    parts.rename(name, "plain")
    parts.block.body.insert(0, line)
    return line


def _wrapped(parts: Parts) -> ast.AST:
    line = statement(f"{parts.target} = tf.constant({parts.target}.numpy())")
    parts.block.body.append(line)
    return line


def _cast(parts: Parts) -> ast.AST | None:
    if isinstance(ast.literal_eval(_value(parts)), list):
        return None
    name = parts.names[0]
    line = statement(f"plain = float({name})")
    parts.rename(name, "plain")
    parts.block.body.insert(0, line)
    return line


def _variable(parts: Parts) -> ast.AST:
    parts.formula.value = ast.Call(expression("tf.Variable"), [parts.formula.value], [])
    return parts.formula.value


def _integer(parts: Parts) -> ast.AST:
    name = parts.names[0]
    line = statement(f"whole = tf.cast({name}, tf.int32)")
    parts.rename(name, "tf.cast(whole, tf.float32)")
    parts.block.body.insert(0, line)
    return line


def _rounded(parts: Parts) -> ast.AST:
    line = statement(f"{parts.target} = tf.round({parts.target})")
    parts.block.body.append(line)
    return line


def _stopped(parts: Parts) -> ast.AST:
    line = statement(f"{parts.target} = tf.stop_gradient({parts.target})")
    parts.block.body.append(line)
    return line


def _stopped_source(parts: Parts) -> ast.AST:
    name = parts.names[0]
    line = statement(f"fixed = tf.stop_gradient({name})")
    parts.rename(name, "fixed")
    parts.block.body.insert(0, line)
    return line


def _state(parts: Parts) -> ast.AST:
    name = parts.names[0]
    made_ = statement(f"store = {ast.unparse(parts.variables[0].value)}")
    parts.around.insert(parts.after - 1, made_)
    line = statement(f"store.assign({name})")
    parts.rename(name, "store")
    parts.block.body.insert(0, line)
    return line


def _paused(parts: Parts) -> ast.AST:
    pause = statement(f"with {parts.tape}.stop_recording():\n    pass")
    assert isinstance(pause, ast.With)
    pause.body = parts.block.body
    parts.block.body = [pause]
    return parts.formula


def _copied(parts: Parts) -> ast.AST | None:
    name = parts.names[0]
    if len(parts.names) != 1:
        return None
    parts.around.insert(parts.after - 1, statement(f"twin = tf.identity({name})"))
    parts.asked.args[1] = expression("twin")
    return parts.asked


def _first(parts: Parts) -> ast.AST:
    blamed = _outside(parts)
    setattr(blamed, FIRST, True)
    return blamed


Change = Callable[[Parts], "ast.AST | None"]
_CHANGES: tuple[tuple[str, Change], ...] = (
    ("source-not-watched", _constant),
    ("source-integer-dtype", _whole),
    ("target-computed-outside-tape", _first),
    ("target-computed-outside-tape", _before),
    ("postprocessed-outside-tape", _scaled),
    ("numpy-function-in-tape", _numpy),
    ("math-function-in-tape", _math),
    ("value-extracted-in-tape", _taken),
    ("value-extracted-in-tape", _wrapped),
    ("python-cast-in-tape", _cast),
    ("target-rewrapped-as-variable", _variable),
    ("cast-to-integer-in-path", _integer),
    ("non-differentiable-op", _rounded),
    ("stop-gradient-on-path", _stopped),
    ("stop-gradient-on-path", _stopped_source),
    ("state-blocks-gradient", _state),
    ("ops-under-stop-recording", _paused),
    ("source-is-a-copy", _copied),
)
