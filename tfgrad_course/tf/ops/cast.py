"""Changing dtypes, passing values on, and complex numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, constant, linear, missing, pointwise, rule, traced
from tfgrad_course.tf._dtypes import (
    COMPLEX,
    MOVED,
    NUMBERS,
    as_dtype,
    bool_,
    complex64,
    complex128,
    float32,
    float64,
    string,
)
from tfgrad_course.tf._errors import UnimplementedError, kernel_text
from tfgrad_course.tf._log import warn_first
from tfgrad_course.tf._slices import IndexedSlices

_REAL_PART = {complex64: float32, complex128: float64}


def _astype(x: Any, dtype: Any) -> Any:
    if x.dtype.kind == "c" and not dtype.is_complex:
        x = x.real
    return x.astype(dtype.np)


cast_to = linear(
    "cast", _astype, lambda F, g, z, x, dtype: F.like(g, x),
    dtypes=(*NUMBERS, bool_), op="Cast", attrs=True, result=lambda d, dtype: dtype,
    sample=[(0.3, float64)], doc="x in another dtype.",
)  # fmt: skip


@composite("cast dtypes.cast")
def cast_(x: Any, dtype: Any, name: str | None = None) -> Any:
    """Casts a tensor to a new type."""
    wanted = as_dtype(dtype)
    if isinstance(x, IndexedSlices):
        return IndexedSlices(cast_(x.values, wanted), x.indices, x.dense_shape)
    if hasattr(x, "_mapped"):
        return x._mapped(cast_, wanted)
    x = convert(x)
    if x.dtype is wanted:
        return x
    if string in (x.dtype, wanted):
        raise UnimplementedError(
            None, None, kernel_text("Cast", f"Cast {x.dtype.kernel} to {wanted.kernel} is not supported")
        )
    if x.dtype.is_complex and wanted.is_floating:
        warn_first(
            f"You are casting an input of type {x.dtype.name} to an incompatible dtype {wanted.name}.  This will "
            "discard the imaginary part and may not be what you intended.", 1,
        )  # fmt: skip
    return cast_to(x, wanted)


traced.cast = cast_to

identity_ = linear(
    "identity", lambda x: x, lambda F, g, z, x: g, dtypes=MOVED, op="Identity", args="input",
    sample=[0.3], doc="The same value in a tensor of its own.",
)  # fmt: skip

guarantee_const = rule(
    "guarantee_const", lambda x: x, missing("GuaranteeConst"), dtypes=MOVED, op="GuaranteeConst", args="input",
    names="guarantee_const", batched=False, doc="The same value, promised to be constant.",
)  # fmt: skip

stop_gradient = constant(
    "stop_gradient", lambda x: x, dtypes=MOVED, op="StopGradient", args="input",
    doc="The same value, through which no gradient goes.",
)  # fmt: skip


def _through_slices(row: Any) -> Any:
    """The operation on tensors, and on the values of IndexedSlices."""

    def call(input: Any, name: str | None = None) -> Any:
        if type(input) is IndexedSlices:
            return IndexedSlices(row(input.values), row(input.indices), input.dense_shape)
        return input._mapped(call) if hasattr(input, "_mapped") else row(input)

    call.__name__, call.__doc__ = row.__name__, row.__doc__
    return call


identity = composite("identity")(_through_slices(identity_))
stop_gradient_ = composite("stop_gradient")(_through_slices(stop_gradient))


def _conjugate(x: Any) -> Any:
    return np.conjugate(x)


conj_row = linear(
    "conj_complex", _conjugate, lambda F, g, z, x: F.conj(g), dtypes=COMPLEX, op="Conj", doc="The complex conjugate.",
)  # fmt: skip


@composite("math.conj")
def conj(x: Any, name: str | None = None) -> Any:
    """The complex conjugate; real numbers as they are."""
    x = convert(x)
    if not x.dtype.is_numeric:
        raise TypeError(f"Expected numeric or variant tensor, got dtype {x.dtype!r}.")
    return conj_row(x) if x.dtype.is_complex else x


real_row = linear(
    "real_part", lambda x: x.real.copy() if x.shape else x.real, lambda F, g, z, x: F.like(g, x),
    dtypes=COMPLEX, op="Real", result=_REAL_PART, doc="The real part.",
)  # fmt: skip

imag_row = linear(
    "imag_part", lambda x: x.imag.copy() if x.shape else x.imag, lambda F, g, z, x: F.like(g, x) * 1j,
    dtypes=COMPLEX, op="Imag", result=_REAL_PART, doc="The imaginary part.",
)  # fmt: skip

angle_row = pointwise(
    "angle_complex", np.angle,
    lambda F, g, z, x: F.like(-g, x) / (F.conj(x) * 1j),
    dtypes=COMPLEX, op="Angle", result=_REAL_PART, doc="The angle of a complex number.",
)  # fmt: skip


@composite("math.real")
def real(input: Any, name: str | None = None) -> Any:
    """The real part."""
    x = convert(input)
    if not x.dtype.is_numeric:
        raise TypeError(f"input must be a numeric tensor, but got tensor with dtype {x.dtype}")
    return real_row(x) if x.dtype.is_complex else x


@composite("math.imag")
def imag(input: Any, name: str | None = None) -> Any:
    """The imaginary part; zeros for real numbers."""
    x = convert(input)
    return imag_row(x) if x.dtype.is_complex else traced.zeros_like(x)


@composite("math.angle")
def angle(input: Any, name: str | None = None) -> Any:
    """The angle of a complex number; 0 or pi for a real one."""
    x = convert(input)
    if x.dtype.is_complex:
        return angle_row(x)
    return traced.select(x < 0, np.pi * traced.ones_like(x), traced.zeros_like(x))


def _no_complex(real: Any, imag: Any) -> Any:
    raise TypeError(
        f"The `real` and `imag` components have incorrect types: {real.dtype.name} {imag.dtype.name}. They must be consistent, "
        "and one of [tf.float32, tf.float64]"
    )


complex_row = pointwise(
    "make_complex", lambda x, y: x + 1j * y if x.dtype != np.float32 else (x + np.complex64(1j) * y),
    lambda F, g, z, x, y: F.real_part(g), lambda F, g, z, x, y: F.imag_part(g),
    dtypes=(float32, float64), op="Complex", result={float32: complex64, float64: complex128},
    names="complex dtypes.complex", args="real imag", fallback=_no_complex, doc="real + imag j.",
)  # fmt: skip
