"""What the fields of one exercise must be to each other, told for all of them at once and at their places."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tfgrad_course.course import answer_rules, formula_rules
from tfgrad_course.course.draft import Draft
from tfgrad_course.course.exercise import Sheet
from tfgrad_course.course.fault import Problem, listed, nearest, shown
from tfgrad_course.course.formulas import arguments_of
from tfgrad_course.course.kinds import KINDS, fields_of


def problems(draft: Draft) -> Iterator[Problem]:
    """Everything that is wrong between the fields, each said once."""
    if not draft.sound("kind", "like"):
        return
    for rule in RULES:
        yield from rule(draft)


def _fields(draft: Draft) -> Iterator[Problem]:
    """A field must be one that the kind uses, and what the kind needs must be there."""
    sheet = draft.sheet
    allowed = fields_of(sheet.kind, sheet.like)
    for name in sorted(draft.given - allowed):
        if name in Sheet.model_fields:
            users = [kind for kind in KINDS if name in fields_of(kind)]
            said = f"`{name}` belongs to {listed(users[:4], 'and')}"
            yield Problem((name,), f"fields of the kind {sheet.kind}", f"'{name}'", advice=said, key=True)
    needs = list(KINDS[sheet.kind].needs)
    if sheet.kind in ("repair", "fill-in"):
        needs += sheet.form.needs
    if sheet.vary is None and draft.sound("vary"):
        needs.append("answer")
    for need in needs:
        names = need.split("|")
        present = [name for name in names if name in draft.given]
        if not present and not draft.meant & set(names):
            said = listed([f"`{name}`" for name in names])
            yield Problem((), f"{said} for the kind {sheet.kind}", "none", advice=_EXAMPLE.get(names[0], ""))
    for pair in (("function", "functions"), ("function", "reference"), ("functions", "reference")):
        if set(pair) <= draft.given and sheet.kind not in ("choice", "select"):
            yield Problem(
                (pair[1],), f"either `{pair[0]}` or `{pair[1]}`", "both", advice="leave one out", key=True
            )


_EXAMPLE = {
    "function": "write it as in function: x**2 + 1",
    "point": "write it as in point: {x: 2}",
    "answer": "write it as in answer: 13",
    "choices": "write them as in choices: [1, 2, 3]",
    "direction": "write it as in direction: [3, 4]",
    "starter": "write the program after `starter: |`",
    "ask": "write it as in ask: nodes",
}


def _asks(draft: Draft) -> Iterator[Problem]:
    """`ask` must be one of the kind's questions."""
    sheet = draft.sheet
    asks = KINDS[sheet.kind].asks or sheet.form.asks
    if draft.has("ask") and asks and sheet.ask not in asks:
        near = nearest(sheet.ask or "", asks)
        yield Problem(("ask",), f"one of {', '.join(asks)}", shown(sheet.ask), near)


def _checks(draft: Draft) -> Iterator[Problem]:
    """Weights and visibilities go by the checks of the kind."""
    sheet = draft.sheet
    for name in ("points", "visibility"):
        for check in (getattr(sheet, name) or {}) if draft.has(name) else {}:
            if check not in sheet.form.checks:
                near = nearest(check, sheet.form.checks)
                words = f"a check of the kind {sheet.judged_as} ({', '.join(sheet.form.checks)})"
                yield Problem((name, check), words, f"'{check}'", near, key=True)


def _code(draft: Draft) -> Iterator[Problem]:
    """Code must be Python; a fill-in starter has blanks; a reference defines what it must."""
    sheet = draft.sheet
    for name in ("solution", "reference"):
        if draft.has(name):
            try:
                ast.parse(getattr(sheet, name))
            except SyntaxError as error:
                inside = (error.lineno or 1, error.offset or 1)
                yield Problem((name,), "Python", error.msg, inside=inside)
                return
    if sheet.kind == "fill-in" and draft.has("starter") and "____" not in (sheet.starter or ""):
        yield Problem(("starter",), "a program with blanks (____)", "none")
    if draft.has("reference", "point") and sheet.kind not in ("choice", "select", "value", "shape"):
        given = arguments_of(sheet.reference or "")
        if given is None:
            yield Problem(("reference",), "a definition `def function(...)`", "none")
        elif set(given) != set(sheet.point or {}):
            names = listed(list(sheet.point or {}), "and")
            yield Problem(("reference",), f"function with the arguments {names}", listed(given, "and"))


def _optimiser(draft: Draft) -> Iterator[Problem]:
    """A learning rate is needed by all methods but Newton's, momentum only by its own."""
    sheet = draft.sheet
    if sheet.judged_as != "optimiser" or not draft.sound("method", "learning_rate", "momentum"):
        return
    newton = sheet.method == "newton"
    if not newton and sheet.learning_rate is None:
        yield Problem(
            (), "`learning_rate` for the kind optimiser", "none", advice="write it as in learning_rate: 0.1"
        )
    if newton and sheet.learning_rate is not None:
        yield Problem(
            ("learning_rate",), "no learning rate for method newton", shown(sheet.learning_rate), key=True
        )
    if sheet.momentum is not None and sheet.method != "momentum":
        yield Problem(
            ("momentum",), "momentum with `method: momentum` only", f"method {sheet.method}", key=True
        )


def _graph(draft: Draft) -> Iterator[Problem]:
    """A local derivative needs the node it is of."""
    sheet = draft.sheet
    if sheet.kind == "graph" and sheet.ask == "local-derivative" and draft.sound("node", "point"):
        if sheet.node is None:
            yield Problem((), "`node` for a local derivative", "none", advice="write it as in node: u")
        if sheet.point is None:
            yield Problem((), "`point` for a local derivative", "none", advice=_EXAMPLE["point"])


RULES: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    _fields,
    _asks,
    formula_rules.formulas,
    formula_rules.uses,
    formula_rules.shapes,
    formula_rules.point,
    formula_rules.domain,
    formula_rules.wrt,
    formula_rules.vectors,
    formula_rules.then,
    answer_rules.answer,
    answer_rules.choices,
    _checks,
    _code,
    _optimiser,
    _graph,
)
