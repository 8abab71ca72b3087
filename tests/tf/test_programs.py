"""Programs as guides and courses write them, unmodified, on the tape and on TensorFlow: they print the same."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.tensorflow]
TEXT = Path(__file__).with_name("programs.txt").read_text(encoding="utf-8")
PROGRAMS = dict(part.split("\n", 1) for part in TEXT.split("### ")[1:])
NUMBER = re.compile(r"[-+]?\d+\.?\d*(?:e[-+]?\d+)?")


def printed(program: Path) -> str:
    """What a program prints; it runs from its file, because AutoGraph reads sources."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program.read_text(encoding="utf-8"), str(program), "exec"), {"__name__": "__main__"})
    return out.getvalue()


def assert_same_text(ours: str, theirs: str) -> None:
    """Letter by letter, numbers to four digits."""
    squeeze = lambda text: re.sub(r"\s+", " ", NUMBER.sub("#", text))
    assert squeeze(ours) == squeeze(theirs), f"\nTensorFlow:\n{theirs}\nthe tape:\n{ours}"
    for a, b in zip(NUMBER.findall(ours), NUMBER.findall(theirs), strict=True):
        assert float(a) == pytest.approx(float(b), rel=2e-4, abs=2e-5), (
            f"\nTensorFlow:\n{theirs}\nthe tape:\n{ours}"
        )


@pytest.mark.parametrize("name", list(PROGRAMS))
def test_a_program_prints_the_same(name: str, agree: Any, shim_as_tensorflow: Any, tmp_path: Path) -> None:
    """`agree` is asked for so that the test is skipped where TensorFlow is missing."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAMS[name], encoding="utf-8")
    theirs = printed(program)
    with shim_as_tensorflow():
        ours = printed(program)
    assert_same_text(ours, theirs)


def test_there_are_sixty() -> None:
    assert len(PROGRAMS) >= 60
