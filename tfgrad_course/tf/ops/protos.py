"""Tensors written down as messages: what make_tensor_proto gives, and arrays made of it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._dtypes import DTYPES, DType, as_dtype
from tfgrad_course.tf._tensor import EagerTensor

_ESCAPES = {10: "\\n", 13: "\\r", 9: "\\t", 34: '\\"', 39: "\\'", 92: "\\\\"}
_LISTS = [
    "half_val",
    "float_val",
    "double_val",
    "int_val",
    "string_val",
    "scomplex_val",
    "int64_val",
    "bool_val",
    "dcomplex_val",
    "uint32_val",
    "uint64_val",
]
# Field, by dtype; the other whole numbers are kept in int_val.
_FIELDS = {
    "float16": "half_val", "bfloat16": "half_val", "float32": "float_val", "float64": "double_val",
    "string": "string_val", "complex64": "scomplex_val", "complex128": "dcomplex_val", "int64": "int64_val",
    "bool": "bool_val", "uint32": "uint32_val", "uint64": "uint64_val",
}  # fmt: skip
_AS_BYTES = frozenset(
    [
        "float32",
        "float64",
        "int32",
        "uint8",
        "int16",
        "int8",
        "int64",
        "qint8",
        "quint8",
        "qint16",
        "quint16",
        "qint32",
        "uint32",
        "uint64",
    ]
)


@dataclass
class Dim:
    """One axis of a shape."""

    size: int = 0
    name: str = ""


@dataclass
class TensorShapeProto:
    """A shape as a message."""

    dim: list[Dim] = field(default_factory=list)
    unknown_rank: bool = False


@dataclass
class TensorProto:
    """A tensor as a message: its dtype by number, its shape, and its values as bytes or in one of the lists."""

    dtype: int = 0
    tensor_shape: TensorShapeProto = field(default_factory=TensorShapeProto)
    version_number: int = 0
    tensor_content: bytes = b""
    half_val: list[int] = field(default_factory=list)
    float_val: list[float] = field(default_factory=list)
    double_val: list[float] = field(default_factory=list)
    int_val: list[int] = field(default_factory=list)
    string_val: list[bytes] = field(default_factory=list)
    scomplex_val: list[float] = field(default_factory=list)
    int64_val: list[int] = field(default_factory=list)
    bool_val: list[bool] = field(default_factory=list)
    dcomplex_val: list[float] = field(default_factory=list)
    uint32_val: list[int] = field(default_factory=list)
    uint64_val: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"dtype: DT_{_by_number(self.dtype).kernel.upper()}", "tensor_shape {"]
        for dim in self.tensor_shape.dim:
            lines += ["  dim {", *([f"    size: {dim.size}"] if dim.size else []), "  }"]
        lines.append("}")
        if self.tensor_content:
            lines.append(f'tensor_content: "{_escaped(self.tensor_content)}"')
        for name in _LISTS:
            lines += [f"{name}: {_written(value, name)}" for value in getattr(self, name)]
        return "\n".join(lines) + "\n"

    __repr__ = __str__


def _escaped(text: bytes) -> str:
    return "".join(_ESCAPES.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in text)


def _written(value: Any, name: str) -> str:
    if name == "string_val":
        return f'"{_escaped(value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        short = str(np.float32(value) if name in ("float_val", "scomplex_val") else value)
        return short.removesuffix(".0")
    return str(value)


def _by_number(number: int) -> DType:
    return next(d for d in DTYPES.values() if d.number == number)


def _flat(values: Any) -> Iterable[Any]:
    if isinstance(values, list | tuple):
        for one in values:
            yield from _flat(one)
    else:
        yield values


def _dense(values: Any) -> list[int]:
    """The shape lists and tuples show: a range or a set is no tensor here."""
    if not isinstance(values, list | tuple):
        return []
    return [len(values), *_dense(values[0])] if values else [0]


def _fits(value: Any, dtype: DType) -> bool:
    if dtype is dt.string:
        return isinstance(value, str | bytes)
    if dtype.is_bool:
        return isinstance(value, bool | np.bool_)
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if dtype.is_floating:
        return whole or isinstance(value, float | np.floating)
    return (
        whole or (dtype.is_complex and isinstance(value, float | complex | np.inexact)) or dtype.is_quantized
    )


def _from_python(values: Any, dtype: DType | None, shape: Any) -> Any:
    """The array of a Python value: float32 and int32 if nothing else is asked for."""
    if values is None:
        raise ValueError("None values not supported.")
    kind = None if dtype is None else dtype.np
    if shape is not None and not int(np.prod(shape)):
        return np.empty(shape, kind)
    if dtype is not None:
        for value in _flat(values):
            if not _fits(value, dtype) and not isinstance(value, np.ndarray):
                told = type(value).__name__
                raise TypeError(f"Expected {dtype.name}, but got {value} of type '{told}'.")
    flat = list(_flat(values))
    texts = any(isinstance(v, str | bytes) for v in flat)
    if None in flat or (texts and not all(isinstance(v, str | bytes) for v in flat)):
        raise _unconvertible(values)
    made = np.array(values, object if texts else kind)
    if list(made.shape) != (dense := _dense(values)):
        raise ValueError(
            f"Expected values {values} to be a dense tensor with shape {dense}, but got shape {list(made.shape)}."
        )
    if kind is None and made.dtype == np.float64:
        return made.astype(np.float32)
    if kind is None and made.dtype == np.int64 and np.array_equal(made, made.astype(np.int32)):
        return made.astype(np.int32)
    return made


def _unconvertible(values: Any) -> TypeError:
    return TypeError(
        f"Failed to convert elements of {values} to Tensor. Consider casting elements to a supported type. See "
        "https://www.tensorflow.org/api_docs/python/tf/dtypes for supported TF dtypes."
    )


def _sizes(array: Any, shape: Any, verify: bool, broadcast: bool) -> tuple[list[int], bool]:
    """The shape to write down, and whether the array fills it."""
    if shape is None:
        return list(array.shape), True
    dims = [int(d) for d in (shape.as_list() if hasattr(shape, "as_list") else shape)]
    count = int(np.prod(dims, dtype=np.int64))
    odd = (
        array.shape not in ((), (1,)) and array.size != count
        if broadcast
        else verify and array.shape != tuple(dims)
    )
    if odd:
        raise TypeError(f"Expected Tensor's shape: {tuple(dims)}, but got {array.shape}.")
    if not broadcast and array.size > count:
        raise ValueError(f"Too many elements provided. Takes at most {count:d}, but got {array.size:d}.")
    return dims, array.size == count


@composite("make_tensor_proto")
def make_tensor_proto(
    values: Any,
    dtype: Any = None,
    shape: Any = None,
    verify_shape: bool = False,
    allow_broadcast: bool = False,
) -> TensorProto:
    """A message that holds the values."""
    if isinstance(values, TensorProto):
        return values
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(values, np.ndarray | np.generic):
        array = np.asarray(values)
        array = array if wanted is None else array.astype(wanted.np)
    elif isinstance(values, EagerTensor) or hasattr(values, "_read"):
        array = np.asarray(convert(values)._numpy())
    else:
        array = _from_python(values, wanted, shape)
    found = dt.from_numpy(array.dtype)
    if found is None:
        raise TypeError(f"Unrecognized data type: {array.dtype}")
    kind = wanted if wanted is not None and wanted.is_quantized else found
    if wanted is not None and wanted is not kind:
        raise TypeError(f"`dtype` {wanted} is not compatible with {values} of dtype {array.dtype}.")
    dims, filled = _sizes(array, shape, verify_shape, allow_broadcast)
    made = TensorProto(kind.number, TensorShapeProto([Dim(d) for d in dims]))
    if filled and kind.name in _AS_BYTES and array.size > 1:
        made.tensor_content = array.tobytes()
    else:
        getattr(made, _FIELDS.get(kind.name, "int_val")).extend(_listed(array, kind, values))
    return made


def _listed(array: Any, kind: DType, values: Any) -> list[Any]:
    flat = array.reshape(-1)
    if kind is dt.string:
        try:
            return [v.encode() if isinstance(v, str) else bytes(v) for v in flat.tolist()]
        except TypeError:
            raise _unconvertible(values) from None
    if _FIELDS.get(kind.name) == "half_val":
        return flat.view(np.uint16).tolist()
    if kind.is_complex:
        return np.stack([flat.real, flat.imag], -1).reshape(-1).tolist()
    return flat.tolist()


@composite("make_ndarray")
def make_ndarray(tensor: TensorProto) -> np.ndarray:
    """The array a message holds; values that are left out are as the last one given."""
    shape = tuple(d.size for d in tensor.tensor_shape.dim)
    count, kind = int(np.prod(shape, dtype=np.int64)), _by_number(tensor.dtype)
    if tensor.tensor_content:
        return np.frombuffer(tensor.tensor_content, kind.np).copy().reshape(shape)
    given = list(getattr(tensor, _FIELDS.get(kind.name, "int_val")))
    if kind.is_complex:
        given = [complex(a, b) for a, b in zip(given[::2], given[1::2], strict=True)]
    if not given:
        return np.full(shape, b"", object) if kind is dt.string else np.zeros(shape, kind.np)
    given += given[-1:] * (count - len(given))
    if _FIELDS.get(kind.name) == "half_val":
        return np.array(given, np.uint16).view(kind.np).reshape(shape)
    return np.array(given, object if kind is dt.string else kind.np).reshape(shape)
