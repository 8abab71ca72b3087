"""What checks, the sandbox and readers say, in the other language: nothing a learner reads stays English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from graders.telling import told_in
from graders.texts.shell import catalogue, phrase, sentence
from graders.verdict import OUTCOMES, CheckResult, Verdict

ROOT = Path(__file__).resolve().parents[2] / "graders"
PHRASED = [
    *sorted((ROOT / "reports").glob("*.*")),
    *(
        ROOT / "cli" / f"{name}.py"
        for name in ("check", "hint", "list", "progress", "show", "start", "watch")
    ),
    *(ROOT / f"{name}.py" for name in ("classroom", "compare", "live", "reporting", "watching", "wording")),
]
SPOKEN = [
    *sorted((ROOT / "checks").glob("*.py")),
    *(ROOT / name for name in ("pipeline.py", "notebook.py", "sandbox/gate.py", "sandbox/watch.py")),
]


def sentences(path: Path) -> list[str]:
    """Every text of a file that is a sentence for a learner, with X for what is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and isinstance(node.body[0], ast.Expr)
    }
    prose |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner | prose:
            found.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "X" for part in node.values]
            found.append("".join(map(str, parts)))
    return [text for text in found if text.count(" ") >= 3 and re.match(r"[A-Zaesw'X]", text)]


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: path.name)
def test_every_sentence_for_learners_has_a_german_one(path: Path) -> None:
    missing = [text for text in sentences(path) if sentence(text, "de") == text]
    assert not missing


@pytest.mark.parametrize("path", PHRASED, ids=lambda path: path.name)
def test_every_phrase_of_a_report_has_a_german_one(path: Path) -> None:
    said = re.findall(r"\b(?:say|phrase)\(\s*\"((?:\\.|[^\"\\])+)\"", path.read_text(encoding="utf-8"))
    said = [text.removeprefix("\\n") for text in said]
    assert not [text for text in said if text not in catalogue("de")]


def test_outcomes_are_told_in_german() -> None:
    assert all(phrase(name.replace("_", " "), "de") != name.replace("_", " ") for name in OUTCOMES)


def test_placeholders_are_the_same_in_both_languages() -> None:
    holes = lambda text: sorted(re.findall(r"\{(\w+)\}", text))
    for english, german in catalogue("de").items():
        assert holes(english) == holes(german), english


def test_a_sentence_made_to_be_slow_is_not_tried_for_long() -> None:
    """Measured in steps of work, not in time: the text is longer than any sentence of ours."""
    from graders.texts.shell import LONGEST

    text = "a is a, and at " * 500
    assert len(text) > LONGEST and sentence(text, "de") == text
    assert max(map(len, catalogue("de"))) < LONGEST // 2


def test_what_stands_in_a_sentence_is_kept_as_it_is() -> None:
    said = sentence(
        "Make a\\b {x} a float tf.Variable at the point of the exercise (or let the tape watch it).", "de"
    )
    assert "a\\b {x}" in said and "Kommazahl" in said
    for name in ("total", "start", "list", "late"):  # a variable may be called like a word of the reports
        text = f"Make {name} a float tf.Variable at the point of the exercise (or let the tape watch it)."
        assert sentence(text, "de").startswith(f"Mach {name} zu einer tf.Variable")
    assert sentence("a learner's own text", "de") == "a learner's own text"


def test_a_verdict_is_told_with_its_numbers_untouched() -> None:
    check = CheckResult("answer", False, 0.0, 0.2, "The answer is not the number that the exercise asks for.")
    told = told_in(Verdict("e", "l", "p", "failed", 0.0, 1.0, (check,), detail="the file is empty"), "de")
    assert told.checks[0].message.startswith("Die Antwort") and told.checks[0].max_score == 0.2
    assert told.detail == "die Datei ist leer"


def test_the_hints_of_every_kind_are_told_in_german() -> None:
    from graders.case import kind_of
    from tfgrad_course.course.catalogue import catalogue as course

    hints = {hint for one in course() for hint in kind_of(one.kind).hints(one)}
    assert len(hints) > 50
    assert not [hint for hint in hints if sentence(hint, "de") == hint]


def test_the_questions_of_every_kind_are_told_in_german() -> None:
    from graders.case import kind_of
    from graders.notation import in_markdown, in_terminal
    from tfgrad_course.course.catalogue import catalogue as course

    bare = [one.model_copy(update={"prompt": "", "title": "T"}) for one in course()]
    asked = {kind_of(one.kind).prompt(one, say) for one in bare for say in (in_terminal, in_markdown)} - {
        "T?"
    }
    assert len(asked) > 100
    assert not [text for text in asked if sentence(text, "de") == text]
    assert not [text for text in asked if re.search(r"\b(the|of|Compute|Let|steps?)\b", sentence(text, "de"))]


def test_a_question_within_a_question_is_told_in_german_too() -> None:
    asked = "Fill in the blanks (`____`) of the starter file. The finished program answers this: " + (
        "Compute the gradient of f at x = 1 as a vector."
    )
    assert sentence(asked, "de").endswith("Berechne den Gradienten von f bei x = 1 als Vektor.")


def test_a_question_that_the_kind_asks_is_told_in_german() -> None:
    from graders import wording
    from tfgrad_course.course.catalogue import catalogue as course

    bare = course()["polynomial-slope"].model_copy(update={"prompt": "", "title": "T"})
    asked = wording.prompt(bare, language="de")
    assert asked.startswith(
        "Lass ein Band die Steigung dy/dx von y = 3x³ + 5x² − 3x + 10 bei x = −2 berechnen."
    )
    assert "Leg" in asked
