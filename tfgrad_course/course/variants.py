"""Variants of an exercise: parameters drawn for each learner from a stable seed, put in wherever they are named.

In formulas a parameter is a name like any other; in texts and code it stands in braces: {a}.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from tfgrad_course.course.fault import Problem, shown
from tfgrad_course.course.values import number
from tfgrad_course.maths.evaluate import evaluate
from tfgrad_course.maths.parse import check_name, parse
from tfgrad_course.maths.source import plain_text
from tfgrad_course.maths.tree import Apply, Assign, Function, MathsError, Name, Node, exact_number, rewrite
from tfgrad_course.maths.tree import number as number_node

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

MOST = 10_000  # so many combinations are listed; of more, some are tried
FORMULAS = ("function", "functions", "then")
NUMBERS = (
    "point", "answer", "choices", "direction", "weights", "estimate", "domain", "learning_rate", "momentum",
    "tolerance",
)  # fmt: skip
TEXTS = ("title", "prompt", "hints", "explain", "starter", "solution", "reference")
Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The parameters as stated: values to choose from, formulas of earlier ones, conditions."""

    chosen: dict[str, tuple[float, ...]]
    derived: dict[str, Function]
    given: tuple[Function, ...]

    @property
    def size(self) -> int:
        """How many combinations there are before conditions."""
        return math.prod(len(values) for values in self.chosen.values())


def variant_of(exercise: Exercise, learner: str) -> Exercise:
    """A learner's own variant: the same for the same learner and exercise, everywhere and always."""
    if exercise.vary is None:
        return exercise
    seed = hashlib.sha256(f"{exercise.id}\n{learner}".encode()).digest()
    return with_parameters(exercise, drawn(exercise, int.from_bytes(seed[:8], "big")))


def drawn(exercise: Exercise, seed: int) -> Parameters:
    """The parameters that a seed stands for."""
    plan = _plan(exercise.vary or {}, [])
    if plan.size <= MOST:
        every = list(_all(plan))
        return every[seed % len(every)]
    return next(_some(plan, random.Random(seed)))


def variants(exercise: Exercise, most: int = 50) -> list[Parameters]:
    """All combinations of parameters, or `most` of them drawn from a fixed seed when there are more."""
    if exercise.vary is None:
        return []
    plan = _plan(exercise.vary, [])
    if plan.size <= MOST:
        every = list(_all(plan))
        return every if len(every) <= most else random.Random(0).sample(every, most)
    return list(itertools.islice(_some(plan, random.Random(0)), most))


def with_parameters(exercise: Exercise, parameters: Mapping[str, Any]) -> Exercise:
    """The exercise with other parameters; raises ExerciseError when they make no exercise."""
    from pathlib import Path

    from tfgrad_course.course.document import Document
    from tfgrad_course.course.load import built

    path = exercise.path or Path(f"{exercise.id}.yaml")
    return built(Document(str(path), "", exercise.written), path, parameters)


def sample(data: Mapping[str, Any], found: list[Problem]) -> Parameters | None:
    """The first combination that fits; None (and what is wrong) when `vary` is faulty or nothing fits."""
    before = len(found)
    plan = _plan(data["vary"], found)
    for name in (*plan.chosen, *plan.derived):
        if isinstance(data.get("point"), dict) and name in data["point"]:
            found.append(
                Problem(("vary", name), "a name that is no variable of the point", f"'{name}'", key=True)
            )
    if len(found) > before:
        return None
    first = next(_all(plan) if plan.size <= MOST else _some(plan, random.Random(0)), None)
    if first is None:
        found.append(Problem(("vary", "given"), "conditions that some combination meets", "none that does"))
    return first


def _plan(vary: Mapping[str, Any], found: list[Problem]) -> Plan:
    chosen: dict[str, tuple[float, ...]] = {}
    derived: dict[str, Function] = {}
    for name, value in vary.items():
        if name == "given":
            continue
        try:
            check_name(name)
            if isinstance(value, str):
                derived[name] = parse(value, (*chosen, *derived))
            else:
                chosen[name] = _values(value)
        except MathsError as error:
            at, spot = ("vary", name), (error.line, error.column)
            key = not isinstance(value, str)
            said = None if key else spot
            found.append(Problem(at, "a parameter", error.message, advice=error.hint, key=key, inside=said))
        except PydanticCustomError as error:
            context = error.context or {}
            at = ("vary", name, *context.get("at", ()))
            found.append(Problem(at, context["expected"], context["found"], advice=context.get("advice", "")))
    return Plan(chosen, derived, tuple(_conditions(vary.get("given", []), (*chosen, *derived), found)))


def _values(value: Any) -> tuple[float, ...]:
    from tfgrad_course.course.values import wrong

    if isinstance(value, list) and value:
        return tuple(number(item) for item in value)
    if isinstance(value, dict):
        for key in value:
            if key not in ("from", "to", "step"):
                wrong("from, to and step", key, (key,))
        if {"from", "to"} <= set(value):
            low, high, step = number(value["from"]), number(value["to"]), number(value.get("step", 1))
            if step > 0 and low <= high and (high - low) / step < MOST:
                count = int((high - low) / step + 1e-9) + 1
                return tuple(_plain(low + k * step) for k in range(count))
    return wrong("values to choose from ([2, 3, 4]), a range {from: 1, to: 9} or a formula", value)


def _conditions(given: Any, names: tuple[str, ...], found: list[Problem]) -> Iterator[Function]:
    rows = given if isinstance(given, list) else [given]
    for index, row in enumerate(rows):
        at: tuple[str | int, ...] = ("vary", "given", index) if isinstance(given, list) else ("vary", "given")
        if not isinstance(row, str):
            found.append(Problem(at, "a condition such as a != b", shown(row)))
            continue
        try:
            yield parse(f"where({row}, 1, 0)", names)
        except MathsError as error:
            inside = (error.line, max(1, error.column - len("where(")))
            found.append(Problem(at, "a condition", error.message, advice=error.hint, inside=inside))


def _all(plan: Plan) -> Iterator[Parameters]:
    for values in itertools.product(*plan.chosen.values()):
        made = _complete(plan, dict(zip(plan.chosen, values, strict=True)))
        if made is not None:
            yield made


def _some(plan: Plan, rng: random.Random) -> Iterator[Parameters]:
    for _ in range(MOST):
        made = _complete(plan, {name: rng.choice(values) for name, values in plan.chosen.items()})
        if made is not None:
            yield made


def _complete(plan: Plan, made: Parameters) -> Parameters | None:
    """With the derived parameters; None when a condition does not hold."""
    for name, formula in plan.derived.items():
        value = _computed(formula, made)
        if not math.isfinite(value):
            return None
        made[name] = _plain(value)
    return made if all(_computed(condition, made) for condition in plan.given) else None


def _computed(formula: Function, parameters: Parameters) -> float:
    import numpy as np

    with np.errstate(all="ignore"):
        return float(evaluate(formula, np, {k: np.float64(v) for k, v in parameters.items()}))


def _plain(value: float) -> float:
    """A parameter as an author would write it: 3 for 3.0, 0.3 for 0.30000000000000004."""
    tidy = float(f"{value:.12g}")
    return int(tidy) if tidy.is_integer() and abs(tidy) < 2**53 else tidy


def substituted(
    data: Mapping[str, Any], parameters: Mapping[str, Any], found: list[Problem]
) -> dict[str, Any]:
    """An exercise's data with the parameters put in."""
    made = dict(data)
    for name in made:
        if name in FORMULAS:
            made[name] = _put(made[name], parameters, (name,), found, _formula)
        elif name in NUMBERS:
            made[name] = _put(made[name], parameters, (name,), found, _number)
        elif name in TEXTS:
            made[name] = _put(made[name], parameters, (name,), found, _text)
    return made


def _put(
    value: Any, parameters: Mapping[str, Any], at: tuple[str | int, ...], found: list[Problem], how: Any
) -> Any:
    if isinstance(value, list):
        return [_put(item, parameters, (*at, index), found, how) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: _put(item, parameters, (*at, key), found, how) for key, item in value.items()}
    if not isinstance(value, str):
        return value
    try:
        return how(value, parameters)
    except MathsError as error:
        inside = (error.line, error.column)
        found.append(Problem(at, "a formula", error.message, advice=error.hint, inside=inside))
        return value


def _text(text: str, parameters: Mapping[str, Any]) -> str:
    for name, value in parameters.items():
        text = text.replace("{" + name + "}", f"{value}")
    return text


def _number(text: str, parameters: Mapping[str, Any]) -> Any:
    """The number a formula of the parameters stands for; a word stays one."""
    try:
        function = parse(text, tuple(parameters))
    except MathsError:
        if text.replace("-", "").replace(" ", "").isalpha():
            return _text(text, parameters)
        raise
    return _plain(_computed(function, dict(parameters)))


def _formula(text: str, parameters: Mapping[str, Any]) -> str:
    from fractions import Fraction

    function = parse(text)
    clash = next((line.name for line in function.lines if line.name in parameters), None)
    if clash is not None:
        raise MathsError(
            f"'{clash}' is a parameter and cannot be given a formula", 1, 1, "choose another name"
        )
    nodes = {name: number_node(Fraction(repr(value))) for name, value in parameters.items()}

    def change(node: Node) -> Node:
        return _tidy(nodes.get(node.name, node) if isinstance(node, Name) else node)

    lines = tuple(
        Assign(line.name, rewrite(line.value, change), line.line, line.column) for line in function.lines
    )
    names = tuple(name for name in function.variables if name not in parameters)
    return plain_text(Function(names, lines, rewrite(function.result, change), function.name))


def _tidy(node: Node) -> Node:
    """What nobody would write: a + -3, 1*x, x**1, x + 0, -2*x as a last term added."""
    if not isinstance(node, Apply) or len(node.arguments) != 2:
        return node
    left, right = node.arguments
    if node.name in ("add", "subtract") and _minus(right) is not None:
        name = "subtract" if node.name == "add" else "add"
        return _tidy(Apply(name, (left, _minus(right) or right), node.line, node.column))
    if node.name in ("add", "subtract") and exact_number(right) == 0:
        return left
    if node.name == "add" and exact_number(left) == 0:
        return right
    if node.name == "multiply" and exact_number(left) == 1:
        return right
    if node.name == "multiply" and exact_number(left) == -1:
        return Apply("negative", (right,), node.line, node.column)
    if node.name in ("multiply", "divide", "power") and exact_number(right) == 1:
        return left
    return node


def _minus(node: Node) -> Node | None:
    """What stands behind a leading minus, also that of a product's number."""
    if isinstance(node, Apply) and node.name == "negative":
        return node.arguments[0]
    if isinstance(node, Apply) and node.name in ("multiply", "divide"):
        inner = _minus(node.arguments[0])
        return (
            None
            if inner is None
            else _tidy(Apply(node.name, (inner, node.arguments[1]), node.line, node.column))
        )
    return None
