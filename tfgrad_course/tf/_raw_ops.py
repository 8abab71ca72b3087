"""`tf.raw_ops`: TensorFlow's kernels under their own names and keywords, each computed by the public operation it lies under.

Most are a line of _raw_ops.txt; the kernels no public operation of the same meaning has are in ops/kernels.py.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tfgrad_course.tf import _dtypes, _public


def _found(name: str) -> Any:
    line = _table().get(name)
    if line is None:
        own = _own().get(name)
        return None if own is None else _keywords_only(name, inspect.signature(own), own)
    signature, path, given = _read(line)
    return _keywords_only(name, signature, lambda **values: _passed_on(path, given, values))


@cache
def _table() -> dict[str, str]:
    """The lines of _raw_ops.txt by the name they begin with."""
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines if not line.startswith("#")}


def _own() -> dict[str, Callable[..., Any]]:
    from tfgrad_course.tf.ops import kernels, kernels_nn

    return kernels.KERNELS | kernels_nn.KERNELS


def _read(line: str) -> tuple[inspect.Signature, str, list[str]]:
    """The parameters, the path of the public operation, and what it is given."""
    left, _, right = line.partition("-> ")
    path, *given = right.split(" ")
    parameters = [_parameter(*word.partition("=")) for word in left.split()]
    return inspect.Signature(parameters), path, given or [one.name for one in parameters]


def _parameter(name: str, equals: str, default: str) -> inspect.Parameter:
    value = _value(default, {}) if equals else inspect.Parameter.empty
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=value)


def _value(word: str, values: dict[str, Any]) -> Any:
    """What a word of the table means: a parameter, a dtype or a literal."""
    if word in values:
        return values[word]
    return _dtypes.DTYPES[word] if word in _dtypes.DTYPES else ast.literal_eval(word)


def _passed_on(path: str, given: list[str], values: dict[str, Any]) -> Any:
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for word in given:
        name, equals, value = word.partition("=")
        if equals:
            named[name] = _value(value, values)
        elif word.startswith("*"):
            positional += values[word[1:]]
        else:
            positional.append(_value(word, values))
    return _public.reached(path)(*positional, **named)


def _keywords_only(name: str, signature: inspect.Signature, function: Callable[..., Any]) -> Any:
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    last = inspect.Parameter("name", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None)
    whole = signature.replace(parameters=[*signature.parameters.values(), last])

    def call(*args: Any, **kwargs: Any) -> Any:
        if args:
            keys = list(whole.parameters)
            raise TypeError(
                f"{snake} only takes keyword args (possible keys: {keys}). Please pass these args as kwargs instead."
            )
        try:
            bound = whole.bind(**kwargs)
        except TypeError as problem:
            missing = [one.name for one in whole.parameters.values() if one.default is one.empty]
            missing = [repr(one) for one in missing if one not in kwargs]
            if not missing:
                raise TypeError(f"{snake}() {problem}") from None
            word = "argument" if len(missing) == 1 else "arguments"
            listed = f"{', '.join(missing[:-1])}{' and ' if missing[1:] else ''}{missing[-1]}"
            raise TypeError(
                f"{snake}() missing {len(missing)} required positional {word}: {listed}"
            ) from None
        bound.apply_defaults()
        bound.arguments.pop("name")
        return function(**bound.arguments)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"TensorFlow's kernel {name}."
    call.__signature__ = whole  # type: ignore[attr-defined]
    return call


def _asked(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(f"module 'tensorflow._api.v2.raw_ops' has no attribute '{name}'")
    found = _found(name)
    if found is None:
        return _public.missing("tensorflow._api.v2.raw_ops", name)
    RAW_OPS.__dict__[name] = found
    return found


def _names() -> list[str]:
    return sorted([*_table(), *_own()])


RAW_OPS = ModuleType("tensorflow._api.v2.raw_ops", "TensorFlow's kernels, by name and with keywords only.")
RAW_OPS.__dict__.update(__getattr__=_asked, __dir__=_names)
