"""What a student sees before anything is run: list, show, start, hint, progress; and clear messages for slips."""

from __future__ import annotations

import json

import pytest

from graders.cli import run


@pytest.fixture
def tfgrad(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*args, code=0):
        assert run(list(args)) == code
        captured = capsys.readouterr()
        return captured.out + captured.err

    return call


def test_list_names_every_exercise_with_its_code(tfgrad):
    text = tfgrad("list")
    assert "M03-01" in text and "polynomial-slope" in text
    data = json.loads(tfgrad("list", "--json", "--module", "4"))
    assert data["schema"] == "tfgrad/list/v1"
    assert {"rising-or-falling"} <= {one["id"] for one in data["exercises"]}


def test_show_takes_an_id_or_a_code_in_any_spelling(tfgrad):
    assert tfgrad("show", "M03-01") == tfgrad("show", "polynomial_slope")
    assert "x = −2" in tfgrad("show", "m3-1").replace("-2", "−2")


def test_an_unknown_exercise_is_answered_with_the_nearest(tfgrad):
    for command in ("show", "start", "hint"):
        text = tfgrad(command, "polynomal-slope", code=2)
        assert "unknown exercise 'polynomal-slope': did you mean polynomial-slope" in text


def test_an_unknown_command_is_answered_with_the_nearest(tfgrad):
    assert "Did you mean 'grade'?" in tfgrad("garde", code=2)


def test_start_writes_the_starter_once_and_never_over_work(tfgrad, tmp_path):
    assert "Wrote polynomial-slope.py" in tfgrad("start", "polynomial-slope")
    path = tmp_path / "polynomial-slope.py"
    path.write_text("mine")
    assert "Your file is polynomial-slope.py" in tfgrad("start", "polynomial-slope")
    assert path.read_text() == "mine"
    tfgrad("start", "polynomial-slope", "--force")
    assert path.read_text() != "mine" and (tmp_path / "polynomial-slope.py.bak").read_text() == "mine"


def test_hints_come_one_at_a_time_for_the_exercise_last_started(tfgrad):
    assert "nothing started yet" in tfgrad("hint", code=2)
    tfgrad("start", "polynomial-slope")
    assert tfgrad("hint").count("\n") == 1
    assert tfgrad("hint").count("\n") == 2
    assert "You are at polynomial-slope" in tfgrad("progress")


def test_check_without_anything_to_check_says_what_to_do(tfgrad):
    assert "tfgrad start ID" in tfgrad("check", code=2)
    tfgrad("start", "polynomial-slope")
    import os

    os.unlink("polynomial-slope.py")
    assert "no file for polynomial-slope here" in tfgrad("check", code=2)


def test_a_course_with_a_faulty_file_says_where(tfgrad, tmp_path):
    folder = tmp_path / "mine" / "01-a"
    folder.mkdir(parents=True)
    (folder / "01-slope.yaml").write_text("id: slope\nkind: slop\nfunction: x^2\npoint: {x: 1}\n")
    text = tfgrad("list", "--exercises", "mine", code=2)
    assert "01-slope.yaml:2:7" in text and "did you mean 'slope'" in text


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["grade", "nowhere"], "no such file or folder: nowhere"),
        (["grade", "."], "nothing to grade"),
        (["grade", ".", "--exercise", "nope"], "unknown exercise 'nope'"),
        (["grade", ".", "--format", "jsn"], "did you mean json?"),
        (["grade", ".", "--format", "csv:blackboard"], "plain, canvas, moodle"),
        (["grade", ".", "--format", "json", "--format", "html"], "write --format html=OUT"),
        (["grade", ".", "--compare", "nowhere.json"], "cannot read nowhere.json"),
        (["grade", ".", "--roster", "nowhere.csv"], "cannot read the roster nowhere.csv"),
        (["grade"], "Missing argument"),
        (["run", "nowhere.py"], "no such file: nowhere.py"),
        (["list", "--module", "99"], "no exercises in module 99"),
    ],
)
def test_a_slip_gets_one_clear_message_and_exit_code_2(tfgrad, args, says):
    text = tfgrad(*args, code=2)
    assert says in text and "Traceback" not in text
