"""Learner text made safe to show: one rule per medium, so that no report ever has to think of its own.

Everything goes through `plain` first: what cannot be seen or turns text around becomes a visible escape.
"""

from __future__ import annotations

import html as _html
import re
import secrets

# C0 and C1 controls (not tab, not newline), soft hyphen, zero-width and bidi characters, line separators,
# variation of the byte-order mark, lone surrogates, non-characters and the invisible tag block.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#!|~$:>^]|^[-+=])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LINE_LIMIT = 400
TEXT_LIMIT = 20_000


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def plain(text: str, *, lines: int | None = None, width: int = LINE_LIMIT, total: int = TEXT_LIMIT) -> str:
    """Text with nothing invisible in it, each line at most `width` long and the whole at most `total`."""
    text = text.replace("\r\n", "\n")
    cut = len(text) > total
    rows = text[:total].split("\n")
    more = 0
    if lines is not None and len(rows) > lines:
        more = len(rows) - lines
        rows = rows[:lines]
    rows = [_UNSEEN.sub(_visible, shorten(row, width)) for row in rows]
    if more:
        rows.append(f"... ({more} more lines)")
    elif cut:
        rows.append("... (cut)")
    return "\n".join(rows)


def one_line(text: str, width: int = LINE_LIMIT) -> str:
    """Text on a single line."""
    return plain(" ".join(text[: 4 * width].split()), width=width)


def shorten(text: str, width: int) -> str:
    """Text of at most `width` characters, with three dots where some were left off."""
    return text if len(text) <= width else text[: max(width - 3, 0)] + "..."


def html(text: str, **limits: int) -> str:
    """Text for HTML content or a quoted attribute."""
    return _html.escape(plain(text, **limits), quote=True)


def markdown(text: str, width: int = LINE_LIMIT) -> str:
    """Text on one line in which Markdown, HTML and @mentions mean nothing."""
    text = one_line(text, width).replace("&", "&amp;").replace("<", "&lt;")
    text = re.sub(r"^(\d+)\.", r"\1\\.", _MARKDOWN.sub(r"\\\1", text))
    return text.replace("@", "&#64;")


def markdown_code(text: str, language: str = "", *, lines: int | None = None) -> str:
    """A fenced block whose fence does not occur in the text."""
    text = plain(text, lines=lines)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def workflow_text(text: str) -> str:
    """The message of a GitHub workflow command."""
    return plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """A property (file, title) of a GitHub workflow command."""
    return workflow_text(one_line(text)).replace(":", "%3A").replace(",", "%2C")


def workflow_fence(text: str) -> str:
    """Text during which GitHub obeys no workflow command; the token cannot be guessed."""
    token = secrets.token_hex(16)
    return f"::stop-commands::{token}\n{plain(text)}\n::{token}::"


def csv_cell(text: str, width: int = 2000) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = one_line(text, width)
    return "'" + text if text.startswith(_FORMULA) else text
