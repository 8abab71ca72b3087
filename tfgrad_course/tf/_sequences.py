"""Lists to tensors: one dtype for all, decided by the first element, and no ragged ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._arrays import NO_BOOLS, cannot, from_array
from tfgrad_course.tf._dtypes import DType, bool_, complex128, float32, from_numpy, int32, int64, string
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS

MIXED = "Can't convert Python sequence with mixed types to Tensor."
INT_TOO_LARGE = "Can't convert Python sequence with out-of-range integer to Tensor."
FLOAT_TOO_LARGE = "Can't convert Python sequence with a value out of range for a double-precision float."
_RAGGED = "Can't convert non-rectangular Python sequence to Tensor."
_LISTS = (list, tuple, range)
_LARGEST = 3.4028235677973366e38  # what rounds to the largest float32

# Lists that hold tensors are packed by the differentiable `stack`; ops/shape.py puts it here, being built on this file.
PACK: list[Callable[[Any, DType | None], EagerTensor]] = []

# How far a Python number reaches; NumPy's bool is none of Python's, and its texts are texts.
_REACH: dict[type, Any] = {
    bool: 0,
    int: 1,
    float: 2,
    complex: 3,
    str: "text",
    bytes: "text",
    np.bool_: "bool",
}


def from_sequence(value: Any, dtype: DType | None) -> EagerTensor:
    """A tensor of a list or tuple, nested or not."""
    dims, first = _measure(value)
    kinds: set[type] = set()
    leaves: list[Any] = []
    if 0 in dims:
        if _holds_tensors(value):
            return PACK[0](value, dtype)
        return _empty(dims, dtype or float32)
    mixed = _survey(value, dims, 0, kinds, leaves)
    if any(issubclass(kind, TENSORS) for kind in kinds):
        return PACK[0](value, dtype)
    if mixed is not None:
        raise ValueError(mixed)
    reaches = {_reach(kind) for kind in kinds}
    inferred = _inferred(first, reaches, dtype)
    if dtype is not None:
        _check(value, reaches, dtype)
    return _build(value, dtype, inferred, reaches, leaves, dims)


def _measure(value: Any) -> tuple[list[int], Any]:
    """The shape as the first elements tell it, and the first of all."""
    dims: list[int] = []
    while isinstance(value, _LISTS) or (isinstance(value, np.ndarray) and value.ndim):
        dims.append(len(value))
        if not dims[-1]:
            return dims, None
        value = value[0]
    return dims, value


def _holds_tensors(value: Any) -> bool:
    return any(isinstance(v, TENSORS) or (isinstance(v, _LISTS) and _holds_tensors(v)) for v in value)


def _survey(value: Any, dims: list[int], depth: int, kinds: set[type], leaves: list[Any]) -> str | None:
    """Collect the kinds of elements and the elements of lists; tells what is wrong with the shape, if anything."""
    wrong = None
    if depth + 1 == len(dims):
        found = set(map(type, value))
        kinds |= found
        if any(issubclass(kind, _LISTS) for kind in found):
            kinds |= set(_kinds_below(value))
            wrong = MIXED
        if np.ndarray in found:
            kinds.discard(np.ndarray)
            kinds |= {item.dtype.type for item in value if type(item) is np.ndarray}
            wrong = MIXED if any(type(item) is np.ndarray and item.ndim for item in value) else wrong
        leaves += value
        return wrong
    for item in value:
        if isinstance(item, np.ndarray):
            wrong = _block(item, dims, depth + 1, kinds, leaves) or wrong
        elif not isinstance(item, _LISTS):
            kinds.add(type(item))
            wrong = _RAGGED
        else:
            wrong = (_RAGGED if len(item) != dims[depth + 1] else None) or wrong
            if len(item):
                wrong = _survey(item, dims, depth + 1, kinds, leaves) or wrong
    return wrong


def _block(item: np.ndarray, dims: list[int], depth: int, kinds: set[type], leaves: list[Any]) -> str | None:
    """A whole array inside a list stands for its elements."""
    if item.dtype.kind == "O":
        kinds |= set(map(type, item.ravel().tolist()))
        leaves += item.ravel().tolist()
    else:
        kinds.add(item.dtype.type)
    return None if list(item.shape) == dims[depth:] else _RAGGED


def _kinds_below(value: Any) -> list[type]:
    if not isinstance(value, _LISTS):
        return [type(value)]
    return [kind for item in value for kind in _kinds_below(item)]


def _reach(kind: type) -> Any:
    found = _REACH.get(kind)
    if found is not None:
        return found
    for plain, reach in ((np.integer, 1), (np.complexfloating, "complex"), (np.floating, 2), (str, "text"),
                         (bytes, "text"), (bool, 0), (int, 1), (float, 2), (complex, 3)):  # fmt: skip
        if issubclass(kind, plain):
            return reach
    if issubclass(kind, np.generic) and from_numpy(kind) is not None:
        return 2  # bfloat16 and its like
    return "array" if hasattr(kind, "__array__") and not issubclass(kind, np.generic) else None


def _inferred(first: Any, reaches: set[Any], dtype: DType | None) -> DType:
    """The dtype the first element decides, widened as far as TensorFlow widens (int to float, no more)."""
    head = _reach(type(first)) if type(first) is not np.ndarray else _reach(first.dtype.type)
    if head is None:
        if isinstance(first, np.generic):
            return from_array(first, None).dtype  # which raises for such a dtype
        raise ValueError(
            f"Attempt to convert a value ({first!r}) with an unsupported type ({type(first)!r}) to a Tensor."
        )
    numbers = {0, 1, 2}
    if "array" in reaches:
        return from_array(np.asarray(first), None).dtype
    if dtype is not None and dtype.is_floating and reaches <= numbers:
        return dtype
    # TensorFlow's converter refuses [1, 2j] for complex64 alone.
    whole_first = dtype is not complex128 and head == 1
    if dtype is not None and dtype.is_complex and not whole_first and reaches <= {1, 3, "complex"}:
        return dtype
    allowed: dict[Any, Any] = {"text": {"text"}, "bool": {"bool", 0}, 0: {0, "bool"}, 1: numbers, 2: numbers}
    if not reaches <= allowed.get(head, numbers | {3, "complex"}):
        raise ValueError(MIXED)
    if head == "text":
        return string
    if head == 2 and isinstance(first, np.generic | np.ndarray):
        return from_numpy(first.dtype) or float32
    if head in (0, "bool"):
        return bool_
    return complex128 if head in (3, "complex") else float32 if 2 in reaches else int32


def _check(value: Any, reaches: set[Any], dtype: DType) -> None:
    """Refuse what the wanted dtype cannot hold."""
    if dtype is string or "text" in reaches:
        fits = dtype is string and reaches == {"text"}
    elif dtype is bool_:
        fits = reaches <= {0, "bool", "array"}
    else:
        fits = "bool" not in reaches and (dtype.is_complex or not reaches & {3, "complex"})
        fits = fits and (2 not in reaches or dtype.trainable) and not (reaches == {0} and dtype in NO_BOOLS)
    if not fits:
        raise cannot(value, dtype)


def _build(
    value: Any, dtype: DType | None, inferred: DType, reaches: set[Any], leaves: list[Any], dims: list[int]
) -> EagerTensor:
    wanted = dtype or inferred
    if wanted is string:
        return tensor(_texts(value, dims), string)
    if wanted.is_integer or wanted.is_quantized:
        return _integers(value, dtype, wanted)
    if (
        1 in reaches
        and wanted.is_complex
        and any(type(x) is int and not -(2**63) <= x < 2**63 for x in leaves)
    ):
        raise ValueError(INT_TOO_LARGE)
    if wanted is float32 and dtype is None and leaves and float in reaches | set(map(type, leaves)):
        for x in leaves:
            if type(x) is float and abs(x) > _LARGEST and abs(x) != float("inf"):
                raise ValueError(FLOAT_TOO_LARGE)
    try:
        return tensor(np.array(value, wanted.np), wanted)
    except OverflowError:
        raise ValueError(INT_TOO_LARGE) from None


def _integers(value: Any, dtype: DType | None, wanted: DType) -> EagerTensor:
    try:
        wide = np.array(value, np.int64)
    except OverflowError:
        if wanted.name != "uint64":
            raise ValueError(INT_TOO_LARGE) from None
        try:
            return tensor(np.array(value, np.uint64), wanted)
        except OverflowError:
            raise ValueError(INT_TOO_LARGE) from None
    if dtype is None and (wide.min() < -(2**31) or wide.max() >= 2**31):
        return tensor(wide, int64)
    return tensor(wide.astype(wanted.np), wanted)


def _empty(dims: list[int], dtype: DType) -> EagerTensor:
    return tensor(np.empty(dims, object if dtype is string else dtype.np), dtype)


def _texts(value: Any, dims: list[int]) -> np.ndarray:
    made = np.empty(dims, object)
    flat = made.reshape(-1)
    flat[:] = [item.encode() if isinstance(item, str) else bytes(item) for item in _flat(value)]
    return made


def _flat(value: Any) -> list[Any]:
    if isinstance(value, np.ndarray):
        return value.ravel().tolist()  # type: ignore[no-any-return]
    if not isinstance(value, _LISTS):
        return [value]
    return [leaf for item in value for leaf in _flat(item)]
