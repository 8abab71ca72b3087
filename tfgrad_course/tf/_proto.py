"""Tensors as protocol buffers: `make_tensor_proto` and `make_ndarray`, with messages that look like TensorFlow's."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._dtypes import DTYPES, DType, as_dtype, from_numpy

# The field each dtype's values stand in, unless they are kept as one piece of bytes.
_FIELDS = {
    "float16": "half_val", "bfloat16": "half_val", "float32": "float_val", "float64": "double_val",
    "int32": "int_val", "int16": "int_val", "uint16": "int_val", "int8": "int_val", "uint8": "int_val",
    "int64": "int64_val", "uint32": "uint32_val", "uint64": "uint64_val", "bool": "bool_val", "string": "string_val",
    "complex64": "scomplex_val", "complex128": "dcomplex_val",
}  # fmt: skip
_IN_ONE_PIECE = frozenset(
    ["float32", "float64", "int32", "uint8", "int16", "int8", "int64", "uint16", "uint32", "uint64"]
)
_FAILED = (
    "Failed to convert elements of {} to Tensor. Consider casting elements to a supported type. See "
    "https://www.tensorflow.org/api_docs/python/tf/dtypes for supported TF dtypes."
)


class _Message:
    """A protocol buffer as far as programs look into one: fields, equality, its text."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]

    def _lines(self) -> list[str]:
        raise NotImplementedError

    def __str__(self) -> str:
        return "".join(line + "\n" for line in self._lines())

    __repr__ = __str__


class Dim(_Message):
    """One axis of a shape."""

    def __init__(self, size: int = 0, name: str = "") -> None:
        self.size, self.name = size, name

    def _lines(self) -> list[str]:
        return [f"size: {self.size}"] if self.size else []


class TensorShapeProto(_Message):
    """A shape."""

    def __init__(self, dim: Any = (), unknown_rank: bool = False) -> None:
        self.dim, self.unknown_rank = list(dim), unknown_rank

    def _lines(self) -> list[str]:
        lines = [line for dim in self.dim for line in _block("dim", dim)]
        return lines + (["unknown_rank: true"] if self.unknown_rank else [])


class TensorProto(_Message):
    """A tensor: its dtype, its shape, and its values in the field for the dtype or as bytes."""

    def __init__(self, dtype: int = 0, tensor_shape: TensorShapeProto | None = None, **fields: Any) -> None:
        self.dtype, self.tensor_shape = dtype, tensor_shape or TensorShapeProto()
        self.version_number, self.tensor_content = 0, b""
        for name in sorted(set(_FIELDS.values())):
            setattr(self, name, list(fields.pop(name, ())))
        for name, value in fields.items():
            setattr(self, name, value)

    def _lines(self) -> list[str]:
        kernel = next(d.kernel for d in DTYPES.values() if d.number == self.dtype)
        lines = [f"dtype: DT_{kernel.upper()}", *_block("tensor_shape", self.tensor_shape)]
        if self.tensor_content:
            lines.append(f'tensor_content: "{_escaped(self.tensor_content)}"')
        for name in _ORDER:
            lines += [f"{name}: {_told(value, name)}" for value in getattr(self, name)]
        return lines


_ORDER = (
    "half_val", "float_val", "double_val", "int_val", "string_val", "scomplex_val", "int64_val", "bool_val",
    "dcomplex_val", "uint32_val", "uint64_val",
)  # fmt: skip


def _block(name: str, message: _Message) -> list[str]:
    return [f"{name} {{", *("  " + line for line in message._lines()), "}"]


def _told(value: Any, field: str) -> str:
    if field == "string_val":
        return f'"{_escaped(value)}"'
    if field == "bool_val":
        return "true" if value else "false"
    if field in ("float_val", "double_val", "scomplex_val", "dcomplex_val"):
        narrow = np.float32(value) if field in ("float_val", "scomplex_val") else np.float64(value)
        text = repr(narrow.item()) if field.startswith("d") else str(narrow)
        return text.removesuffix(".0")
    return str(value)


_ESCAPES = {10: "\\n", 13: "\\r", 9: "\\t", 34: '\\"', 39: "\\'", 92: "\\\\"}


def _escaped(data: bytes) -> str:
    return "".join(_ESCAPES.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in data)


def shape_proto(dims: Any) -> TensorShapeProto:
    """The message for a shape; an unknown dimension has size -1."""
    if dims is None:
        return TensorShapeProto(unknown_rank=True)
    return TensorShapeProto([Dim(-1 if d is None else int(d)) for d in dims])


def make_tensor_proto(
    values: Any,
    dtype: Any = None,
    shape: Any = None,
    verify_shape: bool = False,
    allow_broadcast: bool = False,
) -> TensorProto:
    """Values as a TensorProto."""
    if allow_broadcast and verify_shape:
        raise ValueError("allow_broadcast and verify_shape are not both allowed.")
    if isinstance(values, TensorProto):
        return values
    wanted = as_dtype(dtype) if dtype else None
    array = _array(values, wanted, shape)
    found = from_numpy(array.dtype)
    if found is None:
        raise TypeError(f"Unrecognized data type: {array.dtype}.")
    if wanted is not None and wanted is not found:
        raise TypeError(f"`dtype` {wanted} is not compatible with {values} of dtype {array.dtype}.")
    dims = list(array.shape) if shape is None else [int(d) for d in shape]
    size = int(np.prod(dims, dtype=np.int64))
    _check_shape(array, dims, size, shape is not None, verify_shape, allow_broadcast)
    proto = TensorProto(found.number, shape_proto(dims))
    if size == array.size and size > 1 and found.name in _IN_ONE_PIECE:
        proto.tensor_content = array.tobytes()
    else:
        getattr(proto, _FIELDS[found.name]).extend(_fields(array, found, values))
    return proto


def _array(values: Any, wanted: DType | None, shape: Any) -> np.ndarray:
    if not isinstance(values, np.ndarray | np.generic) and hasattr(values, "__array__"):
        values = np.asarray(values)
    if isinstance(values, np.ndarray | np.generic):
        return np.asarray(values if wanted is None else values.astype(wanted.np))
    if values is None:
        raise ValueError("None values not supported.")
    if shape is not None and np.prod(shape, dtype=np.int64) == 0:
        return np.empty(shape, None if wanted is None else wanted.np)
    if wanted is not None:
        _check_kinds(values, wanted)
    array = np.array(values, None if wanted is None else wanted.np)
    if list(array.shape) != (dense := _dense(values)):
        raise ValueError(
            f"Expected values {values} to be a dense tensor with shape {dense}, but got shape {list(array.shape)}."
        )
    if wanted is None and array.dtype == np.float64:
        return array.astype(np.float32)
    if wanted is None and array.dtype == np.int64 and np.array_equal(array.astype(np.int32), array):
        return array.astype(np.int32)
    if array.dtype.kind in "OSU" and any(not isinstance(leaf, str | bytes) for leaf in _leaves(values)):
        raise TypeError(_FAILED.format(values))
    return array


def _dense(values: Any) -> list[int]:
    if not isinstance(values, list | tuple):
        return []
    return [len(values), *_dense(values[0])] if values else [0]


def _leaves(values: Any) -> list[Any]:
    return [leaf for v in values for leaf in _leaves(v)] if isinstance(values, list | tuple) else [values]


def _check_kinds(values: Any, wanted: DType) -> None:
    if wanted.is_integer:
        allowed: tuple[type, ...] = (int, np.integer)
    elif wanted.is_floating:
        allowed = (int, float, np.integer, np.floating)
    elif wanted.is_complex:
        allowed = (int, float, complex, np.number)
    elif wanted.is_bool:
        allowed = (bool, np.bool_)
    else:
        allowed = (str, bytes)
    for leaf in _leaves(values):
        if not isinstance(leaf, allowed):
            raise TypeError(f"Expected {wanted.name}, but got {leaf} of type '{type(leaf).__name__}'.")


def _check_shape(
    array: np.ndarray, dims: list[int], size: int, given: bool, verify: bool, broadcast: bool
) -> None:
    if not given or (broadcast and array.shape in ((), (1,))):
        return
    if (broadcast and array.size != size) or (verify and array.shape != tuple(dims)):
        raise TypeError(f"Expected Tensor's shape: {tuple(dims)}, but got {array.shape}.")
    if array.size > size:
        raise ValueError(f"Too many elements provided. Takes at most {size}, but got {array.size}.")


def _fields(array: np.ndarray, found: DType, values: Any) -> list[Any]:
    flat = array.ravel()
    if found.name == "string":
        texts = flat.tolist()
        if any(not isinstance(text, str | bytes) for text in texts):
            raise TypeError(_FAILED.format(values))
        return [text.encode() if isinstance(text, str) else text for text in texts]
    if _FIELDS[found.name] == "half_val":
        return [int(bits) for bits in flat.view(np.uint16)]
    if found.is_complex:
        return [part for number in flat for part in (number.real.item(), number.imag.item())]
    return flat.tolist()  # type: ignore[no-any-return]


def make_ndarray(tensor: Any) -> np.ndarray:
    """The NumPy array of a TensorProto."""
    shape = [dim.size for dim in tensor.tensor_shape.dim]
    count = int(np.prod(shape, dtype=np.int64))
    dtype = as_dtype(tensor.dtype)
    if dtype.name not in _FIELDS:
        raise TypeError(f"Unsupported tensor type: {tensor.dtype}. See https://www.tensorflow.org/api_docs/python/tf/dtypes "
                        "for supported TF dtypes.")  # fmt: skip
    if tensor.tensor_content:
        return np.frombuffer(tensor.tensor_content, dtype.np).copy().reshape(shape)
    values = list(getattr(tensor, _FIELDS[dtype.name]))
    if dtype.name == "string":
        made = np.empty(count, object)
        made[:] = values + [values[-1] if values else b""] * (count - len(values))
        return made.reshape(shape)
    flat = np.array(values, np.uint16 if _FIELDS[dtype.name] == "half_val" else None)
    if dtype.is_complex:
        flat = flat[0::2] + 1j * flat[1::2] if values else flat
    found = flat.view(dtype.np) if _FIELDS[dtype.name] == "half_val" else flat.astype(dtype.np)
    if not len(found):
        return np.zeros(shape, dtype.np)
    return np.pad(found, (0, count - len(found)), "edge").reshape(shape)


for _class in (Dim, TensorShapeProto, TensorProto):
    _class.__module__ = "tensorflow.core.framework.tensor_pb2"
