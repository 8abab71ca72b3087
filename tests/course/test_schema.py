"""The schema that editors use is the one the models make, and the course's own files are valid by it."""

from __future__ import annotations

import json

import pytest

from tfgrad_course.course import schema
from tfgrad_course.course.catalogue import catalogue
from tfgrad_course.course.document import read

COURSE = catalogue()


def test_the_file_is_in_step_with_the_models() -> None:
    """`python -m tfgrad_course.course.schema` writes it anew."""
    stored = (COURSE.root / "schema" / schema.FILE).read_text(encoding="utf-8")
    assert stored == schema.text()


@pytest.mark.parametrize("name", COURSE.ids)
def test_every_exercise_is_valid_by_the_schema_and_tells_editors_of_it(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    path = COURSE.paths[name]
    jsonschema.Draft202012Validator(schema.schema()).validate(read(path).data)
    assert path.read_text(encoding="utf-8").split("\n")[0] == schema.modeline()


@pytest.mark.parametrize(
    "data",
    [
        {"id": "a", "kind": "slope", "function": "x**2", "point": {"x": 1}},
        {"id": "A b", "kind": "slope", "function": "x**2", "point": {"x": 1}, "answer": 2},
        {"id": "a", "kind": "slop", "function": "x**2", "point": {"x": 1}, "answer": 2},
        {"id": "a", "kind": "slope", "point": {"x": 1}, "answer": 2},
        {"id": "a", "kind": "slope", "function": "x**2", "point": {"x": 1}, "answer": 2, "colour": "red"},
        {"id": "a", "kind": "slope", "function": "x**2", "point": {"x": 1}, "answer": 2, "steps": 3},
        {"id": "a", "kind": "derivative", "function": "x**2", "point": {"x": 1}, "answer": 2, "order": 9},
        {"id": "a", "kind": "choice", "choices": [1], "answer": 1},
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(data: dict[str, object]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    assert not jsonschema.Draft202012Validator(json.loads(schema.text())).is_valid(data)
