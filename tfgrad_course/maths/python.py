"""Python's own parser, for code that is read while other threads read too."""

from __future__ import annotations

import ast


def parsed(source: str) -> ast.Module:
    """The tree of a program; raises what `ast.parse` raises.

    CPython 3.11 and 3.12 count the depth of a tree in one place for all threads, so that a reading may fail with a
    SystemError ("recursion depth mismatch") that has nothing to do with the source; then it is read again.
    https://github.com/python/cpython/issues/106905
    """
    for _ in range(20):
        try:
            return ast.parse(source)
        except SystemError:
            continue
    return ast.parse(source)
