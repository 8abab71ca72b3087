"""The author's documentation: the reference is in step with the models, and every example in it is proven."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tfgrad_course.course import reference
from tfgrad_course.course.calculus import Exact
from tfgrad_course.course.catalogue import catalogue
from tfgrad_course.course.document import read
from tfgrad_course.course.kinds import KINDS
from tfgrad_course.course.lint import lint_exercise
from tfgrad_course.course.load import built

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.M | re.S)


def examples(name: str) -> list[str]:
    blocks = BLOCK.findall((DOCS / name).read_text(encoding="utf-8"))
    return [block for block in blocks if block.startswith("id: ")]


def test_the_reference_is_in_step_with_the_models() -> None:
    """`python -m tfgrad_course.course.reference` writes it anew."""
    assert (DOCS / reference.FILE).read_text(encoding="utf-8") == reference.reference(catalogue())


def test_every_kind_has_an_example() -> None:
    kinds = {re.search(r"^kind: (.*)$", block, re.M).group(1) for block in examples(reference.FILE)}  # type: ignore[union-attr]
    assert kinds == set(KINDS)


@pytest.mark.parametrize("text", examples(reference.FILE) + examples("authors-guide.md"))
def test_every_example_is_an_exercise_with_a_right_answer(text: str) -> None:
    path = Path(text.split("\n")[0].removeprefix("id: ") + ".yaml")
    document = read(path, text.encode())
    exercise = built(document, path)
    wrong = [
        str(remark)
        for remark in lint_exercise(exercise, document, [Exact()])
        if remark.rule in ("answer", "variant")
    ]
    assert wrong == []
