"""Magics and shell lines are made harmless without shifting a line; Python's own % and ! stay."""

from __future__ import annotations

import ast
import json

import pytest

from graders.notebook import program, read_notebook


def code(text):
    cells = read_notebook(json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": text}]}))
    return program(cells).source.removesuffix("\n")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install tensorflow\nx = 1", "pass\nx = 1"),
        ("pip install tensorflow", "pass"),
        ("files = !ls\nx = 1", "pass\nx = 1"),
        ("t = %timeit -o f(x)", "pass"),
        ("x?", "pass"),
        ("?x", "pass"),
        ("tf.GradientTape??", "pass"),
        ("if x:\n    !ls\n    y = 1", "if x:\n    pass\n    y = 1"),
        ("%time y = f(x)", "y = f(x)"),
        ("%%time\ny = f(x)", "\ny = f(x)"),
        ("%%tfgrad polynomial-slope\ny = 1", "\ny = 1"),
        ("%%bash\nrm -rf /\necho 'x", "\n\n"),
        ("%%writefile a.py\nx = 1", "\n"),
        ("y = (x\n% 2)", "y = (x\n% 2)"),
        ("y = x \\\n% 2", "y = x \\\n% 2"),
        ("s = '''\n%time\n!ls\n'''", "s = '''\n%time\n!ls\n'''"),
        ("y = x  # why?", "y = x  # why?"),
        ("s = 'what?'", "s = 'what?'"),
        ("y = '# not a comment' % 3", "y = '# not a comment' % 3"),
        ("a != b", "a != b"),
        ("y = {'a': '''x\n''', 'b': 1\n}\n%pwd", "y = {'a': '''x\n''', 'b': 1\n}\npass"),
        ("s = 'it\\'s [' + \"(\"\n%pwd", "s = 'it\\'s [' + \"(\"\npass"),
    ],
)
def test_line_for_line(given, kept):
    assert code(given) == kept
    if "\\\n" not in kept and "x:" not in kept:
        ast.parse(kept)


def test_sources_may_be_lists_of_lines_with_any_line_end():
    assert code(["x = 1\r\n", "%pwd\r\n", "y = 2"]) == "x = 1\npass\ny = 2"
