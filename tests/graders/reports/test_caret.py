"""The caret stands below the character it speaks of, also where characters are two cells wide."""

from __future__ import annotations

import ast

import pytest

from graders.reporting import Pointed
from graders.sandbox.trees import in_characters


@pytest.mark.parametrize(
    ("text", "column", "caret"),
    [
        ("y = x ^ 2", 5, "    ^"),
        ("höhe = π ^ 2", 8, "       ^"),
        ("高さ = x ^ 2", 6, "       ^"),  # 高 and さ take two cells each
        ("e\u0301 = x", 6, "    ^"),  # the accent stands on the e
        ("\ty = x", 6, "\t    ^"),
        ("y", 4, "   ^"),
        ("y = x", None, ""),
    ],
)
def test_the_caret_is_below_its_column(text: str, column: int | None, caret: str) -> None:
    assert Pointed(1, text, column).caret == caret


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_of_a_tree_count_characters(end: str) -> None:
    source = end.join(["größe = 1", 'ü = "é"; sum = größe + ü', ""])
    tree = in_characters(ast.parse(source), source)
    last = tree.body[-1]
    assert isinstance(last, ast.Assign)
    assert (last.col_offset, last.value.col_offset, last.value.end_col_offset) == (9, 15, 24)
