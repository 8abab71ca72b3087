"""The catalogue of what learners read: complete in every language, with the same placeholders."""

from __future__ import annotations

import importlib
import re

import pytest

from graders import diagnose, texts

CATALOGUES = {name: importlib.import_module(f"graders.texts.{name}").TEXTS for name in texts.LANGUAGES}


@pytest.mark.parametrize("part", diagnose.parts(), ids=diagnose.key_of)
def test_every_diagnosis_has_its_own_texts_and_a_known_stage(part: object) -> None:
    key = diagnose.key_of(part)  # type: ignore[arg-type]
    assert tuple(f"{key}.{kind}" for kind in ("title", "says", "hint")) == (part.TITLE, part.SAYS, part.HINT)  # type: ignore[attr-defined]
    assert part.STAGE in (*diagnose.STAGES, diagnose.ADVICE)  # type: ignore[attr-defined]
    for catalogue in CATALOGUES.values():
        assert {f"{key}.title", f"{key}.says", f"{key}.hint"} <= set(catalogue)


def test_all_languages_have_the_same_keys_and_placeholders() -> None:
    first = CATALOGUES["en"]
    for catalogue in CATALOGUES.values():
        assert set(catalogue) == set(first)
        for key, text in catalogue.items():
            unknown = set(re.findall(r"\{(\w+)\}", text)) - {
                k.removeprefix("name.") for k in first if k.startswith("name.")
            }
            assert not unknown, (key, unknown)


def test_hints_ask_rather_than_tell() -> None:
    for catalogue in CATALOGUES.values():
        telling = (
            "print", "compare", "count", "think", "walk", "write", "test", "read", "put", "look", "draw", "sketch",
            "gib", "vergleiche", "zähl", "denk", "geh", "schreib", "probier", "lies", "setz", "schau", "zeichne",
            "skizziere", "follow", "match", "ordne", "frag",
        )  # fmt: skip
        for key, text in catalogue.items():
            if ".hint" in key:
                assert "?" in text or text.lower().startswith(telling), key


def test_a_placeholder_without_a_name_still_makes_a_sentence() -> None:
    assert "{" not in texts.say("source-not-watched.says")
    assert texts.say("source-not-watched.title", names={"src": "speed"}) == "The tape does not follow speed"
