"""Python values to tensors, by TensorFlow's rules: float32 and int32 by default, never a silent change of kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._dtypes import (
    DType,
    as_dtype,
    bool_,
    complex128,
    float32,
    from_numpy,
    int32,
    int64,
    string,
)
from tfgrad_course.tf._listening import OBSERVERS, TRACING
from tfgrad_course.tf._shape import Dimension, TensorShape
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS, Variable

_new = object.__new__
_MIXED = "Can't convert Python sequence with mixed types to Tensor."
_INT_TOO_LARGE = "Can't convert Python sequence with out-of-range integer to Tensor."
_FLOAT_TOO_LARGE = "Can't convert Python sequence with a value out of range for a double-precision float."
_SCALARS: dict[type, DType] = {
    bool: bool_,
    int: int32,
    float: float32,
    complex: complex128,
    str: string,
    bytes: string,
}
_RANK = {bool: 0, int: 1, float: 2, complex: 3}

# Lists that hold tensors are packed by the differentiable `stack`; ops/shape.py puts it here, being built on this file.
PACK: list[Callable[[Any, DType | None], EagerTensor]] = []


def number(value: int | float, dtype: DType) -> EagerTensor:
    """A Python number as a tensor of a floating dtype; kept, since formulas use few of them."""
    made = dtype.small.get(value)
    if made is None:
        made = tensor(dtype.scalar(value), dtype)
        # 0.0 and -0.0 are one key, nan is never found again.
        if value and value == value and len(dtype.small) < _KEPT:
            dtype.small[value] = made
    return made


_KEPT = 256


def operand(value: Any, other: Any) -> Any:
    """`value` as an input beside `other`: the dtype of `other` if that is a tensor, strictly."""
    kind = type(value)
    if kind is float or kind is int:
        if isinstance(other, TENSORS):
            dtype = other.dtype
            return number(value, dtype) if dtype.is_floating else convert(value, dtype)
        return convert(value)
    if kind is EagerTensor:
        return value
    if isinstance(value, Variable):
        return value._read()
    return convert(value, other.dtype) if isinstance(other, TENSORS) else convert(value)


def hinted(value: Any, other: Any) -> Any:
    """`value` as an input beside `other`, keeping its own dtype where it does not fit (what `+` does)."""
    if isinstance(value, Variable):
        return value._read()
    if isinstance(value, EagerTensor):
        return value
    if isinstance(other, TENSORS):
        kind, dtype = type(value), other.dtype
        if (kind is float or kind is int) and dtype.is_floating:
            return number(value, dtype)
        try:
            return convert(value, dtype)
        except TypeError:
            return convert(value)
    return convert(value)


def convert(value: Any, dtype: DType | None = None) -> Any:
    """A tensor of `value`, of dtype `dtype` if given."""
    kind = type(value)
    if kind is EagerTensor:
        if dtype is not None and value.dtype is not dtype:
            raise ValueError(
                f"Tensor conversion requested dtype {dtype.name} for Tensor with dtype {value.dtype.name}: {value!r}"
            )
        return value
    if isinstance(value, Variable):
        return _from_variable(value, dtype)
    if kind in _SCALARS:
        return _from_scalar(value, dtype, value)
    if isinstance(value, np.ndarray | np.generic):
        return from_array(value, dtype)
    if isinstance(value, list | tuple | range):
        return _from_sequence(value, dtype)
    return _from_other(value, dtype)


def _from_variable(value: Variable, dtype: DType | None) -> EagerTensor:
    if dtype is not None and value.dtype is not dtype:
        raise ValueError(
            f"Incompatible type conversion requested to type {dtype.name} for `tf.Variable of type "
            f"{value.dtype.name}. (Variable: {value!r})"
        )
    return value._read()


def _from_other(value: Any, dtype: DType | None) -> EagerTensor:
    if isinstance(value, TensorShape):
        if not value.is_fully_defined():
            raise ValueError(f"Cannot convert a partially known TensorShape {value} to a Tensor.")
        return from_array(np.array(value.as_list(), np.int32), dtype or int32)
    if isinstance(value, Dimension):
        return _from_scalar(int(value), dtype, value)
    if isinstance(value, bool | int | float | complex | str | bytes):
        plain: Any = next(t for t in (bool, int, float, complex, str, bytes) if isinstance(value, t))
        return _from_scalar(plain(value), dtype, value)
    for protocol in ("__tf_tensor__", "_to_tensor"):
        if hasattr(type(value), protocol):
            return getattr(value, protocol)(dtype)
    if isinstance(value, DType) or not hasattr(value, "__array__"):
        raise ValueError(
            f"Attempt to convert a value ({value!r}) with an unsupported type ({type(value)!r}) to a Tensor."
        )
    return from_array(np.asarray(value), dtype)


def _from_scalar(value: Any, dtype: DType | None, shown: Any) -> EagerTensor:
    kind = type(value)
    if kind is str or kind is bytes:
        if dtype not in (None, string):
            raise cannot(shown, dtype)
        return tensor(_bytes(value), string)
    if dtype is None:
        dtype = _SCALARS[kind]
        if kind is int and not -(2**31) <= value < 2**31:
            dtype = int64
        elif kind is float and abs(value) > 3.4028235677973366e38 and abs(value) != float("inf"):
            raise ValueError(_FLOAT_TOO_LARGE)
    return tensor(_fit(value, kind, dtype, shown), dtype)


def _fit(value: Any, kind: type, dtype: DType, shown: Any) -> Any:
    """The NumPy scalar of `dtype` for a Python number, or the error TensorFlow raises."""
    if dtype is string or (dtype is bool_ and kind is not bool):
        raise cannot(shown, dtype)
    if kind is complex and not dtype.is_complex:
        raise cannot(shown, dtype)
    if kind is float and not (dtype.is_floating or dtype.is_complex):
        raise cannot(shown, dtype)
    if kind is int and not (dtype.is_floating or dtype.is_complex):
        if not -(2**63) <= value < 2**64:
            raise ValueError(_INT_TOO_LARGE)
        return (np.uint64 if value >= 2**63 else np.int64)(value).astype(dtype.np)
    return dtype.np(value)


def cannot(shown: Any, dtype: DType | None) -> TypeError:
    """The error for a Python value that the dtype cannot hold."""
    return TypeError(f"Cannot convert {shown!r} to EagerTensor of dtype {dtype.kernel if dtype else None}")


def _bytes(value: str | bytes) -> np.ndarray:
    made = np.empty((), object)
    made[()] = value.encode() if isinstance(value, str) else bytes(value)
    return made


def from_array(value: Any, dtype: DType | None) -> EagerTensor:
    """A tensor of a NumPy array or scalar; the array is copied, as TensorFlow does."""
    found = from_numpy(value.dtype)
    if found is None:
        word = {
            "M": "NPY_DATETIME",
            "m": "NPY_TIMEDELTA",
            "f": "NPY_LONGDOUBLE",
            "c": "NPY_CLONGDOUBLE",
            "V": "NPY_VOID",
        }.get(value.dtype.kind, str(value.dtype))
        raise ValueError(f"Failed to convert a NumPy array to a Tensor (Unsupported numpy type: {word}).")
    if found is string:
        return _from_object_array(np.asarray(value), dtype)
    if dtype is None:
        dtype = found
    elif dtype is string:
        raise cannot(value, dtype)
    return tensor(_astype(value, dtype), dtype)


def _astype(value: Any, dtype: DType) -> Any:
    made = value.astype(dtype.np) if type(value) is np.ndarray else np.asarray(value).astype(dtype.np)
    return made if made.ndim else made[()]


def _from_object_array(value: np.ndarray, dtype: DType | None) -> EagerTensor:
    flat = value.ravel().tolist()
    if all(isinstance(item, str | bytes) for item in flat):
        if dtype not in (None, string):
            raise (
                ValueError(f"could not convert string to float: {value.ravel()[0]!r}")
                if flat
                else cannot(value, dtype)
            )
        made = np.empty(value.shape, object)
        made.ravel()[:] = [item.encode() if isinstance(item, str) else item for item in flat]
        return tensor(made, string)
    if all(type(item) in _RANK or isinstance(item, np.generic) for item in flat):
        plain = np.array(flat).reshape(value.shape)
        return from_array(plain, dtype)
    odd = next(item for item in flat if not isinstance(item, str | bytes))
    raise ValueError(
        f"Failed to convert a NumPy array to a Tensor (Unsupported object type {type(odd).__name__})."
    )


def _from_sequence(value: Any, dtype: DType | None) -> EagerTensor:
    kinds: dict[type, None] = {}
    first: list[Any] = []
    _survey(value, kinds, first)
    if any(issubclass(kind, TENSORS) for kind in kinds):
        return PACK[0](value, dtype)
    inferred = _inferred(value, kinds, first)
    if dtype is None:
        dtype = inferred
    else:
        _check_kinds(value, kinds, dtype)
    return _build(value, dtype)


def _survey(value: Any, kinds: dict[type, None], first: list[Any]) -> None:
    for item in value:
        if isinstance(item, list | tuple | range):
            _survey(item, kinds, first)
        else:
            kind = type(item)
            if kind not in kinds:
                kinds[kind] = None
                first.append(item)


def _inferred(value: Any, kinds: dict[type, None], first: list[Any]) -> DType:
    """The dtype the first element decides, widened as far as TensorFlow widens (int to float, no more)."""
    if not first:
        return float32
    head = first[0]
    if isinstance(head, np.ndarray | np.generic) and not (
        isinstance(head, np.int64) and isinstance(head, np.generic)
    ):
        found = from_numpy(head.dtype)
        if found is None:
            return from_array(head, None).dtype
        if isinstance(head, np.ndarray) or not found.is_integer:
            return found
    ranks = {_rank(kind, item) for kind, item in zip(kinds, first, strict=True)}
    if ranks == {"text"}:
        return string
    if "text" in ranks or (_rank(type(head), head) == 0 and ranks != {0}):
        raise ValueError(_MIXED)
    top = max(ranks)
    if top == 1:
        return int64 if _outside_int32(value) else int32
    return (bool_, int32, float32, complex128)[top]


def _rank(kind: type, item: Any) -> Any:
    if kind in _RANK:
        return _RANK[kind]
    if isinstance(item, np.ndarray | np.generic):
        found = {"b": 0, "i": 1, "u": 1, "f": 2, "c": 3, "S": "text", "U": "text", "O": "text"}.get(
            item.dtype.kind
        )
        if found is None and from_numpy(item.dtype) is None:
            return from_array(item, None)
        return 2 if found is None else found
    if isinstance(item, str | bytes):
        return "text"
    for number, plain in enumerate((bool, int, float, complex)):
        if isinstance(item, plain):
            return number
    if hasattr(item, "__array__"):
        return _rank(np.ndarray, np.asarray(item))
    raise ValueError(
        f"Attempt to convert a value ({item!r}) with an unsupported type ({kind!r}) to a Tensor."
    )


def _outside_int32(value: Any) -> bool:
    for item in value:
        if isinstance(item, list | tuple | range):
            if _outside_int32(item):
                return True
        elif isinstance(item, np.ndarray):
            if item.size and not (item.min() >= -(2**31) and item.max() < 2**31):
                return True
        elif not -(2**31) <= item < 2**31:
            return True
    return False


def _check_kinds(value: Any, kinds: dict[type, None], dtype: DType) -> None:
    for kind in kinds:
        if kind in _RANK:
            rank = _RANK[kind]
            fits = (
                not (dtype is string or (dtype is bool_ and rank))
                and (rank < 3 or dtype.is_complex)
                and (rank != 2 or dtype.is_floating or dtype.is_complex)
            )
        elif issubclass(kind, str | bytes):
            fits = dtype is string
        elif issubclass(kind, np.ndarray | np.generic):
            fits = True
        elif kind is type(None) or not hasattr(kind, "__array__"):
            raise ValueError(
                f"Attempt to convert a value ({None if kind is type(None) else kind!r}) with an unsupported type "
                f"({kind!r}) to a Tensor."
            )
        else:
            fits = True
        if not fits:
            raise cannot(value, dtype)


def _build(value: Any, dtype: DType) -> EagerTensor:
    if dtype is string:
        return tensor(_text_array(value), string)
    try:
        if dtype.is_integer:
            try:
                wide = np.array(value, np.int64)
            except OverflowError:
                wide = np.array(value, np.uint64)
            return tensor(wide.astype(dtype.np), dtype)
        return tensor(np.array(value, dtype.np), dtype)
    except OverflowError:
        raise ValueError(_INT_TOO_LARGE) from None
    except (ValueError, TypeError) as problem:
        if any(isinstance(item, list | tuple | np.ndarray) for item in value) and not (
            value and len(value[0] if hasattr(value[0], "__len__") else ()) == 0
        ):
            raise ValueError("Can't convert non-rectangular Python sequence to Tensor.") from None
        if value and hasattr(value[0], "__len__") and len(value[0]) == 0:
            # TensorFlow measures a nested list by its first element: [[], [1]] is an empty (2, 0).
            return tensor(np.empty((len(value), 0), np.float32), float32)
        raise problem


def _text_array(value: Any) -> np.ndarray:
    made = np.array(value, object)
    flat = made.ravel()
    for i, item in enumerate(flat.tolist()):
        if not isinstance(item, str | bytes):
            raise ValueError("Can't convert non-rectangular Python sequence to Tensor.")
        flat[i] = item.encode() if isinstance(item, str) else bytes(item)
    return flat.reshape(made.shape)


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const") -> EagerTensor:
    """Creates a constant tensor from a Python value, an array or a list."""
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(value, EagerTensor) and wanted not in (None, value.dtype):
        raise TypeError(
            f"Expected tensor {value._numpy()} with dtype {wanted!r}, but got dtype {value.dtype!r}."
        )
    if isinstance(value, list | tuple) and _holds_tensors(value):
        raise ValueError("TypeError: Scalar tensor has no `len()`")
    made = convert(value, wanted)
    if shape is not None:
        made = _shaped(made, TensorShape(shape), value)
    if made is not value and (OBSERVERS or TRACING.get() is not None):
        _tell(made, value)
    return made


def _holds_tensors(value: Any) -> bool:
    return any(
        (isinstance(item, TENSORS) and not item._v.ndim)
        or (isinstance(item, list | tuple) and _holds_tensors(item))
        for item in value
    )


def _shaped(made: EagerTensor, shape: TensorShape, value: Any) -> EagerTensor:
    dims = tuple(shape.as_list())
    if made._v.shape == dims:
        return made
    size = shape.num_elements()
    if made._v.size == size:
        return tensor(made._v.reshape(dims) if dims else made._v.reshape(())[()], made.dtype)
    if made._v.size == 1:
        return tensor(np.full(dims, made._v.reshape(())[()], made._v.dtype), made.dtype)
    raise TypeError(
        f"Eager execution of tf.constant with unsupported shape. Tensor {made._v} (converted from {value}) has "
        f"{made._v.size} elements, but got `shape` {shape} with {size} elements)."
    )


def convert_to_tensor(
    value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None
) -> EagerTensor:
    """Converts the given value to a tensor."""
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(value, Variable):
        if wanted is not None:
            _from_variable(value, wanted)
        return value._fresh()
    if wanted is None and dtype_hint is not None:
        try:
            made = convert(value, as_dtype(dtype_hint))
        except (TypeError, ValueError):
            made = convert(value)
    else:
        made = convert(value, wanted)
    if OBSERVERS and made is not value:
        _tell(made, value)
    return made


def _tell(made: EagerTensor, value: Any) -> None:
    trace = TRACING.get()
    if hasattr(trace, "named"):
        trace.named(made, "Const")
    for one in OBSERVERS:
        one.constant(made, value)
