"""What formulas, points, domains and vectors of one exercise must be to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgrad_course.course.draft import ONE_NUMBER, ONE_VARIABLE, Draft
from tfgrad_course.course.fault import Problem, listed, nearest, shown
from tfgrad_course.course.formulas import arguments_of, partial_of, texts_of, then_names
from tfgrad_course.course.values import flat, shape_of
from tfgrad_course.maths.tree import Function, MathsError


def formulas(draft: Draft) -> Iterator[Problem]:
    """Every formula must be readable and have a value for each of its variables in the point."""
    from tfgrad_course.maths.parse import parse

    if not draft.sound("function", "functions", "vary"):
        return
    names = None if draft.sheet.point is None or not draft.sound("point") else tuple(draft.sheet.point)
    for at, _, text in texts_of(draft.sheet):
        try:
            draft.functions[at] = parse(text, names)
        except MathsError as error:
            missing = _missing(text, names or ())
            if missing:
                found = f"a value for {listed(names or (), 'and')} only"
                yield Problem(
                    ("point",), f"a value for {listed(missing, 'and')}, which the function uses", found
                )
            else:
                yield Problem(
                    at, "a formula", error.message, advice=error.hint, inside=(error.line, error.column)
                )


def _missing(text: str, names: tuple[str, ...]) -> list[str]:
    """Names in the formula that look like variables the point forgot, not like slips of the pen."""
    from tfgrad_course.maths.functions import WORDS
    from tfgrad_course.maths.parse import parse

    try:
        function = parse(text)
    except MathsError:
        return []
    extra = [name for name in function.variables if name not in names]
    slips = [name for name in extra if nearest(name, (*names, *WORDS)) or set(name) <= set("".join(names))]
    return [] if slips or not names else extra


def uses(draft: Draft) -> Iterator[Problem]:
    """The function must depend on its variable, or on one of several."""
    sheet = draft.sheet
    if (
        not draft.functions
        or not draft.has("point")
        or not sheet.point
        or sheet.kind in ("value", "shape", "choice")
    ):
        return
    used = {name for function in draft.functions.values() for name in function.used}
    if not used & set(sheet.point):
        at = next(iter(draft.functions))
        names = listed(list(sheet.point))
        yield Problem(at, f"a function of {names}", f"a formula without {names}")


def shapes(draft: Draft) -> Iterator[Problem]:
    """Vectors and matrices must fit together, and kinds about one number must get one."""
    from tfgrad_course.maths.shapes import shape, shapes_at

    sheet = draft.sheet
    if not draft.functions or not draft.has("point"):
        return
    if sheet.judged_as in ONE_VARIABLE and any(shape_of(value) for value in (sheet.point or {}).values()):
        return  # the point is what is wrong
    known = shapes_at({name: _listed(value) for name, value in (sheet.point or {}).items()})
    for at, function in draft.functions.items():
        try:
            result = shape(function, known)
        except MathsError as error:
            yield Problem(
                at, "a formula", error.message, advice=error.hint, inside=(error.line, error.column)
            )
            draft.functions = {}
            return
        if result != () and len(at) == 1 and sheet.judged_as in (*ONE_NUMBER, "partials", "gradient"):
            found = f"a result of the shape {list(result)}"
            yield Problem(
                at, "a function with one number as its result", found, advice="use sum(...) or kind: jacobian"
            )
            return
    if isinstance(sheet.function, tuple) and sheet.judged_as in ONE_NUMBER:
        yield Problem(
            ("function",), "one function", f"a list of {len(sheet.function)}", advice="use kind: jacobian"
        )


def _listed(value: Any) -> Any:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def point(draft: Draft) -> Iterator[Problem]:
    """Kinds of one variable need a point of one number, and the function must have a value there."""
    sheet = draft.sheet
    if not draft.has("point") or not sheet.point:
        return
    if sheet.judged_as in ONE_VARIABLE and draft.sound("wrt") and len(sheet.wrt or sheet.point) > 1:
        found = listed(list(sheet.point), "and")
        advice = "name it in `wrt`, or use kind: partials"
        yield Problem(("point",), f"one variable for the kind {sheet.judged_as}", found, advice=advice)
    elif sheet.judged_as in ONE_VARIABLE:
        for name in sheet.wrt or sheet.point:
            if shape_of(sheet.point.get(name)):
                advice = "use kind: gradient or jacobian"
                yield Problem(("point", name), "one number", shown(sheet.point[name]), advice=advice)
    for at, function in draft.functions.items():
        value = _value(function, sheet.point)
        if value is not None and sheet.kind not in ("value", "shape", "graph"):
            spot = ("point", *sheet.point) if len(sheet.point) == 1 else ("point",)
            where = ", ".join(f"{name} = {_listed(value)}" for name, value in sheet.point.items())
            said = "a point inside the function's domain"
            what = (
                f"`{at[0]}`"
                if len(at) == 1
                else f"`{at[0]}` number {at[1]}"
                if at[0] == "function"
                else f"'{at[1]}'"
            )
            yield Problem(spot, said, f"{where}, where {what} is {value}")


def _value(function: Function, point: dict[str, Any]) -> str | None:
    """What the function is at the point when that is no finite number, in a word."""
    import numpy as np

    from tfgrad_course.maths.evaluate import evaluate

    try:
        with np.errstate(all="ignore"):
            value = np.asarray(
                evaluate(function, np, {k: np.asarray(v, dtype=float) for k, v in point.items()})
            )
    except (MathsError, ValueError, ArithmeticError, IndexError):
        return None
    if np.isfinite(value).all():
        return None
    return "not a number" if np.isnan(value).any() else "infinite"


def domain(draft: Draft) -> Iterator[Problem]:
    """A domain must be of the variables and hold the point."""
    sheet = draft.sheet
    if not draft.has("domain"):
        return
    ranges = sheet.domain if isinstance(sheet.domain, dict) else {}
    point = sheet.point if draft.has("point") and sheet.point else {}
    for name, (low, high) in ranges.items():
        if point and name not in point:
            yield Problem(
                ("domain", name), f"a variable of the point ({listed(list(point))})", f"'{name}'", key=True
            )
        elif point and any(not low <= x <= high for x in flat(point[name])):
            found = f"[{low:g}, {high:g}] for {name} = {_listed(point[name])}"
            yield Problem(("domain", name), "a range that holds the point", found)
    if isinstance(sheet.domain, tuple):
        low, high = sheet.domain
        for name, value in point.items():
            if any(not low <= x <= high for x in flat(value)):
                found = f"[{low:g}, {high:g}] for {name} = {_listed(value)}"
                yield Problem(("domain",), "a range that holds the point", found)
                return


def wrt(draft: Draft) -> Iterator[Problem]:
    """`wrt` names variables (of a graph question: also steps)."""
    sheet = draft.sheet
    if not draft.has("wrt") or not draft.sound("function", "functions", "point"):
        return
    known = list(sheet.point or {})
    for function in draft.functions.values():
        known += [*function.variables] if not known else []
        known += [line.name for line in function.lines] if sheet.kind == "graph" else []
    if sheet.reference and not known:
        known = list(arguments_of(sheet.reference) or ())
    for index, name in enumerate(sheet.wrt or ()):
        if known and name not in known:
            yield Problem(("wrt", index), f"a variable ({listed(known)})", f"'{name}'", nearest(name, known))


def vectors(draft: Draft) -> Iterator[Problem]:
    """A direction has one number for each of the point's and is not zero; weights one for each output."""
    sheet = draft.sheet
    if draft.has("direction", "point") and draft.sound("wrt"):
        names = sheet.wrt or tuple(sheet.point or {})
        length = sum(len(flat((sheet.point or {}).get(name, 0.0))) for name in names)
        if len(sheet.direction or ()) != length:
            found = shown(sheet.direction)
            yield Problem(("direction",), f"{length} numbers, one for each number of the point", found)
        elif not any(sheet.direction or ()):
            yield Problem(("direction",), "a direction", "zeros only")
    if (
        draft.has("weights")
        and isinstance(sheet.function, tuple)
        and len(sheet.weights or ()) != len(sheet.function)
    ):
        expected = f"{len(sheet.function)} weights, one for each output"
        yield Problem(("weights",), expected, shown(sheet.weights))
    if draft.has("estimate", "point"):
        for name in sheet.point or {}:
            if name not in (sheet.estimate or {}):
                yield Problem(
                    ("estimate",), f"a value for {name}", f"{listed(list(sheet.estimate or {}))} only"
                )


def then(draft: Draft) -> Iterator[Problem]:
    """A formula in `then` speaks of the derivative, the value, the variables and partial derivatives."""
    from tfgrad_course.maths.parse import parse

    sheet = draft.sheet
    if not draft.has("then") or not draft.sound("function", "functions", "point"):
        return
    try:
        formula = parse(sheet.then or "")
    except MathsError as error:
        inside = (error.line, error.column)
        yield Problem(("then",), "a formula", error.message, advice=error.hint, inside=inside)
        return
    known = then_names(sheet, sheet.judged_as)
    own = next(iter(draft.functions.values()), None)
    for name in formula.variables:
        if name not in known and partial_of(name, own.name if own else "y", sheet.variables) is None:
            spot = next((n for n in formula.nodes() if getattr(n, "name", None) == name), None)
            inside = (spot.line, spot.column) if spot is not None else (1, 1)
            words = f"one of {', '.join(known)}, or a partial derivative such as f_{sheet.variables[0]}"
            yield Problem(("then",), words, f"'{name}'", nearest(name, known), inside=inside)
