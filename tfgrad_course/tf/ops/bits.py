"""Numbers seen as their bits, or as the nearest ones another dtype can hold."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import composite, pointwise
from tfgrad_course.tf._dtypes import COMPLEX, FLOATS, INTEGERS, as_dtype, float32, float64
from tfgrad_course.tf._errors import invalid, not_allowed
from tfgrad_course.tf._log import LOGGER
from tfgrad_course.tf._tensor import tensor

_BITS = FLOATS + INTEGERS + COMPLEX
_QUANTIZED = ("qint8", "quint8", "qint16", "quint16", "qint32")


@composite("bitcast", sample=[(1.0, "int32")])
def bitcast(input: Any, type: Any, name: Any = None) -> Any:
    """The same bits read as another dtype; a smaller one adds an axis, a larger one takes the last away."""
    x, wanted = convert(input), as_dtype(type)
    for attr, kind in (("T", x.dtype), ("type", wanted)):
        if kind not in _BITS and kind.name not in _QUANTIZED:
            allowed = "bfloat16 half float double int64 int32 uint8 uint16 uint32 uint64 int8 int16 complex64 complex128"
            raise not_allowed("Bitcast", kind.kernel, [*allowed.split(), *_QUANTIZED], attr)
    have, size = x.dtype.size, wanted.size
    array = np.ascontiguousarray(x._v)
    if size == have:
        made = array.view(wanted.np).reshape(x._v.shape)
    elif size < have:
        made = array.reshape(*x._v.shape, 1).view(wanted.np)
    else:
        if not x._v.shape or x._v.shape[-1] * have != size:
            raise invalid("Bitcast", f"Cannot bitcast from {x.dtype.number} to {wanted.number}")
        made = array.view(wanted.np)[..., 0]
    return tensor(made.copy() if made.shape else made[()], wanted)


@composite("saturate_cast dtypes.saturate_cast", sample=[((300.0, -5.0), "uint8")])
def saturate_cast(value: Any, dtype: Any, name: Any = None) -> Any:
    """A cast that gives the nearest number the dtype can hold."""
    x, wanted = convert(value), as_dtype(dtype)
    if x.dtype.is_complex:
        if wanted.is_complex:
            return tf.complex(
                saturate_cast(tf.math.real(x), wanted.real_dtype),
                saturate_cast(tf.math.imag(x), wanted.real_dtype),
            )
        LOGGER.warning("Casting complex to real discards imaginary part.")
        x = tf.math.real(x)
    for kind in (x.dtype, wanted):
        if kind.is_bool:
            raise TypeError(f"Cannot find minimum value of {kind} with type {kind}.")
    low, high = _within(x.dtype, wanted.real_dtype)
    return tf.cast(tf.clip_by_value(x, tf.constant(low, x.dtype), tf.constant(high, x.dtype)), wanted)


def _within(own: Any, other: Any) -> tuple[Any, Any]:
    """The ends of the range of `own` whose numbers `other` can hold."""
    kind = own.np
    if own.is_integer and (other.is_floating or own is other):
        reach = float(other.max)
        return int(max(own.min, -reach)), int(min(own.max, reach))
    low, high = (kind(max(float(own.min), float(other.min))), kind(min(float(own.max), float(other.max)))) if (
        own.is_floating or other.is_floating
    ) else (max(int(own.min), int(other.min)), min(int(own.max), int(other.max)))  # fmt: skip
    if own.is_integer and not other.is_floating:
        return (int(own.min) if float(low) <= float(own.min) else int(low)), (
            int(own.max) if float(high) >= float(own.max) else int(high)
        )
    if float(low) < float(other.min):
        low = np.nextafter(low, kind(0))
    if float(high) > float(other.max) or (other.is_integer and int(high) > int(other.max)):
        high = np.nextafter(high, kind(0))
    return low, high


next_after = pointwise(
    "next_after", np.nextafter, lambda F, g, z, x, y: g, lambda F, g, z, x, y: F.zeros_like(g),
    dtypes=(float64, float32), op="NextAfter", sample=[(0.7, 2.0)], doc="The next number after x towards y.",
)  # fmt: skip


@composite("math.nextafter", sample=[(0.7, 2.0)])
def nextafter(x1: Any, x2: Any, name: Any = None) -> Any:
    """The next number after x1 in the direction of x2."""
    kind = next((v.dtype for v in (x1, x2) if hasattr(v, "dtype") and hasattr(v, "numpy")), None)
    x = convert(x1, kind or float32)
    return next_after(x, operand(x2, x))
