"""TensorFlow's dtypes as singletons: kernels compare them with `is`, never by what NumPy calls them."""

from __future__ import annotations

from typing import Any

import numpy as np

_NUMBERS = {
    "float32": 1,
    "float64": 2,
    "int32": 3,
    "uint8": 4,
    "int16": 5,
    "int8": 6,
    "string": 7,
    "complex64": 8,
    "int64": 9,
    "bool": 10,
    "qint8": 11,
    "quint8": 12,
    "qint32": 13,
    "bfloat16": 14,
    "qint16": 15,
    "quint16": 16,
    "uint16": 17,
    "complex128": 18,
    "float16": 19,
    "resource": 20,
    "variant": 21,
    "uint32": 22,
    "uint64": 23,
    "float8_e5m2": 24,
    "float8_e4m3fn": 25,
    "int4": 29,
    "uint4": 30,
}
_KERNEL_WORDS = {"float32": "float", "float64": "double", "float16": "half"}
_FROM_ML_DTYPES = {"bfloat16", "float8_e5m2", "float8_e4m3fn", "int4", "uint4"}
_SMALL_QUANTIZED = {
    "qint8": "int8",
    "quint8": "uint8",
    "qint16": "int16",
    "quint16": "uint16",
    "qint32": "int32",
}


# NumPy's own dtypes have no greater number. Beyond it is bfloat16, too narrow to add up in: 256 + 1 would be 256.
NUMPYS_OWN = 255


class DType:
    """The type of a tensor's elements."""

    __module__ = "tensorflow.python.framework.dtypes"
    __slots__ = (
        "_np",
        "is_complex",
        "is_floating",
        "is_integer",
        "kernel",
        "name",
        "number",
        "scalar",
        "small",
        "trainable",
    )

    def __new__(cls, type_enum: Any) -> DType:
        """The dtype of a number; there is one object each."""
        found = _BY_NUMBER.get(int(type_enum))
        if found is None:
            raise TypeError(f"{type_enum} does not correspond to a valid tensorflow::DataType")
        return found

    def _named(self, name: str) -> DType:
        self.name, self.number = name, _NUMBERS[name]
        self.kernel = _KERNEL_WORDS.get(name, name)
        self.is_complex = name.startswith("complex")
        self.is_floating = name.startswith(("float", "bfloat"))
        self.is_integer = name.startswith(("int", "uint"))
        self.trainable = self.is_complex or self.is_floating
        self._np: Any = None if name in _FROM_ML_DTYPES else _numpy_type(name)
        # Python numbers beside floats are the commonest inputs: `scalar` makes their value, `small` keeps their tensors.
        self.scalar: Any = self._np or self._first
        self.small: dict[float, Any] = {}
        return self

    @property
    def np(self) -> Any:
        """The NumPy scalar class; bfloat16 and its like come from ml_dtypes, imported at first use."""
        if self._np is None:
            try:
                import ml_dtypes
            except ImportError:
                raise NotImplementedError(
                    f"tf.{self.name} needs the package ml_dtypes (pip install ml_dtypes)"
                ) from None
            self._np = getattr(ml_dtypes, self.name)
        return self._np

    def _first(self, value: Any) -> Any:
        self.scalar = self.np
        return self.scalar(value)

    @property
    def as_numpy_dtype(self) -> Any:
        """The NumPy scalar class of this dtype; quantized integers have a dtype of one field."""
        if self.is_quantized:
            return np.dtype([(self.name, self.np)])
        return object if self.name == "string" else self.np

    @property
    def as_datatype_enum(self) -> int:
        """TensorFlow's number for it."""
        return self.number

    @property
    def base_dtype(self) -> DType:
        """Itself: there are no reference dtypes in eager execution."""
        return self

    @property
    def real_dtype(self) -> DType:
        """The dtype of the real part."""
        return {"complex64": float32, "complex128": float64}.get(self.name, self)

    @property
    def is_bool(self) -> bool:
        """Whether it is tf.bool."""
        return self.name == "bool"

    @property
    def is_quantized(self) -> bool:
        """Whether it is one of the quantized integers."""
        return self.name in _SMALL_QUANTIZED

    @property
    def is_unsigned(self) -> bool:
        """Whether it is an integer without sign."""
        return self.name.startswith("uint")

    @property
    def is_numeric(self) -> bool:
        """Whether one can compute with it."""
        return self.trainable or self.is_integer

    @property
    def is_numpy_compatible(self) -> bool:
        """Whether NumPy has it."""
        return self.name not in ("resource", "variant")

    @property
    def size(self) -> int:
        """Bytes an element takes."""
        if self.name == "string":
            return 0
        return 1 if self.name in ("resource", "variant") else np.dtype(self.np).itemsize

    @property
    def min(self) -> Any:
        """The smallest number it holds."""
        return self._limit("min")

    @property
    def max(self) -> Any:
        """The largest number it holds."""
        return self._limit("max")

    def _limit(self, end: str) -> Any:
        if not (self.is_floating or self.is_integer):
            word, kind = (
                "minimum" if end == "min" else "maximum",
                "quantized type" if self.is_quantized else "type",
            )
            raise TypeError(f"Cannot find {word} value of {self} with {kind} {self}.")
        if self.name in _FROM_ML_DTYPES:
            import ml_dtypes

            found = ml_dtypes.finfo(self.np) if self.is_floating else ml_dtypes.iinfo(self.np)
            return getattr(found, end)
        return getattr(np.finfo(self.np) if self.is_floating else np.iinfo(self.np), end)

    @property
    def limits(self) -> tuple[Any, Any]:
        """The range used for images."""
        if self.name in ("float32", "float64"):
            return 0, 1
        if self.is_bool:
            return 0, True
        if not self.is_integer:
            raise ValueError(f"{self} does not have defined limits.")
        return 0, self.max

    def is_compatible_with(self, other: Any) -> bool:
        """Whether `other` is the same dtype."""
        return as_dtype(other) is self

    def is_subtype_of(self, other: Any) -> bool:
        """Whether every value of this dtype is one of `other`."""
        return self is other

    def most_specific_common_supertype(self, others: Any) -> DType | None:
        """This dtype if all are alike, else None."""
        return self if all(other is self for other in others) else None

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if other is None or type(other) is DType:
            return False
        try:
            return as_dtype(other) is self
        except TypeError:
            return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    # Sets and dicts of dtypes stand in every operation: the identity hash is the quick one.
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"tf.{self.name}"

    def __str__(self) -> str:
        return f"<dtype: '{self.name}'>"

    def __int__(self) -> int:
        return self.number

    def __reduce__(self) -> tuple[Any, ...]:
        return as_dtype, (self.name,)


def _numpy_type(name: str) -> Any:
    if name in ("string", "resource", "variant"):
        return np.object_
    if name == "bool":
        return np.bool_
    return getattr(np, _SMALL_QUANTIZED.get(name, name))


DTYPES: dict[str, DType] = {name: object.__new__(DType)._named(name) for name in _NUMBERS}
float16, float32, float64, bfloat16 = (DTYPES[n] for n in ("float16", "float32", "float64", "bfloat16"))
complex64, complex128 = DTYPES["complex64"], DTYPES["complex128"]
int8, int16, int32, int64 = (DTYPES[n] for n in ("int8", "int16", "int32", "int64"))
uint8, uint16, uint32, uint64 = (DTYPES[n] for n in ("uint8", "uint16", "uint32", "uint64"))
bool_, string, resource, variant = (DTYPES[n] for n in ("bool", "string", "resource", "variant"))

FLOATS = (bfloat16, float16, float32, float64)
COMPLEX = (complex64, complex128)
SIGNED = (int8, int16, int32, int64)
UNSIGNED = (uint8, uint16, uint32, uint64)
INTEGERS = SIGNED + UNSIGNED
REALS = FLOATS + INTEGERS
NUMBERS = REALS + COMPLEX
ANY = (*NUMBERS, bool_, string)
QUANTIZED = tuple(DTYPES[n] for n in ("qint8", "quint8", "qint32", "qint16", "quint16"))
MOVED = ANY + QUANTIZED

_BY_NUMPY: dict[Any, DType] = {
    np.dtype(d.np): d
    for d in DTYPES.values()
    if d.name not in _FROM_ML_DTYPES and not d.is_quantized and d not in (string, resource, variant)
}
_ALIASES = {"half": float16, "float": float32, "double": float64}
_BY_NUMBER: dict[Any, DType] = {d.number: d for d in DTYPES.values()}


def as_dtype(type_value: Any) -> DType:
    """The dtype meant by a name, a NumPy type, a Python type or a dtype."""
    if type(type_value) is DType:
        return type_value
    if type_value is float:
        return float32
    if type_value is bool:
        return bool_
    if type_value is object:
        return string
    found: DType | None = None
    if isinstance(type_value, str):
        found = DTYPES.get(type_value) or _ALIASES.get(type_value)
    elif isinstance(type_value, (int, float)) and not hasattr(type_value, "dtype"):
        found = _BY_NUMBER.get(type_value)  # (2.0 finds float64, as in TensorFlow)
    elif isinstance(type_value, type):
        found = from_numpy(type_value) if issubclass(type_value, np.generic) else None
    elif type_value is not None:
        kind = getattr(type_value, "dtype", type_value)
        found = from_numpy(kind) if kind is type_value or type(kind) is not DType else None
    if found is None:
        raise TypeError(f"Cannot convert the argument `type_value`: {type_value!r} to a TensorFlow DType.")
    return found


def from_numpy(numpy_type: Any) -> DType | None:
    """The dtype of a NumPy dtype, or None where TensorFlow has none."""
    if type(numpy_type) is DType:
        return numpy_type
    try:
        numpy_type = np.dtype(numpy_type)
    except TypeError:
        return None
    found = _BY_NUMPY.get(numpy_type) or _BY_NUMPY.get(numpy_type.newbyteorder("="))
    if found is not None:
        return found
    if numpy_type.kind in "OSU":
        return string
    if numpy_type.names:
        return DTYPES.get(numpy_type.names[0]) if numpy_type.names[0] in _SMALL_QUANTIZED else None
    return DTYPES.get(numpy_type.name) if numpy_type.name in _FROM_ML_DTYPES else None
