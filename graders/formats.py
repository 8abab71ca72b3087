"""Report formats by name (`F`, `F=OUT`, `F:VARIANT=OUT`), several at once, each written whole or not at all."""

from __future__ import annotations

import importlib
import os
import pkgutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graders.reporting import Options, veiled
from graders.verdict import Report

FILES = {
    "text": "report.txt",
    "json": "report.json",
    "junit": "junit.xml",
    "github": "annotations.txt",
    "gradescope": "results.json",
    "classroom50": "result.json",
    "html": "report.html",
    "markdown": "report.md",
    "csv": "grades.csv",
    "sarif": "report.sarif",
}
VARIANTS = {"csv": ("plain", "canvas", "moodle", "totals"), "junit": ("strict",)}


class FormatError(ValueError):
    """A format that does not exist or an output that cannot be written."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """One report to write: its format, variant and file (None: standard output)."""

    name: str
    variant: str = ""
    out: str | None = None


def known() -> tuple[str, ...]:
    """The names of all formats: the files of graders/reports."""
    import graders.reports

    return tuple(sorted(module.name for module in pkgutil.iter_modules(graders.reports.__path__)))


def wanted(words: Sequence[str], out: str | None) -> tuple[Wanted, ...]:
    """The reports asked for; `out` (a file, or a folder ending in / or existing) takes those without their own."""
    folder = out is not None and (out.endswith(("/", os.sep)) or os.path.isdir(out))
    if folder and not words:
        words = ["json", "html", "csv"]
    asked = [_parse(word) for word in words]
    if folder and out is not None:
        return tuple(one if one.out else replace(one, out=os.path.join(out, _file(one))) for one in asked)
    free = [one for one in asked if one.out is None]
    if len(free) > 1:
        names = ", ".join(one.name for one in free)
        raise FormatError(
            f"expected one format without its own file, found {names}; write --format {free[1].name}=OUT, "
            f"or for all of them in a folder -o {out or 'out'}/"
        )
    if out is not None:
        if not free:
            asked.append(Wanted(asked[0].name if asked else "text"))
        asked = [one if one.out else replace(one, out=out) for one in asked]
    return tuple(asked)


def _file(one: Wanted) -> str:
    stem, dot, suffix = FILES.get(one.name, f"report.{one.name}").partition(".")
    return f"{stem}-{one.variant}{dot}{suffix}" if one.variant else f"{stem}{dot}{suffix}"


def _parse(word: str) -> Wanted:
    head, _, out = word.partition("=")
    name, _, variant = head.partition(":")
    if name not in known():
        from difflib import get_close_matches

        near = get_close_matches(name, known(), 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known())}"
        raise FormatError(f"unknown format {name!r}: {hint}")
    if variant and variant not in VARIANTS.get(name, ()):
        there = ", ".join(VARIANTS.get(name, ())) or "none"
        raise FormatError(f"unknown variant {variant!r} of format {name}: there are {there}")
    return Wanted(name, variant, out or None)


def render(report: Report, one: Wanted, options: Options) -> bytes:
    """A report in a format, as the bytes of its file."""
    module = importlib.import_module(f"graders.reports.{one.name}")
    options = replace(options, dialect=one.variant, strict=options.strict or one.variant == "strict")
    made = module.render(veiled(report, options), options)
    return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")


def write(path: str, data: bytes) -> None:
    """Write a file under a temporary name beside it, then rename: readers see the old one or the new one."""
    folder = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(folder, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".tfgrad-", dir=folder)
    except OSError as error:
        raise FormatError(f"cannot write {path}: {error.strerror or error}") from None
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        os.unlink(temporary)
        raise FormatError(f"cannot write {path}: {error.strerror or error}") from None
