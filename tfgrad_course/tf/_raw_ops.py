"""`tf.raw_ops`: TensorFlow's kernels under their own names and keywords, each computed by the public operation it lies under.

Most are a line of _raw_ops.txt; the kernels no public operation of the same meaning has are in ops/kernels.py.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from tfgrad_course.tf import _public
from tfgrad_course.tf._renamed import passed_on, read, table

_TABLE = "_raw_ops.txt"


def _found(name: str) -> Any:
    line = table(_TABLE).get(name)
    if line is None:
        own = _own().get(name)
        return None if own is None else _keywords_only(name, inspect.signature(own), own)
    signature, path, given = read(line)
    return _keywords_only(name, signature, lambda **values: passed_on(path, given, values))


def _own() -> dict[str, Callable[..., Any]]:
    from tfgrad_course.tf.ops import kernels, kernels_nn

    return kernels.KERNELS | kernels_nn.KERNELS


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
    return sorted([*table(_TABLE), *_own()])


RAW_OPS = ModuleType("tensorflow._api.v2.raw_ops", "TensorFlow's kernels, by name and with keywords only.")
RAW_OPS.__dict__.update(__getattr__=_asked, __dir__=_names)
