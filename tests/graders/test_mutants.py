"""Wrong programs written from each exercise's solution: how many are named, and how many names are right."""

from __future__ import annotations

import collections
import importlib
from pathlib import Path
from typing import Any

import pytest

from graders.mutants import FAMILIES, Mutant, mutants, mutations, writing
from graders.mutants.measure import Row, measured, table
from graders.sandbox.pool import open_pool
from graders.wording import solution
from tfgrad_course.course.catalogue import catalogue

EVERY = 97  # a prime: all exercises, mistakes and styles get their turn


@pytest.mark.slow
def test_wrong_solutions_are_named_with_their_line() -> None:
    course = catalogue(Path(__file__).parents[2] / "exercises")
    with open_pool("shim", own_code=True) as pool:
        rows = measured(course.exercises, pool, EVERY, writing.STYLES)
    missed = [(row.exercise, row.mutant.kind, row.mutant.style, row.said) for row in rows if not row.named]
    said = [row for row in rows if row.said is not None]
    named = [row for row in rows if row.named]
    assert len(rows) * EVERY >= 10_000
    assert len(named) >= 0.95 * len(rows), missed
    assert len(named) >= 0.98 * len(said), missed
    assert sum(row.placed for row in named) >= 0.95 * len(named)


def test_the_table_counts_what_was_named_and_what_was_named_wrongly() -> None:
    made = [("a", "a", 3), ("a", "b", 3), ("a", None, None), ("b", "b", 4)]
    rows = [Row("one", Mutant(kind, "script", "", 3), said, line) for kind, said, line in made]
    assert table(rows).splitlines()[2:] == [
        "| a | 3 | 33.3 % | 100.0 % | 100.0 % |",
        "| b | 1 | 100.0 % | 50.0 % | 0.0 % |",
        "| **whole** | 4 | 50.0 % | 66.7 % | 50.0 % |",
    ]


def test_a_mutant_marks_the_line_that_was_changed(exercises: dict[str, Any]) -> None:
    made = {m.style: m for m in mutants(exercises["M03-01"]) if m.kind == "source-not-watched"}
    assert set(made) >= {"script", "renamed", "helper", "function", "notebook"}
    for mutant in made.values():
        assert "tf.constant(-2.0)" in mutant.source.splitlines()[mutant.line - 1]


def test_every_family_makes_something_of_the_course(exercises: dict[str, Any]) -> None:
    for family in FAMILIES:
        module = importlib.import_module(f"graders.mutants.{family}")
        assert any(any(module.made(e, solution(e))) for e in exercises.values()), family


def test_lint_runs_each_kind_at_most_twice_and_no_program_twice(exercises: dict[str, Any]) -> None:
    for code in ("M03-01", "M12-05", "M08-01", "M11-06"):
        made = mutations(exercises[code], solution(exercises[code]))
        counts = collections.Counter(mutant.kind for mutant in made)
        assert max(counts.values()) <= 2 and len({mutant.source for mutant in made}) == len(made)


def test_an_authors_own_solution_is_spoilt_wherever_its_tape_stands(exercises: dict[str, Any]) -> None:
    own = """
import tensorflow as tf

def slope(at):
    u = tf.Variable(at)
    with tf.GradientTape() as t:
        square = 5 * u**2
        y = 3 * u**3 + square - 3 * u + 10
    return t.gradient(y, u)

answer = slope(-2.0)
"""
    made = {mutant.kind: mutant.source for mutant in mutations(exercises["M03-01"], own)}
    assert {"source-not-watched", "target-computed-outside-tape", "tape-reset", "caret-as-power"} <= set(made)
    assert "u = tf.constant(at)" in made["source-not-watched"]
