"""Refuse what is no Python text before any process sees it: size, encoding and coding line, never the grammar."""

from __future__ import annotations

import re

_CODING = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)")
_UTF8 = ("utf-8", "utf8", "utf_8", "u8", "utf-8-sig", "utf-8-unix", "ascii", "us-ascii")
_ASCII_LIKE = ("latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-8859-15", "cp1252", "windows-1252")


def refusal(source: str, most: int) -> str:
    """Why this source is not run, in words for the learner; empty if it may be."""
    try:
        size = len(source.encode())
    except UnicodeEncodeError:
        return "The file holds half of a character (a lone surrogate): save it again as UTF-8."
    if size > most:
        return f"The file has {size:,} bytes; a submission may have {most:,}: hand in the program only."
    if "\0" in source:
        at = source[: source.index("\0")].count("\n") + 1
        return f"Line {at} holds a null byte, which Python cannot read: save the file again as plain text."
    for number, line in enumerate(source.splitlines()[:2], 1):
        coding = _CODING.match(line)
        if coding and not _readable(coding.group(1).lower(), source):
            return f"Line {number} says the file is {coding.group(1)!r}; expected UTF-8: remove that line."
        if line.strip() and not line.lstrip().startswith("#"):
            break
    return ""


def _readable(coding: str, source: str) -> bool:
    return coding in _UTF8 or (coding in _ASCII_LIKE and source.isascii())
