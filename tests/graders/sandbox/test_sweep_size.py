"""A folder a learner writes into is measured while they write: what is slow to measure counts as too large."""

from __future__ import annotations

import os

from graders.sandbox import sweep


def test_a_folder_is_as_large_as_what_is_in_it_and_no_link_is_followed(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "data").write_bytes(b"x" * 100_000)
    os.symlink("/", tmp_path / "everything")
    assert 100_000 <= sweep.size(str(tmp_path)) < 1_000_000


def test_thousands_of_files_or_dozens_of_levels_are_too_large(tmp_path):
    many, deep = tmp_path / "many", tmp_path / "deep"
    many.mkdir()
    for number in range(5_000):
        (many / str(number)).touch()
    deep.joinpath(*["d"] * 80).mkdir(parents=True)
    assert sweep.size(str(many)) == sweep.size(str(deep)) == sweep.TOO_LARGE
