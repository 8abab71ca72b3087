"""course.yaml beyond its modules: weights of exercises, the late penalty, the language; faults with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgrad_course.course.catalogue import catalogue
from tfgrad_course.course.fault import ExerciseError

EXERCISE = "id: {name}\nkind: slope\nfunction: x**2 + x\npoint: {{x: 3}}\nanswer: 7\n"


def course(folder: Path, text: str) -> Path:
    for number, name in enumerate(("first", "second"), 1):
        path = folder / "01-start" / f"0{number}-{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(EXERCISE.format(name=name))
    (folder / "course.yaml").write_text(text)
    return folder


def test_weights_go_by_id_by_code_and_by_module_and_the_nearer_word_wins(tmp_path: Path) -> None:
    text = "grading:\n  late_penalty: 0.25\n  weights: {M01-02: 3, M01: 1}\nlanguage: de\n"
    said = catalogue(course(tmp_path, text)).outline
    assert said.weights == {"first": 1.0, "second": 3.0}
    assert said.late_penalty == 0.25 and said.language == "de"
    assert catalogue(course(tmp_path, "grading: {weights: {first: 0}}\n")).outline.weights == {"first": 0.0}


def test_without_a_word_about_grading_nothing_is_weighed() -> None:
    assert catalogue().outline.weights == {} and catalogue().outline.late_penalty == 0.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "grading: {weights: {frist: 1}}\n",
            "course.yaml:1:21: expected an exercise's id or code .* 'first'",
        ),
        ("grading: {weights: {first: -1}}\n", "expected points from 0 to 10000, found -1"),
        ("grading: {weights: {first: yes}}\n", "expected points from 0 to 10000"),
        ("grading: {late_penalty: 20}\n", "share that late work loses"),
        ("grading: {wieghts: {}}\n", "did you mean 'weights'"),
        ("grading: 3\n", "late_penalty: 0.2"),
        ("language: German\n", "two letters"),
        ("gradign: {}\n", "did you mean 'grading'"),
        ("modules: 3\n", "`modules:`"),
    ],
)
def test_a_fault_says_what_was_expected_and_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ExerciseError, match=says):
        catalogue(course(tmp_path, text))
