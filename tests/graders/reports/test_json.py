"""The JSON report: schema report/v1 as design section 6 has it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graders.record import full_data, read_verdict
from graders.reporting import Options, Person
from graders.reports.json import render

VERDICT_KEYS = [
    "schema", "exercise", "learner", "submission", "variant", "outcome", "score", "max_score", "checks", "findings",
    "advice", "exception", "given", "probes", "resources", "output",
]  # fmt: skip


def test_a_plain_verdict_has_exactly_the_keys_of_verdict_v1(report):
    data = json.loads(render(report, Options()))
    first = data["verdicts"][0]
    assert list(first) == VERDICT_KEYS
    assert first["given"] == {"number": [13.0], "word": None}
    assert first["checks"][0] == {
        "id": "variable", "passed": True, "score": 0.2, "max_score": 0.2, "message": "as it should be",
        "visibility": "visible",
    }  # fmt: skip
    assert data["schema"] == "tfgrad/report/v1" and first["schema"] == "tfgrad/verdict/v1"
    assert data["summary"]["passed"] == 2 and data["summary"]["could_not_grade"] == 1


def test_nan_is_a_word_and_never_bare(report):
    text = render(report, Options())
    assert "NaN" not in text and "Infinity" not in text
    assert json.loads(text)["verdicts"][1]["given"]["number"] == ["nan"]


def test_an_exception_says_type_message_line_and_cell(report):
    raised = json.loads(render(report, Options()))["verdicts"][2]["exception"]
    assert raised == {"type": "NameError", "message": "name 'z' is not defined", "line": 4, "cell": None}


def test_expected_appears_only_when_revealed(report):
    assert "expected" not in json.loads(render(report, Options()))["verdicts"][0]
    assert json.loads(render(report, Options(reveal=True)))["verdicts"][0]["expected"] == "13.000000777"


def test_hostile_text_stays_ascii_and_reads_back(report):
    text = render(report, Options())
    assert text.isascii()
    assert json.loads(text)["verdicts"][3]["output"].startswith("::error")


def test_a_verdict_survives_the_way_to_json_and_back(report):
    for verdict in report.verdicts:
        again = read_verdict(json.loads(json.dumps(full_data(verdict), allow_nan=False)))
        assert full_data(again) == full_data(verdict)
        if verdict.given.number == (13.0,):
            assert again == replace(verdict, graph=None)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("more", [{}, {"instructor": True, "reveal": True}, {"phase": "published"}])
def test_it_keeps_to_its_published_schema(report, more, language):
    """Judged by the jsonschema package, nothing beside the schema allowed."""
    from jsonschema import Draft202012Validator

    from graders.totals import totals

    path = Path(__file__).resolve().parents[3] / "docs" / "report.v1.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    weights = {"polynomial-slope": 3.0}
    full = replace(
        report,
        weights=weights,
        totals=totals(report.verdicts, {"absent": Person(excused=("all",))}, weights),
        alike=(("polynomial-slope", ("s01", "s02")),),
        strangers=("s01",),
    )
    for one in (report, full, replace(report, verdicts=())):
        data = json.loads(render(one, Options(language=language, **more)))
        Draft202012Validator(schema).validate(data)
