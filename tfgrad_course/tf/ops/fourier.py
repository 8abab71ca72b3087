"""Fourier transforms over the last axes: linear operations whose gradients are transforms too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, linear, traced
from tfgrad_course.tf._dtypes import COMPLEX, complex64, complex128


def _kernel(function: Callable[..., Any], axes: tuple[int, ...]) -> Callable[[Any], Any]:
    return lambda x: function(x, axes=axes).astype(x.dtype)


def _pair(forward: str, backward: str, n: int) -> None:
    """fft and ifft of n axes: each one's transpose is the other, scaled by the number of entries."""
    axes = tuple(range(-n, 0))
    size = lambda F, x: float(np.prod(tuple(F.shape(x))[-n:]))
    linear(
        forward, _kernel(np.fft.fftn, axes), lambda F, g, z, x: getattr(F, backward)(g) * size(F, x),
        dtypes=COMPLEX, op=forward.upper(), names=f"signal.{forward}", doc=f"Discrete Fourier transform over {n} axes.",
    )  # fmt: skip
    linear(
        backward, _kernel(np.fft.ifftn, axes), lambda F, g, z, x: getattr(F, forward)(g) / size(F, x),
        dtypes=COMPLEX, op=backward.upper(), names=f"signal.{backward}", doc=f"Inverse transform over {n} axes.",
    )  # fmt: skip


_pair("fft", "ifft", 1)
_pair("fft2d", "ifft2d", 2)
_pair("fft3d", "ifft3d", 3)


def _fitted(x: Any, lengths: Any, n: int) -> Any:
    """Cropped or padded with zeros to the lengths asked for."""
    if lengths is None:
        return x
    wanted = [
        int(v) for v in np.asarray(lengths.numpy() if hasattr(lengths, "numpy") else lengths).reshape(-1)
    ]
    have = x.shape.as_list()
    begin, size, pads = [0] * len(have), list(have), [[0, 0] for _ in have]
    for axis, length in zip(range(-n, 0), wanted, strict=True):
        size[axis] = min(have[axis], length)
        pads[axis][1] = max(length - have[axis], 0)
    return tf.pad(tf.slice(x, begin, size), pads)


def _real(n: int) -> None:
    full, inverse = ("fft", "ifft") if n == 1 else (f"fft{n}d", f"ifft{n}d")
    suffix = "" if n == 1 else f"{n}d"

    def rfft(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Any:
        x = _fitted(convert(input_tensor), fft_length, n)
        kind = complex128 if x.dtype.name == "float64" else complex64
        spectrum = getattr(traced, full)(tf.cast(x, kind))
        size = spectrum.shape.as_list()
        size[-1] = size[-1] // 2 + 1
        return tf.slice(spectrum, [0] * len(size), size)

    def irfft(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Any:
        x = convert(input_tensor)
        have = x.shape.as_list()
        if fft_length is None:
            lengths = [*have[len(have) - n : -1], 2 * (have[-1] - 1)]
        else:
            given = fft_length.numpy() if hasattr(fft_length, "numpy") else fft_length
            lengths = [int(v) for v in np.asarray(given).reshape(-1)]
        half = lengths[-1] // 2 + 1
        x = _fitted(x, [*lengths[:-1], half], n)
        rest = np.arange(1, lengths[-1] - half + 1)[::-1]
        if rest.size:
            mirrored = tf.gather(x, rest.astype(np.int32), axis=-1)
            for axis in range(-n, -1):
                order = -np.arange(lengths[axis]) % lengths[axis]
                mirrored = tf.gather(mirrored, order.astype(np.int32), axis=axis)
            x = tf.concat([x, tf.math.conj(mirrored)], -1)
        return tf.math.real(getattr(traced, inverse)(x))

    rfft.__doc__ = f"Transform of real numbers over {n} axes: the half that is not mirrored."
    irfft.__doc__ = f"Real numbers back from half a transform over {n} axes."
    composite(f"signal.rfft{suffix}")(rfft)
    composite(f"signal.irfft{suffix}")(irfft)


for _n in (1, 2, 3):
    _real(_n)


def _shifted(x: Any, axes: Any, way: int) -> Any:
    x = convert(x)
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
