"""The parts of an exercise beside its question: limits, requirements, who sees a check's result."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from tfgrad_course.course.fault import nearest
from tfgrad_course.course.values import Positive, one_of, wrong

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
DERIVED_BY = ("tape", "forward", "any")
SYNTAX_WORDS = ("for", "while", "if", "def", "class", "lambda", "with", "numpy", "math", "print")


class Model(BaseModel):
    """What all models share: frozen, and no field but the known ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=False)


def word_of(words: tuple[str, ...]) -> BeforeValidator:
    """A field that holds one of these words."""
    return BeforeValidator(lambda value: one_of(words, value))


def _visibility(value: Any) -> Any:
    if isinstance(value, str):
        return {"all": one_of(VISIBILITIES, value)}
    if not isinstance(value, dict) or not value:
        wrong("a word for all checks, or one a check ({answer: hidden})", value)
    for check, word in value.items():
        if word not in VISIBILITIES:
            known = ", ".join(VISIBILITIES)
            wrong(f"one of {known}", word, (check,), nearest=nearest(str(word), VISIBILITIES))
    return value


def _strings(value: Any) -> Any:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        wrong("a word, or a list of words", value)
    for index, item in enumerate(items):
        named = isinstance(item, str) and re.fullmatch(r"tf(\.[A-Za-z_]\w*)+", item)
        if not named and item not in SYNTAX_WORDS:
            words = f"a name such as tf.norm, or one of {', '.join(SYNTAX_WORDS)}"
            at = (index,) if isinstance(value, list) else ()
            wrong(words, item, at, nearest=nearest(str(item), SYNTAX_WORDS))
    return tuple(items)


_STRINGS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Words = Annotated[tuple[str, ...], BeforeValidator(_strings), WithJsonSchema(_STRINGS)]
Visibility = Annotated[dict[str, str], BeforeValidator(_visibility)]


class Limits(Model):
    """What a run of a submission may use; without it the grader's own limits hold."""

    seconds: Positive | None = Field(None, description="Seconds a run may take, by the clock.")
    mib: Positive | None = Field(None, description="Memory a run may use, in MiB.")


class Requires(Model):
    """What a submission must or must not use, beyond giving the right answer."""

    use: Words = Field(
        (), description="Names or words that must occur: tf.custom_gradient, tf.stop_gradient, for, def."
    )
    avoid: Words = Field((), description="Names or words that must not occur: numpy, while, tf.norm.")
    derivative: Annotated[Literal["tape", "forward", "any"], word_of(DERIVED_BY)] = Field(
        "tape",
        description="Who may compute the derivative: the tape; the tape or tf.autodiff.ForwardAccumulator (forward); "
        "or anything, even a formula derived by hand (any).",
    )
