"""Which files are whose answer to what, and how hostile files are read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import pytest

from graders.collect import CollectError, collect, read
from graders.notebook import locate


@dataclass(frozen=True)
class Course:
    """The names of a course, as a catalogue knows them."""

    codes: dict[str, str]

    @property
    def ids(self):
        return tuple(self.codes.values())

    def id_of(self, name):
        word = name.lower().replace("_", "-").removesuffix(".py").removesuffix(".ipynb")
        return word if word in self.ids else self.codes.get(word)


KNOWN = Course({"m03-01": "polynomial-slope", "m04-01": "rising-or-falling"})


def put(root, *names, text="x = 1\n"):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def found(root, **options):
    collection = collect([str(root)], KNOWN, **options)
    return [(one.learner, one.exercise) for one in collection.submissions]


def notebook(*cells):
    made = []
    for cell in cells:
        source, tags = cell if isinstance(cell, tuple) else (cell, [])
        made.append({"cell_type": "code", "source": source, "metadata": {"tags": tags}, "outputs": []})
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def test_a_file_directly_in_the_path_belongs_to_the_folder_or_the_named_learner(tmp_path):
    root = tmp_path / "anna"
    put(root, "polynomial_slope.py", "M04-01.py")
    assert found(root) == [("anna", "polynomial-slope"), ("anna", "rising-or-falling")]
    assert found(root, learner="a.b")[0] == ("a.b", "polynomial-slope")


def test_a_file_in_a_sub_folder_belongs_to_the_first_folder_below_the_path(tmp_path):
    put(tmp_path, "s10/polynomial-slope.py", "s2/week1/polynomial-slope.py", "s2/rising-or-falling.py")
    assert found(tmp_path) == [
        ("s2", "polynomial-slope"),
        ("s2", "rising-or-falling"),
        ("s10", "polynomial-slope"),
    ]
    assert found(tmp_path, learner="s10") == [("s10", "polynomial-slope")]
    with pytest.raises(CollectError, match="no submission of learner 's1'"):
        found(tmp_path, learner="s1")


def test_a_flat_folder_with_an_exercise_is_one_learner_a_file(tmp_path):
    put(tmp_path, "anna.py", "ben.py")
    assert found(tmp_path, exercise="polynomial-slope") == [
        ("anna", "polynomial-slope"),
        ("ben", "polynomial-slope"),
    ]


def test_a_line_in_the_file_names_the_exercise(tmp_path):
    put(tmp_path, "s1/solution.py", text="import os\n# tfgrad: M03-01\n")
    assert found(tmp_path) == [("s1", "polynomial-slope")]


def test_with_an_exercise_other_exercises_are_left_out_and_named(tmp_path):
    put(tmp_path, "s1/polynomial-slope.py", "s1/rising-or-falling.py", "s2/main.py")
    collection = collect([str(tmp_path)], KNOWN, exercise="polynomial-slope")
    assert [one.learner for one in collection.submissions] == ["s1", "s2"]
    assert [(os.path.basename(path), why) for path, why in collection.skipped] == [
        ("rising-or-falling.py", "answers rising-or-falling")
    ]


def test_two_files_for_one_exercise_are_both_named(tmp_path):
    put(tmp_path, "s1/polynomial-slope.py", "s1/polynomial_slope.py")
    (one,) = collect([str(tmp_path)], KNOWN).submissions
    assert one.source is None and one.path.endswith("polynomial-slope.py")
    assert [os.path.basename(path) for path in one.duplicates] == ["polynomial_slope.py"]


def test_environments_dot_folders_caches_and_links_are_ignored_and_unknown_files_reported(tmp_path):
    put(tmp_path, "s1/polynomial-slope.py", "s1/notes.txt", "s1/other.py", "s1/.git/polynomial-slope.py")
    put(
        tmp_path,
        "s1/myenv/pyvenv.cfg",
        "s1/myenv/polynomial-slope.py",
        "s1/site-packages/polynomial-slope.py",
    )
    put(tmp_path, "s1/__pycache__/polynomial-slope.py", "secret.py", text="secret")
    os.symlink(tmp_path / "secret.py", tmp_path / "s1" / "rising-or-falling.py")
    os.symlink(tmp_path, tmp_path / "s1" / "loop")
    collection = collect([str(tmp_path / "s1")], KNOWN)
    assert [one.path for one in collection.submissions] == [str(tmp_path / "s1" / "polynomial-slope.py")]
    assert {os.path.basename(path) for path, _why in collection.skipped} == {"notes.txt", "other.py"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x = 1\n" * 100_000, "at most 256 kB"),
        (b"x = '\xff'\n", "byte 0xff in line 1"),
        (b"x = 1\n\0", "NUL byte"),
        ("x = 1".encode("utf-16"), "UTF-16"),
        (b"# -*- coding: latin-1 -*-\nx = 1\n", "coding line for latin-1"),
    ],
)
def test_a_file_that_is_no_text_is_a_submission_with_a_problem(tmp_path, data, says):
    put(tmp_path, "s1/polynomial-slope.py", text=data)
    (one,) = collect([str(tmp_path)], KNOWN).submissions
    assert one.source is None and says in one.problem


def test_a_byte_order_mark_and_any_line_ends_are_fine(tmp_path):
    put(tmp_path, "a.py", text=b"\xef\xbb\xbfx = 1\r\ny = 2\rz = 3\n")
    assert read(str(tmp_path / "a.py")).source == "x = 1\ny = 2\nz = 3\n"


def test_a_pipe_in_place_of_a_file_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "polynomial-slope.py")
    put(tmp_path, "rising-or-falling.py")
    assert [exercise for _who, exercise in found(tmp_path)] == ["rising-or-falling"]
    assert "ordinary file" in read(str(tmp_path / "polynomial-slope.py")).problem


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing", "no such file or folder"),
        ("empty", "nothing to grade"),
        ("a.txt", "expected a .py or .ipynb file"),
        ("polynomal-slope.py", "did you mean polynomial-slope"),
    ],
)
def test_paths_with_nothing_to_grade_get_one_clear_message(tmp_path, name, says):
    (tmp_path / "empty").mkdir()
    put(tmp_path, "a.txt", "polynomal-slope.py")
    with pytest.raises(CollectError) as error:
        collect([str(tmp_path / name)], KNOWN)
    assert says in str(error.value)


def test_a_notebook_named_after_an_exercise_is_one_program_with_its_cells(tmp_path):
    put(
        tmp_path,
        "s1/polynomial-slope.ipynb",
        text=notebook("import os\nx = 1", "%matplotlib inline\ny = x % 2"),
    )
    (one,) = collect([str(tmp_path)], KNOWN).submissions
    assert one.source == "import os\nx = 1\npass\ny = x % 2\n"
    assert locate(one.cells, 4) == (2, 2)


def test_one_notebook_can_answer_many_exercises(tmp_path):
    text = notebook(
        "import tensorflow as tf",
        "%%tfgrad polynomial-slope\nx = 1",
        "# tfgrad: M04-01\nz = 2",
        ("x = 3", ["tfgrad:polynomial-slope"]),
        "1/0",
    )
    put(tmp_path, "s1/week.ipynb", text=text)
    first, second = collect([str(tmp_path)], KNOWN).submissions
    assert first.source == "import tensorflow as tf\n\nx = 1\nx = 3\n"
    assert second.source == "import tensorflow as tf\n# tfgrad: M04-01\nz = 2\n"
    assert locate(first.cells, 3) == (2, 2) and locate(first.cells, 4) == (4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[" * 100_000,
        "[]",
        json.dumps({"nbformat": 3, "worksheets": []}),
        json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}),
        json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x"}] * 5000}),
        json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x\ud800"}]}),
        '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x", "n": ' + "9" * 100_000 + "}, 1]}",
    ],
)
def test_hostile_notebooks_become_a_problem_or_a_program_never_a_fault(tmp_path, text):
    put(tmp_path, "s1/polynomial-slope.ipynb", text=text)
    (one,) = collect([str(tmp_path)], KNOWN).submissions
    assert (one.source is None) == bool(one.problem)
