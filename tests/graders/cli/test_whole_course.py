"""`tfgrad grade` over a course of two exercises, as an instructor runs it: weights, roster, German, a part of it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

EXERCISE = "id: {name}\nkind: slope\nfunction: {function}\npoint: {{x: 3}}\nanswer: {answer}\n"
COURSE = """language: de
grading:
  late_penalty: 0.5
  weights: {M01: 1, second: 3}
"""
ROSTER = (
    "username,name,email,excused,late\nanna,Anna A,a@x.org,,first\nben,=cmd(),b@x.org,second,\ncara,Cara,,,\n"
)
SCRIPT = """import tensorflow as tf
x = tf.Variable({point})
with tf.GradientTape() as tape:
    y = {function}
answer = tape.gradient(y, x)
"""
FIRST, SECOND = "x**2 + x", "2*x**3 - x"


@pytest.fixture
def folder(tmp_path):
    exercises = tmp_path / "exercises" / "01-start"
    exercises.mkdir(parents=True)
    (exercises / "01-first.yaml").write_text(EXERCISE.format(name="first", function=FIRST, answer=7))
    (exercises / "02-second.yaml").write_text(EXERCISE.format(name="second", function=SECOND, answer=53))
    (tmp_path / "exercises" / "course.yaml").write_text(COURSE)
    (tmp_path / "roster.csv").write_text(ROSTER)
    work = {
        "anna/first.py": (FIRST, "3.0"), "anna/second.py": (SECOND, "3.0"), "ben/first.py": (FIRST, "3"),
        "dora/first.py": (FIRST, "3.0"), "dora/second.py": (SECOND.replace("- x", "+ x"), "3.0"),
    }  # fmt: skip
    for name, (function, point) in work.items():
        path = tmp_path / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SCRIPT.format(function=function, point=point))
    return tmp_path


def tfgrad(folder, *args, code):
    environment = {**os.environ, "NO_COLOR": "1", "TFGRAD_BACKEND": "shim", "PYTHONIOENCODING": "utf-8"}
    environment.pop("TFGRAD_LANGUAGE", None)
    done = subprocess.run(
        [sys.executable, "-m", "graders.cli", *args, "--exercises", "exercises"],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_a_course_is_summed_up_by_its_weights_and_its_roster(folder):
    formats = ["csv:totals", "csv:canvas", "json", "html", "markdown", "junit", "junit:strict", "text"]
    asked = [word for name in formats for word in ("--format", name)]
    tfgrad(folder, "grade", "class", "--roster", "roster.csv", "-o", "out/", *asked, code=1)
    rows = {row["learner"]: row for row in csv.DictReader((folder / "out" / "grades-totals.csv").open())}
    assert list(rows) == ["anna", "ben", "cara", "dora"]
    anna, ben, cara = rows["anna"], rows["ben"], rows["cara"]
    assert (anna["points"], anna["max_points"], anna["late"]) == ("3.50", "4.00", "first"), (
        "half of 1, all of 3"
    )
    assert (ben["points"], ben["max_points"], ben["second"], ben["name"]) == ("0.30", "1.00", "EX", "'=cmd()")
    assert (cara["points"], cara["max_points"], cara["missing"]) == ("0.00", "4.00", "first second")
    data = json.loads((folder / "out" / "report.json").read_text())
    assert data["not_on_the_roster"] == ["dora"] and data["totals"][0]["percent"] == 87.5
    for name in ("report.html", "report.md", "report.txt"):
        text = (folder / "out" / name).read_text(encoding="utf-8")
        assert "3.5" in text and "x enthält ganze Zahlen" in text and "nicht bestanden" in text
    assert "nicht auf der Liste: dora" in (folder / "out" / "report.txt").read_text(encoding="utf-8")
    plain, strict = (
        ElementTree.parse(folder / "out" / name).getroot() for name in ("junit.xml", "junit-strict.xml")
    )
    assert all(case.get("file") for case in plain.iter("testcase") if case.get("classname") == "anna")
    assert not [case for case in strict.iter("testcase") if set(case.attrib) - {"name", "classname", "time"}]


def test_strict_junit_is_a_switch_for_every_junit_among_several_formats(folder):
    tfgrad(
        folder,
        "grade",
        "class",
        "--strict-junit",
        "--format",
        "junit=a.xml",
        "--format",
        "json=b.json",
        code=1,
    )
    assert 'file="' not in (folder / "a.xml").read_text() and json.loads((folder / "b.json").read_text())
    help_text = tfgrad(folder, "grade", "--help", code=0)
    assert "--strict-junit" in help_text and "junit:strict" in help_text and "Jenkins" in help_text


def test_a_language_goes_before_the_courses_and_a_journal_keeps_them_apart(folder):
    english = tfgrad(folder, "grade", "class", "-o", "out/", "--language", "en", "--format", "text", code=1)
    assert "x holds whole numbers" in english and "Hint:" in english
    german = tfgrad(folder, "grade", "class", "-o", "out/", "--format", "text", code=1)
    assert "x enthält ganze Zahlen" in german and "Tipp:" in german and "holds" not in german


def test_a_part_of_the_class_has_no_totals_of_the_rest_and_misses_nobody(folder):
    whole = ("grade", "class", "--roster", "roster.csv", "-o", "out/", "--format", "json")
    tfgrad(folder, *whole, code=1)
    before = folder / "out" / "report.json"
    before.rename(folder / "before.json")
    one = tfgrad(folder, *whole, "--learner", "ben", "--compare", "before.json", code=1)
    data = json.loads(before.read_text())
    assert [row["learner"] for row in data["totals"]] == ["ben"] and "nichts hat sich geändert" in one
    (folder / "class" / "ben" / "first.py").write_text(SCRIPT.format(function=FIRST, point="3.0"))
    changed = tfgrad(folder, *whole, "--changed", "--compare", "before.json", code=0)
    data = json.loads(before.read_text())
    assert [(one["learner"], one["exercise"]) for one in data["verdicts"]] == [("ben", "first")]
    assert "totals" not in data
    assert "ben  first  nicht bestanden 0.3 -> bestanden 1" in changed and "nicht da" not in changed


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist there")
def test_an_error_that_names_learners_does_not_steer_the_terminal(folder):
    evil = folder / "only" / "e\x1b[31mvil\u202e"
    evil.mkdir(parents=True)
    (evil / "first.py").write_text(SCRIPT.format(function=FIRST, point="3.0"))
    done = subprocess.run(
        [sys.executable, "-m", "graders.cli", "grade", "only", "--learner", "nobody", "--exercises", "exercises"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.returncode == 2 and "e\\x1b[31mvil\\u202e" in done.stderr
    assert "\x1b" not in done.stderr and "\u202e" not in done.stderr


def test_late_penalty_of_the_command_line_goes_before_the_courses(folder):
    tfgrad(
        folder,
        "grade",
        "class",
        "--roster",
        "roster.csv",
        "--late-penalty",
        "0",
        "--format",
        "json=a.json",
        code=1,
    )
    (anna, *_rest) = json.loads((folder / "a.json").read_text())["totals"]
    assert anna["score"] == 4.0 and anna["late"] == ["first"]


def test_graph_says_where_a_file_departs_from_its_exercise(folder):
    drawn = tfgrad(folder, "graph", "class/dora/second.py", code=0)
    assert "≠ x = 3" in drawn.replace("ReadVariableOp", "x") and "das Vorzeichen ist umgedreht" in drawn
    assert "≠" not in tfgrad(folder, "graph", "class/anna/second.py", code=0)
