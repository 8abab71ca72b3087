"""tf.print: values as TensorFlow's own formatter writes them, the first and last three of each axis."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import TENSORS


def _scalar(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="backslashreplace")
    if isinstance(value, bool | np.bool_):
        return "1" if value else "0"
    if isinstance(value, complex | np.complexfloating):
        return "?"
    if isinstance(value, float | np.floating) or getattr(value, "dtype", np.dtype(int)).kind in "fV":
        return _number(value)
    return str(value)


def _number(value: Any) -> str:
    """The shorter of two fixed precisions that reads back as the same number, as TensorFlow's C++ does."""
    number = float(value)
    short, long = (15, 17) if isinstance(value, float) else (6, 9)
    text = f"{number:.{short}g}"
    kind = float if isinstance(value, float) else np.float32
    return text if kind(text) == kind(number) or number != number else f"{number:.{long}g}"


def _array(value: Any, summarize: int, depth: int = 1) -> str:
    if not value.ndim:
        return _quoted(value[()])
    if not value.size and value.shape[0]:
        return "[" + "\n" * (value.ndim - 1) + " ...]"  # an oddity of TensorFlow's
    parts: list[str]
    pad = " " * depth
    if summarize >= 0 and value.shape[0] > 2 * summarize:
        head, tail = value[:summarize], value[len(value) - summarize :]
        parts = [_array(np.asarray(v), summarize, depth + 1) for v in head] + ["..."]
        parts += [_array(np.asarray(v), summarize, depth + 1) for v in tail]
    else:
        parts = [_array(np.asarray(v), summarize, depth + 1) for v in value]
    between = " " if value.ndim == 1 else "\n" * (value.ndim - 1) + pad
    return "[" + between.join(parts) + "]"


def _quoted(value: Any) -> str:
    return f'"{value.decode(errors="backslashreplace")}"' if isinstance(value, bytes) else _scalar(value)


def text(thing: Any, summarize: int = 3) -> str:
    """One argument of tf.print as it is printed."""
    if isinstance(thing, TENSORS):
        value = thing._numpy()
        return _array(value, summarize) if getattr(value, "ndim", 0) else _quoted(value)
    if isinstance(thing, Mapping):
        return "{" + ", ".join(f"{_key(k)}: {_inner(v, summarize)}" for k, v in thing.items()) + "}"
    if isinstance(thing, list):
        return "[" + ", ".join(_inner(v, summarize) for v in thing) + "]"
    if isinstance(thing, tuple):
        return "(" + ", ".join(_inner(v, summarize) for v in thing) + ("," if len(thing) == 1 else "") + ")"
    return thing if isinstance(thing, str) else repr(thing)


def _key(key: Any) -> str:
    return repr(key) if isinstance(key, str) else str(key)


def _inner(thing: Any, summarize: int) -> str:
    return repr(thing) if isinstance(thing, str) else text(thing, summarize)


def print_(*inputs: Any, **kwargs: Any) -> None:
    """Print the given values, by default to standard error."""
    stream = kwargs.pop("output_stream", sys.stderr)
    end, sep = kwargs.pop("end", "\n"), kwargs.pop("sep", " ")
    summarize = kwargs.pop("summarize", 3)
    kwargs.pop("name", None)
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments for tf.print: {kwargs}")
    if len(inputs) == 1 and isinstance(inputs[0], EagerTensor) and isinstance(inputs[0]._numpy(), bytes):
        inputs = (_scalar(inputs[0]._numpy()),)
    line = sep.join(text(one, -1 if summarize is None else summarize) for one in inputs) + end
    if not hasattr(stream, "write") and stream not in ("stdout", "stderr") and not _is_file(stream):
        raise ValueError(
            f"Unsupported output stream, logging level, or file.{stream}. Supported streams are sys.stdout, sys.stderr, "
            "tf.logging.info, tf.logging.warning, tf.logging.error. File needs to be in the form of 'file://<filepath>'."
        )
    trace = TRACING.get()
    if getattr(trace, "dry", 0):
        return  # in a branch that is not taken
    if hasattr(trace, "written"):
        trace.written.append(lambda: _write(line, stream))
    else:
        _write(line, stream)


def _is_file(stream: Any) -> bool:
    return isinstance(stream, str) and stream.startswith("file://")


def _write(line: str, stream: Any) -> None:
    if _is_file(stream):
        with open(stream.removeprefix("file://"), "a", encoding="utf-8") as file:
            file.write(line)
        return
    out = sys.stdout if stream in (sys.stdout, "stdout") else sys.stderr
    out.write(line)
    out.flush()
