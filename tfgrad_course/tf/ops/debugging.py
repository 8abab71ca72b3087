"""`tf.debugging`: assertions that hold silently or raise TensorFlow's errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._dtypes import as_dtype


def _values(x: Any) -> Any:
    return np.asarray(convert(x).numpy())


def _pair(x: Any, y: Any) -> tuple[Any, Any]:
    if not hasattr(x, "dtype") and hasattr(y, "dtype"):
        return _values(convert(x, y.dtype)), _values(y)
    first = convert(x)
    return _values(first), _values(y if hasattr(y, "dtype") else convert(y, first.dtype))


def _compared(word: str, sign: str, holds: Callable[[Any, Any], Any]) -> None:
    def check(x: Any, y: Any, message: Any = None, summarize: Any = None, name: Any = None) -> None:
        a, b = _pair(x, y)
        try:
            fine = bool(np.all(holds(a, b)))
        except ValueError as fault:
            raise errors.InvalidArgumentError(
                None, None, f"Incompatible shapes: {a.shape} vs. {b.shape}"
            ) from fault
        if not fine:
            said = f"{message}\n" if message else ""
            raise errors.InvalidArgumentError(
                None, None,
                f"{said}Condition x {sign} y did not hold.\nFirst elements of x:\n{a.ravel()[:3]}\n"
                f"First elements of y:\n{b.ravel()[:3]}",
            )  # fmt: skip

    check.__doc__ = f"Raise InvalidArgumentError unless x {sign} y everywhere."
    check.__name__ = f"assert_{word}"
    names = f"debugging.assert_{word}" + (f" assert_{word}" if word in ("equal", "greater", "less") else "")
    composite(names)(check)


_compared("equal", "==", lambda a, b: a == b)
_compared("none_equal", "!=", lambda a, b: a != b)
_compared("less", "<", lambda a, b: a < b)
_compared("less_equal", "<=", lambda a, b: a <= b)
_compared("greater", ">", lambda a, b: a > b)
_compared("greater_equal", ">=", lambda a, b: a >= b)


def _signed(word: str, sign: str, holds: Callable[[Any], Any]) -> None:
    def check(x: Any, message: Any = None, summarize: Any = None, name: Any = None) -> None:
        a = _values(x)
        if not bool(np.all(holds(a))):
            said = f"{message}\n" if message else ""
            raise errors.InvalidArgumentError(
                None, None, f"{said}Condition x {sign} 0 did not hold element-wise:\n{a}"
            )

    check.__doc__ = f"Raise InvalidArgumentError unless x {sign} 0 everywhere."
    composite(f"debugging.assert_{word}")(check)


_signed("positive", ">", lambda a: a > 0)
_signed("negative", "<", lambda a: a < 0)
_signed("non_negative", ">=", lambda a: a >= 0)
_signed("non_positive", "<=", lambda a: a <= 0)


@composite("debugging.assert_near")
def assert_near(
    x: Any,
    y: Any,
    rtol: Any = None,
    atol: Any = None,
    message: Any = None,
    summarize: Any = None,
    name: Any = None,
) -> None:
    """Raise InvalidArgumentError unless |x - y| <= atol + rtol |y|; ten eps each by default."""
    a, b = _pair(x, y)
    if not np.issubdtype(a.dtype, np.inexact):
        raise TypeError(f"x must be of floating or complex type, not {a.dtype}")
    eps = 10 * float(np.finfo(a.dtype).eps)
    limit = (eps if atol is None else float(atol)) + (eps if rtol is None else float(rtol)) * np.abs(b)
    if not bool(np.all(np.abs(a - b) < limit)):
        raise errors.InvalidArgumentError(
            None, None, f"{message or ''} x and y not equal to tolerance: {a} and {b}"
        )


@composite("debugging.Assert")
def Assert(condition: Any, data: Any, summarize: Any = None, name: Any = None) -> None:
    """Raise InvalidArgumentError with the data unless the condition holds."""
    if not bool(np.all(_values(condition))):
        shown = "\n".join(str(_values(d)) for d in data)
        raise errors.InvalidArgumentError(
            None, None, f"Expected '{condition}' to be true. Summarized data: {shown}"
        )


@composite("debugging.check_numerics")
def check_numerics(tensor: Any, message: Any, name: Any = None) -> Any:
    """The tensor itself; InvalidArgumentError if it holds NaN or infinities."""
    tensor = convert(tensor)
    a = _values(tensor)
    found = [w for w, bad in (("Inf", np.isinf(a).any()), ("NaN", np.isnan(a).any())) if bad]
    if found:
        raise errors.InvalidArgumentError(None, None, f"{message} : Tensor had {' and '.join(found)} values")
    return tensor


@composite("debugging.assert_all_finite")
def assert_all_finite(x: Any, message: Any, name: Any = None) -> Any:
    """The tensor itself; InvalidArgumentError if it holds NaN or infinities."""
    return check_numerics(x, message)


def _rank(x: Any) -> int:
    return len(convert(x).shape)


@composite("debugging.assert_rank assert_rank")
def assert_rank(x: Any, rank: Any, message: Any = None, name: Any = None) -> None:
    """Raise ValueError unless x has this rank."""
    if _rank(x) != int(rank):
        raise ValueError(
            f"{message or ''}.  Tensor must have rank {int(rank)}.  Received rank {_rank(x)}, shape {tuple(convert(x).shape)}"
        )


@composite("debugging.assert_rank_at_least")
def assert_rank_at_least(x: Any, rank: Any, message: Any = None, name: Any = None) -> None:
    """Raise ValueError unless x has at least this rank."""
    if _rank(x) < int(rank):
        raise ValueError(
            f"{message or ''}.  Tensor must have rank at least {int(rank)}.  Received rank {_rank(x)}"
        )


@composite("debugging.assert_rank_in")
def assert_rank_in(x: Any, ranks: Any, message: Any = None, name: Any = None) -> None:
    """Raise ValueError unless the rank of x is one of these."""
    allowed = tuple(int(r) for r in ranks)
    if _rank(x) not in allowed:
        raise ValueError(f"{message or ''}.  Tensor must have rank in {allowed}.  Received rank {_rank(x)}")


@composite("debugging.assert_scalar")
def assert_scalar(tensor: Any, message: Any = None, name: Any = None) -> Any:
    """The tensor itself; ValueError unless it is a scalar."""
    tensor = convert(tensor)
    if len(tensor.shape):
        raise ValueError(f"{message or ''}Expected scalar shape, saw shape: {tuple(tensor.shape)}.")
    return tensor


@composite("debugging.assert_type")
def assert_type(tensor: Any, tf_type: Any, message: Any = None, name: Any = None) -> None:
    """Raise TypeError unless x has this dtype."""
    found = convert(tensor).dtype
    if found != as_dtype(tf_type):
        raise TypeError(f"{message or ''}  {tensor} must be of type {as_dtype(tf_type)!r}; got {found!r}")


@composite("debugging.assert_integer")
def assert_integer(x: Any, message: Any = None, name: Any = None) -> None:
    """Raise TypeError unless x is of an integer dtype."""
    found = convert(x).dtype
    if not found.is_integer:
        raise TypeError(f'{message or ""}Expected "x" to be integer type.  Found: {found!r}')


@composite("debugging.assert_proper_iterable")
def assert_proper_iterable(values: Any) -> None:
    """Raise TypeError for tensors, arrays and text, and for what cannot be iterated over."""
    if (
        isinstance(values, (str, bytes, np.ndarray))
        or hasattr(values, "_v")
        or not hasattr(values, "__iter__")
    ):
        raise TypeError(f"Expected argument `values` to be a 'proper' iterable.  Found: {type(values)}")


@composite("debugging.assert_same_float_dtype")
def assert_same_float_dtype(tensors: Any = None, dtype: Any = None) -> Any:
    """The common float dtype; ValueError when there is none."""
    found = {as_dtype(t.dtype) for t in tensors or []} | ({as_dtype(dtype)} if dtype is not None else set())
    if len(found) > 1:
        raise ValueError(f"Tensors must all have the same dtype, found {sorted(d.name for d in found)}")
    only = found.pop() if found else as_dtype("float32")
    if not only.is_floating:
        raise ValueError(f"Expected floating point type, got {only!r}.")
    return only


@composite("debugging.assert_shapes")
def assert_shapes(
    shapes: Any, data: Any = None, summarize: Any = None, message: Any = None, name: Any = None
) -> None:
    """Raise ValueError unless every tensor fits its shape and equal letters mean equal sizes."""
    pairs = list(shapes.items() if isinstance(shapes, dict) else shapes)
    known: dict[Any, int] = {}
    for tensor, wanted in pairs:
        tensor = tensor.deref() if hasattr(tensor, "deref") else tensor
        found = [int(n) for n in convert(tensor).shape]
        _fits(found, _symbols(wanted), known, message)


def _symbols(wanted: Any) -> list[Any]:
    if isinstance(wanted, str):
        return (
            ["..." if wanted[:3] == "..." else None][: wanted.startswith("...")]
            + list(wanted.replace("...", ""))
            + (["..."] if wanted.endswith("...") and wanted != "..." else [])
        )
    if isinstance(wanted, (list, tuple)) or hasattr(wanted, "__iter__"):
        return ["..." if w is Ellipsis else w for w in wanted]
    return [wanted]


def _fits(found: list[int], wanted: list[Any], known: dict[Any, int], message: Any) -> None:
    said = f"{message}.  " if message else ""
    if wanted[:1] in (["..."], ["*"]) and len(wanted) > 1:
        rest = wanted[1:]
        found = found[len(found) - len(rest) :] if len(found) >= len(rest) else found
        wanted = rest
    elif wanted[-1:] == ["..."]:
        wanted = wanted[:-1]
        found = found[: len(wanted)] if len(found) >= len(wanted) else found
    if len(found) != len(wanted):
        raise ValueError(f"{said}Tensor must have rank {len(wanted)}.  Received rank {len(found)}")
    for size, symbol in zip(found, wanted, strict=True):
        if symbol in (None, ".", "?"):
            continue
        fixed = (
            int(symbol) if isinstance(symbol, int) or (isinstance(symbol, str) and symbol.isdigit()) else None
        )
        expected = known.setdefault(symbol, size) if fixed is None else fixed
        if size != expected:
            raise ValueError(f"{said}Specified by dimension {symbol}: size {expected}, tensor has {size}")


PUBLIC["debugging.set_log_device_placement"] = lambda enabled: None
PUBLIC["debugging.enable_check_numerics"] = lambda *a, **k: None
PUBLIC["debugging.disable_check_numerics"] = lambda: None
PUBLIC["debugging.is_numeric_tensor"] = lambda tensor: (
    hasattr(tensor, "dtype") and as_dtype(tensor.dtype).is_numeric
)
