"""Tolerances follow design section 5: max(64 eps scale, 8 |g32 - g64|, 1e-6 |g|) with the coarsest dtype's eps."""

from __future__ import annotations

import math

import pytest

from graders.kinds import monotonicity, slope
from graders.reference import Quantity, composed, exact, flat, shape_of
from tfgrad_course.course.catalogue import catalogue

QUANTITY = Quantity((), (2.0,), (10.0,), (2.0 + 1e-5,))


@pytest.mark.parametrize(
    ("dtypes", "allowed"),
    [
        ({"float64"}, 2e-6),  # 1e-6 |g| is the largest: neither eps nor the float32 run count
        ({"float32"}, 8e-5),  # 8 |g32 - g64| is larger than 64 * 2^-23 * 10 = 7.6e-5
        ({"float64", "float32"}, 8e-5),
        ({"float16"}, 64 * 2.0**-10 * 10),
        ({"bfloat16", "float64"}, 64 * 2.0**-7 * 10),
        (set(), 8e-5),  # nothing known: as float32
        ({"int32", "float64"}, 2e-6),
    ],
)
def test_the_coarsest_dtype_on_the_path_decides(dtypes, allowed):
    assert QUANTITY.tolerance(frozenset(dtypes))[0] == pytest.approx(allowed, rel=1e-4)


def test_an_author_may_state_the_tolerance():
    assert QUANTITY.tolerance(frozenset({"float16"}), 0.5) == (0.5,)


def test_a_slope_of_zero_has_a_tolerance_from_what_cancels():
    zero = Quantity((), (0.0,), (4.0,), (0.0,))
    assert 0 < zero.tolerance(frozenset({"float64"}))[0] < 1e-12
    assert 0 < zero.tolerance(frozenset({"float32"}))[0] < 1e-4


def test_a_float32_run_that_overflows_gives_no_allowance():
    wild = Quantity((), (1e39,), (1e39,), (math.inf,))
    assert math.isfinite(wild.tolerance(frozenset({"float32"}))[0])


def test_a_mark_multiplies_numbers_and_what_is_allowed():
    marked = QUANTITY.times(-4.0)
    assert marked.data == (-8.0,)
    assert marked.tolerance(frozenset({"float16"}))[0] == pytest.approx(
        4 * QUANTITY.tolerance(frozenset({"float16"}))[0]
    )


def test_what_is_composed_carries_the_conditioning_of_its_parts():
    """The difference of 1000 and 999.999 is worse conditioned than either."""
    made = composed(lambda a, b: a - b, exact([1000.0]), exact([999.999]))
    assert made.data[0] == pytest.approx(0.001)
    assert made.scale[0] == pytest.approx(1999.999, rel=1e-3)


def test_points_are_flat_and_keep_their_shape():
    assert flat(((1, 2), (3, 4))) == (1.0, 2.0, 3.0, 4.0)
    assert shape_of(((1, 2), (3, 4))) == (2, 2)
    assert flat(-2) == (-2.0,)
    assert shape_of(-2) == ()


@pytest.mark.parametrize("x", [-2.0, -0.5, 0.0, 1.25])
def test_the_first_question_is_referred_to_its_derivative(x):
    """y = 3x^3 + 5x^2 - 3x + 10 has y' = 9x^2 + 10x - 3."""
    found = slope.reference(catalogue()["polynomial-slope"], {"x": x})
    assert found.target and found.gradient and found.number
    assert found.target.data[0] == pytest.approx(3 * x**3 + 5 * x**2 - 3 * x + 10, rel=1e-14)
    assert found.gradient.data[0] == pytest.approx(9 * x**2 + 10 * x - 3, rel=1e-14)
    assert found.number.data == found.gradient.data


@pytest.mark.parametrize("x", [1.0, 10.0, 19.5])
def test_the_second_question_is_referred_to_its_slope_and_word(x):
    """y = 3^(0.2x) + 5x^2 - ln x + tanh x has y' = 0.2 ln 3 3^(0.2x) + 10x - 1/x + 1/cosh(x)^2."""
    found = monotonicity.reference(catalogue()["rising-or-falling"], {"x": x})
    right = 0.2 * math.log(3) * 3 ** (0.2 * x) + 10 * x - 1 / x + 1 / math.cosh(x) ** 2
    assert found.gradient
    assert found.gradient.data[0] == pytest.approx(right, rel=1e-13)
    assert found.word == "increasing"


def test_no_logarithm_to_base_ten_passes_for_a_natural_one():
    found = monotonicity.reference(catalogue()["rising-or-falling"], {"x": 10.0})
    assert found.gradient
    apart = abs(-0.1 + 0.1 / math.log(10))
    assert found.gradient.tolerance(frozenset({"float32"}))[0] < apart / 10
