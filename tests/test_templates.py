"""The CI templates as far as they go without the service: their scripts run in bash on a small class, on the shim."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
GOOD = """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
"""
BAD = GOOD.replace("-2.0", "-2") + "print('::error::not a command')\n"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


@pytest.fixture
def bash(tmp_path):
    tfgrad = tmp_path / "bin" / "tfgrad"
    tfgrad.parent.mkdir()
    tfgrad.write_text(f'#!/usr/bin/env bash\nexec "{sys.executable}" -m graders.cli "$@"\n')
    tfgrad.chmod(0o755)

    def call(*command, cwd=tmp_path, **environment):
        base = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TFGRAD": str(tfgrad), "LANG": "C.UTF-8"}
        return subprocess.run(
            command, cwd=cwd, env={**base, **environment}, capture_output=True, text=True, timeout=180
        )

    return call


def test_the_action_annotates_summarises_and_hands_out_the_score(bash, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    (work / "polynomial-slope.py").write_text(BAD)
    output, summary = tmp_path / "output", tmp_path / "summary.md"
    given = {
        "INPUT_PATH": "work", "INPUT_LEARNER": "anna", "INPUT_BACKEND": "shim",
        "INPUT_FORMATS": "json html junit junit:strict csv csv:totals csv:canvas text",
        "TFGRAD_LANGUAGE": "",
        "REPORTS": str(tmp_path / "reports"), "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_WORKSPACE": str(tmp_path), "GITHUB_TOKEN": "secret-token", "RUNNER_TEMP": str(tmp_path),
    }  # fmt: skip
    script = str(ROOT / ".github" / "actions" / "grade" / "grade.sh")
    done = bash("bash", script, **given)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=work/polynomial-slope.py,line=2,endLine=2")
    assert re.search(r"::stop-commands::\w{32}\n(.*\n)*.*not a command", done.stdout)
    outputs = dict(line.split("=") for line in output.read_text().split())
    assert outputs["max"] == "1" and outputs["passed"] == "false" and float(outputs["score"]) < 1
    assert summary.read_text().startswith("## tfgrad")
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {
        "report.json", "report.html", "junit.xml", "junit-strict.xml", "report.csv", "report-totals.csv",
        "report-canvas.csv", "report.txt",
    }  # fmt: skip
    assert bash("bash", script, **given, INPUT_FAIL="false").returncode == 0


def test_the_action_grades_a_class_folder_by_folder(bash, tmp_path):
    for name in ("anna", "ben"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "polynomial-slope.py").write_text(GOOD)
    script = str(ROOT / ".github" / "actions" / "grade" / "grade.sh")
    done = bash(
        "bash",
        script,
        INPUT_PATH="class",
        INPUT_LEARNER="pusher",
        INPUT_BACKEND="shim",
        REPORTS=str(tmp_path / "r"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    data = json.loads((tmp_path / "r" / "report.json").read_text())
    assert [verdict["learner"] for verdict in data["verdicts"]] == ["anna", "ben"]


def test_every_step_of_the_action_gets_its_inputs_as_environment_only():
    """Text such as ${{ inputs.path }} inside a script would be run as code."""
    action = yaml.safe_load((ROOT / ".github" / "actions" / "grade" / "action.yml").read_text())
    for step in action["runs"]["steps"]:
        assert "inputs." not in step.get("run", "") and "github.token" not in json.dumps(step)
    for name in ("ci.yml", "grade.yml"):
        flow = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text())
        assert flow["permissions"] == {"contents": "read"}
        assert "pull_request_target" not in flow.get(True, {})
        for job in flow["jobs"].values():
            for step in job["steps"]:
                if "checkout" in step.get("uses", ""):
                    assert step["with"]["persist-credentials"] is False


def test_the_reusable_workflow_takes_tfgrad_from_where_it_was_called_itself():
    """`github` speaks of the caller in a reusable workflow, `job` of the file that is called; no name is made up."""
    text = (ROOT / ".github" / "workflows" / "grade.yml").read_text()
    (job,) = yaml.safe_load(text)["jobs"].values()
    own = next(step["with"] for step in job["steps"] if step.get("with", {}).get("path") == "tfgrad")
    assert own["repository"] == "${{ inputs.repository || job.workflow_repository }}"
    assert own["ref"] == "${{ inputs.ref || job.workflow_sha }}"
    inputs = yaml.safe_load(text)[True]["workflow_call"]["inputs"]
    assert inputs["repository"]["default"] == inputs["ref"]["default"] == ""
    action = yaml.safe_load((ROOT / ".github" / "actions" / "grade" / "action.yml").read_text())
    used = next(step["with"] for step in job["steps"] if step.get("uses", "").startswith("./tfgrad"))
    assert set(used) <= set(action["inputs"])


def test_gradescope_runs_end_to_end_in_a_folder(bash, tmp_path):
    root = tmp_path / "autograder"
    for name in ("submission", "results"):
        (root / name).mkdir(parents=True)
    (root / "submission_metadata.json").write_text(json.dumps({"users": [{"name": "Ada Lovelace"}]}))
    (root / "submission" / "polynomial-slope.py").write_text(BAD)
    script = ROOT / "examples" / "gradescope" / "run_autograder"
    done = bash(str(script), AUTOGRADER_ROOT=str(root), BACKEND="shim")
    data = json.loads((root / "results" / "results.json").read_text())
    assert done.returncode == 0 and 0 < data["score"] < 1
    assert any("x = tf.Variable(-2)" in test["output"] for test in data["tests"])
    (root / "submission" / "polynomial-slope.py").write_text(GOOD)
    bash(str(script), AUTOGRADER_ROOT=str(root), BACKEND="shim")
    assert json.loads((root / "results" / "results.json").read_text())["score"] == 1.0


def test_gradescope_without_anything_to_grade_still_gets_a_result(bash, tmp_path):
    root = tmp_path / "autograder"
    for name in ("submission", "results"):
        (root / name).mkdir(parents=True)
    bash(str(ROOT / "examples" / "gradescope" / "run_autograder"), AUTOGRADER_ROOT=str(root), BACKEND="shim")
    data = json.loads((root / "results" / "results.json").read_text())
    assert data["score"] == 0 and "nothing to grade" in data["output"]


def test_classroom50_writes_its_result_and_leaves_with_0(bash, tmp_path):
    (tmp_path / "polynomial-slope.py").write_text(BAD)
    done = bash(
        sys.executable, str(ROOT / "examples" / "classroom50" / "autograder.py"),
        CLASSROOM="c1", ASSIGNMENT="a1", OWNER="anna", SUBMISSION_TAG="submit/2026", TFGRAD_BACKEND="shim",
        COMMIT_URL="https://example.org/c", RELEASE_URL="https://example.org/r", REVIEW_URL="https://example.org/v",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "result.json").read_text())
    assert data["owner"] == "anna" and data["submission"] == "submit/2026" and data["max-score"] == 100
    assert 0 < data["score"] < 100 and (tmp_path / "release-body.md").read_text().startswith("## tfgrad")


def test_the_gitlab_template_is_yaml_with_a_junit_report():
    job = yaml.safe_load((ROOT / "examples" / "gitlab" / ".gitlab-ci.yml").read_text())["grade"]
    assert job["artifacts"]["reports"]["junit"] == "junit.xml"
    assert "--format junit=junit.xml" in job["script"][0]
