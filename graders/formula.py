"""An exercise's function as a formula on any tf-like namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders.differentiate import Formula

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


def formula_of(exercise: Exercise) -> Formula:
    """The function (or the list of functions, stacked into a vector) of an exercise."""
    from tfgrad_course.maths import evaluate, parse

    names = list(exercise.point or {})
    texts = exercise.function
    if isinstance(texts, (list, tuple)):
        parsed = [parse(text, names) for text in texts]
        return lambda tf, given: tf.stack([evaluate(each, tf, given) for each in parsed])
    one = parse(str(texts), names)
    return lambda tf, given: _tensor(tf, evaluate(one, tf, given))


def _tensor(tf: Any, result: Any) -> Any:
    return result if tf.is_tensor(result) else tf.constant(result)
