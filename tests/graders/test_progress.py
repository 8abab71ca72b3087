"""A student's state survives two terminals at once, a broken file and a sudden end."""

from __future__ import annotations

import subprocess
import sys

from graders.progress import change, load, note, work_folder


def test_what_is_noted_is_there_again(tmp_path):
    change(tmp_path, "a", current=True, file="a.py")
    note(tmp_path, "a", False, 0.5, "a.py")
    note(tmp_path, "a", True, 1.0, "a.py")
    note(tmp_path, "a", False, 0.0, "a.py")
    state = load(tmp_path)
    assert state.current == "a"
    assert (state.of("a").passed, state.of("a").checks, state.of("a").best) == (True, 3, 1.0)


def test_a_broken_file_is_put_aside(tmp_path):
    note(tmp_path, "a", True, 1.0, "a.py")
    (tmp_path / ".tfgrad" / "progress.json").write_text("{broken")
    assert load(tmp_path).exercises == {}
    assert (tmp_path / ".tfgrad" / "progress.broken.json").exists()


def test_it_is_found_from_a_folder_below(tmp_path):
    note(tmp_path, "a", True, 1.0, "a.py")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    assert work_folder(tmp_path / "deep" / "er") == tmp_path


def test_two_terminals_at_once_lose_nothing(tmp_path):
    code = (
        "import sys; from pathlib import Path; from graders.progress import note\n"
        "for _ in range(40): note(Path(sys.argv[1]), 'a', False, 0.0, 'a.py')"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(2)]
    assert [run.wait(60) for run in runs] == [0, 0]
    assert load(tmp_path).of("a").checks == 80
