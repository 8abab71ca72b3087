"""Runs a learner's source as `__main__` in this process and hands back how it ended.

What a run changes in the interpreter is put back before the next one: modules, built-ins, paths, streams, seeds.
"""

from __future__ import annotations

import builtins
import linecache
import operator
import os
import random
import re
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np

from graders.evidence import Raised, Ref, Run
from graders.recorders.lines import Lines
from graders.recorders.values import LETTERS, References, type_name

_BUILTINS = dict(builtins.__dict__)
_SET_LIMIT, _LIMIT = sys.setrecursionlimit, sys.getrecursionlimit()
_MESSAGE = 4_000
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_FRAME = re.compile(r'(\s*)File "([^"]*)", line \d+')
_type, _str, _is = type, str, operator.is_
_SYNTAX = (SyntaxError, IndentationError, TabError)


@dataclass
class Ended:
    """The program's globals in their order, and the exception that ended it, if one did."""

    names: dict[str, Any] = field(default_factory=dict)
    error: BaseException | None = None
    traceback: TracebackType | None = None


@lru_cache(maxsize=1)
def compiled(source: str, filename: str) -> CodeType:
    """A program's code, made once for all of its runs in this process."""
    return compile(source, filename, "exec", dont_inherit=True)


def run_source(
    run: Run,
    lines: Lines,
    guard: Callable[[], Any],
    code_of: Callable[[str, str], CodeType] = compiled.__wrapped__,
) -> Ended:
    """Compiles and runs the source; `guard()` gives the context in which it is observed.

    `code_of` may be `compiled` where nothing hangs on functions being new ones in each run, as in AutoGraph.
    """
    ended = Ended()
    _write(run)
    before = _Interpreter()
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=run.filename, __builtins__=builtins)
    sys.modules["__main__"] = module
    sys.argv = [run.filename]
    sys.path.insert(0, before.folder)
    random.seed(run.seed)
    np.random.seed(run.seed & 0xFFFFFFFF)
    with open(os.devnull) as nothing:
        sys.stdin = nothing
        try:
            code = code_of(run.source, run.filename)
            lines.module = code
            with guard():
                exec(code, module.__dict__)
        except BaseException as error:
            ended.error, ended.traceback = error, error.__traceback__
        finally:
            before.restore()
    ended.names = dict(module.__dict__)
    return ended


def _write(run: Run) -> None:
    """AutoGraph reads the source of a function from a real file; without one, the line cache must do."""
    linecache.cache.pop(run.filename, None)
    try:
        held = os.open(run.filename, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
        try:
            text = memoryview(run.source.encode())
            while text:
                text = text[os.write(held, text) :]
        finally:
            os.close(held)
    except (OSError, UnicodeError):
        linecache.cache[run.filename] = (
            len(run.source),
            None,
            run.source.splitlines(keepends=True),
            run.filename,
        )


class _Interpreter:
    """The state of the interpreter before a run."""

    def __init__(self) -> None:
        self.folder = os.getcwd()
        # In a fork every object touched is a page copied: TensorFlow's 3,000 modules would cost 10 ms a run.
        self._count = len(sys.modules)
        self._modules = _held(_top_level())
        self._streams = sys.stdin, sys.stdout, sys.stderr
        self._argv, self._path = list(sys.argv), list(sys.path)
        self._environment = _environment()

    def restore(self) -> None:
        """Puts it back; flushes first what the learner may have put in place of the streams."""
        sys.settrace(None)
        sys.setprofile(None)
        for stream in (sys.stdout, sys.stderr, *self._streams[1:]):
            with suppress(BaseException):
                stream.flush()
        sys.stdin, sys.stdout, sys.stderr = self._streams
        builtins.__dict__.update(_BUILTINS)
        for name in set(builtins.__dict__) - set(_BUILTINS):
            del builtins.__dict__[name]
        _SET_LIMIT(_LIMIT)
        sys.argv, sys.path[:] = self._argv, self._path
        with suppress(BaseException):
            os.chdir(self.folder)
            _set_environment(self._environment)
        self._restore_modules()

    def _restore_modules(self) -> None:
        for name in list(islice(reversed(sys.modules), max(0, len(sys.modules) - self._count))):
            if _is_learners(sys.modules[name], self.folder):
                del sys.modules[name]
        names = _top_level()
        if all(map(_is, _held(names), self._modules)):
            return
        for name, module in zip(names, self._modules, strict=True):
            if module is not None and sys.modules.get(name) is not module:
                sys.modules[name] = module


def _held(names: tuple[str, ...]) -> tuple[Any, ...]:
    """What stands under these names in `sys.modules`, None where nothing does."""
    return tuple(map(sys.modules.get, names))


def _environment() -> dict[Any, Any]:
    """The environment as it is held, where that can be had: to decode every name takes as long as a small run."""
    held = getattr(os.environ, "_data", None)
    return dict(held if type(held) is dict else os.environ)


def _set_environment(wanted: dict[Any, Any]) -> None:
    if wanted == _environment():
        return
    os.environ.clear()
    plain = all(type(name) is str for name in wanted)
    os.environ.update(wanted if plain else {os.fsdecode(name): os.fsdecode(wanted[name]) for name in wanted})


@cache
def _top_level() -> tuple[str, ...]:
    """Names that a learner's program may well put something else under; found before a zygote forks."""
    return tuple(name for name in sys.modules if "." not in name)


def _is_learners(module: Any, folder: str) -> bool:
    if not issubclass(_type(module), types.ModuleType):
        return True
    file = object.__getattribute__(module, "__dict__").get("__file__")
    return _type(file) is str and os.path.abspath(file).startswith(folder + os.sep)


def raised(ended: Ended, lines: Lines) -> Raised | None:
    """What ended the program, with the learner's true line; None when it came to its end."""
    error = ended.error
    if error is None:
        return None
    message = _own(_message(error), lines)
    frames = lines.frames(ended.traceback)
    column = None
    if _type(error) in _SYNTAX and not frames:
        line = error.lineno  # type: ignore[attr-defined]
        place = error.offset  # type: ignore[attr-defined]
        frames = [(line if _type(line) is int and line > 0 else 0, "<module>")]
        column = place if _type(place) is int and place > 0 else None
    frames = (frames + [frame for frame in lines.quoted(message) if frame not in frames])[-20:]
    inner, outer = (frames[-1][0], frames[0][0]) if frames else (0, 0)
    return Raised(type_name(error), message, inner, outer, tuple((n, f[:LETTERS]) for n, f in frames), column)


def operands(
    ended: Ended, lines: Lines, references: References, is_tensor: Callable[[Any], bool]
) -> tuple[Ref, ...]:
    """What the failing operation was given: the arguments of the innermost call that was handed a tensor."""
    found: tuple[Any, ...] = ()
    traceback = ended.traceback
    while traceback is not None:
        frame = traceback.tb_frame
        if lines.is_learners(frame):
            found = ()
        else:
            given = tuple(_arguments(frame))
            if any(map(is_tensor, given)):
                found = given
        traceback = traceback.tb_next
    refs = (references.ref(thing, 64) for thing in found[:8])
    return tuple(ref for ref in refs if ref.kind not in ("other", "none", "word"))


def _arguments(frame: FrameType) -> Iterator[Any]:
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + (code.co_flags & 0x04 > 0)]
    for name in names:
        thing: Any = frame.f_locals.get(name)
        if _type(thing) in (list, tuple):
            yield from thing[:8]
        else:
            yield thing


def _own(message: str, lines: Lines) -> str:
    """An error text without the frames that are not the learner's, which TensorFlow quotes in full."""
    if 'File "' not in message:
        return message[:_MESSAGE]
    kept, skipping = [], False
    for line in message.splitlines():
        frame = _FRAME.match(line)
        if frame is not None:
            skipping = not lines.is_own(frame.group(2))
            if skipping:
                indent = len(frame.group(1))
        elif skipping and line.strip() and len(line) - len(line.lstrip()) > indent:
            continue
        else:
            skipping = False
        if not skipping:
            kept.append(line)
    return "\n".join(kept)[:_MESSAGE]


def _message(error: BaseException) -> str:
    """The error's text; its class may be the learner's own and do anything when asked."""
    try:
        text = error.msg if _type(error) in _SYNTAX else _str(error)  # type: ignore[attr-defined]
        return text[: 5 * _MESSAGE] if _type(text) is _str else ""
    except BaseException:
        return ""
