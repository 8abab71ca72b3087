"""Mistakes with a right recording: another call than the one needed, or something else handed in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from graders.mutants.tree import Parts, Renamed, called, changed, expression, parts_of, statement

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

Change = Callable[[Parts], "ast.AST | None"]


def made(exercise: Exercise, solution: str) -> Iterator[tuple[str, ast.Module]]:
    """Every mistake of this family that fits the kind of exercise, the blamed node marked."""
    parts = parts_of(exercise, solution)
    if parts is None or not parts.variables:
        return
    for kind, change in _changes(exercise):
        tree = changed(parts, change)
        if tree is not None:
            yield kind, tree


def _changes(exercise: Exercise) -> Iterator[tuple[str, Change]]:
    kind, plain = exercise.judged_as, exercise.then is None
    single = len(exercise.point or {}) == 1 and not isinstance(
        next(iter((exercise.point or {}).values())), (list, tuple)
    )
    if kind == "slope" and plain and single:
        yield "value-reported-not-slope", _value
        if float(next(iter(exercise.point.values()))):  # type: ignore[arg-type, union-attr]
            yield "slope-as-y-over-x", _ratio
        yield "finite-difference-instead-of-tape", _quotient
        yield "hard-coded-answer", lambda parts: _typed(parts, exercise)
    if kind == "slope" and exercise.then is not None and exercise.then.strip().startswith("-"):
        yield "force-sign", _as_is
    if kind == "partials" and plain and isinstance(exercise.function, str) and len(exercise.point or {}) == 2:
        yield "partials-swapped", _exchanged
        yield "partials-added", _added
    if kind == "gradient" and exercise.then is not None and exercise.then.strip().startswith("-"):
        yield "ascent-for-descent-direction", _uphill
    if kind == "directional":
        yield "direction-not-normalised", _long
    if kind == "jacobian" and plain and exercise.weights is None:
        yield "gradient-sums-vector-target", _summed
        if len(exercise.point or {}) == 1 and not single and not _symmetric(exercise.number):
            yield "jacobian-transposed", _turned
    if kind == "hessian" and plain and exercise.direction is None:
        yield "hessian-by-gradient", _rows
    if kind == "derivative" and plain:
        yield from _derivative(exercise)
    if kind == "monotonicity":
        yield "monotonicity-inverted", _inverted
        if _value_misleads(exercise):
            yield "monotonicity-from-value", _from_value
        if exercise.number is None:
            yield "answer-form-not-as-asked", _number_only
    if kind == "concavity":
        yield "concavity-from-slope", _from_slope
    if kind == "custom-gradient":
        yield "custom-gradient-ignores-upstream", _upstream
    if kind == "tangent" and exercise.estimate is None and exercise.ask != "slope":
        yield "tangent-intercept", _height


def _derivative(exercise: Exercise) -> Iterator[tuple[str, Change]]:
    if len(set(exercise.wrt or ())) > 1:
        yield "mixed-vs-pure-second", _pure
    elif (exercise.order or 2) == 2:
        yield "first-for-second-derivative", _lower
        yield "derivative-squared", _squared
        yield "one-tape-for-second-derivative", _one_tape


def _symmetric(matrix: Any) -> bool:
    return [list(row) for row in matrix] == [list(row) for row in zip(*matrix, strict=True)]


def _value_misleads(exercise: Exercise) -> bool:
    """Whether the sign of the function's value gives another word than that of its slope."""
    from graders.expected import value

    number = value(exercise, exercise.point or {}).data
    return bool(number) and ("increasing" if number[0] > 0 else "decreasing") != exercise.word


def _replace_answer(parts: Parts, text: str) -> ast.AST:
    """The answer is given something else."""
    last = parts.answer
    last.value = expression(text)
    return last


def _value(parts: Parts) -> ast.AST:
    parts.around.insert(parts.after, statement(f"d = {ast.unparse(parts.asked)}"))
    return _replace_answer(parts, parts.target)


def _ratio(parts: Parts) -> ast.AST:
    return _replace_answer(parts, f"{parts.target} / {parts.names[0]}")


def _quotient(parts: Parts) -> ast.AST | None:
    if len(parts.block.body) != 1:
        return None
    name = parts.names[0]
    function = statement(f"def f({name}):\n    return 0")
    assert isinstance(function, ast.FunctionDef) and isinstance(function.body[0], ast.Return)
    function.body[0].value = parts.formula.value
    parts.around[parts.after - 1] = statement("h = 0.01")
    parts.tree.body.insert(1, function)
    return _replace_answer(parts, f"(f({name} + h) - f({name})) / h")


def _typed(parts: Parts, exercise: Exercise) -> ast.AST | None:
    number = exercise.number
    return _replace_answer(parts, repr(float(number))) if isinstance(number, (int, float)) else None


def _as_is(parts: Parts) -> ast.AST:
    named = [s for s in parts.tree.body if isinstance(s, ast.Assign) and s.value is parts.asked]
    return _replace_answer(parts, ast.unparse(named[0].targets[0]) if named else ast.unparse(parts.asked))


def _exchanged(parts: Parts) -> ast.AST | None:
    holder = parts.statement(parts.asked)
    if not isinstance(holder, ast.Assign) or holder.value is not parts.asked:
        return None
    first, second = parts.names
    holder.targets = [expression(f"(d{second}, d{first})")]
    _store(holder.targets[0])
    lines = parts.holder(holder)
    lines.insert(lines.index(holder) + 1, statement(f"answer = [d{first}, d{second}]"))
    return holder


def _store(node: ast.AST) -> None:
    for below in ast.walk(node):
        if isinstance(below, (ast.Tuple, ast.Name)):
            below.ctx = ast.Store()


def _added(parts: Parts) -> ast.AST | None:
    holder = parts.statement(parts.asked)
    if not isinstance(holder, ast.Assign) or holder.value is not parts.asked:
        return None
    holder.targets = [expression("(first, second)")]
    _store(holder.targets[0])
    line = statement("answer = first + second")
    lines = parts.holder(holder)
    lines.insert(lines.index(holder) + 1, line)
    return line


def _uphill(parts: Parts) -> ast.AST:
    last = parts.answer
    text = ast.unparse(last.value)
    last.value = expression(text.removeprefix("-") if text.startswith("-") else f"-({text})")
    return last


def _long(parts: Parts) -> ast.AST | None:
    named = [s for s in parts.tree.body if isinstance(s, ast.Assign) and ast.unparse(s.targets[0]) == "unit"]
    if not named:
        return None
    named[0].value = expression("direction")
    return parts.answer


def _summed(parts: Parts) -> ast.AST | None:
    assert isinstance(parts.asked.func, ast.Attribute)
    if parts.asked.func.attr != "jacobian":
        return None
    parts.asked.func.attr = "gradient"
    return parts.asked


def _turned(parts: Parts) -> ast.AST | None:
    holder = parts.statement(parts.asked)
    if not isinstance(holder, ast.Assign) or holder.value is not parts.asked:
        return None
    holder.value = ast.Call(expression("tf.transpose"), [parts.asked], [])
    return holder


def _rows(parts: Parts) -> ast.AST | None:
    calls = [n for n in ast.walk(parts.tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
             and n.func.attr == "jacobian"]  # fmt: skip
    if not calls:
        return None
    assert isinstance(calls[-1].func, ast.Attribute)
    calls[-1].func.attr = "gradient"
    return calls[-1]


def _gradients(parts: Parts) -> list[ast.Call]:
    """All gradient calls, by their lines."""
    return sorted(
        (n for n in ast.walk(parts.tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
         and n.func.attr == "gradient"),
        key=lambda node: node.lineno,
    )  # fmt: skip


def _pure(parts: Parts) -> ast.AST | None:
    calls = _gradients(parts)
    if len(calls) != 2:
        return None
    calls[1].args[1] = calls[0].args[1]
    return calls[1]


def _lower(parts: Parts) -> ast.AST | None:
    inner = _gradients(parts)[0]
    _replace_answer(parts, "d1")
    return inner


def _squared(parts: Parts) -> ast.AST:
    return _replace_answer(parts, "d1 ** 2")


def _one_tape(parts: Parts) -> ast.AST | None:
    if len(parts.outer.body) != 2:
        return None
    parts.outer.items[0].context_expr = expression("tf.GradientTape(persistent=True)")
    tape = ast.unparse(parts.outer.items[0].optional_vars)  # type: ignore[arg-type]
    first = parts.outer.body[1]
    inner = _gradients(parts)[0]
    assert isinstance(inner.func, ast.Attribute)
    inner.func.value = expression(tape)
    parts.outer.body = parts.block.body
    parts.around.insert(parts.after, first)
    calls = _gradients(parts)
    return calls[-1]


def _test(parts: Parts) -> ast.Compare | None:
    return next((n for n in ast.walk(parts.tree) if isinstance(n, ast.Compare)), None)


def _inverted(parts: Parts) -> ast.AST | None:
    test = _test(parts)
    if test is None:
        return None
    test.ops = [ast.Lt() if isinstance(test.ops[0], ast.Gt) else ast.Gt()]
    return test


def _from_value(parts: Parts) -> ast.AST | None:
    test = _test(parts)
    if test is None:
        return None
    test.left = expression(parts.target)
    return test


def _from_slope(parts: Parts) -> ast.AST | None:
    test = _test(parts)
    if test is None:
        return None
    first = parts.outer.body[-1]
    parts.tree.body = [
        s for s in parts.tree.body if not (isinstance(s, ast.Assign) and "outer" in ast.unparse(s))
    ]
    place = parts.tree.body.index(parts.outer)
    parts.tree.body[place : place + 1] = [parts.block, first]
    test.left, test.ops = expression("slope"), [ast.GtE()]
    return test


def _number_only(parts: Parts) -> ast.AST:
    return _replace_answer(parts, "slope")


def _height(parts: Parts) -> ast.AST | None:
    named = [s for s in parts.tree.body if isinstance(s, ast.Assign) and ast.unparse(s.targets[0]) == "b"]
    if not named:
        return None
    named[0].value = expression(parts.target)
    return named[0]


def _upstream(parts: Parts) -> ast.AST | None:
    """The derivative written by hand forgets the factor that comes in, where that factor is not 1."""
    for node in ast.walk(parts.tree):
        if not isinstance(node, ast.FunctionDef) or not _marked(node) or _is_last(parts, node.name):
            continue
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef) and inner.args.args:
                factor = inner.args.args[0].arg
                back = next(s for s in inner.body if isinstance(s, ast.Return) and s.value is not None)
                Renamed({factor: expression("1.0")}).visit(back)
                return back
    return None


def _marked(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(mark).endswith("custom_gradient") for mark in node.decorator_list)


def _is_last(parts: Parts, name: str) -> bool:
    """Whether a function's result is the target itself: then the incoming factor is 1."""
    return any(called(line.value) == name for line in parts.lines)
