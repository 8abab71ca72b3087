"""The author's reference, written from the models, the table of kinds and the language: docs/exercise-reference.md.

Every example is an exercise of the course itself, without its texts, so it is proven with the course.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tfgrad_course.course.catalogue import Catalogue, catalogue
from tfgrad_course.course.exercise import Sheet
from tfgrad_course.course.kinds import COMMON, KINDS, Form, fields_of
from tfgrad_course.course.remark import FIXABLE, RULES, WARNINGS
from tfgrad_course.course.settings import SYNTAX_WORDS, Limits, Requires

FILE = "exercise-reference.md"
TEXTS = ("title", "prompt", "hints", "explain", "slips", "unnamed", "mistakes", "starter", "solution")


def reference(course: Catalogue) -> str:
    """The whole page."""
    parts = [
        "# Exercise reference",
        "<!-- Made by `python -m tfgrad_course.course.reference`; change the models, not this file. -->",
        "All fields and kinds of an exercise's file, schema version 1. How to write exercises is told in the "
        "[author's guide](authors-guide.md).",
        "## Fields of every exercise",
        *_fields(COMMON),
        "## Fields of some kinds",
        *_fields(tuple(name for name in _names() if name not in COMMON)),
        "### Fields of `requires`",
        _table(
            ("field", "meaning"), [(f"`{n}`", f.description or "") for n, f in Requires.model_fields.items()]
        ),
        f"Words for `use` and `avoid` besides names of TensorFlow: {_codes(SYNTAX_WORDS)}.",
        "### Fields of `limits`",
        _table(
            ("field", "meaning"), [(f"`{n}`", f.description or "") for n, f in Limits.model_fields.items()]
        ),
        "## Kinds",
        *_kinds(course),
        "## The language of formulas",
        *_language(),
        "## What lint says",
        _table(
            ("rule", "weight", "how to mend it"),
            [(f"`{name}`", _weight(name), sentence) for name, sentence in RULES.items()],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _names() -> list[str]:
    return [field.alias or name for name, field in Sheet.model_fields.items()]


def _fields(names: tuple[str, ...]) -> Iterator[str]:
    rows = []
    for name, field in Sheet.model_fields.items():
        shown = field.alias or name
        if shown in names:
            note = "" if shown in COMMON else f" *Kinds: {_users(shown)}.*"
            rows.append((f"`{shown}`", f"{field.description}{note}"))
    yield _table(("field", "meaning"), rows)


def _users(field: str) -> str:
    users = [kind for kind in KINDS if field in fields_of(kind)]
    others = [kind for kind in KINDS if kind not in users]
    if len(others) > 7:
        return ", ".join(users)
    return f"all but {', '.join(others)}" if others else "all"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines)


def _codes(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _kinds(course: Catalogue) -> Iterator[str]:
    for kind, form in KINDS.items():
        yield f"### {kind}"
        yield form.says
        yield "\n".join(f"* {row}" for row in _rows(form))
        name = next((exercise.id for exercise in course if exercise.kind == kind), None)
        if name is not None:
            yield f"```yaml\n{example(course.paths[name])}```"


def _rows(form: Form) -> Iterator[str]:
    yield "Needs " + ", ".join(" or ".join(f"`{n}`" for n in need.split("|")) for need in form.needs) + "."
    if form.allows:
        yield f"May have {_codes(list(form.allows))}."
    if form.asks:
        yield f"`ask` is one of {_codes(list(form.asks))} (the first when left out)."
    if form.words:
        yield f"Words: {_codes(list(form.words))}."
    yield f"Checks (`points` sets their weights): {_codes(list(form.checks))}."


def example(path: Path) -> str:
    """An exercise's file without the line for editors and without its texts; code that it hands out stays."""
    kept: list[str] = []
    skipping = False
    handed_out = "kind: repair" in path.read_text(encoding="utf-8") or "____" in path.read_text(
        encoding="utf-8"
    )
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        if row and not row.startswith((" ", "-")):
            name = row.split(":", 1)[0]
            skipping = name in TEXTS and not (name == "starter" and handed_out)
        if not skipping:
            kept.append(row)
    return "\n".join(kept).rstrip("\n") + "\n"


def _language() -> Iterator[str]:
    from tfgrad_course.maths.functions import CONSTANTS, WORDS
    from tfgrad_course.maths.parse import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES

    yield (
        "Formulas are read as Python reads them, and nothing else of Python is: `+ - * / **`, a leading minus, round "
        "brackets, `@` for matrix products, numbers, vectors `[1, 2]` and matrices `[[1, 2], [3, 4]]`, entries `v[0]` "
        "and `m[0, 1]`, comparisons inside `where(condition, a, b)`. `y = ...` before a formula names its result; "
        "lines before the last name intermediate steps."
    )
    yield f"Constants: {_codes(list(CONSTANTS))}."
    rows = []
    for name, word in WORDS.items():
        count = f"{word.low}" if word.low == word.high else f"{word.low} to {word.high}"
        rows.append((f"`{name}`", count, f"`tf.{word.tf}`" if word.tf else f"`{word.means}`"))
    yield _table(("word", "arguments", "as TensorFlow"), rows)
    yield (
        f"A formula has at most {MAX_CHARACTERS} characters, {MAX_NODES} parts and {MAX_DEPTH} levels of brackets. "
        "Where a field wants a number, a constant formula will do: `pi/6`, `20*pi`, `-56/3`."
    )


def _weight(rule: str) -> str:
    return ("warning" if rule in WARNINGS else "error") + (", `--fix`" if rule in FIXABLE else "")


def write(root: Path) -> Path:
    """Write the page into a docs folder."""
    path = root / FILE
    path.write_text(reference(catalogue()), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(write(Path(__file__).resolve().parents[2] / "docs"))
