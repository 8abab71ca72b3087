"""`tfgrad grade` from end to end on the shim: a class with hostile learners, every format, exit codes, resuming."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time

import pytest

GOOD = """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
"""
FILES = {
    "anna": GOOD,
    "ben": GOOD.replace("-2.0", "-2"),
    "cara": b"x = '\xff'",
    "dan": "",
    "eve": "::error file=x::owned\n",
    "fay": "print('::error::owned ]]> <script>alert(1)</script> \\x1b[31m \\u202e')\nraise ValueError('=cmd()')\n",
    "gil": "import sys\nsys.exit(0)\n",
    "hal": GOOD + "print('x' * 200_000)\n",
    "=ida": GOOD + "\n# my own\n",
}
OUTCOMES = {
    "anna": "passed", "ben": "failed", "cara": "rejected", "dan": "not_attempted", "eve": "rejected", "fay": "failed",
    "hal": "passed", "=ida": "passed",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / "class" / name).mkdir(parents=True)
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "class" / name / "polynomial-slope.py").write_bytes(data)
    (tmp_path / "class" / "ben" / "notes.txt").write_text("notes")
    return tmp_path


def tfgrad(folder, *args, **more):
    environment = {**os.environ, "NO_COLOR": "1", "TFGRAD_BACKEND": "shim", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "graders.cli", *args],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=180, **more,
    )  # fmt: skip


def test_a_class_is_graded_each_by_itself_and_written_in_every_format(folder):
    formats = [
        "json",
        "junit",
        "github",
        "gradescope",
        "classroom50",
        "html",
        "markdown",
        "csv",
        "csv:canvas",
        "sarif",
    ]
    done = tfgrad(
        folder, "grade", "class", *(part for name in formats for part in ("--format", name)), "-o", "out/"
    )
    assert done.returncode == 1, done.stderr
    data = json.loads((folder / "out" / "report.json").read_text())
    found = {verdict["learner"]: verdict["outcome"] for verdict in data["verdicts"]}
    assert {name: found[name] for name in OUTCOMES} == OUTCOMES
    assert data["summary"]["passed"] == 3 and data["skipped"][0]["path"].endswith("notes.txt")
    assert {path.name for path in (folder / "out").iterdir()} == {
        "report.json", "junit.xml", "annotations.txt", "results.json", "result.json", "report.html", "report.md",
        "grades.csv", "grades-canvas.csv", "report.sarif", "journal.jsonl",
    }  # fmt: skip
    for path in (folder / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "\x1b" not in text and "\u202e" not in text, path
    assert "<script>alert" not in (folder / "out" / "report.html").read_text()
    assert "the same program for polynomial-slope" in done.stdout
    rows = list(csv.reader((folder / "out" / "grades.csv").open(encoding="utf-8", newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_exit_codes_say_passed_failed_usage_and_could_not_grade(folder):
    assert tfgrad(folder, "grade", "class", "--learner", "anna").returncode == 0
    assert tfgrad(folder, "grade", "class", "--learner", "ben").returncode == 1
    assert tfgrad(folder, "grade", "class", "--learner", "ben", "--exit-zero").returncode == 0
    assert tfgrad(folder, "grade", "class", "--learner", "nobody").returncode == 2
    (folder / "class" / "anna" / "polynomial_slope.py").write_text(GOOD)
    done = tfgrad(folder, "grade", "class", "--exit-zero")
    assert done.returncode == 3 and "polynomial_slope.py" in done.stdout


def test_a_second_run_takes_everything_unchanged_from_the_journal(folder):
    first = tfgrad(folder, "grade", "class", "-o", "out/", "--format", "json")
    before = json.loads((folder / "out" / "report.json").read_text())
    size = (folder / "out" / "journal.jsonl").stat().st_size
    (folder / "class" / "ben" / "polynomial-slope.py").write_text(GOOD)
    (folder / "before.json").write_text(json.dumps(before))
    second = tfgrad(folder, "grade", "class", "-o", "out/", "--format", "json", "--compare", "before.json")
    after = json.loads((folder / "out" / "report.json").read_text())
    assert first.returncode == second.returncode == 1
    grown = (folder / "out" / "journal.jsonl").read_bytes()[size:]
    assert grown.count(b"\n") == 1, "only the changed submission was graded again"
    same = lambda data: [one for one in data["verdicts"] if one["learner"] != "ben"]
    assert same(before) == same(after)
    assert "ben  polynomial-slope  failed 0.3 -> passed 1" in second.stdout
    changed = tfgrad(folder, "grade", "class", "-o", "out/", "--changed", "--format", "json")
    assert (
        changed.returncode == 0 and json.loads((folder / "out" / "report.json").read_text())["verdicts"] == []
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL needs POSIX")
def test_killed_twice_and_resumed_gives_what_an_undisturbed_run_gives(tmp_path):
    """A few hundred submissions here; the benchmark does ten thousand."""
    for index in range(300):
        place = tmp_path / "class" / f"s{index:03d}"
        place.mkdir(parents=True)
        text = GOOD if index % 3 else GOOD.replace("-2.0", "-2")
        (place / "polynomial-slope.py").write_text(f"{text}# {index}\n")
    environment = {**os.environ, "TFGRAD_BACKEND": "shim"}
    command = [sys.executable, "-m", "graders.cli", "grade", "class", "--format", "json", "-o", "out/"]
    for _ in range(2):
        run = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
        journal = tmp_path / "out" / "journal.jsonl"
        size = journal.stat().st_size if journal.exists() else 0
        end = time.monotonic() + 60
        while time.monotonic() < end and (not journal.exists() or journal.stat().st_size < size + 40_000):
            time.sleep(0.02)
        run.send_signal(signal.SIGKILL)
        run.wait()
    subprocess.run(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, timeout=180, check=False
    )
    resumed = json.loads((tmp_path / "out" / "report.json").read_text())
    command[-1] = "fresh/"
    subprocess.run(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, timeout=180, check=False
    )
    fresh = json.loads((tmp_path / "fresh" / "report.json").read_text())
    bare = lambda data: [{k: v for k, v in one.items() if k != "resources"} for one in data["verdicts"]]
    assert len(bare(fresh)) == 300 and bare(resumed) == bare(fresh)


VARIED = """id: own-slope
kind: slope
function: a*x**2 + x
point: {x: 3}
vary: {a: {from: 2, to: 40}}
"""


def test_every_learner_has_the_variant_that_their_own_starter_showed(folder):
    """The same learner is asked the same by `show` and by `grade`; a classmate's answer does not pass."""
    (folder / "course" / "01-own").mkdir(parents=True)
    (folder / "course" / "01-own" / "01-own-slope.yaml").write_text(VARIED)
    seen = {}
    for name in ("anna", "ben"):
        place = folder / "varied" / name
        place.mkdir(parents=True)
        text = tfgrad(place, "start", "own-slope", "--exercises", "../../course").stdout
        factor = int(text.split("y = ")[1].split("x²")[0])
        seen[name] = factor
        program = GOOD.replace("3 * x**3 + 5 * x**2 - 3 * x + 10", f"{seen['anna']} * x**2 + x").replace(
            "-2.0", "3.0"
        )
        (place / "own-slope.py").write_text(program)
    assert seen["anna"] != seen["ben"]
    done = tfgrad(folder, "grade", "varied", "--exercises", "course", "--format", "json")
    first, second = json.loads(done.stdout)["verdicts"]
    assert (first["outcome"], second["outcome"]) == ("passed", "failed")
    assert first["variant"] == {"a": seen["anna"]}
