"""Where in the learner's own source something happened, from frames, tracebacks and TensorFlow's error texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import CodeType, FrameType, TracebackType
from typing import Any

Place = tuple[int, int]
NOWHERE: Place = (0, 0)
_QUOTED = re.compile(r'File "([^"\n]{1,400})", line (\d{1,7}), in ([^\s]{1,200})')


class Lines:
    """Finds the learner's lines. `source_map` gives, while TensorFlow traces, where generated code came from."""

    def __init__(self, filename: str) -> None:
        self.filename = filename
        self.module: CodeType | None = None
        self.source_map: Callable[[], Mapping[tuple[str, int], tuple[Any, ...]]] | None = None

    def here(self, frame: FrameType | None) -> Place:
        """The innermost and the outermost learner's line from this frame outwards."""
        inner = outer = 0
        name, module = self.filename, self.module
        mapped = self.source_map() if self.source_map else None
        while frame is not None:
            code = frame.f_code
            if code.co_filename == name:
                outer = frame.f_lineno or 0
                inner = inner or outer
                if code is module:
                    break
            elif mapped:
                origin = mapped.get((code.co_filename, frame.f_lineno))
                if origin is not None and str(origin[0]).endswith(name):
                    outer = int(origin[1])
                    inner = inner or outer
            frame = frame.f_back
        return inner, outer

    def is_own(self, file: str) -> bool:
        """Whether a path in an error text is the learner's file."""
        return file == self.filename or file.endswith("/" + self.filename)

    def is_learners(self, frame: FrameType) -> bool:
        """Whether a frame runs the learner's source (or what AutoGraph made of it)."""
        name = frame.f_code.co_filename
        return name == self.filename or (self.source_map is not None and "__autograph_generated_file" in name)

    @staticmethod
    def def_line(source: str, first: int, name: str) -> int:
        """The line of `def`, below its decorators."""
        lines = source.splitlines()
        for number in range(first, min(first + 50, len(lines)) + 1):
            if f"def {name}" in lines[number - 1]:
                return number
        return first

    def frames(self, traceback: TracebackType | None) -> list[tuple[int, str]]:
        """The learner's (line, function) of a traceback, outermost first."""
        found: list[tuple[int, str]] = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename == self.filename:
                found.append((traceback.tb_lineno or 0, code.co_name))
            traceback = traceback.tb_next
        return found

    def quoted(self, message: str) -> list[tuple[int, str]]:
        """The learner's frames that an error text quotes (TensorFlow does for traced functions)."""
        found = []
        for file, line, function in _QUOTED.findall(message[:20_000]):
            if self.is_own(file):
                found.append((int(line), function))
        return found
