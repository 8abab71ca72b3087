"""Wrong programs made from a right one: one edit a misconception, to prove that an exercise refuses them all.

Edits work on the syntax tree, so that an author's own solution can be spoilt, too. An edit that finds nothing to
change in a program makes nothing.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders import spoilt
from graders.draft import Draft
from graders.edits import answers, calls, formulas, steps, variables

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

MOST_OF_A_KIND = 2


@dataclass(frozen=True, slots=True)
class Mutation:
    """A wrong program: the misconception's id and the source."""

    misconception: str
    source: str


def mutations(exercise: Exercise, solution: str) -> list[Mutation]:
    """All wrong programs that can be made of an exercise's solution, no two alike."""
    tree = ast.parse(solution)
    right = ast.unparse(tree)
    found: dict[str, Mutation] = {}
    for misconception, source in (*_edited(exercise, tree), *spoilt.programs(exercise, solution)):
        if source != right and source not in found:
            found[source] = Mutation(misconception, source)
    return list(found.values())


def _edited(exercise: Exercise, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for name, edit in EDITS.items():
        changed = edit(Draft(copy.deepcopy(tree), exercise))
        if changed is not None:
            yield name, ast.unparse(ast.fix_missing_locations(changed))


Edit = Callable[[Draft], "ast.Module | None"]

EDITS: dict[str, Edit] = {
    "source-not-watched": variables.constant_for_variable,
    "source-integer-dtype": variables.whole_numbers,
    "source-not-trainable": variables.not_trainable,
    "target-computed-outside-tape": formulas.after_the_block,
    "value-extracted-in-tape": formulas.numpy_of_source,
    "python-cast-in-tape": formulas.float_of_source,
    "numpy-function-in-tape": formulas.numpy_functions,
    "math-function-in-tape": formulas.math_functions,
    "target-rewrapped-as-variable": formulas.target_as_variable,
    "target-and-source-swapped": calls.swapped_arguments,
    "source-is-a-copy": calls.copied_source,
    "source-recreated": variables.recreated_source,
    "formula-uses-other-variable": variables.other_variable,
    "number-substituted-for-x": formulas.number_for_source,
    "tape-reset": formulas.reset,
    "stop-gradient-on-path": formulas.stopped,
    "cast-to-integer-in-path": formulas.cast_to_integer,
    "tape-not-instantiated": calls.class_for_tape,
    "sources-argument-missing": calls.no_sources,
    "tape-used-twice": calls.asked_before,
    "wrong-point": variables.other_point,
    "value-reported-not-slope": answers.value_for_answer,
    "caret-as-power": formulas.caret,
    "inner-gradient-outside-outer-tape": calls.inner_outside,
    "nested-tapes-swapped": calls.tapes_swapped,
    "first-for-second-derivative": answers.first_for_second,
    "derivative-squared": answers.squared,
    "mixed-vs-pure-second": calls.pure_for_mixed,
    "partials-swapped": calls.sources_reversed,
    "partials-added": answers.partials_added,
    "gradient-sums-vector-target": calls.gradient_for_jacobian,
    "jacobian-transposed": answers.transposed,
    "direction-not-normalised": answers.direction_as_given,
    "monotonicity-inverted": answers.comparison_inverted,
    "monotonicity-from-value": answers.comparison_of_value,
    "tangent-intercept": answers.height_for_intercept,
    "descent-sign": steps.other_way,
    "learning-rate-missing": steps.no_rate,
    "step-count-off-by-one": steps.one_step_more,
    "assign-overwrites": steps.overwritten,
    "tape-outside-loop": steps.recorded_once,
    "apply-gradients-swapped": steps.pairs_swapped,
    "force-sign": answers.minus_dropped,
    "custom-gradient-ignores-upstream": answers.upstream_dropped,
}
