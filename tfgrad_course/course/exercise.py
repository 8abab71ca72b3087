"""An exercise as data: the fields an author may write, and the exercise the rest of tfgrad works with.

Field descriptions are the author's guide: `docs/exercise-reference.md` and the JSON Schema are made from them.
Every `Exercise` is concrete: parameters of `vary:` are already drawn (see variants.py).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from tfgrad_course.course.kinds import CONCAVITY, CRITICAL, KINDS, LIKE, METHODS, Form, form_of
from tfgrad_course.course.settings import Limits, Model, Requires, Visibility, word_of
from tfgrad_course.course.values import (
    Answer,
    Choices,
    Code,
    Domain,
    Formula,
    Formulas,
    NamedFormulas,
    Names,
    Point,
    Positive,
    Text,
    Vector,
    Weights,
    one_of,
    said,
    shape_of,
    wrong,
)  # fmt: skip


def _kind(value: Any) -> str:
    return one_of(tuple(KINDS), value)


def _id(value: Any) -> str:
    if (
        not isinstance(value, str)
        or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", value)
        or len(value) > 60
    ):
        wrong("an id in lower case with hyphens, as in polynomial-slope", value)
    return value


def _schema_number(value: Any) -> int:
    if type(value) is not int or value < 1:
        wrong("the number of the schema, 1", value)
    if value > 1:
        wrong("schema 1", value, advice="the file was written for a newer tfgrad: upgrade tfgrad")
    return value


def _whole(low: int, high: int) -> BeforeValidator:
    def check(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            wrong(f"a whole number from {low} to {high}", value)
        return value

    return BeforeValidator(check)


def _between(low: float, high: float) -> BeforeValidator:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value < high:
            wrong(f"a number from {low} up to (not including) {high}", value)
        return float(value)

    return BeforeValidator(check)


def _hints(value: Any) -> Any:
    return (
        [value]
        if isinstance(value, (str, dict))
        else value
        if isinstance(value, list)
        else wrong("hints", value)
    )


def _string_map(value: Any) -> Any:
    if not isinstance(value, dict) or not value:
        wrong("names with a text each", value)
    for name, words in value.items():
        if not isinstance(words, str) or not words.strip():
            wrong("text", words, (name,))
    return value


def _vary(value: Any) -> Any:
    return value if isinstance(value, dict) and value else wrong("parameters, as in {a: [2, 3, 4]}", value)


StringMap = Annotated[dict[str, str], BeforeValidator(_string_map)]


class Sheet(Model):
    """The fields an author may write in an exercise's file."""

    schema_: Annotated[int, BeforeValidator(_schema_number), WithJsonSchema({"const": 1})] = Field(
        1, alias="schema", description="The version of this format; 1 when left out."
    )
    id: Annotated[
        str,
        BeforeValidator(_id),
        WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 60}),
    ] = Field(description="The exercise's name: the file's name without its number and `.yaml`.")
    kind: Annotated[str, BeforeValidator(_kind), WithJsonSchema({"enum": list(KINDS)})] = Field(
        description="What is asked; decides what a submission must deliver and how it is checked."
    )
    title: Text | None = Field(None, description="A short title; made from the id when left out.")
    prompt: Text | None = Field(
        None,
        description="What the learner is asked, in Markdown with $...$ for formulas; derived from the function, the "
        "point and the kind when left out. Parameters of `vary` stand in braces: {a}.",
    )
    hints: Annotated[tuple[Text, ...], BeforeValidator(_hints)] = Field(
        (), description="A ladder of hints, the gentlest first; they come before the kind's own."
    )
    explain: Text | None = Field(
        None, description="Shown after the exercise is passed: what was to be learnt."
    )

    function: Formulas | None = Field(
        None,
        description="The function, in the language of formulas; a list of them makes a vector function. Several "
        "lines (after a `|`) name intermediate steps: `u = 1 + x**2`, then `y = log(u)`.",
    )
    functions: NamedFormulas | None = Field(
        None, description="Several functions of the same variables, by name: {u: x*y, v: x/y}."
    )
    reference: Code | None = Field(
        None,
        description="Code where no formula serves, run in the sandbox with `tf` at hand. For kinds with a point it "
        "defines `function(x, ...)` taking the point's variables by name; else it leaves the right answer in `answer`.",
    )
    point: Point | None = Field(
        None,
        description="The value of each variable: a number, a constant formula (pi/6), a vector or a matrix. Its order "
        "is the order of the variables.",
    )
    domain: Domain | None = Field(
        None,
        description="Where hidden points are drawn: [low, high] for all variables or one range a variable; for vectors "
        "each entry. For critical-points: where they are looked for. Derived from the point when left out.",
    )
    wrt: Names | None = Field(
        None,
        description="The variables to differentiate with respect to, in this order (all when left out). For a mixed "
        "derivative the order of differentiation. For graph questions: where paths start, or a node's input.",
    )
    order: (
        Annotated[int, _whole(1, 6), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 6})] | None
    ) = Field(None, description="The order of the derivative (kind derivative; 2 when left out).")
    direction: Vector | None = Field(
        None,
        description="A direction, one number for each number of the point: of a directional derivative (brought "
        "to length 1), or the vector of a hessian-vector product (taken as it is).",
    )
    weights: Vector | None = Field(
        None,
        description="One weight for each output: the vector of a vector-jacobian product (kind jacobian).",
    )
    then: Formula | None = Field(
        None,
        description="What is made of the derivative before it is handed in, as a formula of `slope`, `derivative`, "
        "`gradient`, `jacobian` or `hessian` (the kind's result), `value` (the function's), the variables, and "
        "partial derivatives such as f_x or f_xy: `-slope`, `norm(gradient)`.",
    )
    estimate: Point | None = Field(
        None,
        description="The point at which the tangent is read, in place of its coefficients (kind tangent).",
    )
    ask: str | None = Field(None, description="What exactly is asked, for kinds with several questions.")
    node: str | None = Field(
        None,
        description="The step of the function a graph question is about, by its name (u) or operation (Mul).",
    )
    like: Annotated[str, word_of(LIKE), WithJsonSchema({"enum": list(LIKE)})] | None = Field(
        None, description="The kind that judges a repaired or completed program; slope when left out."
    )
    learning_rate: Positive | None = Field(None, description="The learning rate of an optimiser.")
    steps: (
        Annotated[
            int, _whole(1, 10_000), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 10_000})
        ]
        | None
    ) = Field(None, description="How many steps the optimiser takes; 1 when left out.")
    method: Annotated[str, word_of(METHODS), WithJsonSchema({"enum": list(METHODS)})] | None = Field(
        None,
        description="The optimiser's rule; descent when left out. Momentum and Adam are those of tf.keras.optimizers; "
        "newton is x - f'(x)/f''(x).",
    )
    momentum: (
        Annotated[
            float, _between(0, 1), WithJsonSchema({"type": "number", "minimum": 0, "exclusiveMaximum": 1})
        ]
        | None
    ) = Field(None, description="The momentum of `method: momentum`; 0.9 when left out.")

    answer: Answer | None = Field(
        None,
        description="The right answer: a number, a constant formula (20*pi), a word, a list, a matrix; [word, number] "
        "when both are asked. Always compared with what is derived from the function.",
    )
    name: str | None = Field(None, description="The name the answer is left in; `answer` when left out.")
    choices: Choices | None = Field(
        None, description="Choices to pick from: numbers or words, A is the first."
    )
    mistakes: StringMap | None = Field(
        None, description="The misconception behind a wrong choice, by its letter: {A: wrong-point}."
    )
    starter: Code | None = Field(
        None,
        description="What the learner starts from; derived when left out. Must not pass. For fill-in with `____`.",
    )
    solution: Code | None = Field(None, description="A right submission; derived when left out. Must pass.")

    points: Weights | None = Field(None, description="Weights of the checks, in place of the kind's own.")
    tolerance: Positive | None = Field(
        None,
        description="The allowed distance to the right number; derived from the problem's conditioning when left out.",
    )
    limits: Limits | None = Field(None, description="Seconds and MiB of a run.")
    vary: Annotated[dict[str, Any], BeforeValidator(_vary)] | None = Field(
        None,
        description="Parameters drawn for each learner: a list to choose from ({a: [2, 3, 4]}), a range "
        "({a: {from: 1, to: 9, step: 2}}), or a formula of the ones before (c: a + b); `given:` lists conditions that "
        "must hold. Function, point, answer, choices and texts may use them.",
    )
    visibility: Visibility | None = Field(
        None,
        description="Who sees a check's result: visible, after_due_date, after_published or hidden; one word for all, "
        "or one a check.",
    )
    requires: Requires | None = Field(None, description="What a submission must or must not use.")
    slips: StringMap | None = Field(
        None,
        description="Likely mistakes that this exercise cannot tell from the right answer, each with the reason.",
    )
    unnamed: StringMap | None = Field(
        None,
        description="Likely mistakes that are refused here without being named to the learner, each with the reason.",
    )

    @model_validator(mode="after")
    def _spread(self) -> Sheet:
        """A visibility for all checks is one for each."""
        if self.visibility and "all" in self.visibility:
            word = self.visibility["all"]
            object.__setattr__(self, "visibility", dict.fromkeys(self.form.checks, word))
        return self

    @property
    def form(self) -> Form:
        """The row of the table of kinds that judges this exercise."""
        return form_of(self.kind, self.like)

    @property
    def judged_as(self) -> str:
        """The kind that judges: its own, or what a repaired or completed program is like."""
        return (self.like or "slope") if self.kind in ("repair", "fill-in") else self.kind

    @property
    def question(self) -> str | None:
        """What `ask` says, or the kind's first question when it is left out."""
        return self.ask or next(iter(self.form.asks), None)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables: the point's, else those of the function in the order they occur."""
        if self.point is not None:
            return tuple(self.point)
        from tfgrad_course.course.formulas import free_variables

        return free_variables(self)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may be answered; empty when a number is asked."""
        if self.kind in ("choice", "select"):
            return tuple(str(choice) for choice in self.choices or ())
        if self.judged_as in ("hessian", "optimiser") and self.ask is None:
            return ()
        return self.form.words

    @property
    def word(self) -> str | None:
        """The word part of the stated answer."""
        words = CONCAVITY + CRITICAL + self.form.words
        parts = self.answer if isinstance(self.answer, tuple) else (self.answer,)
        return next((part for part in parts if isinstance(part, str) and part in words), None)

    @property
    def number(self) -> Any:
        """The number part of the stated answer: a number, a vector or a matrix; None where a word is all."""
        if self.word is None:
            return self.answer
        if not isinstance(self.answer, tuple):
            return None
        return next((part for part in self.answer if part != self.word), None)

    @property
    def number_shape(self) -> tuple[int, ...]:
        """The shape of the answer's number part."""
        return shape_of(self.number)


class Exercise(Sheet):
    """A loaded exercise: the author's fields, where it stands in the course, and its variant."""

    path: Path | None = Field(None, exclude=True)
    module: int = Field(0, exclude=True)
    position: int = Field(0, exclude=True)
    variant: dict[str, Any] | None = Field(None, exclude=True)
    written: dict[str, Any] = Field(default_factory=dict, exclude=True, repr=False)

    @property
    def code(self) -> str:
        """Module and number as in the curriculum: M03-01; empty outside a course."""
        return f"M{self.module:02d}-{self.position:02d}" if self.module and self.position else ""

    @property
    def answer_name(self) -> str:
        """The name the learner leaves the answer in."""
        return self.name or "answer"

    def text(self, field: str, language: str = "en") -> str:
        """One of the author's texts (title, prompt, explain) in a language; empty when left out."""
        given = said(getattr(self, field), language)
        if not given and field == "title":
            return self.id.replace("-", " ").capitalize()
        return given

    def hint_texts(self, language: str = "en") -> tuple[str, ...]:
        """The author's hints in a language."""
        return tuple(said(hint, language) for hint in self.hints)
