"""What rewritten code calls in the place of a function: that function rewritten, or one which knows tensors."""

from __future__ import annotations

import types
from typing import Any

from tfgrad_course.tf._autograph import converted
from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable


def staged(value: Any) -> bool:
    """Whether it is a tensor in a function that is traced."""
    return isinstance(value, EagerTensor | Variable) and TRACING.get() is not None


def called(function: Any) -> Any:
    """What is called in the place of a function: it rewritten, or what knows tensors."""
    kind = type(function)
    if kind is types.FunctionType or kind is types.MethodType:
        return converted(function)
    if kind is types.BuiltinFunctionType or kind is type:
        try:
            return _BUILTINS.get(function, function)
        except TypeError:
            return function
    return function


def _any(args: Any) -> bool:
    return any(staged(one) for one in args)


def range_(*args: Any) -> Any:
    """`range`, of tensors too."""
    if not _any(args):
        return range(*args)
    from tfgrad_course import tf

    late: Any = tf
    return late.range(*args)


def len_(one: Any) -> Any:
    """`len`."""
    if isinstance(one, EagerTensor) and not one._v.ndim and TRACING.get() is not None:
        raise ValueError(f"len requires a non-scalar tensor, got one of shape {one.shape}")
    return len(one)


def _number(kind: Any, dtype: str) -> Any:
    def made(x: Any = 0, *more: Any) -> Any:
        if not staged(x):
            return kind(x, *more)
        from tfgrad_course import tf

        late: Any = tf
        if x.dtype.name == "string":
            return late.strings.to_number(x, out_type=dtype)
        return late.cast(x, dtype)

    return made


def _extreme(plain: Any, name: str) -> Any:
    def made(*args: Any, **kwargs: Any) -> Any:
        if not _any(args) or kwargs:
            return plain(*args, **kwargs)
        from tfgrad_course import tf

        late: Any = tf
        return getattr(late, name)(args[0] if len(args) == 1 else list(args), axis=0)

    return made


_BUILTINS: dict[Any, Any] = {
    range: range_, len: len_, int: _number(int, "int32"), float: _number(float, "float32"),
    max: _extreme(max, "reduce_max"), min: _extreme(min, "reduce_min"),
}  # fmt: skip
