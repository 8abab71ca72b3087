"""Reports out to files and the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from graders.formats import Wanted, render, write
from graders.reporting import Options
from graders.verdict import Report


def publish(report: Report, reports: Sequence[Wanted], options: Options, *, quiet: bool = False) -> None:
    """Write every report asked for; the terminal gets the text unless another format took its place."""
    for one in reports:
        data = render(report, one, options if one.out is None else _for_file(options))
        if one.out is None or one.out == "-":
            _print(data)
        else:
            write(one.out, data)
    if not quiet and all(one.out not in (None, "-") for one in reports):
        _print(render(report, Wanted("text"), options))


def _for_file(options: Options) -> Options:
    from dataclasses import replace

    return replace(options, colour=False, unicode=True, width=100)


def _print(data: bytes) -> None:
    """To standard output as it can show it."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    text = data.decode("utf-8").encode(encoding, "replace").decode(encoding)
    sys.stdout.write(text)
    sys.stdout.flush()
