"""Tables of names that TensorFlow has besides those of its current public interface: what parameters they take, and which
public operation computes them from what. A line is `name parameter parameter=default -> path word word key=word`.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from pathlib import Path
from typing import Any

from tfgrad_course.tf import _dtypes, _public


@cache
def table(file: str) -> dict[str, str]:
    """The lines of a table by the name they begin with."""
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines if not line.startswith("#")}


def read(line: str) -> tuple[inspect.Signature, str, list[str]]:
    """The parameters, the path of the public operation, and what it is given."""
    left, _, right = line.partition("-> ")
    path, *given = right.split(" ")
    parameters = [_parameter(*word.partition("=")) for word in left.split()]
    return inspect.Signature(parameters), path, given or [one.name for one in parameters]


def _parameter(name: str, equals: str, default: str) -> inspect.Parameter:
    value = _value(default, {}) if equals else inspect.Parameter.empty
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=value)


def _value(word: str, values: dict[str, Any]) -> Any:
    """What a word of a table means: a parameter, a dtype, a literal, or the first of several that is not None."""
    if "|" in word:
        found = (_value(one, values) for one in word.split("|"))
        return next((one for one in found if one is not None), None)
    if word in values:
        return values[word]
    return _dtypes.DTYPES[word] if word in _dtypes.DTYPES else ast.literal_eval(word)


def passed_on(path: str, given: list[str], values: dict[str, Any]) -> Any:
    """What the public operation makes of the values of the parameters."""
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
