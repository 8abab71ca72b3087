"""The coverage page is generated from the tables and kept in step with them."""

from __future__ import annotations

from pathlib import Path

from tfgrad_course.tf import _coverage, _public
from tfgrad_course.tf._declare import COMPOSITES, OPS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tape-coverage.md"


def test_the_page_is_in_step() -> None:
    made = _coverage.page()
    assert PAGE.read_text(encoding="utf-8") == made, (
        "run: python -m tfgrad_course.tf._coverage > docs/tape-coverage.md"
    )


def test_every_public_name_of_the_tables_is_tensorflow_s_own() -> None:
    """A misspelt name in a row would otherwise go unnoticed."""
    known = _public.known_names()
    named = {n for e in OPS.values() for n in e.names} | {n for c in COMPOSITES.values() for n in c.names}
    assert sorted(n for n in named - known if not n.startswith("__operators__")) == []
