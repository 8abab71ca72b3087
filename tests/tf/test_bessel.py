"""Special functions: values and slopes against real TensorFlow, digits against mpmath."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf as shim

_RANDOM = np.random.default_rng(1)
POSITIVE = np.concatenate([_RANDOM.uniform(0.01, 10, 12), [0.5, 1.0, 2.0, 30.0]])
SIGNED = np.concatenate([POSITIVE, -POSITIVE])
EDGES = np.array([-2.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, np.inf, -np.inf, np.nan])
A, B, X = _RANDOM.uniform(0.2, 5, 10), _RANDOM.uniform(0.2, 5, 10), _RANDOM.uniform(0.05, 0.95, 10)
_SMOOTH = [
    "bessel_i0",
    "bessel_i0e",
    "bessel_i1",
    "bessel_i1e",
    "bessel_j0",
    "bessel_j1",
    "dawsn",
    "fresnel_cos",
    "fresnel_sin",
]
_RIGHT = ["bessel_k0", "bessel_k0e", "bessel_k1", "bessel_k1e", "bessel_y0", "bessel_y1", "expint", "spence"]


def _call(path: str) -> Any:
    def function(tf: Any, *xs: Any) -> Any:
        found = tf.math
        for part in path.split("."):
            found = getattr(found, part)
        return found(*xs)

    return function


def _at(path: str, *xs: Any) -> Any:
    return lambda tf: _call(path)(tf, *map(tf.constant, xs))


SLOPES: dict[str, Any] = {f"{n}": (_call(f"special.{n}"), SIGNED) for n in _SMOOTH}
SLOPES |= {f"{n}": (_call(f"special.{n}"), POSITIVE) for n in _RIGHT}
SLOPES |= {
    "lgamma": (_call("lgamma"), POSITIVE),
    "lgamma below 0": (_call("lgamma"), np.array([-0.3, -1.7, -5.5])),
    "digamma": (_call("digamma"), POSITIVE),
    "digamma below 0": (_call("digamma"), np.array([-0.3, -1.7, -5.25])),
    "zeta": (_call("zeta"), A + 1.1, B),
    "polygamma": (_call("polygamma"), np.floor(A), B),
    "betainc": (lambda tf, x: tf.math.betainc(A, B, x), X),
    "lbeta": (_call("lbeta"), np.stack([A, B])),
    "erfinv": (_call("erfinv"), 2 * X - 1),
    "erfcinv": (_call("erfcinv"), 2 * X),
    "ndtri": (_call("ndtri"), X),
    "igamma in x": (lambda tf, x: tf.math.igamma(A, x), B),
    "igammac in x": (lambda tf, x: tf.math.igammac(A, x), B),
}
FIRST: dict[str, Any] = {
    "igamma": (_call("igamma"), A, B),
    "igammac": (_call("igammac"), A, B),
    "igamma far out": (_call("igamma"), A, B + 40),
}
CASES: dict[str, Any] = {n: _at(f"special.{n}", EDGES) for n in _SMOOTH + _RIGHT}
CASES |= {
    n: _at(n, EDGES)
    for n in [
        "lgamma",
        "digamma",
        "erfinv",
        "erfcinv",
        "ndtri",
        "bessel_i0",
        "bessel_i0e",
        "bessel_i1",
        "bessel_i1e",
    ]
}
_GRID = np.array(
    [(a, b) for a in (-1.0, 0.0, 1.0, 1.5, 2.0, 3.0, np.inf, np.nan) for b in (-1.5, -1.0, 0.0, 1.0, np.inf)]
)
for _name in ("igamma", "igammac", "zeta", "polygamma"):
    CASES[f"{_name} at edges"] = _at(_name, _GRID[:, 0].copy(), _GRID[:, 1].copy())
for _n in (0.0, 1.0, 2.0, 1.5, -1.0):
    CASES[f"polygamma {_n}"] = _at("polygamma", np.full(4, _n), np.array([0.5, 1.0, 7.0, -1.5]))
CASES |= {
    "betainc at edges": _at(
        "betainc", np.ones(8), np.full(8, 2.0), np.array([0.0, 1.0, -1.0, 2.0, 0.5, np.nan, np.inf, 0.1])
    ),
    "betainc of bad numbers": _at(
        "betainc", np.array([0.0, 1.0, -1.0]), np.array([1.0, 0.0, 1.0]), np.full(3, 0.5)
    ),
    "betainc of a scalar": lambda tf: tf.math.betainc(1.0, 2.0, tf.constant([0.1, 0.2])),
    "betainc misfit": lambda tf: tf.math.betainc(tf.constant([1.0, 2.0]), 2.0, tf.constant([0.1, 0.2, 0.3])),
    "lbeta of nothing": lambda tf: tf.math.lbeta([]),
    "lbeta of one": lambda tf: tf.math.lbeta([3.0]),
    "lbeta of empty rows": lambda tf: tf.math.lbeta(tf.zeros([2, 0])),
    "lbeta of no rows": lambda tf: tf.math.lbeta(tf.zeros([0, 2])),
    "lbeta of a scalar": lambda tf: tf.math.lbeta(1.0),
    "lbeta of whole numbers": lambda tf: tf.math.lbeta([1, 2]),
    "whole numbers": lambda tf: tf.math.lgamma([1, 2]),
    "complex": lambda tf: tf.math.special.dawsn(tf.constant(1j)),
    "half": lambda tf: tf.math.lgamma(tf.constant([0.5, 3.0], tf.float16)),
    "empty": lambda tf: tf.math.special.bessel_k0(tf.zeros([0, 2])),
    "scalar": lambda tf: tf.math.special.bessel_j1(2.5),
    "matrix": lambda tf: tf.math.special.spence([[0.5, 1.0], [2.0, 3.0]]),
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("name", SLOPES)
def test_values_and_two_orders_of_slopes_agree(agree: Any, name: str, kind: Any) -> None:
    function, *arrays = SLOPES[name]
    double = kind is np.float64
    agree.slopes(
        function, [a.astype(kind) for a in arrays], within=1e-7 if double and name not in _COARSE else 2e-4
    )


# TensorFlow's own polynomials for these are good to single precision only.
_COARSE = {"expint", "spence", "betainc"}


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", FIRST)
def test_slopes_that_go_no_further_agree(agree: Any, name: str) -> None:
    function, *arrays = FIRST[name]
    agree.slopes(function, arrays, order=1)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_at_edges_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], words=25)


@pytest.mark.parametrize(
    "name",
    [
        "bessel_i0",
        "bessel_i1",
        "bessel_j0",
        "bessel_j1",
        "bessel_k0",
        "bessel_k1",
        "bessel_y0",
        "bessel_y1",
        "fresnel_cos",
        "fresnel_sin",
        "expint",
    ],
)
def test_double_precision_holds_twelve_digits(name: str) -> None:
    mpmath = pytest.importorskip("mpmath")
    exact = {"fresnel_cos": mpmath.fresnelc, "fresnel_sin": mpmath.fresnels, "expint": mpmath.ei}.get(name)
    if exact is None:
        order, family = (
            int(name[-1]),
            getattr(mpmath, {"i": "besseli", "j": "besselj", "k": "besselk", "y": "bessely"}[name[7]]),
        )
        exact = lambda x: family(order, x)
    x = np.concatenate([10.0 ** np.linspace(-8, 2, 80), np.linspace(0.1, 60, 80)])
    found = getattr(shim.math.special, name)(shim.constant(x)).numpy()
    np.testing.assert_allclose(found, [float(exact(v)) for v in x], rtol=1e-12, atol=2e-14)
