"""The gamma function's family, and the inverses of the error function."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import composite, elementwise, missing, pointwise, rule
from tfgrad_course.tf._dtypes import bfloat16, float16, float32, float64
from tfgrad_course.tf._errors import invalid, mismatch, not_allowed
from tfgrad_course.tf.ops.bessel import by_parts

_HALVES = (float16, float32, float64)
_SAMPLE = [0.7, 2.5]
_PAIRS = [(2.0, 1.5), (0.7, 2.5)]
_FACTORIALS = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12]  # B_2k / 2k


def _by_number(function: Callable[[float], float]) -> Callable[[Any], Any]:
    each = np.frompyfunc(function, 1, 1)
    return lambda x: np.asarray(each(np.asarray(x, np.float64)), np.float64).astype(x.dtype)[()]


def _log_gamma(x: float) -> float:
    if math.isinf(x) or (x <= 0 and x == math.floor(x)):
        return math.inf
    return math.lgamma(x)


def _digamma_positive(x: Any) -> Any:
    shift = 0 * x
    x = x.copy()
    for _ in range(10):
        low = x < 10
        shift[low] -= 1 / x[low]
        x[low] += 1
    square = 1 / (x * x)
    tail, power = 0 * x, square.copy()
    for c in _FACTORIALS:
        tail, power = tail + c * power, power * square
    return shift + np.log(x) - 0.5 / x - tail


def _digamma_negative(x: Any) -> Any:
    # The tangent of pi x by its distance to the nearest pole, so that no digits are lost.
    rest = x - np.rint(x)
    cot = np.where(np.abs(rest) == 0.5, 0, np.pi / np.tan(np.pi * np.where(rest == 0, 0.5, rest)))
    return _digamma_positive(1 - x) - cot


_digamma_kernel = by_parts(
    (lambda x: x == np.inf, lambda x: np.inf),
    (lambda x: x > 0, _digamma_positive),
    (lambda x: (x < 0) & (x != np.floor(x)), _digamma_negative),
)

lgamma = elementwise(
    "lgamma", _by_number(_log_gamma), lambda F, z, x: F.digamma(x),
    dtypes=_HALVES, no_kernel=(bfloat16,), op="Lgamma", names="math.lgamma", sample=_SAMPLE, doc="The logarithm of |gamma(x)|.",
)  # fmt: skip
digamma = elementwise(
    "digamma", _digamma_kernel, lambda F, z, x: F.polygamma(F.ones_like(x), x),
    dtypes=_HALVES, no_kernel=(bfloat16,), op="Digamma", names="math.digamma", sample=_SAMPLE, doc="The slope of lgamma.",
)  # fmt: skip


def wide(function: Callable[..., Any]) -> Callable[..., Any]:
    """A kernel of several inputs: broadcast, in double precision, on flat arrays."""

    def kernel(*inputs: Any) -> Any:
        with np.errstate(all="ignore"):
            arrays = np.broadcast_arrays(*(np.asarray(x, np.float64) for x in inputs))
            made = function(*(a.reshape(-1).copy() for a in arrays))
        return made.reshape(arrays[0].shape).astype(inputs[0].dtype)[()]

    return kernel


_EULER_MACLAURIN = [
    1 / 12,
    -1 / 720,
    1 / 30240,
    -1 / 1209600,
    1 / 47900160,
    -691 / 1307674368000,
    1 / 74724249600,
]  # B_2k / (2k)!


def _zeta(x: Any, q: Any) -> Any:
    """Hurwitz' zeta function by Euler's and Maclaurin's sum after some terms as they are."""
    good = (x > 1) & ((q > 0) | ((x == np.floor(x)) & (q != np.floor(q))))
    safe_x, start = np.where(good, x, 2.0), np.where(good, q, 1.0)
    total, at = 0 * start, start.copy()
    for i in range(int(min(max(12 - np.floor(start[np.isfinite(start)].min(initial=1)), 12), 10000))):
        more = (at < 12) | (i < 1)
        total = total + np.where(more, at ** -np.where(more, safe_x, 1), 0)
        at = at + more
    power = at**-safe_x
    # The sum so far ends before `at`; what follows is an integral, half a term, and corrections.
    tail = at * power / (safe_x - 1) + 0.5 * power
    factor = safe_x * power / at
    for k, c in enumerate(_EULER_MACLAURIN):
        tail = tail + c * factor
        factor = factor * (safe_x + 2 * k + 1) * (safe_x + 2 * k + 2) / (at * at)
    made = np.where(good, total + np.where(np.isnan(tail), 0, tail), np.nan)
    made = np.where((q <= 0) & (q == np.floor(q)) & (x > 1), np.where((x % 2 == 0), np.inf, np.nan), made)
    made = np.where((q == np.inf) & (x > 1), 0.0, made)
    made = np.where((x == 1) | ((x == np.inf) & (q <= 0) & (q == np.floor(q))), np.inf, made)
    return np.where(np.isnan(x) | np.isnan(q), np.nan, made)


zeta = pointwise(
    "zeta", wide(_zeta), None, lambda F, g, z, x, q: g * -x * F.zeta(x + 1, q),
    dtypes=(float32, float64), op="Zeta", names="math.zeta", args="x q", sample=[(2.5, 1.5)],
    doc="Hurwitz' zeta function: the sum of (k + q) ** -x.",
)  # fmt: skip


def _polygamma(n: Any, x: Any) -> Any:
    whole = (n >= 0) & (n == np.floor(n))
    order = np.where(whole, n, 1.0)
    signs = np.where(order % 2 == 1, 1.0, -1.0)
    factorial = np.array(
        [math.gamma(v + 1) if v < 170 else math.inf if v == v else math.nan for v in order.tolist()]
    ).reshape(order.shape)
    made = np.where((n == np.inf) & (x <= 1), np.inf, signs * factorial * _zeta(order + 1, x))
    return np.where(whole, np.where(n == 0, _digamma_kernel(x), made), np.nan)


polygamma = pointwise(
    "polygamma", wide(_polygamma), None, lambda F, g, z, n, x: g * F.polygamma(n + 1, x),
    dtypes=(float32, float64), op="Polygamma", names="math.polygamma", args="a x", sample=[(2.0, 1.5)],
    doc="The derivative of order a of digamma.",
)  # fmt: skip


# Incomplete gamma ------------------------------------------------------------------------------------------


def _power_term(a: Any, x: Any) -> Any:
    """x^a e^-x / gamma(a + 1)."""
    logs = np.array([math.lgamma(v) if 0 < v < math.inf else math.inf for v in (a + 1).tolist()])
    return np.exp(a * np.log(x) - x - logs)


def _lower_series(a: Any, x: Any) -> Any:
    total, term, n = np.ones_like(x), np.ones_like(x), a.copy()
    for _ in range(3000):
        n = n + 1
        term = term * x / n
        total = total + term
        if not (term > total * 1e-17).any():
            break
    return total * _power_term(a, x)


def _upper_fraction(a: Any, x: Any) -> Any:
    """Legendre's continued fraction by Lentz' method."""
    b = x + 1 - a
    c, d = np.full_like(x, 1e300), 1 / b
    h = d
    for i in range(1, 3000):
        an = -i * (i - a)
        b = b + 2
        d = 1 / _nonzero(an * d + b)
        c = _nonzero(b + an / c)
        h = h * d * c
        if not (np.abs(d * c - 1) > 1e-16).any():
            break
    return h * _power_term(a, x) * a


def _nonzero(x: Any) -> Any:
    return np.where(np.abs(x) < 1e-300, 1e-300, x)


def _incomplete(a: Any, x: Any, lower: bool) -> Any:
    made = np.full(a.shape, np.nan)
    usual = (a > 0) & (x > 0) & (a < np.inf) & (x < np.inf)
    series, fraction = usual & ((x <= 1) | (x <= a)), usual & (x > 1) & (x > a)
    if series.any():
        value = _lower_series(a[series], x[series])
        made[series] = value if lower else 1 - value
    if fraction.any():
        value = _upper_fraction(a[fraction], x[fraction])
        made[fraction] = 1 - value if lower else value
    if lower:
        made[x == 0] = 0.0
    else:
        made[(x == 0) & (a > 0)] = 1.0
    made[(x == np.inf) & (a > 0) & (a < np.inf)] = 1.0 if lower else 0.0
    made[(a == np.inf) & (x >= 0)] = 0.0 if lower else 1.0
    if not lower:
        made[(a == np.inf) & (x == np.inf)] = 0.0
    return made


def _lower_slope(a: Any, x: Any) -> Any:
    """The slope of the lower function in a: the series differentiated term by term, or differences of the fraction."""
    made = np.full(a.shape, np.nan)
    usual = (a > 0) & (x > 0) & (a < np.inf) & (x < np.inf)
    series = usual & ((x <= 1) | (x <= a + 25))
    if series.any():
        made[series] = _series_slope(a[series], x[series])
    rest = usual & ~series
    if rest.any():
        made[rest] = _fraction_slope(a[rest], x[rest])
    made[(x == 0) & (a > 0)] = 0.0
    return made


def _series_slope(a: Any, x: Any) -> Any:
    total, slopes = np.ones_like(x), np.zeros_like(x)
    term, slope, n = np.ones_like(x), np.zeros_like(x), a.copy()
    for _ in range(5000):
        n = n + 1
        slope = (slope - term / n) * x / n
        term = term * x / n
        total, slopes = total + term, slopes + slope
        if not (np.abs(slope) > np.abs(slopes) * 1e-17).any():
            break
    return _power_term(a, x) * (total * (np.log(x) - _digamma_kernel(a + 1)) + slopes)


def _fraction_slope(a: Any, x: Any) -> Any:
    step = 1e-3 * np.maximum(a, 1)
    step = np.minimum(step, a / 4)
    f = lambda s: _upper_fraction(a + s * step, x)
    return -(8 * (f(1) - f(-1)) - (f(2) - f(-2))) / (12 * step)


igamma_slope = pointwise(
    "igamma_slope", wide(lambda a, x: np.where(x == 0, 0, _lower_slope(a, x))), missing("IgammaGradA"), missing("IgammaGradA"),
    dtypes=(float32, float64), op="IgammaGradA", doc="The slope of igamma in a.",
)  # fmt: skip


def _igamma_density(F: Any, a: Any, x: Any) -> Any:
    return F.exp(-x + (a - 1) * F.log(x) - F.lgamma(a))


igamma = pointwise(
    "igamma", wide(lambda a, x: _incomplete(a, x, True)),
    lambda F, g, z, a, x: g * F.igamma_slope(a, x), lambda F, g, z, a, x: g * _igamma_density(F, a, x),
    dtypes=(float32, float64), no_kernel=(bfloat16, float16), op="Igamma", names="math.igamma", args="a x", sample=_PAIRS,
    doc="The lower incomplete gamma function over gamma(a).",
)  # fmt: skip
igammac = pointwise(
    "igammac", wide(lambda a, x: _incomplete(a, x, False)),
    lambda F, g, z, a, x: -g * F.igamma_slope(a, x), lambda F, g, z, a, x: -g * _igamma_density(F, a, x),
    dtypes=(float32, float64), no_kernel=(bfloat16, float16), op="Igammac", names="math.igammac", args="a x", sample=_PAIRS,
    doc="The upper incomplete gamma function over gamma(a).",
)  # fmt: skip


# Incomplete beta -------------------------------------------------------------------------------------------


def _beta_fraction(a: Any, b: Any, x: Any) -> Any:
    """Lentz' method; converges quickly where x < (a + 1) / (a + b + 2)."""
    c = np.ones_like(x)
    d = 1 / _nonzero(1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, 2000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _nonzero(1 + step * d)
            c = _nonzero(1 + step / c)
            h = h * d * c
        if not (np.abs(d * c - 1) > 1e-16).any():
            break
    return h


def _betainc(a: Any, b: Any, x: Any) -> Any:
    made = np.full(a.shape, np.nan)
    usual = (a > 0) & (b > 0) & (x > 0) & (x < 1) & (a < np.inf) & (b < np.inf)
    if usual.any():
        p, q, y = a[usual], b[usual], x[usual]
        turn = y > (p + 1) / (p + q + 2)
        p, q, y = np.where(turn, q, p), np.where(turn, p, q), np.where(turn, 1 - y, y)
        logs = np.array(
            [
                math.lgamma(u + v) - math.lgamma(u) - math.lgamma(v)
                for u, v in zip(p.tolist(), q.tolist(), strict=True)
            ]
        )
        value = np.exp(logs + p * np.log(y) + q * np.log1p(-y)) / p * _beta_fraction(p, q, y)
        made[usual] = np.where(turn, 1 - value, value)
    made[(x == 0) & (a > 0) & (b > 0)] = 0.0
    made[(x == 1) & (a > 0) & (b > 0)] = 1.0
    return made


def _beta_density(F: Any, a: Any, b: Any, x: Any) -> Any:
    log_beta = F.lgamma(a) + F.lgamma(b) - F.lgamma(a + b)
    return F.exp(F.xlog1py(b - 1, -x) + F.xlogy(a - 1, x) - log_beta)


betainc_row = rule(
    "betainc", wide(_betainc), None, None, lambda F, g, z, a, b, x: g * _beta_density(F, a, b, x),
    dtypes=(float32, float64), op="Betainc", sample=[(2.0, 3.0, 0.3)], doc="The regularised incomplete beta function.",
)  # fmt: skip


@composite("math.betainc", sample=[(2.0, 3.0, 0.3)])
def betainc(a: Any, b: Any, x: Any, name: Any = None) -> Any:
    """The regularised incomplete beta function."""
    known = next((v for v in (a, b, x) if hasattr(v, "dtype") and hasattr(v, "numpy")), None)
    parts = [operand(v, known) if known is not None else convert(v) for v in (a, b, x)]
    if parts[0].dtype not in (float32, float64):
        raise not_allowed("Betainc", parts[0].dtype.kernel, ["float", "double"])
    for i, part in enumerate(parts):
        if part.dtype is not parts[0].dtype:
            raise mismatch("Betainc", i, parts[0].dtype.kernel, part.dtype.kernel)
    (first, shape), *others = [
        (n, p.shape.as_list()) for n, p in zip("abx", parts, strict=True) if p.shape.rank
    ] or [("a", [])]
    for letter, other in others:
        if other != shape:
            told = f"{shape} vs. {other}".replace(", ", ",")
            raise invalid("Betainc", f"Shapes of {first} and {letter} are inconsistent: {told}")
    return betainc_row(*parts)


@composite("math.lbeta", sample=[((1.5, 2.0),)])
def lbeta(x: Any, name: Any = None) -> Any:
    """The logarithm of |beta(x)|, along the last axis."""
    x = convert(x)
    return tf.reduce_sum(lgamma(x), axis=[-1]) - lgamma(tf.reduce_sum(x, axis=[-1]))


# Inverses of the error function ---------------------------------------------------------------------------


def _quantile(p: float) -> float:
    from statistics import NormalDist

    if 0 < p < 1:
        return _polished(NormalDist().inv_cdf(p), p)
    return -math.inf if p == 0 else math.inf if p == 1 else math.nan


def _polished(z: float, p: float) -> float:
    """One step of Newton's method, by the tail that keeps its digits."""
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    if density == 0:
        return z
    return z - (0.5 * math.erfc(-z / math.sqrt(2)) - p) / density if p < 0.5 else z


def _inverse_erf(y: float) -> float:
    if not -1 < y < 1:
        return math.copysign(math.inf, y) if abs(y) == 1 else math.nan
    if abs(y) > 0.5:
        z = -_quantile((1 - abs(y)) / 2) / math.sqrt(2)
    else:
        z = _quantile((1 + abs(y)) / 2) / math.sqrt(2)
        for _ in range(2):
            z -= (math.erf(z) - abs(y)) * math.sqrt(math.pi) / 2 * math.exp(z * z)
    return math.copysign(z, y)


erfinv = elementwise(
    "erfinv", _by_number(_inverse_erf), lambda F, z, x: math.sqrt(math.pi) / 2 * F.exp(F.square(z)),
    dtypes=(float32, float64), no_kernel=(bfloat16, float16), op="Erfinv", names="math.erfinv", sample=[0.3, -0.7], doc="The inverse of the error function.",
)  # fmt: skip
ndtri = elementwise(
    "ndtri", _by_number(_quantile), lambda F, z, x: math.sqrt(2 * math.pi) * F.exp(0.5 * F.square(z)),
    dtypes=(float32, float64), no_kernel=(bfloat16, float16), op="Ndtri", names="math.ndtri", sample=[0.3, 0.7], doc="The quantiles of the normal distribution.",
)  # fmt: skip


@composite("math.erfcinv", sample=[(0.7,)])
def erfcinv(x: Any, name: Any = None) -> Any:
    """The inverse of erfc."""
    x = convert(x)
    return -ndtri(0.5 * x) * math.sqrt(0.5)
