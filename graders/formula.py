"""An exercise's function as a formula on any tf-like namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders.differentiate import Formula

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


def formula_of(exercise: Exercise) -> Formula:
    """The function of an exercise; several (a list, or by name) are stacked into a vector."""
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths import evaluate

    function = function_of(exercise)
    if function is None:
        from graders.author import Authored

        return Authored(exercise)
    return lambda tf, given: _tensor(tf, evaluate(function, tf, given))


def _tensor(tf: Any, result: Any) -> Any:
    return result if tf.is_tensor(result) else tf.constant(result)
