"""Fourier transforms over the last axes: linear operations whose gradients are transforms too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._declare import composite, linear, rule, traced
from tfgrad_course.tf._dtypes import COMPLEX, complex64, complex128, float32, float64, int32
from tfgrad_course.tf._errors import invalid, not_allowed
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable


def _kernel(function: Callable[..., Any], axes: tuple[int, ...]) -> Callable[[Any], Any]:
    return lambda x: function(x, axes=axes).astype(x.dtype) if x.size else x


def _pair(forward: str, backward: str, n: int) -> None:
    """fft and ifft of n axes: each one's transpose is the other, scaled by the number of entries."""
    axes = tuple(range(-n, 0))
    size = lambda F, x: float(np.prod(tuple(F.shape(x))[-n:]))
    for name, function, vjp in (
        (forward, np.fft.fftn, lambda F, g, z, x: getattr(F, backward)(g) * size(F, x)),
        (backward, np.fft.ifftn, lambda F, g, z, x: getattr(F, forward)(g) / size(F, x)),
    ):
        linear(
            name,
            _kernel(function, axes),
            vjp,
            dtypes=COMPLEX,
            op=name.upper(),
            doc=f"A transform over {n} axes.",
        )
        _publish(name, n)


def _publish(name: str, n: int) -> None:
    def transform(input: Any, name: Any = None) -> Any:
        x = _complex_input(input)
        if not x.dtype.is_complex:
            raise not_allowed(op, x.dtype.kernel, ["complex64", "complex128"], "Tcomplex")
        if x.shape.rank < n:
            raise invalid(op, f"Input must have rank of at least {n} but got: {_told(x)}")
        return getattr(traced, key)(x)

    key, op = name, name.upper()
    inverse = "inverse of the " if name.startswith("i") else ""
    transform.__doc__ = f"The {inverse}discrete Fourier transform over the last {n} axes."
    kept = traced.__dict__[name]
    composite(f"signal.{name}")(transform)
    traced.__dict__[name] = kept


def _complex_input(value: Any) -> Any:
    """Arrays become complex64, as in TensorFlow; Python's complex numbers stay wide."""
    x = convert(value)
    narrow = not isinstance(value, EagerTensor | Variable | list | tuple) or not x.dtype.is_complex
    return tf.cast(x, complex64) if narrow and not isinstance(value, EagerTensor | Variable) else x


def _told(x: Any) -> str:
    return "[" + ",".join(map(str, x.shape)) + "]"


_pair("fft", "ifft", 1)
_pair("fft2d", "ifft2d", 2)
_pair("fft3d", "ifft3d", 3)


def _lengths(given: Any, n: int, op: str) -> list[int] | None:
    """The lengths asked for as numbers."""
    if given is None:
        return None
    lengths = convert(given, int32)
    if not lengths.shape.rank:
        raise TypeError("'numpy.int32' object is not iterable")
    if lengths.shape.as_list() != [n]:
        raise invalid(op, f"fft_length must have shape [{n}]")
    wanted = [int(v) for v in lengths._numpy()]
    for i, length in enumerate(wanted):
        if length < 0:
            raise invalid(op, f"fft_length[{i}] must >= 0, but got: {length}")
    return wanted


def _of_kind(x: Any, op: str, kinds: Any) -> Any:
    if x.dtype not in kinds:
        raise ValueError(
            f"{op} requires {kinds[0]!r} or {kinds[1]!r} inputs, got: {x!s}".replace(
                "<dtype: '", "tf."
            ).replace("'>", "")
        )
    return x


def _fitted(x: Any, lengths: Any, n: int) -> Any:
    """Cropped or padded with zeros to the lengths asked for."""
    if lengths is None:
        return x
    have = x.shape.as_list()
    begin, size, pads = [0] * len(have), list(have), [[0, 0] for _ in have]
    for axis, length in zip(range(-n, 0), lengths, strict=True):
        size[axis] = min(have[axis], length)
        pads[axis][1] = max(length - have[axis], 0)
    return tf.pad(tf.slice(x, begin, size), pads)


def _of_rank(x: Any, n: int) -> Any:
    if x.shape.rank < n:
        raise ValueError(f"Shape {x.shape} must have rank at least {n}")
    return x


def _no_slope(F: Any, g: Any, z: Any, x: Any, op: str) -> Any:
    raise LookupError(f"gradient registry has no entry for: {op}")


unsloped = rule(
    "unsloped", lambda x, op: x, _no_slope, inputs=1, attrs=True, batched=False,
    dtypes=(float32, float64, *COMPLEX), op="Identity", doc="The same value, where TensorFlow has no gradient.",
)  # fmt: skip


def _ended(x: Any, op: str, n: int) -> Any:
    return unsloped(x, op) if n == 3 else x


def _real(n: int) -> None:
    full, inverse = ("fft", "ifft") if n == 1 else (f"fft{n}d", f"ifft{n}d")
    suffix = "" if n == 1 else f"{n}d"

    def rfft(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Any:
        given = convert_to_tensor(input_tensor, dtype_hint=float32)
        x = _of_kind(_of_rank(given, n), "RFFT", (float32, float64))
        x = _fitted(x, _lengths(fft_length, n, f"RFFT{suffix.upper()}"), n)
        kind = complex128 if x.dtype is float64 else complex64
        spectrum = getattr(traced, full)(tf.cast(x, kind))
        size = spectrum.shape.as_list()
        size[-1] = size[-1] and size[-1] // 2 + 1
        return _ended(tf.slice(spectrum, [0] * len(size), size), f"RFFT{suffix.upper()}", n)

    def irfft(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Any:
        x = _of_kind(_of_rank(_complex_input(input_tensor), n), "IRFFT", (complex64, complex128))
        have = x.shape.as_list()
        usual = [*have[len(have) - n : -1], max(2 * (have[-1] - 1), 0)]
        lengths = _lengths(fft_length, n, f"IRFFT{suffix.upper()}") or usual
        if 0 in lengths:
            kind = float64 if x.dtype is complex128 else float32
            return tf.zeros([*have[: len(have) - n], *lengths], kind)
        half = lengths[-1] // 2 + 1
        x = _fitted(x, [*lengths[:-1], half], n)
        rest = np.arange(1, lengths[-1] - half + 1)[::-1]
        if rest.size:
            mirrored = tf.gather(x, rest.astype(np.int32), axis=-1)
            for axis in range(-n, -1):
                order = -np.arange(lengths[axis]) % lengths[axis]
                mirrored = tf.gather(mirrored, order.astype(np.int32), axis=axis)
            x = tf.concat([x, tf.math.conj(mirrored)], -1)
        return _ended(tf.math.real(getattr(traced, inverse)(x)), f"IRFFT{suffix.upper()}", n)

    rfft.__doc__ = f"Transform of real numbers over {n} axes: the half that is not mirrored."
    irfft.__doc__ = f"Real numbers back from half a transform over {n} axes."
    composite(f"signal.rfft{suffix}")(rfft)
    composite(f"signal.irfft{suffix}")(irfft)


for _n in (1, 2, 3):
    _real(_n)


def _shifted(x: Any, axes: Any, way: int) -> Any:
    # The identity makes the gradient dense, as that of TensorFlow's roll.
    x = tf.identity(convert(x))
    chosen = range(x.shape.rank) if axes is None else [axes] if isinstance(axes, int) else list(axes)
    sizes = [x.shape[axis] for axis in chosen]
    steps = [way * (size // 2) if way > 0 else -(size // 2) for size in sizes]
    return tf.roll(x, steps, list(chosen))


@composite("signal.fftshift")
def fftshift(x: Any, axes: Any = None, name: Any = None) -> Any:
    """Frequency 0 in the middle."""
    return _shifted(x, axes, 1)


@composite("signal.ifftshift")
def ifftshift(x: Any, axes: Any = None, name: Any = None) -> Any:
    """Frequency 0 in front again."""
    return _shifted(x, axes, -1)
