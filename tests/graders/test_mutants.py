"""Wrong programs written from each exercise's solution: how many are named, and how many names are right."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

import pytest

from graders.case import Case
from graders.diagnose import explain
from graders.mutants import mutants, writing

EVERY = 97  # a prime: all exercises, mistakes and styles get their turn
NEEDS_TENSORFLOW = {"numpy-in-tf-function", "variable-created-in-tf-function"}


STYLES = tuple(style for style in writing.STYLES if style != "traced")


@pytest.mark.slow
def test_wrong_solutions_are_named_with_their_line(
    exercises: dict[str, Any], case_of: Callable[..., Case]
) -> None:
    wanted, named, right, at_line = (collections.Counter[str]() for _ in range(4))
    count = 0
    for code, exercise in exercises.items():
        for mutant in mutants(exercise, STYLES):
            count += 1
            if count % EVERY or mutant.kind in NEEDS_TENSORFLOW:
                continue
            case = case_of(code, mutant.source)
            found, _ = explain(case)
            if not found and case.derived:
                continue  # this mistake does no harm here: the answer is right all the same
            wanted[mutant.kind] += 1
            named[found[0].id if found else "nothing"] += 1
            if found and found[0].id == mutant.kind:
                right[mutant.kind] += 1
                at_line[mutant.kind] += found[0].line == mutant.line
    total, hits = sum(wanted.values()), sum(right.values())
    said = total - named["nothing"]
    weak = {kind: (right[kind], wanted[kind]) for kind in wanted if right[kind] < wanted[kind]}
    assert count >= 10_000
    assert hits / total >= 0.95, weak
    assert hits / said >= 0.98, weak
    assert sum(at_line.values()) / hits >= 0.95


def test_a_mutant_marks_the_line_that_was_changed(exercises: dict[str, Any]) -> None:
    made = {m.style: m for m in mutants(exercises["M03-01"]) if m.kind == "source-not-watched"}
    assert set(made) >= {"script", "renamed", "helper", "function", "notebook"}
    for mutant in made.values():
        assert "tf.constant(-2.0)" in mutant.source.splitlines()[mutant.line - 1]
