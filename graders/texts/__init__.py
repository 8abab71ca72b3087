"""What learners read about their mistakes: one catalogue a language, the file name is the language."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping

LANGUAGES = ("en", "de")


def say(key: str, language: str = "en", names: Mapping[str, str] | None = None, variant: str = "") -> str:
    """The text of a key with the learner's own names in it; a variant's wording where the catalogue has one."""
    catalogue: Mapping[str, str] = importlib.import_module(f"graders.texts.{language}").TEXTS
    text = catalogue.get(f"{key}/{variant}") or catalogue[key]
    return re.sub(
        r"\{(\w+)\}", lambda found: (names or {}).get(found[1]) or _missing(found[1], catalogue), text
    )


def _missing(name: str, catalogue: Mapping[str, str]) -> str:
    """What stands for a name that is not known."""
    return catalogue.get(f"name.{name}", name)
