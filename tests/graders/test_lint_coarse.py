"""Lint refuses a point whose tolerance exceeds a tenth of the distance to a likely error."""

from __future__ import annotations

from pathlib import Path

from graders.lint import remarks
from graders.prove import Proof
from tfgrad_course.course.load import load

# sqrt(4.1) = 2.0248457 on the curve, 2.025 on the tangent at 4: 1.5e-4 apart, and float32 is given about 3e-5 here.
TANGENT = """id: near-four
kind: tangent
title: Near four
prompt: Estimate the root by the tangent.
function: sqrt(x)
point: {x: 4}
estimate: {x: 4.1}
answer: 2.025
"""


def rules(text: str, folder: Path) -> list[str]:
    path = folder / "01-near-four.yaml"
    path.write_text(text, encoding="utf-8")
    return [remark.rule for remark in remarks([Proof(load(path), ())])]


def test_an_error_that_the_tolerance_all_but_covers_is_named(tmp_path):
    assert rules(TANGENT, tmp_path) == ["coarse"]


def test_a_smaller_tolerance_mends_it(tmp_path):
    assert rules(TANGENT + "tolerance: 1e-5\n", tmp_path) == []


def test_errors_far_off_are_no_matter(tmp_path):
    far = TANGENT.replace("4.1", "9").replace("2.025", "3.25")
    assert rules(far, tmp_path) == []
