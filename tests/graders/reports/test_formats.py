"""Every other format, read back by programs we did not write, with hostile learners and hidden checks in it."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from dataclasses import replace

import pytest

from graders.formats import known
from graders.reporting import Facts, Options, Person

EXPECTED, HIDDEN = "13.000000777", "secret-check-text-4711"  # as in conftest.py
PEOPLE = {"s02": Person("Second, Learner", "4711", "sis2", "login2", "A", "two@example.org")}


def render(name, report, **options):
    made = importlib.import_module(f"graders.reports.{name}").render(report, Options(**options))
    return made.decode() if isinstance(made, bytes) else made


def test_there_is_one_file_a_format():
    assert set(known()) >= {
        "text", "json", "junit", "github", "gradescope", "classroom50", "html", "markdown", "csv", "sarif",
    }  # fmt: skip


@pytest.mark.parametrize("name", known())
@pytest.mark.parametrize("phase", ["open", "due"])
def test_hidden_text_and_expected_answers_stay_inside(report, name, phase):
    """What a learner may not see stands in no output; Gradescope's file keeps it in tests marked hidden."""
    text = render(name, report, phase=phase)
    assert EXPECTED not in text
    if name == "gradescope":
        data = json.loads(text)
        data["tests"] = [test for test in data["tests"] if test["visibility"] == "visible"]
        text = json.dumps(data)
    barred = (
        ["after_published", "hidden"] if phase == "due" else ["after_due_date", "after_published", "hidden"]
    )
    for sort in barred:
        assert f"{HIDDEN} {sort}" not in text


@pytest.mark.parametrize("name", ["text", "json", "junit", "html", "markdown"])
def test_an_instructor_sees_hidden_checks_and_a_published_phase_all_but_hidden(report, name):
    assert f"{HIDDEN} hidden" in render(name, report, instructor=True).replace("\\-", "-").replace("\n", " ")
    published = render(name, report, phase="published")
    assert "after_published" in published.replace("\\", "") and f"{HIDDEN} hidden" not in published


@pytest.mark.parametrize("name", known())
def test_no_control_character_bidi_override_or_surrogate_gets_out(report, name):
    text = render(name, report)
    text.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("name", known())
def test_a_report_of_nothing_is_written_all_the_same(report, name):
    assert render(name, replace(report, verdicts=(), skipped=()))


def test_junit_is_read_by_junitparser(report):
    from junitparser import Error, Failure, JUnitXml

    suites = JUnitXml.fromstring(render("junit", report).encode())
    cases = {(suite.name, case.name): case for suite in suites for case in suite}
    assert suites.tests == 8 and suites.failures == 5 and suites.errors == 1
    assert isinstance(cases["s02", "polynomial-slope"].result[0], Failure)
    assert isinstance(cases["s07", "polynomial-slope"].result[0], Error)
    case = cases["s02", "polynomial-slope"]
    assert case._elem.get("file") == "class/s02/polynomial-slope.py" and case._elem.get("line") == "2"
    assert len(cases) == 8


def test_junit_for_jenkins_has_no_attribute_its_schema_forbids(report):
    """Jenkins' junit-10.xsd: a testcase knows name, time, classname and group; testsuites no skipped."""
    from xml.etree import ElementTree

    root = ElementTree.fromstring(render("junit", report, strict=True))
    assert {name for case in root.iter("testcase") for name in case.attrib} == {"name", "time", "classname"}
    assert not list(root.iter("properties")) and "skipped" not in root.attrib


def test_github_lines_are_commands_of_ours_or_fenced(report):
    text = render("github", report)
    before, token, fenced = re.split(r"::stop-commands::([0-9a-f]{32})\n", text)
    inside, after = fenced.split(f"\n::{token}::\n")
    assert after == "::endgroup::\n" and f"::{token}::" not in inside
    lines = before.strip().split("\n")
    assert all(line.startswith(("::error ", "::warning ", "::notice ", "::group::")) for line in lines)
    assert "::error file=class/s02/polynomial-slope.py,line=2,endLine=2,col=5,title=" in before


def test_github_shows_ten_errors_at_most_and_the_worst_first(report):
    many = replace(report, verdicts=report.verdicts[1:2] * 30 + report.verdicts[6:7])
    lines = [line for line in render("github", many).split("\n") if line.startswith("::error ")]
    assert len(lines) == 10 and "could not grade" in lines[0]
    assert "21 more in the log" in render("github", many)


def test_paths_in_annotations_start_at_the_root_of_the_checkout(report):
    one = replace(report, verdicts=(replace(report.verdicts[1], submission="/build/repo/./s02/a b.py"),))
    assert "file=s02/a b.py," in render("github", one, root="/build/repo")
    assert '"uri": "s02/a%20b.py"' in render("sarif", one, root="/build/repo")


def test_gradescope_keeps_to_its_words(report):
    data = json.loads(render("gradescope", report))
    assert data["score"] == pytest.approx(sum(test.get("score", 0) for test in data["tests"]), abs=0.3)
    assert {test["visibility"] for test in data["tests"]} <= {
        "visible",
        "hidden",
        "after_due_date",
        "after_published",
    }
    assert {test["status"] for test in data["tests"]} == {"passed", "failed"}
    assert all(re.fullmatch(r"\d+(\.\d+)?", test["number"]) for test in data["tests"])


def test_classroom50_has_whole_points_and_its_identity_from_the_runner(report):
    given = {
        "CLASSROOM": "c",
        "ASSIGNMENT": "a",
        "OWNER": "o",
        "SUBMISSION_TAG": "submit/1",
        "COMMIT_URL": "https://x",
    }
    data = json.loads(render("classroom50", report, environment=given, now="2026-11-24T10:00:00Z"))
    assert set(data) == {
        "schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review",
        "datetime", "score", "max-score", "tests",
    }  # fmt: skip
    assert data["classroom"] == "c" and data["submission"] == "submit/1" and data["review"] == "https://x"
    assert data["score"] == 200 and data["max-score"] == 800
    for test in data["tests"]:
        assert type(test["score"]) is int and 0 <= test["score"] <= test["max-score"]


def test_classroom50_keeps_to_its_schema(report):
    """The rules of classroom50/result/v1 as its authors state them, judged by the jsonschema package."""
    from jsonschema import Draft202012Validator

    text, points = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}
    test = {"test-name": text, "passed": {"type": "boolean"}, "score": points, "max-score": points}
    rules = {
        "schema": {"const": "classroom50/result/v1"},
        **dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), text),
        "assignment_type": {"enum": ["individual", "group"]},
        "submission": {"type": "string", "pattern": "^submit/"},
        "datetime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"},
        **dict.fromkeys(("score", "max-score"), points),
        "tests": {"type": "array", "items": {"type": "object", "required": list(test), "properties": test}},
    }
    schema = {"type": "object", "additionalProperties": False, "required": list(rules), "properties": rules}
    for one in (report, replace(report, verdicts=()), replace(report, weights={"polynomial-slope": 0.333})):
        data = json.loads(render("classroom50", one))
        Draft202012Validator(schema).validate(data)
        assert data["score"] <= data["max-score"]
        assert all(test["score"] <= test["max-score"] for test in data["tests"])


def test_csv_is_read_back_and_no_cell_is_a_formula(report):
    for dialect in ("plain", "canvas", "moodle"):
        rows = list(csv.reader(io.StringIO(render("csv", report, dialect=dialect, people=PEOPLE))))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_canvas_finds_students_and_maxima(report):
    rows = list(csv.reader(io.StringIO(render("csv", report, dialect="canvas", people=PEOPLE))))
    assert rows[0] == [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "polynomial-slope",
        "rising-or-falling",
    ]
    assert "Points Possible" in rows[1][0] and rows[1][5:] == ["1.00", "1.00"]
    assert ["Second, Learner", "4711", "sis2", "login2", "A", "0.00", ""] in rows
    assert rows[-1][5] == "", "what could not be graded is no score, not a zero"


def test_sarif_is_read_by_its_pydantic_models(report):
    from sarif_pydantic import Sarif

    text = render("sarif", report)
    log = Sarif.model_validate_json(text)
    (run,) = log.runs
    region = run.results[0].locations[0].physical_location.region
    assert (region.start_line, region.start_column) == (2, 5)
    rules = {rule.id for rule in run.tool.driver.rules}
    assert {result.rule_id for result in run.results} <= rules


def test_markdown_is_one_table_and_renders_no_foreign_tag(report):
    from markdown_it import MarkdownIt

    facts = {"polynomial-slope": Facts("Slope", "M03-01", "3x^3")}
    text = render("markdown", report, facts=facts)
    page = MarkdownIt("commonmark").enable("table").render(text)
    assert page.count("<table>") == 1 and page.count("<tr>") == 9
    tags = set(re.findall(r"<([a-z0-9]+)", page))
    assert tags <= {
        "h2", "p", "ul", "li", "strong", "em", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "pre",
        "code", "br",
    }  # fmt: skip
    assert "$3x^3$" in text


def test_markdown_stays_below_its_limit_and_says_what_is_missing(report):
    many = replace(report, verdicts=report.verdicts[1:4] * 3000)
    text = render("markdown", many, limit=100_000)
    assert len(text.encode()) <= 100_000
    assert re.search(r"\*\d+ entries more", text)
