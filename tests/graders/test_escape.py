"""Text from learners means nothing to the medium it is shown in."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from graders.escape import csv_cell, html, markdown, markdown_code, plain, workflow_property, workflow_text

EVIL = [
    "- item",
    "1. one",
    "# head",
    "---",
    "<b>&amp;",
    "[a](b)",
    "`x`",
    "| a | b |",
    "**b**",
    "~~~",
    "=====",
    "> q",
]


@pytest.mark.parametrize("text", EVIL)
def test_markdown_renders_the_text_itself(text):
    """Judged by markdown-it, a CommonMark renderer: one paragraph with exactly this text in it."""
    rendered = MarkdownIt("commonmark").enable("table").render(markdown(text))
    import html as library

    assert rendered.startswith("<p>") and rendered.count("<p>") == 1
    assert library.unescape(rendered.removeprefix("<p>").removesuffix("</p>\n")) == text


def test_a_code_fence_is_longer_than_any_in_the_text():
    rendered = MarkdownIt("commonmark").render(markdown_code("a\n`````\n# no heading"))
    assert rendered.count("<code") == 1 and "<h1>" not in rendered


def test_what_cannot_be_seen_becomes_visible():
    assert plain("a\x1b[31m\u202e\x00\ud800\u2028b") == "a\\x1b[31m\\u202e\\x00\\ud800\\u2028b"
    assert plain("tab\tand\nline") == "tab\tand\nline"


def test_long_lines_and_long_texts_are_cut():
    assert len(plain("x" * 200_000)) <= 420
    assert plain("a\n" * 100, lines=3).endswith("... (98 more lines)")


def test_html_and_workflow_commands_are_escaped():
    assert html("<a href='x'>") == "&lt;a href=&#x27;x&#x27;&gt;"
    assert workflow_text("50%\n::error::") == "50%25%0A::error::"
    assert workflow_property("a:b,c\nd") == "a%3Ab%2Cc d"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(text):
    assert csv_cell(text).startswith("'")
