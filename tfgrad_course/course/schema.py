"""The JSON Schema of an exercise's file, for editors: made from the models, kept in exercises/schema/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tfgrad_course.course.exercise import Sheet
from tfgrad_course.course.kinds import KINDS, fields_of

FILE = "exercise.v1.json"


def modeline(depth: int = 1) -> str:
    """The first line of an exercise's file, by which editors find the schema."""
    return f"# yaml-language-server: $schema={'../' * depth}schema/{FILE}"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of version 1."""
    made = Sheet.model_json_schema(by_alias=True)
    made = _tidy(made)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "tfgrad exercise, version 1"
    made["description"] = "One exercise of a tfgrad course. See docs/exercise-reference.md."
    made["allOf"] = [_of_kind(kind) for kind in KINDS]
    kinds = made["properties"]["kind"]
    kinds["description"] += " " + " ".join(f"{name}: {form.says}" for name, form in KINDS.items())
    return made


def _of_kind(kind: str) -> dict[str, Any]:
    """What a kind needs and which fields it does not know."""
    form = KINDS[kind]
    then: dict[str, Any] = {"allOf": []}
    for need in form.needs:
        names = need.split("|")
        then["allOf"].append({"anyOf": [{"required": [name]} for name in names]})
    if kind not in ("repair", "fill-in"):
        known = sorted(fields_of(kind))
        then["propertyNames"] = {"enum": known}
    if form.asks:
        then["properties"] = {"ask": {"enum": list(form.asks)}}
    then["anyOf"] = [{"required": ["answer"]}, {"required": ["vary"]}]
    return {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": then}


def _tidy(node: Any) -> Any:
    """Without pydantic's titles, defaults of null and alternatives of null: an author leaves a field out."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {
        key: _tidy(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }
    options = made.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        rest = [option for option in options if option != {"type": "null"}]
        del made["anyOf"]
        made = {**(rest[0] if len(rest) == 1 else {"anyOf": rest}), **made}
    return made


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def write(root: Path) -> Path:
    """Write the schema below a folder of exercises."""
    path = root / "schema" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(), encoding="utf-8")
    return path


if __name__ == "__main__":
    from tfgrad_course.course.catalogue import home

    print(write(home()))
