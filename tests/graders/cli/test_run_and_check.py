"""The student's commands on the shim: check, run, watch, each in a process of its own as a student starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

GOOD = """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
"""


@pytest.fixture
def tfgrad(tmp_path):
    def call(*args, code=0):
        environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-m", "graders.cli", *args],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    return call


def test_check_names_the_line_then_passes_and_says_what_was_to_be_learnt(tfgrad, tmp_path):
    tfgrad("start", "polynomial-slope")
    path = tmp_path / "polynomial-slope.py"
    assert "not attempted" in tfgrad("check", "--backend", "shim", code=1)
    path.write_text(GOOD.replace("-2.0", "-2"))
    text = tfgrad("check", "--backend", "shim", code=1)
    assert "polynomial-slope.py:2:" in text and "x = tf.Variable(-2)" in text and "tfgrad hint" in text
    path.write_text(GOOD)
    text = tfgrad("check", "--backend", "shim")
    assert "passed 1/1" in text and "Next: tfgrad start" in text
    state = json.loads((tmp_path / ".tfgrad" / "progress.json").read_text())["exercises"]["polynomial-slope"]
    assert state["passed"] and state["checks"] == 3


def test_check_as_json_is_one_report_object(tfgrad, tmp_path):
    (tmp_path / "any-name.py").write_text(GOOD)
    text = tfgrad("check", "any-name.py", "--exercise", "M03-01", "--backend", "shim", "--format", "json")
    data = json.loads(text)
    assert data["schema"] == "tfgrad/report/v1" and data["backend"].startswith("shim")
    assert data["verdicts"][0]["outcome"] == "passed" and not (tmp_path / ".tfgrad").exists()


def test_run_takes_any_script_with_its_arguments_and_exit_code(tfgrad, tmp_path):
    (tmp_path / "a.py").write_text(
        "import sys\nimport tensorflow as tf\nprint(tf.constant(2.0) * 3, sys.argv)\nsys.exit(7)\n"
    )
    text = tfgrad("run", "--shim", "a.py", "--flag", "x", code=7)
    assert "6.0" in text and "['a.py', '--flag', 'x']" in text


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal needs POSIX")
def test_watch_answers_a_save_by_rename_takes_keys_and_never_moves_on_by_itself(tmp_path):
    import pty
    import select
    import time

    (tmp_path / "polynomial-slope.py").write_text("")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.environ |= {"TERM": "xterm", "COLUMNS": "80", "LINES": "30"}
        os.execv(sys.executable, [sys.executable, "-m", "graders.cli", "watch", "--backend", "shim"])

    def until(words):
        seen, end = b"", time.monotonic() + 60
        while words.encode() not in seen:
            assert time.monotonic() < end, seen.decode("utf-8", "replace")[-2000:]
            if select.select([terminal], [], [], 0.1)[0]:
                seen += os.read(terminal, 65536)
        return seen.decode("utf-8", "replace")

    try:
        until("quit")
        (tmp_path / "new").write_text(GOOD)
        os.replace(tmp_path / "new", tmp_path / "polynomial-slope.py")
        assert "The three steps" in until("Press n for the next one")
        os.write(terminal, b"h")
        until("hint 1:")
        os.write(terminal, b"n")
        until("Leave the answer")
        os.write(terminal, b"q")
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        os.close(terminal)
