"""Lists to tensors: one dtype for all, decided by the first element, and no ragged ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._arrays import RANK, cannot, from_array
from tfgrad_course.tf._dtypes import DType, bool_, complex128, float32, from_numpy, int32, int64, string
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS

MIXED = "Can't convert Python sequence with mixed types to Tensor."
INT_TOO_LARGE = "Can't convert Python sequence with out-of-range integer to Tensor."

# Lists that hold tensors are packed by the differentiable `stack`; ops/shape.py puts it here, being built on this file.
PACK: list[Callable[[Any, DType | None], EagerTensor]] = []


def from_sequence(value: Any, dtype: DType | None) -> EagerTensor:
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
        raise ValueError(MIXED)
    top = max(ranks)
    if top == 1:
        return int64 if _outside_int32(value) else int32
    return (bool_, int32, float32, complex128)[top]


def _rank(kind: type, item: Any) -> Any:
    if kind in RANK:
        return RANK[kind]
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
        if kind in RANK:
            rank = RANK[kind]
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
        raise ValueError(INT_TOO_LARGE) from None
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
