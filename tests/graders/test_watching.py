"""The watch screen: fits any terminal, with and without colour; saves of every sort are seen."""

from __future__ import annotations

import os
import re

import pytest

from graders.reporting import Options
from graders.watching import Folder, Row, Screen, drawn

ROWS = tuple(
    Row(f"exercise-{i}", f"M01-{i:02d}", f"A rather long title, number {i}" * 3, i < 3) for i in range(60)
)
SCREEN = Screen(
    ROWS,
    "exercise-5",
    "exercise-5.py",
    hints=("look twice " * 20,),
    message="Passed. Press n for the next one.",
)


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("chosen", [None, 0, 59])
def test_no_line_is_wider_than_the_terminal(width, colour, chosen):
    text = drawn(Screen(**{name: getattr(SCREEN, name) for name in SCREEN.__slots__} | {"chosen": chosen}),
                 Options(width=width, colour=colour), 30)  # fmt: skip
    assert ("\x1b[" in text) == colour
    plain = re.sub("\x1b\\[[0-9;]*m", "", text)
    assert max(map(len, plain.split("\n"))) <= width
    assert "quit" in plain


@pytest.mark.parametrize(("height", "language"), [(24, "en"), (16, "de"), (60, "en")])
def test_a_long_report_leaves_progress_and_keys_on_the_screen(height, language):
    body = "\n".join(f"row {index} of the report" for index in range(50))
    screen = Screen(ROWS, "exercise-5", "exercise-5.py", body)
    rows = drawn(screen, Options(width=80, language=language), height).split("\n")
    assert rows[0].startswith("tfgrad") and ("quit" in rows[-1] or "Ende" in rows[-1])
    assert "row 0 of the report" in rows and len(rows) <= height
    assert ("row 49 of the report" in rows) == (height == 60)


def test_the_list_shows_what_is_around_the_cursor_and_marks_it_without_colour():
    text = drawn(Screen(ROWS, chosen=30), Options(width=80), 20)
    assert "> " in next(line for line in text.split("\n") if "M01-30" in line)
    assert "M01-00" not in text and len(text.split("\n")) <= 20


def test_it_says_what_runs_and_never_that_it_went_on():
    assert "checking ..." in drawn(Screen(ROWS, "exercise-5", running=True), Options())
    assert "exercise-5.py" in drawn(SCREEN, Options())


def test_a_new_a_changed_and_a_renamed_over_file_are_seen_once(tmp_path):
    folder = Folder(str(tmp_path))
    assert folder.changed() == []
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "notes.txt").write_text("1")
    assert folder.changed() == ["a.py"] and folder.changed() == []
    (tmp_path / "a.py").write_text("22")
    assert folder.changed() == ["a.py"]
    (tmp_path / ".a.swp").write_text("33")
    os.replace(tmp_path / ".a.swp", tmp_path / "a.py")
    assert folder.changed() == ["a.py"]
    (tmp_path / "a.py").unlink()
    assert folder.changed() == []


def test_a_folder_that_is_gone_is_no_fault(tmp_path):
    assert Folder(str(tmp_path / "gone")).changed() == []
