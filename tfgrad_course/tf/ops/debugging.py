"""`tf.debugging`: assertions that hold silently or raise TensorFlow's errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._dtypes import as_dtype, int32
from tfgrad_course.tf._listening import LISTENING, OBSERVERS, TRACING, Observer, observe, unobserve
from tfgrad_course.tf._tensor import EagerTensor


def _failed(lines: Iterable[Any]) -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(None, None, "\n".join(map(str, lines)))


def _prefix(message: Any) -> str:
    return f"{message}.  " if message else ""


# Comparisons ---------------------------------------------------------------------------------------


def _compared(word: str, sign: str, holds: Callable[[Any, Any], Any]) -> None:
    def check(x: Any, y: Any, message: Any = None, summarize: Any = None, name: Any = None) -> None:
        if word == "equal" and x is y:
            return
        a, b = convert(x), convert(y)
        found = holds(a, b)
        if not bool(tf.reduce_all(found)):
            _complain(sign, a, b, found, message, 3 if summarize is None else summarize)

    def check_unlike(x: Any, y: Any, summarize: Any = None, message: Any = None, name: Any = None) -> None:
        check(x, y, message, summarize, name)

    if word == "none_equal":  # whose arguments TensorFlow has in another order
        check_unlike.__doc__, check_unlike.__name__ = (
            "Raise InvalidArgumentError unless x != y everywhere.",
            "assert_none_equal",
        )
        composite("debugging.assert_none_equal")(check_unlike)
        return
    check.__doc__ = f"Raise InvalidArgumentError unless x {sign} y everywhere."
    check.__name__ = f"assert_{word}"
    names = f"debugging.assert_{word}" + (f" assert_{word}" if word in ("equal", "greater", "less") else "")
    composite(names)(check)


def _complain(sign: str, x: Any, y: Any, found: Any, message: Any, summarize: int) -> None:
    lines: list[Any] = [] if message is None else [message]
    lines.append(f"Condition x {sign} y did not hold.")
    a, b = np.asarray(x._numpy()), np.asarray(y._numpy())
    count = summarize if summarize >= 0 else a.size + b.size
    if count and a.shape == b.shape and a.shape:
        wrong = ~np.asarray(found._numpy())
        places = np.argwhere(wrong)
        shown = min(count, len(places))
        lines += [
            f"Indices of first {shown} different values:", places[:shown],
            "Corresponding x values:", a[wrong][:shown], "Corresponding y values:", b[wrong][:shown],
        ]  # fmt: skip
    if count:
        for letter, values in (("x", a.reshape(-1)), ("y", b.reshape(-1))):
            shown = min(values.size, count)
            lines += [f"First {shown} elements of {letter}:", values[:shown]]
    raise _failed(lines)


_compared("equal", "==", lambda a, b: tf.equal(a, b))
_compared("none_equal", "!=", lambda a, b: tf.not_equal(a, b))
_compared("less", "<", lambda a, b: tf.less(a, b))
_compared("less_equal", "<=", lambda a, b: tf.less_equal(a, b))
_compared("greater", ">", lambda a, b: tf.greater(a, b))
_compared("greater_equal", ">=", lambda a, b: tf.greater_equal(a, b))


def _signed(word: str, sign: str, holds: Callable[[Any, Any], Any]) -> None:
    def check(x: Any, message: Any = None, summarize: Any = None, name: Any = None) -> None:
        a = convert(x)
        if not bool(tf.reduce_all(holds(a, convert(0, a.dtype)))):
            # TensorFlow forgot a comma in one of the four.
            comma = "" if word == "non_positive" else "\n"
            head = f"Condition x {sign} 0 did not hold element-wise:{comma}x (shape={a.shape} dtype={a.dtype.name}) = "
            raise _failed([_prefix(message), head, _listed(a, 3 if summarize is None else summarize)])

    check.__doc__ = f"Raise InvalidArgumentError unless x {sign} 0 everywhere."
    composite(f"debugging.assert_{word}")(check)


def _listed(x: Any, count: int) -> str:
    """A tensor as TensorFlow's eager assertions print it."""
    value = x._numpy()
    if not x.shape.rank:
        return str(value)
    flat = value.reshape(-1)
    shown = [str(v) for v in (flat if count < 0 else flat[:count])]
    return str([*shown, "..."] if len(shown) < flat.size else shown)


_signed("positive", ">", lambda a, zero: tf.less(zero, a))
_signed("negative", "<", lambda a, zero: tf.less(a, zero))
_signed("non_negative", ">=", lambda a, zero: tf.less_equal(zero, a))
_signed("non_positive", "<=", lambda a, zero: tf.less_equal(a, zero))


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
    """Raise InvalidArgumentError unless |x - y| < atol + rtol |y|; ten eps each by default."""
    a = convert(x)
    b = convert(y, a.dtype)
    kind = a.dtype.real_dtype
    eps = 10 * np.finfo(kind.np).eps if kind.name != "bfloat16" else 10 * 0.0078125
    relative = convert(eps if rtol is None else rtol, kind)
    absolute = convert(eps if atol is None else atol, kind)
    if not bool(tf.reduce_all(tf.less(tf.abs(a - b), absolute + relative * tf.abs(b)))):
        said = [
            _prefix(message), f"x and y not equal to tolerance rtol = {relative!s}, atol = {absolute!s}",
            f"x (shape={a.shape} dtype={a.dtype.name}) = ", a, f"y (shape={b.shape} dtype={b.dtype.name}) = ", b,
        ]  # fmt: skip
        Assert(convert(False), said, summarize)


@composite("debugging.Assert Assert")
def Assert(condition: Any, data: Any, summarize: Any = None, name: Any = None) -> None:
    """Raise InvalidArgumentError with the data unless the condition holds."""
    if not condition:
        if not isinstance(data, list | tuple):
            raise TypeError("values must be a sequence.")
        count = 3 if summarize is None else summarize
        if TRACING.get() is not None:
            told = " ".join(f"[{_graph_summary(convert(d), count)}]" for d in data)
            raise errors.InvalidArgumentError(None, None, f"assertion failed: {told}")
        shown = "\n".join(_summary(convert(d), count) for d in data)
        raise errors.InvalidArgumentError(
            None, None, f"Expected '{condition!s}' to be true. Summarized data: {shown}"
        )


def _summary(x: Any, count: int) -> str:
    value = x._numpy()
    if not x.shape.rank:
        return str(value) if count else ""
    flat = value.reshape(-1)
    shown = [str(v) for v in (flat if count < 0 else flat[:count])]
    return ", ".join([*shown, "..."] if len(shown) < flat.size else shown)


def _graph_summary(x: Any, count: int) -> str:
    """The same as an operation of a graph says it."""
    flat = np.asarray(x._numpy()).reshape(-1)
    shown = [
        v.decode(errors="backslashreplace") if isinstance(v, bytes) else f"{v:d}" if x.dtype.name == "bool" else f"{v:g}"
        if x.dtype.is_floating else str(v)
        for v in (flat if count < 0 else flat[:count])
    ]  # fmt: skip
    return " ".join(shown) + ("..." if len(shown) < flat.size else "")


# Numbers that are none -----------------------------------------------------------------------------


@composite("debugging.check_numerics")
def check_numerics(tensor: Any, message: Any, name: Any = None) -> Any:
    """The tensor itself; InvalidArgumentError if it holds NaN or infinities."""
    x = convert(tensor)
    if not x.dtype.is_floating:
        raise errors.not_allowed("CheckNumerics", x.dtype.kernel, ["bfloat16", "half", "float", "double"])
    found = _irregular(x._v)
    if found:
        raise errors.invalid("CheckNumerics", f"{message} : Tensor had {' and '.join(found)} values")
    return _checked_both_ways(x, message) if LISTENING.get() else tf.identity(x)


def _checked_both_ways(x: Any, message: Any) -> Any:
    """The gradient is looked at too, as it passes."""
    said = str(message).encode()

    @tf.custom_gradient
    def checked(x: Any) -> Any:
        return x, lambda dy: check_numerics(
            dy, f"Not a number (NaN) or infinity (Inf) values detected in gradient. {said!r}"
        )

    return checked(x)


def _irregular(value: Any) -> list[str]:
    return [word for word, there in (("Inf", np.isinf(value)), ("NaN", np.isnan(value))) if np.any(there)]


@composite("debugging.assert_all_finite")
def assert_all_finite(x: Any, message: Any, name: Any = None) -> Any:
    """The tensor itself; InvalidArgumentError if it holds NaN or infinities."""
    return check_numerics(x, message)


# Operations that make no numbers of their own, which TensorFlow does not look at (SAFE_OPS).
_UNSEEN = frozenset(
    [
        "Concat",
        "ConcatV2",
        "ExpandDims",
        "Fill",
        "Gather",
        "Identity",
        "Maximum",
        "Minimum",
        "Reshape",
        "Slice",
        "Squeeze",
        "Stack",
        "StridedSlice",
        "StridedSliceGrad",
        "Transpose",
        "Unpack",
    ]
)


class _Numerics(Observer):
    """Refuses the first operation that makes NaN or infinity."""

    def told(self, entry: Any, inputs: Any, outputs: Any, attrs: Any) -> None:
        """An operation ran."""
        if entry.op in _UNSEEN:
            return
        for number, z in enumerate(outputs):
            if z.dtype.is_floating and not np.isfinite(z._v).all():
                self._refuse(entry.op, number, len(outputs), inputs, z)

    def _refuse(self, op: str, number: int, count: int, inputs: Any, z: Any) -> None:
        value = np.asarray(z._v)
        lines = [
            f'\n\n!!! Detected Infinity or NaN in output {number} of eagerly-executing op "{op}" (# of outputs: {count}) !!!',
            f"  dtype: {z.dtype}", f"  shape: {z.shape}", f"  # of -Inf elements: {int((value == -np.inf).sum())}",
            f"  # of +Inf elements: {int((value == np.inf).sum())}", f"  # of +NaN elements: {int(np.isnan(value).sum())}",
            "", f"  Input tensors ({len(inputs)}):", *(f"    {i}: {x}" for i, x in enumerate(inputs)),
        ]  # fmt: skip
        raise _failed(lines)


@composite("debugging.enable_check_numerics")
def enable_check_numerics(stack_height_limit: int = 30, path_length_limit: int = 50) -> None:
    """Let every operation that makes NaN or infinity raise."""
    if not any(isinstance(one, _Numerics) for one in OBSERVERS):
        observe(_Numerics())


@composite("debugging.disable_check_numerics")
def disable_check_numerics() -> None:
    """Let operations make NaN and infinity again."""
    for one in [one for one in OBSERVERS if isinstance(one, _Numerics)]:
        unobserve(one)


# Ranks and shapes ----------------------------------------------------------------------------------


def _whole_rank(rank: Any) -> int:
    found = convert(rank)
    if found.dtype is not int32:
        raise TypeError(f"tensor must be of type {int32!r}; got {found.dtype!r}")
    if found.shape.rank:
        raise ValueError("Rank must be a scalar.")
    return int(found._numpy())


def _shaped(x: Any) -> Any:
    """What has a shape: a sparse tensor as it is, all else as a tensor."""
    return x if isinstance(x, tf.SparseTensor) else convert(x)


def _named(x: Any) -> str:
    """The name of a tensor inside a tf.function; nothing elsewhere."""
    trace = TRACING.get()
    name = trace.name_of(x) if hasattr(trace, "name_of") else None
    return f"{name}:0" if name else ""


@composite("debugging.assert_rank assert_rank")
def assert_rank(x: Any, rank: Any, message: Any = None, name: Any = None) -> None:
    """Raise ValueError unless x has this rank."""
    x, wanted = _shaped(x), _whole_rank(rank)
    if x.shape.rank != wanted:
        raise ValueError(
            f"{_prefix(message)}Tensor {_named(x)} must have rank {wanted}.  Received rank {x.shape.rank}, shape {x.shape}"
        )


@composite("debugging.assert_rank_at_least")
def assert_rank_at_least(x: Any, rank: Any, message: Any = None, name: Any = None) -> None:
    """Raise ValueError unless x has at least this rank."""
    x, wanted = _shaped(x), _whole_rank(rank)
    if x.shape.rank < wanted:
        raise ValueError(
            f"{_prefix(message)}Tensor {_named(x)} must have rank at least {wanted}.  Received rank {x.shape.rank}, shape {x.shape}"
        )


@composite("debugging.assert_rank_in")
def assert_rank_in(x: Any, ranks: Any, message: Any = None, name: Any = None) -> None:
    """Raise ValueError unless the rank of x is one of these."""
    x, allowed = _shaped(x), tuple(_whole_rank(r) for r in ranks)
    if x.shape.rank not in allowed:
        raise ValueError(
            f"{_prefix(message)}Tensor {_named(x)} must have rank in {allowed}.  Received rank {x.shape.rank}, shape {x.shape}"
        )


@composite("debugging.assert_scalar")
def assert_scalar(tensor: Any, message: Any = None, name: Any = None) -> None:
    """Raise ValueError unless x is a scalar."""
    x = convert(tensor)
    if x.shape.rank:
        raise ValueError(f"{_prefix(message)}Expected scalar shape, saw shape: {x.shape}.")


@composite("debugging.assert_type")
def assert_type(tensor: Any, tf_type: Any, message: Any = None, name: Any = None) -> None:
    """Raise TypeError unless x has this dtype."""
    wanted = as_dtype(tf_type)
    found = tensor.dtype if hasattr(tensor, "_mapped") else convert(tensor).dtype
    if found is not wanted:
        raise TypeError(f"{_prefix(message)}tensor must be of type {wanted!r}; got {found!r}")


@composite("debugging.assert_integer")
def assert_integer(x: Any, message: Any = None, name: Any = None) -> None:
    """Raise TypeError unless x is of an integer dtype."""
    found = convert(x).dtype
    if not (found.is_integer or found.is_quantized):
        raise TypeError(f'{_prefix(message)}Expected "x" to be integer type.  Found: tensor of dtype {found}')


@composite("debugging.assert_proper_iterable")
def assert_proper_iterable(values: Any) -> None:
    """Raise TypeError for tensors, arrays and text, and for what cannot be iterated over."""
    if isinstance(values, EagerTensor | np.ndarray | str | bytes):
        raise TypeError(f'Expected argument "values" to be a "proper" iterable.  Found: {type(values)}')
    if not hasattr(values, "__iter__"):
        raise TypeError(f'Expected argument "values" to be iterable.  Found: {type(values)}')


@composite("debugging.assert_same_float_dtype")
def assert_same_float_dtype(tensors: Any = None, dtype: Any = None) -> Any:
    """The common float dtype; ValueError when there is none."""
    common = None if dtype is None else as_dtype(dtype)
    first = ""
    for t in tensors or ():
        if t is None:
            continue
        if common is None:
            common, first = t.dtype, f" as {_called(t)}"
        elif t.dtype is not common:
            raise ValueError(f"{_called(t)}, type={t.dtype}, must be of the same type ({common}){first}.")
    common = common or as_dtype("float32")
    if not common.is_floating:
        raise ValueError(f"Expected floating point type, got {common}.")
    return common


def _called(t: Any) -> str:
    return str(t.name if hasattr(t, "name") else t)


@composite("debugging.is_numeric_tensor")
def is_numeric_tensor(tensor: Any) -> bool:
    """Whether it is a tensor of numbers."""
    return isinstance(tensor, EagerTensor) and (tensor.dtype.is_numeric or tensor.dtype.is_quantized)


@composite("debugging.assert_shapes")
def assert_shapes(
    shapes: Any, data: Any = None, summarize: Any = None, message: Any = None, name: Any = None
) -> None:
    """Raise ValueError unless every tensor fits its shape and equal symbols mean equal sizes."""
    pairs = shapes.items() if isinstance(shapes, dict) else shapes
    given = [(_shaped(x), wanted) for x, wanted in pairs if wanted is not None]
    parsed = [(x, *_symbols(x, wanted, message)) for x, wanted in given]
    for x, symbols, innermost in parsed:
        _check_rank(x, len(symbols), innermost, message)
    known: dict[Any, tuple[int, Any, int]] = {}
    for x, symbols, innermost in parsed:
        _check_sizes(x, symbols, innermost, known, message)


def _described(x: Any) -> str:
    return _named(x) or f"shape={x.shape} dtype={x.dtype.name}"


def _symbols(x: Any, wanted: Any, message: Any) -> tuple[tuple[Any, ...], bool]:
    """What a shape says of each axis, and whether only of the last ones."""
    if not hasattr(wanted, "__iter__") and not hasattr(wanted, "__getitem__"):
        raise ValueError(
            f"{_prefix(message)}Tensor {_described(x)}.  Specified shape must be an iterable.  An iterable has the attribute "
            f"`__iter__` or `__getitem__`.  Received specified shape: {wanted}"
        )
    symbols = tuple(wanted)
    open_at = [i for i, s in enumerate(symbols) if s is Ellipsis or (isinstance(s, str) and s == "*")]
    if any(open_at):
        raise ValueError(
            f"{_prefix(message)}Tensor {_described(x)} specified shape index {next(i for i in open_at if i)}.  Symbol `...` or "
            "`*` for a variable number of unspecified dimensions is only allowed as the first entry"
        )
    rest = symbols[1:] if open_at else symbols
    return rest or (1,), bool(open_at)


def _check_rank(x: Any, rank: int, innermost: bool, message: Any) -> None:
    if rank <= 1:
        if not innermost:
            assert_rank_in(x, [0, 1], message)
    elif innermost:
        assert_rank_at_least(x, rank, message)
    else:
        assert_rank(x, rank, message)


def _check_sizes(x: Any, symbols: Any, innermost: bool, known: dict[Any, Any], message: Any) -> None:
    sizes = x.shape.as_list() or [1]
    for i, symbol in enumerate(symbols):
        if symbol is None or (isinstance(symbol, str) and symbol == "."):
            continue
        at = i - len(symbols) if innermost else i
        fixed = _fixed(symbol)
        if fixed is None and symbol not in known:
            known[symbol] = (sizes[at], x, at)
            continue
        if fixed is not None:
            wanted, why = fixed, "Specified explicitly"
        else:
            wanted, other, there = known[symbol]
            why = f"Specified by tensor {_described(other)} dimension {there}"
        if sizes[at] != wanted:
            raise ValueError(
                f"{_prefix(message)}{why}.  Tensor {_described(x)} dimension {at} must have size {wanted}.  Received size "
                f"{sizes[at]}, shape {x.shape}"
            )


def _fixed(symbol: Any) -> int | None:
    try:
        return int(symbol)
    except (TypeError, ValueError):
        return None


@composite("ensure_shape")
def ensure_shape(x: Any, shape: Any, name: Any = None) -> Any:
    """The tensor itself; InvalidArgumentError unless it has this shape."""
    x, wanted = convert(x), tf.TensorShape(shape)
    if not x.shape.is_compatible_with(wanted):
        told = (
            "<unknown>" if wanted.rank is None else str(["?" if d is None else d for d in wanted.as_list()])
        )
        raise errors.invalid(
            "EnsureShape", f"Shape of tensor input {str(x.shape.as_list()).replace(' ', '')} is not compatible with expected shape "
            f"{told.replace(chr(39), '').replace(' ', '')}.",
        )  # fmt: skip
    return tf.identity(x)


PUBLIC["debugging.set_log_device_placement"] = lambda enabled: None
PUBLIC["debugging.get_log_device_placement"] = lambda: False
_FILTERING: ContextVar[bool] = ContextVar("filtering", default=True)
PUBLIC["debugging.enable_traceback_filtering"] = lambda: _FILTERING.set(True) and None
PUBLIC["debugging.disable_traceback_filtering"] = lambda: _FILTERING.set(False) and None
PUBLIC["debugging.is_traceback_filtering_enabled"] = _FILTERING.get
