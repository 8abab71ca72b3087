"""Where a program decides for a word: the comparison behind "increasing" or "minimum"."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graders import parts
from graders.making import Making
from graders.script import Script


@dataclass(frozen=True)
class Deciding:
    """The decisions of one script for one of the allowed words."""

    script: Script
    making: Making
    words: tuple[str, ...]

    @cached_property
    def tests(self) -> tuple[ast.expr, ...]:
        """The conditions whose outcome picks an allowed word, in the order of their lines."""
        found: list[ast.expr] = []
        for node in self.script.nodes:
            if isinstance(node, ast.IfExp):
                test: ast.expr = node.test
                said: list[ast.AST] = [node.body, node.orelse]
            elif isinstance(node, ast.If):
                test, said = node.test, [*node.body, *node.orelse]
            elif isinstance(node, ast.Subscript):
                test, said = node.slice, [self.script.meaning(node.value)]
            else:
                continue
            if self._speaks(said):
                found.append(test)
        return tuple(sorted(found, key=lambda node: (node.lineno, node.col_offset)))

    def _speaks(self, nodes: Sequence[ast.AST]) -> bool:
        for node in nodes:
            for below in ast.walk(node):
                if isinstance(below, ast.Constant) and isinstance(below.value, str):
                    spelled = parts.spelled(below.value, self.words) or parts.printed_word(
                        below.value, self.words
                    )
                    if spelled is not None:
                        return True
        return False

    @cached_property
    def on_gradient(self) -> tuple[ast.expr, ...]:
        """The conditions that look at a derivative."""
        return tuple(test for test in self.tests if self.making.uses_gradient(test))

    @cached_property
    def elsewhere(self) -> tuple[ast.expr, ...]:
        """The conditions that look at something else that was computed."""
        return tuple(
            test
            for test in self.tests
            if not self.making.uses_gradient(test) and self.script.is_tainted(test)
        )
