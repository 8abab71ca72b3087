"""Linting by reading: what it finds, what it leaves alone, what it mends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgrad_course.course.catalogue import catalogue
from tfgrad_course.course.lint import RULES, fix, lint_course, lint_file
from tfgrad_course.course.schema import modeline

HEAD = modeline(1) + "\n"


def remarks(folder: Path, text: str, name: str = "q") -> list[tuple[str, int]]:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return [(remark.rule, remark.line) for remark in lint_file(path)]


def test_the_course_itself_has_no_faults() -> None:
    assert [str(remark) for remark in lint_course(catalogue()) if remark.severity == "error"] == []


def test_every_rule_says_in_one_sentence_how_to_mend_it() -> None:
    assert all(text.endswith((".", "it.")) and "\n" not in text for text in RULES.values())


WRONG_ANSWERS = [
    ("kind: slope\nfunction: x**3\npoint: {x: 2}\nanswer: 11\n", 5),
    ("kind: slope\nfunction: sin(x)\npoint: {x: 1}\nanswer: 0.5404\n", 5),
    ("kind: derivative\norder: 3\nfunction: x**4\npoint: {x: 3}\nanswer: 71\n", 6),
    ("kind: partials\nfunction: x**2 * y\npoint: {x: 2, y: 5}\nanswer: [4, 20]\n", 5),
    ("kind: jacobian\nfunction: [x**2, x*y]\npoint: {x: 2, y: 3}\nanswer: [[4, 3], [0, 2]]\n", 5),
    ("kind: hessian\nfunction: x**2 * y\npoint: {x: 2, y: 3}\nanswer: [[6, 4], [4, 1]]\n", 5),
    ("kind: monotonicity\nfunction: x**2\npoint: {x: -3}\nanswer: [increasing, -6]\n", 5),
    ("kind: concavity\nfunction: x**3\npoint: {x: 2}\nanswer: concave down\n", 5),
    ("kind: tangent\nfunction: x**2\npoint: {x: 3}\nanswer: [6, 9]\n", 5),
    ("kind: normal\nask: slope\nfunction: x**2\npoint: {x: 3}\nanswer: -6\n", 6),
    ("kind: critical-points\nfunction: x**3 - 3*x\nanswer: [-1, 1, 0]\n", 4),
    ("kind: optimiser\nfunction: x**2\npoint: {x: 3}\nlearning_rate: 0.1\nanswer: 2.7\n", 6),
    ("kind: directional\nfunction: x**2 * y\npoint: {x: 3, y: 2}\ndirection: [3, 4]\nanswer: 72\n", 6),
    ("kind: graph\nask: nodes\nfunction: (a + b) * (b + 1)\nanswer: 5\n", 5),
    ("kind: graph\nask: last\nfunction: (a + b) * (b + 1)\nanswer: Add\n", 5),
    ("kind: select\nask: increasing\nfunction: x**2\nchoices: [-1, 2, 3]\nanswer: [2]\n", 6),
    ("kind: value\nfunction: x**2 + 1\npoint: {x: 3}\nanswer: 9\n", 5),
    ("kind: shape\nfunction: A @ b\npoint: {A: [[1, 2]], b: [[1], [2]]}\nanswer: [1, 2]\n", 5),
]


@pytest.mark.parametrize(
    ("text", "line"), WRONG_ANSWERS, ids=[row[0].split("\n")[0] for row in WRONG_ANSWERS]
)
def test_a_wrong_answer_is_found_in_every_kind(tmp_path: Path, text: str, line: int) -> None:
    assert ("answer", line + 1) in remarks(tmp_path, "id: q\n" + text)


def test_an_answer_may_be_rounded_but_not_wrongly(tmp_path: Path) -> None:
    right = "id: q\nkind: slope\nfunction: exp(x)\npoint: {x: 1.5}\nanswer: 4.481689\n"
    assert "answer" not in dict(remarks(tmp_path, right))
    assert "answer" in dict(remarks(tmp_path, right.replace("4.481689", "4.481699")))


def test_a_point_that_hides_likely_errors_is_found(tmp_path: Path) -> None:
    # at 2 the value, the slope and the ratio times two of x**2 agree: 4 = 2*2
    text = "id: q\nkind: slope\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n"
    assert ("apart", 5) in remarks(tmp_path, text)
    excused = text + "slips:\n  value-for-slope: Hidden points tell them apart.\n"
    assert "apart" not in dict(remarks(tmp_path, excused))
    moved = excused.replace("{x: 2}", "{x: 3}").replace("answer: 4", "answer: 6")
    assert ("slip", 8) in remarks(tmp_path, moved)


def test_the_first_question_of_the_course_tells_its_likely_errors_apart() -> None:
    # curriculum: -2, 12, -6, 26 (second derivative -26), 53 and 19 against 13
    path = catalogue().paths["polynomial-slope"]
    assert [remark for remark in lint_file(path) if remark.rule == "apart"] == []


def test_texts_are_read_for_open_formulas_and_unknown_parameters(tmp_path: Path) -> None:
    text = (
        "id: q\nkind: slope\nprompt: The slope of $x^3 at {c} and $x^{a}$\n"
        "function: x**3 + x\npoint: {x: 3}\nanswer: 28\n"
        "title: {en: A, de: B}\nhints: [{en: A}]\n"
    )
    assert {"dollar", "languages"} <= set(dict(remarks(tmp_path, text)))
    assert ("placeholder", 4) in remarks(tmp_path, text.replace("$x^3 at", "$x^3$ at"))


def test_every_variant_is_proven(tmp_path: Path) -> None:
    text = "id: q\nkind: slope\nfunction: a*x**3\npoint: {x: 5}\nanswer: a*75\nvary:\n  a: [1, 2, 3]\n"
    assert "variant" not in dict(remarks(tmp_path, text))
    assert "variant" in dict(remarks(tmp_path, text.replace("a*75", "75 + 75*(a - 1)**2")))
    assert "variant" in dict(
        remarks(tmp_path, text.replace("x**3", "x**a").replace("a*75", "a*a*5**(a - 1)"))
    )


def test_a_course_is_read_as_a_whole(tmp_path: Path) -> None:
    one = "id: {}\nkind: slope\nfunction: x**3 + x\npoint: {{x: 3}}\nanswer: 28\n"
    for folder, name in (("01-a", "01-one"), ("01-a", "03-two"), ("02-b", "01-one"), ("04-d", "01-four")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.yaml").write_text(HEAD + one.format(name[3:]))
    (tmp_path / "01-a" / "notes.txt").write_text("left behind")
    (tmp_path / "course.yaml").write_text(
        "modules:\n  - {module: 1, title: A, needs: [2]}\n  - {module: 2, title: B, needs: [1]}\n"
        "  - {module: 3, title: C}\n"
    )
    rules = [remark.rule for remark in lint_course(catalogue(tmp_path)) if remark.severity == "error"]
    assert sorted(rules) == sorted(
        ["duplicate-id", "numbers", "module", "module", "module", "unreachable", "unreachable", "unused-file"]
    )


def test_what_is_safe_is_mended_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_bytes(
        b"id: q\r\nkind: slope  \r\nfunction: x**3 + x\r\npoint:\r\n\tx: 3\r\nanswer: 28\r\n\r\n"
    )
    assert fix(path) == [
        "put two spaces in place of each tab",
        "cleaned line ends",
        "added the line for editors",
    ]
    assert path.read_text() == HEAD + "id: q\nkind: slope\nfunction: x**3 + x\npoint:\n  x: 3\nanswer: 28\n"
    assert fix(path) == []
    assert lint_file(path) == []
