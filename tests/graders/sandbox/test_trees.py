"""Syntax trees as flat data: the same tree comes back, and nothing else is ever built."""

import ast
import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.sandbox import trees

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", sorted((ROOT / "graders").glob("*.py")), ids=lambda path: path.name)
def test_our_own_modules_come_back_as_python_parses_them(path):
    tree = ast.parse(path.read_text())
    rebuilt = trees.rebuild(json.loads(json.dumps(trees.flatten(tree))))
    assert ast.dump(rebuilt, include_attributes=True) == ast.dump(tree, include_attributes=True)


SOURCE = "x = [1, 1.5, 2j, b'q', 'ü', None, True, ..., 10**40, 0xFFFFFFFFFFFFFFFFFFFF, 1e999]\nf'{x!r:>{3}}'\nglobal z"


def test_every_kind_of_constant_comes_back():
    tree = ast.parse(SOURCE)
    assert ast.dump(trees.rebuild(trees.flatten(tree))) == ast.dump(tree)


ROWS = trees.flatten(ast.parse("x = f(1)\n"))


@given(st.data())
def test_rows_that_were_changed_are_a_tree_or_refused(data):
    rows = json.loads(json.dumps(ROWS))
    row = data.draw(st.integers(0, len(rows) - 1))
    part = data.draw(st.integers(0, 2))
    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("nifcbe"), inner, max_size=2)
        ),
        max_leaves=6,
    )
    rows[row][part] = data.draw(json_values)
    with contextlib.suppress(trees.BadTree):
        assert isinstance(trees.rebuild(rows), ast.Module)


@pytest.mark.parametrize(
    "rows",
    [
        None,
        [],
        [[]],
        {},
        [["Module", None, []]],
        [["exec", None, []]],
        [["AST", None, []]],
        [["Module", None, [0, 0]]],
    ],
)
def test_what_is_no_tree_is_refused(rows):
    with pytest.raises(trees.BadTree):
        trees.rebuild(rows)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("x = (", "SyntaxError"),
        ("  x = 1", "IndentationError"),
        ("x = 1" + " + 1" * 3000, "Unparsable"),
        ("x = [" + "1, " * 60_000 + "]", "Unparsable"),
    ],
)
def test_a_program_without_a_tree_says_why(source, kind):
    rows, raised = trees.parse(source, "submission.py")
    assert rows is None and raised.type == kind
