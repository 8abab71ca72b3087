"""The words around a finding (tables, checks, commands) in the reader's language, found by their English text."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from functools import cache

Catalogue = Mapping[str, str]
WITHIN = {"asked", "rule", "shapes", "function"}
"""Placeholders that may hold a text of ours; what stands for all others is the learner's or the author's."""
LONGEST = 800
"""A longer sentence holds a learner's text; to try it on patterns could be made to take long."""


def phrase(text: str, language: str = "en", /, **values: object) -> str:
    """A text of ours in a language, its placeholders filled; English where the language lacks it."""
    said = catalogue(language).get(text, text)
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), said)


def sentence(text: str, language: str) -> str:
    """A sentence with its names and numbers already in it, in a language; as it stands where it is none of ours."""
    known = catalogue(language)
    if text in known:
        return known[text]
    for pattern, said in _patterns(language) if len(text) <= LONGEST else ():
        match = pattern.fullmatch(text)
        if match:
            values = match.groupdict()
            for inner in WITHIN & values.keys():
                values[inner] = sentence(values[inner], language)
            return re.sub(r"\{(\w+)\}", lambda found, values=values: values[found[1]], said)  # type: ignore[misc]
    return text


def catalogue(language: str) -> Catalogue:
    """All phrases of a language by their English text; English itself needs none."""
    if language == "en":
        return {}
    found: Catalogue = importlib.import_module(f"graders.texts.shell_{language}").PHRASES
    return found


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Phrases with placeholders as patterns, those with the most fixed words first."""
    made = []
    for english, said in catalogue(language).items():
        parts = re.split(r"\{(\w+)\}", english)
        if len(parts) > 1:
            fixed = [
                re.escape(part) if index % 2 == 0 else f"(?P<{part}>.+?)" for index, part in enumerate(parts)
            ]
            made.append((sum(map(len, parts[::2])), re.compile("".join(fixed), re.DOTALL), said))
    return tuple((pattern, said) for _, pattern, said in sorted(made, key=lambda one: -one[0]))
