"""What is derived from a few lines of YAML: prompt, starter, solution, hints and explanation, for every kind."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from graders import wording
from graders.latex_text import unicode_of
from graders.notation import in_markdown
from tfgrad_course.course.catalogue import Catalogue, catalogue
from tfgrad_course.course.exercise import Exercise

COURSE: Catalogue = catalogue(Path(__file__).parents[2] / "exercises")
ALL = COURSE.exercises


def bare(exercise: Exercise) -> Exercise:
    """The exercise as if its author had written no words and no code but what the kind needs."""
    return exercise.model_copy(update={"prompt": None, "hints": (), "explain": None, "title": None})


@pytest.mark.parametrize("exercise", ALL, ids=lambda one: one.id)
def test_everything_is_derived_for_every_exercise(exercise: Exercise) -> None:
    one = bare(exercise)
    for text in (wording.prompt(one), wording.prompt(one, in_markdown)):
        assert len(text) > 20 and "None" not in text.replace(
            "None", "", "None" in map(str, one.choices or ())
        )
    assert wording.hints(one) and all(hint.strip() for hint in wording.hints(one))
    ast.parse(wording.solution(one))
    starter = wording.starter(one)
    assert f"# tfgrad: {one.id}\n" in starter and starter.endswith("\n")
    if one.kind != "fill-in":
        ast.parse(starter)
    assert max(len(line) for line in starter.splitlines() if line.startswith("#")) <= 100


def test_a_prompt_names_function_point_and_the_answers_name() -> None:
    text = wording.prompt(bare(COURSE["polynomial-slope"]))
    assert "3x³ + 5x² − 3x + 10" in text and "x = −2" in text and "`answer`" in text and "B) 13" in text
    markdown = wording.prompt(bare(COURSE["polynomial-slope"]), in_markdown)
    assert "$y = 3 x^{3} + 5 x^{2} - 3 x + 10$" in markdown


def test_a_constant_in_the_point_stays_as_it_was_written() -> None:
    assert "π/6" in wording.prompt(bare(COURSE["second-derivative-of-sine"]))


def test_the_explanation_gives_the_exact_derivative() -> None:
    assert (
        wording.explanation(bare(COURSE["polynomial-slope"]))
        == "dy/dx is 9x² + 10x − 3, and at x = −2 that is 13."
    )


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("$x^2 + 1$", "x² + 1"),
        (r"$\frac{dy}{dx}$", "dy/dx"),
        (r"$\frac{x + 1}{2}$ and `$x$`", "(x + 1)/2 and `$x$`"),
        (r"$\sqrt{4.1}$", "√(4.1)"),
        (r"$3^{0.2x} - \ln x$", "3^(0.2x) − ln x"),
        (r"$y_i = v_i^2$", "yᵢ = vᵢ²"),
        (r"$r\cos\theta$", "rcos θ"),
    ],
)
def test_formulas_of_authors_are_readable_in_a_terminal(latex: str, text: str) -> None:
    assert unicode_of(latex) == text
