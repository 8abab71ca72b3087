"""A class around the grading: missing and excused learners, late work, equal programs, the journal, comparisons."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from graders.classroom import alike, attempted, penalised, with_missing
from graders.compare import CompareError, changes, read_results, told
from graders.journal import Journal
from graders.reporting import Options, Person
from graders.reports.json import render
from graders.roster import RosterError, read_roster, resolved
from graders.submission import Submission
from graders.verdict import Report, Verdict
from tfgrad_course.course.catalogue import catalogue

SOURCE = "import tensorflow as tf\nx = tf.Variable(-2.0)\nanswer = 13.0\n"


def submission(learner, exercise="polynomial-slope", source=SOURCE):
    return Submission(learner, exercise, f"{learner}/{exercise}.py", source)


def verdict(learner, outcome="passed", score=1.0, exercise="polynomial-slope"):
    return Verdict(exercise, learner, f"{learner}/x.py", outcome, score, 1.0, source=SOURCE)


def test_what_a_classmate_or_the_roster_has_and_another_has_not_is_not_attempted():
    found = with_missing(
        [submission("a"), submission("b", "rising-or-falling")],
        {"c": Person(excused=("rising-or-falling",)), "a": Person(late=("all",))},
    )
    table = {(one.learner, one.exercise): one for one in found}
    assert set(table) == {
        (who, what) for who in "abc" for what in ("polynomial-slope", "rising-or-falling")
    } - {("c", "rising-or-falling")}
    assert table["b", "polynomial-slope"].source is None and table["b", "polynomial-slope"].path == ""
    assert table["a", "polynomial-slope"].late and not table["b", "rising-or-falling"].late


def test_late_work_loses_its_share_and_says_so():
    late = replace(submission("a"), late=True)
    (one, other) = penalised([verdict("a"), verdict("b")], [late, submission("b")], 0.25)
    assert one.score == 0.75 and "late: 75 %" in one.detail and other.score == 1.0


def test_programs_alike_but_for_comments_and_space_are_named():
    changed = SOURCE.replace(" = ", "=") + "\n# my own work\n"
    assert alike(
        [submission("a"), submission("b", source=changed), submission("c", source=SOURCE + "x = 1")]
    ) == (("polynomial-slope", ("a", "b")),)


def test_those_who_left_the_starter_as_it_was_did_not_copy_from_one_another():
    work = [submission("a"), submission("b")]
    verdicts = [verdict("a", "not_attempted", 0.0), verdict("b", "not_attempted", 0.0)]
    assert alike(attempted(work, verdicts)) == ()


def test_a_roster_is_read_as_canvas_and_others_write_it(tmp_path):
    path = tmp_path / "class.csv"
    path.write_text(
        "Student;ID;SIS User ID;SIS Login ID;Section;Excused\n  Points Possible;;;;;\n"
        '"Ada, L";7;u7;s01;A;polynomial-slope\n'
    )
    assert read_roster(str(path)) == {
        "s01": Person("Ada, L", "7", "u7", "s01", "A", "", ("polynomial-slope",)),
    }
    path.write_text("\ufefffirst name,last name,username\nAda,Lovelace,s01\n", encoding="utf-8")
    assert read_roster(str(path))["s01"].name == "Lovelace, Ada"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(RosterError, match="expected a column learner"):
        read_roster(str(path))


def test_exercises_of_a_roster_go_by_id_by_code_or_all_and_a_slip_is_told(tmp_path):
    path = tmp_path / "class.csv"
    path.write_text(
        'username,excused,late\na,"M03-01, rising_or_falling",no\nb,ALL,polynomial-slope;M04-01\n'
    )
    people = resolved(read_roster(str(path)), catalogue(), "class.csv")
    assert people["a"].excused == ("polynomial-slope", "rising-or-falling") and people["a"].late == ()
    assert people["b"].excused == ("all",) and people["b"].late == ("polynomial-slope", "rising-or-falling")
    path.write_text("username,late\na,polynomial-slop\n")
    with pytest.raises(
        RosterError, match=r"late of a: .* 'polynomial-slop'; did you mean polynomial-slope\?"
    ):
        resolved(read_roster(str(path)), catalogue(), "class.csv")


def test_the_journal_gives_back_what_it_was_given_and_nothing_for_changed_work(tmp_path):
    exercise = catalogue()["polynomial-slope"]
    path = tmp_path / "journal.jsonl"
    one, other = submission("a"), submission("b")
    with Journal(path, {"backend": "shim"}) as journal:
        journal.add(journal.key(exercise, one), verdict("a"))
        journal.add(journal.key(exercise, other), verdict("b", "could_not_grade"))
    with Journal(path, {"backend": "shim"}) as journal:
        moved = replace(one, path="elsewhere/polynomial-slope.py")
        found = journal.find(journal.key(exercise, one), moved)
        assert found == replace(verdict("a"), submission="elsewhere/polynomial-slope.py")
        assert journal.find(journal.key(exercise, other), other) is None, (
            "what could not be graded is tried again"
        )
        assert journal.find(journal.key(exercise, replace(one, source="x")), one) is None
        tolerant = exercise.model_copy(update={"tolerance": 0.5})
        assert journal.find(journal.key(tolerant, one), one) is None
    with Journal(path, {"backend": "tensorflow"}) as journal:
        assert journal.find(journal.key(exercise, one), one) is None


def test_a_journal_cut_short_at_any_byte_loses_at_most_its_last_line(tmp_path):
    exercise = catalogue()["polynomial-slope"]
    whole = tmp_path / "whole.jsonl"
    work = [submission(f"s{index}") for index in range(3)]
    with Journal(whole, {}) as journal:
        for one in work:
            journal.add(journal.key(exercise, one), verdict(one.learner))
    data = whole.read_bytes()
    ends = [index + 1 for index, byte in enumerate(data) if byte == 10]
    for cut in range(0, len(data), 37):
        path = tmp_path / "cut.jsonl"
        path.write_bytes(data[:cut])
        with Journal(path, {}) as journal:
            known = [journal.find(journal.key(exercise, one), one) is not None for one in work]
            assert sum(known) == sum(end <= cut for end in ends)
            journal.add(journal.key(exercise, work[2]), verdict("s2"))
        with Journal(path, {}) as journal:
            assert journal.find(journal.key(exercise, work[2]), work[2]) is not None


def test_two_runs_are_compared(tmp_path):
    path = tmp_path / "before.json"
    before = Report((verdict("a"), verdict("b"), verdict("gone")), "shim", "full")
    path.write_text(render(before, Options()))
    after = Report((verdict("a", "failed", 0.5), verdict("b"), verdict("new")), "shim", "full")
    found = changes(read_results(str(path)), after)
    assert [one.learner for one in found] == ["a", "new", "gone"]
    text = told(found, "before.json")
    assert "a  polynomial-slope  passed 1 -> failed 0.5" in text and "passed 1 -> not there" in text
    path.write_text(json.dumps({"schema": "other"}))
    with pytest.raises(CompareError, match="tfgrad/report/v1"):
        read_results(str(path))
