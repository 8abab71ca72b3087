"""Totals over the course: weights, missing, late, excused and ungraded work, in every format that shows them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from graders.formats import Wanted, render
from graders.reporting import Options, Person, exit_code, points
from graders.totals import totals
from graders.verdict import CheckResult, Report, Verdict

WEIGHTS = {"a": 3.0, "zero": 0.0}
PEOPLE = {
    "ada": Person(name="Ada", id="7"),
    "bo": Person(late=("a",), excused=("b",)),
    "cy": Person(excused=("all",)),
}


def verdict(learner, exercise, score, outcome="failed", submission="x.py"):
    checks = (CheckResult("gradient", False, score, 2.0, "m"),)
    return Verdict(exercise, learner, submission, outcome, score, 2.0, checks)


VERDICTS = (
    verdict("ada", "a", 1.0),
    verdict("ada", "b", 2.0, "passed"),
    verdict("ada", "zero", 2.0, "passed"),
    verdict("bo", "a", 2.0, "passed"),
    verdict("bo", "b", 0.5),
    verdict("bo", "zero", 0.0, "not_attempted", None),
    verdict("di", "a", 0.0, "could_not_grade"),
    verdict("di", "b", 1.5),
)
REPORT = Report(
    VERDICTS,
    "shim",
    "full",
    weights=WEIGHTS,
    totals=totals(VERDICTS, PEOPLE, WEIGHTS),
    strangers=("di",),
)


def made(name, variant="", report=REPORT, **more):
    return render(report, Wanted(name, variant), Options(people=PEOPLE, **more)).decode()


def test_a_weight_replaces_the_maximum_and_the_share_stays():
    """Ada: half of 3, all of 2 (no weight: its own points), all of 0."""
    ada, bo, cy, di = REPORT.totals
    assert (ada.points, ada.most, ada.percent, ada.passed, ada.counted) == (3.5, 5.0, 70.0, 2, 3)
    assert (bo.points, bo.most, bo.late, bo.excused, bo.missing) == (3.0, 3.0, ("a",), ("b",), ("zero",))
    assert (cy.points, cy.most, cy.percent, cy.excused) == (0.0, 0.0, None, ("a", "b", "zero"))
    assert (di.points, di.most, di.ungraded) == (1.5, 2.0, ("a",))


def test_excused_work_adds_nothing_to_the_sum_of_the_class():
    assert points(REPORT) == (8.0, 13.0)


def test_excused_work_does_not_decide_the_exit_code():
    assert exit_code(replace(REPORT, verdicts=(VERDICTS[1], VERDICTS[4]))) == 0, (
        "b of bo failed, but bo is excused"
    )
    assert exit_code(replace(REPORT, verdicts=VERDICTS[:2])) == 1 and exit_code(REPORT) == 3


def test_the_table_of_totals_has_a_row_for_everyone():
    rows = {row["learner"]: row for row in csv.DictReader(io.StringIO(made("csv", "totals")))}
    assert list(rows) == ["ada", "bo", "cy", "di"]
    assert (
        rows["ada"] | {"points": "3.50", "max_points": "5.00", "percent": "70.00", "a": "1.50"} == rows["ada"]
    )
    assert rows["bo"] | {"late": "a", "excused": "b", "missing": "zero", "b": "EX"} == rows["bo"]
    assert rows["cy"]["percent"] == "" and rows["cy"]["a"] == "EX"
    assert rows["di"] | {"a": "", "ungraded": "a"} == rows["di"], "what could not be graded is no 0"


def test_gradebooks_get_points_at_the_weights_so_that_their_own_sums_are_right():
    canvas = list(csv.reader(io.StringIO(made("csv", "canvas"))))
    assert canvas[1][5:] == ["3.00", "2.00", "0.00"]
    assert [row[5:] for row in canvas[2:]] == [
        ["1.50", "2.00", "0.00"],
        ["3.00", "EX", "0.00"],
        ["EX", "EX", "EX"],
        ["", "1.50", ""],
    ]
    moodle = list(csv.DictReader(io.StringIO(made("csv", "moodle"))))
    assert [row["total"] for row in moodle] == ["3.50", "3.00", "0.00", "1.50"]
    assert moodle[1]["b"] == "" and all(row["a"] == "" or float(row["a"]) <= 3 for row in moodle)


def test_json_tells_weights_and_totals():
    data = json.loads(made("json"))
    assert data["weights"] == WEIGHTS and data["not_on_the_roster"] == ["di"]
    assert data["totals"][0]["percent"] == 70.0 and data["totals"][2]["percent"] is None
    assert data["summary"]["score"] == 8.0 and data["summary"]["max_score"] == 13.0


def test_gradescope_and_classroom50_scale_their_points():
    alone = replace(REPORT, verdicts=VERDICTS[:3], totals=REPORT.totals[:1])
    data = json.loads(made("gradescope", report=alone))
    assert data["score"] == 3.5 == sum(test.get("score", 0) for test in data["tests"])
    assert sum(test.get("max_score", 0) for test in data["tests"]) == 5.0
    fifty = json.loads(made("classroom50", report=alone))
    assert (fifty["score"], fifty["max-score"]) == (350, 500)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["text", "html", "markdown", "github"])
def test_people_read_their_total(name, language):
    text = made(name, language=language).replace("<b>", "").replace("</b>", "")
    assert "3.5/5" in text or "3.5 of 5" in text or "3.5 von 5" in text
    assert "total of ada" not in text or language == "en"


def test_without_weights_totals_are_sums_of_points():
    plain = totals(VERDICTS, {}, {})
    assert [(one.learner, one.points, one.most) for one in plain] == [
        ("ada", 5.0, 6.0),
        ("bo", 2.5, 6.0),
        ("di", 1.5, 2.0),
    ]
