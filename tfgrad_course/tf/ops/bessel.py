"""Bessel functions and integrals without closed form, by series, recurrences and rules of quadrature that NumPy can do.

The trapezoidal rule is exact to the last digit for smooth periodic integrands and for those that fall off like Gauss's
bell (Trefethen and Weideman 2014): that spares tables of coefficients.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._declare import elementwise
from tfgrad_course.tf._dtypes import FLOATS, float16, float32, float64

_EULER = 0.57721566490153286061
_SAMPLE = [0.7, 2.5]


def by_parts(*pieces: tuple[Callable[[Any], Any], Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """A kernel in double precision out of (where, function) pairs; nan where none applies."""

    def kernel(x: Any) -> Any:
        wide = np.asarray(x, np.float64)
        made = np.full(wide.shape, np.nan)
        with np.errstate(all="ignore"):
            left = np.ones(wide.shape, bool)
            for where, function in pieces:
                here = left & where(wide)
                if here.any():
                    made[here] = function(wide[here])
                left &= ~here
        return made.astype(x.dtype)[()]

    return kernel


def _series(x: Any, count: int, term: Callable[[Any, int], Any], first: Any) -> Any:
    """first + term(first, 1) + term(that, 2) + ..."""
    total = value = first + 0 * x
    for k in range(1, count):
        value = term(value, k)
        total = total + value
    return total


# I and J: means over half a period -------------------------------------------------------------------------

_ANGLES = np.pi * np.arange(61) / 60
_WEIGHTS = np.where((_ANGLES == 0) | (np.arange(61) == 60), 0.5, 1.0) / 60


def _mean(function: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    return lambda x: function(x[:, None], _ANGLES) @ _WEIGHTS


def _hankel(n: int, x: Any, sign: int) -> tuple[Any, Any]:
    """The even and the odd terms of Hankel's expansion for large x, their signs alternating or not."""
    parts = [np.ones_like(x), np.zeros_like(x)]
    term = np.ones_like(x)
    for k in range(1, 30):
        term = term * (4 * n * n - (2 * k - 1) ** 2) / (k * 8 * x)
        parts[k % 2] = parts[k % 2] + term * (1 if sign > 0 else (1, 1, -1, -1)[k % 4])
    return parts[0], parts[1]


def _scaled_i(n: int) -> Callable[[Any], Any]:
    def near(x: Any) -> Any:
        size = np.abs(x)
        value = _mean(lambda r, t: np.exp(r * (np.cos(t) - 1)) * np.cos(n * t))(size)
        return value if n == 0 else np.sign(x) * value

    def far(x: Any) -> Any:
        even, odd = _hankel(n, np.abs(x), 1)
        value = (even - odd) / np.sqrt(2 * np.pi * np.abs(x))
        return value if n == 0 else np.sign(x) * value

    def small(x: Any) -> Any:
        first = np.exp(-np.abs(x)) * (x / 2 if n else 1)
        return _series(x, 12, lambda v, k: v * x * x / (4 * k * (k + n)), first)

    return by_parts(
        (lambda x: np.abs(x) < 1, small), (lambda x: np.abs(x) < 50, near), (lambda x: ~np.isnan(x), far)
    )  # fmt: skip


def _plain_i(n: int) -> Callable[[Any], Any]:
    scaled = _scaled_i(n)
    return lambda x: (scaled(np.asarray(x, np.float64)) * np.exp(np.abs(np.asarray(x, np.float64)))).astype(
        x.dtype
    )[()]


def _j(n: int) -> Callable[[Any], Any]:
    near = _mean(lambda r, t: np.cos(n * t - r * np.sin(t)))

    def far(x: Any) -> Any:
        size = np.abs(x)
        even, odd = _hankel(n, size, -1)
        angle = size - (2 * n + 1) * np.pi / 4
        value = np.sqrt(2 / (np.pi * size)) * (even * np.cos(angle) - odd * np.sin(angle))
        return value if n == 0 else np.sign(x) * value

    def small(x: Any) -> Any:
        return _series(x, 12, lambda v, k: -v * x * x / (4 * k * (k + n)), x / 2 if n else 1.0)

    return by_parts(
        (lambda x: np.abs(x) < 1, small), (lambda x: np.abs(x) < 25, near), (lambda x: ~np.isnan(x), far)
    )  # fmt: skip


# Y: Neumann's series in the J, which go down from a high order ------------------------------------------------


def _downwards(x: Any) -> list[Any]:
    """J_0 ... J_69 by Miller's recurrence."""
    rows = [np.zeros_like(x), np.full_like(x, 1e-290)]
    for k in range(70, 0, -1):
        rows.append(2 * k / x * rows[-1] - rows[-2])
    rows = rows[:0:-1]
    norm = rows[0] + 2 * sum(rows[2::2])
    return [row / norm for row in rows]


def _y_small(n: int, x: Any) -> Any:
    """Powers of x, for x below 3."""
    q = x * x / 4
    harmonic = lambda k: sum(1 / i for i in range(1, k + 1))
    total = 0 * x
    value = 1 + 0 * x
    for k in range(26):
        if k:
            value = value * -q / (k * (k + n))
        total = total + value * (harmonic(k) + harmonic(k + n))
    half = x / 2
    j = _j(n)(x)
    log = 2 / np.pi * (np.log(half) + _EULER) * j
    return log - total / np.pi if n == 0 else log - 2 / (np.pi * x) - half * total / np.pi


def _y_middle(n: int, x: Any) -> Any:
    j = _downwards(x)
    log = np.log(x / 2) + _EULER
    ks = range(1, 32)
    if n == 0:
        return 2 / np.pi * (log * j[0] - 2 * sum((-1) ** k * j[2 * k] / k for k in ks))
    tail = sum((-1) ** k * (2 * k + 1) / (k * (k + 1)) * j[2 * k + 1] for k in ks)
    return 2 / np.pi * ((log - 1) * j[1] - j[0] / x - tail)


def _y_far(n: int, x: Any) -> Any:
    even, odd = _hankel(n, x, -1)
    angle = x - (2 * n + 1) * np.pi / 4
    return np.sqrt(2 / (np.pi * x)) * (even * np.sin(angle) + odd * np.cos(angle))


def _y(n: int) -> Callable[[Any], Any]:
    return by_parts(
        (lambda x: x <= 0, lambda x: -np.inf),
        (lambda x: x < 3, lambda x: _y_small(n, x)),
        (lambda x: x < 25, lambda x: _y_middle(n, x)),
        (lambda x: x < np.inf, lambda x: _y_far(n, x)),
    )


# K: the trapezoidal rule along the hyperbolic cosine --------------------------------------------------------------

_STEPS = 0.1 * np.arange(48)
_STEP_WEIGHTS = np.where(np.arange(48) == 0, 0.5, 1.0) * 0.1


def _k_small(n: int, x: Any) -> Any:
    q = x * x / 4
    harmonic = lambda k: sum(1 / i for i in range(1, k + 1))
    total = 0 * x
    value = 1 + 0 * x
    for k in range(20):
        if k:
            value = value * q / (k * (k + n))
        total = total + value * (harmonic(k) + harmonic(k + n)) / 2
    log = np.log(x / 2) + _EULER
    if n == 0:
        return total - log * _plain_i(0)(x)
    return 1 / x + log * _plain_i(1)(x) - x / 2 * total


def _k(n: int, scaled: bool) -> Callable[[Any], Any]:
    def small(x: Any) -> Any:
        return _k_small(n, x) * (np.exp(x) if scaled else 1)

    def large(x: Any) -> Any:
        inside = np.exp(-x[:, None] * (np.cosh(_STEPS) - 1)) * np.cosh(n * _STEPS)
        return (inside @ _STEP_WEIGHTS) * (1 if scaled else np.exp(-x))

    def far(x: Any) -> Any:
        even, odd = _hankel(n, x, 1)
        return np.sqrt(np.pi / (2 * x)) * (even + odd) * (1 if scaled else np.exp(-x))

    return by_parts(
        (lambda x: x <= 0, lambda x: np.inf), (lambda x: x < 2, small), (lambda x: x < 30, large),
        (lambda x: x <= np.inf, far),
    )  # fmt: skip


_KERNELS = (float16, float32, float64)


def _row(name: str, kernel: Callable[[Any], Any], slope: Any, text: str, alias: str = "") -> Any:
    names = f"math.special.{name}" + (f" math.{name}" if alias else "")
    op = "".join(part.capitalize() for part in name.split("_"))
    dtypes = _KERNELS if name.startswith("bessel") else (float32, float64)
    absent = tuple(d for d in FLOATS if d not in dtypes)
    return elementwise(
        name, kernel, slope, dtypes=dtypes, no_kernel=absent, op=op, names=names, sample=_SAMPLE, doc=text
    )


_row(
    "bessel_i0",
    _plain_i(0),
    lambda F, z, x: F.bessel_i1(x),
    "The modified Bessel function of order 0.",
    "math",
)
_row("bessel_i0e", _scaled_i(0), lambda F, z, x: F.bessel_i1e(x) - F.sign(x) * z, "exp(-|x|) I0(x).", "math")
_row(
    "bessel_i1", _plain_i(1), lambda F, z, x: F.select(x == 0, F.ones_like(x), F.bessel_i0(x) - z / x),
    "The modified Bessel function of order 1.", "math",
)  # fmt: skip
_row(
    "bessel_i1e", _scaled_i(1),
    lambda F, z, x: F.select(
        x == 0, 0.5 * F.ones_like(x), F.bessel_i0e(x) - z * (F.sign(x) + 1 / x)
    ),
    "exp(-|x|) I1(x).", "math",
)  # fmt: skip
_row(
    "bessel_k0",
    _k(0, False),
    lambda F, z, x: -F.bessel_k1(x),
    "The modified Bessel function of the second kind, order 0.",
)
_row("bessel_k0e", _k(0, True), lambda F, z, x: z - F.bessel_k1e(x), "exp(x) K0(x).")
_row(
    "bessel_k1", _k(1, False), lambda F, z, x: -F.bessel_k0(x) - z / x,
    "The modified Bessel function of the second kind, order 1.",
)  # fmt: skip
_row("bessel_k1e", _k(1, True), lambda F, z, x: z * (1 - 1 / x) - F.bessel_k0e(x), "exp(x) K1(x).")
_row("bessel_j0", _j(0), lambda F, z, x: -F.bessel_j1(x), "The Bessel function of order 0.")
_row(
    "bessel_j1", _j(1), lambda F, z, x: F.select(x == 0, 0.5 * F.ones_like(x), F.bessel_j0(x) - z / x),
    "The Bessel function of order 1.",
)  # fmt: skip
_row("bessel_y0", _y(0), lambda F, z, x: -F.bessel_y1(x), "The Bessel function of the second kind, order 0.")
_row(
    "bessel_y1",
    _y(1),
    lambda F, z, x: F.bessel_y0(x) - z / x,
    "The Bessel function of the second kind, order 1.",
)


# Integrals --------------------------------------------------------------------------------------------------


def _dawson(x: Any) -> Any:
    """Rybicki's sum over odd multiples of a step, moved to where x is."""
    h, odd = 0.2, np.arange(-35, 36, 2)
    nearest = 2 * np.round(x / (2 * h))
    gap = x - nearest * h
    return (np.exp(-((gap[:, None] - odd * h) ** 2)) / (odd + nearest[:, None])).sum(-1) / np.sqrt(np.pi)


_dawson_kernel = by_parts(
    (lambda x: np.abs(x) < 0.2, lambda x: _series(x, 14, lambda v, k: -v * 2 * x * x / (2 * k + 1), x)),
    (lambda x: np.abs(x) < 1e6, _dawson),
    (lambda x: np.isinf(x), lambda x: 0 / np.sign(x)),
    (lambda x: ~np.isnan(x), lambda x: 0.5 / x),
)
_row("dawsn", _dawson_kernel, lambda F, z, x: 1 - 2 * x * z, "Dawson's integral.")


def _ei_series(x: Any) -> Any:
    total, value = 0 * x, 1 + 0 * x
    for k in range(1, 140):
        value = value * x / k
        total = total + value / k
    return _EULER + np.log(x) + total


_expint_kernel = by_parts(
    (lambda x: x == 0, lambda x: -np.inf),
    (lambda x: (x > 0) & (x < 40), _ei_series),
    (
        lambda x: (x >= 40) & (x < np.inf),
        lambda x: np.exp(x) / x * _series(1 / x, 30, lambda v, k: v * k / x, 1.0),
    ),
)
_row("expint", _expint_kernel, lambda F, z, x: F.exp(x) / x, "The exponential integral Ei.")

_BELL = 0.15 * np.arange(40)
_BELL_WEIGHTS = np.where(np.arange(40) == 0, 0.5, 1.0) * 0.15 * np.exp(-np.pi * _BELL**2 / 2)


def _fresnel_small(x: Any, sine: bool) -> Any:
    square = (np.pi * x * x / 2) ** 2
    total, value = 0 * x, (np.pi * x**3 / 2 if sine else x)
    for k in range(24):
        total = total + value / (4 * k + (3 if sine else 1))
        value = value * -square / ((2 * k + 1 + sine) * (2 * k + 2 + sine))
    return total


def _fresnel_large(x: Any, sine: bool) -> Any:
    size = np.abs(x)
    ratio = _BELL / size[:, None]
    f = np.sqrt(2) / (np.pi * size) * (_BELL_WEIGHTS / (ratio**4 + 1)).sum(-1)
    g = np.sqrt(2) / (np.pi * size) * (_BELL_WEIGHTS * ratio**2 / (ratio**4 + 1)).sum(-1)
    # The angle pi x^2 / 2, its whole turns taken away before x^2 is rounded to them.
    angle = np.pi / 2 * np.mod(size * size, 4)
    value = (
        0.5 - f * np.cos(angle) - g * np.sin(angle) if sine else 0.5 + f * np.sin(angle) - g * np.cos(angle)
    )
    return np.sign(x) * value


def _fresnel(sine: bool) -> Callable[[Any], Any]:
    return by_parts(
        (lambda x: np.abs(x) < 1.6, lambda x: _fresnel_small(x, sine)),
        (lambda x: np.abs(x) < 1e8, lambda x: _fresnel_large(x, sine)),
        (lambda x: ~np.isnan(x), lambda x: 0.5 * np.sign(x)),
    )


_row(
    "fresnel_cos",
    _fresnel(False),
    lambda F, z, x: F.cos(np.pi / 2 * F.square(x)),
    "Fresnel's cosine integral.",
)
_row(
    "fresnel_sin", _fresnel(True), lambda F, z, x: F.sin(np.pi / 2 * F.square(x)), "Fresnel's sine integral."
)


def _dilog(x: Any) -> Any:
    """The integral of log(t) / (1 - t) from 1 to x, for x between 1/2 and 3/2."""
    w = 1 - x
    total, power = 0 * x, 1 + 0 * x
    for k in range(1, 56):
        power = power * w
        total = total + power / (k * k)
    return total


def _dilog_below(x: Any) -> Any:
    product = np.where(x == 0, 0, np.log(np.where(x == 0, 1, x)) * np.log1p(-x))
    return np.pi**2 / 6 - product - _dilog(1 - x)


def _dilog_above(x: Any) -> Any:
    y = 1 / x
    inner = np.where(y >= 0.5, _dilog(np.maximum(y, 0.5)), _dilog_below(np.minimum(y, 0.5)))
    return -0.5 * np.log(x) ** 2 - inner


_spence_kernel = by_parts(
    (lambda x: (x >= 0) & (x < 0.5), _dilog_below), (lambda x: (x >= 0.5) & (x <= 1.5), _dilog),
    (lambda x: (x > 1.5) & (x < np.inf), _dilog_above),
)  # fmt: skip
_row(
    "spence", _spence_kernel, lambda F, z, x: F.select(x == 1, -F.ones_like(x), F.log(x) / (1 - x)),
    "Spence's function, the dilogarithm of 1 - x.",
)  # fmt: skip
