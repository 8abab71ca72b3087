"""Lessons: each module has one, its snippets run on real TensorFlow and print what the lesson shows."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from tfgrad_course.course.catalogue import catalogue

MODULES = catalogue().modules
SNIPPET = re.compile(r"^```python\n(.*?)^```\n+^```text\n(.*?)^```", re.M | re.S)


def text(number: int) -> str:
    lesson = MODULES[number - 1].lesson
    assert lesson is not None
    return Path(lesson).read_text(encoding="utf-8")


@pytest.mark.parametrize("number", range(1, 14))
def test_every_module_begins_with_a_lesson_with_picture_and_snippet(number: int) -> None:
    lesson = text(number)
    assert lesson.startswith(f"# {MODULES[number - 1].title}")
    assert "```mermaid" in lesson or lesson.count("```text") > lesson.count("```python")
    assert SNIPPET.search(lesson)
    assert lesson.count("```") % 2 == 0
    assert re.sub(r"```.*?```", "", lesson, flags=re.S).count("$") % 2 == 0


@pytest.mark.tensorflow
def test_every_snippet_prints_what_the_lesson_shows() -> None:
    pytest.importorskip("tensorflow")
    for number in range(1, 14):
        for code, shown in SNIPPET.findall(text(number)):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(code, {"__name__": "__main__"})
            assert printed.getvalue() == shown, f"module {number}"


def test_the_lesson_on_the_three_steps_warns_of_wrapping_the_result() -> None:
    assert "wrong: wrapping it copies its value" in " ".join(text(3).split())
