"""Intervals on which a function of one number is smooth; the ends are known from mathematics."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tfgrad_course.maths import domain, parse

INF = math.inf


@pytest.mark.parametrize(
    ("text", "point", "low", "high", "whys"),
    [
        ("3*x**3 + 5*x**2", {"x": -2}, -INF, INF, ("", "")),
        ("log(x)/x", {"x": 1}, 0, INF, ("edge", "")),
        ("1/x**2", {"x": -3.3}, -INF, 0, ("", "pole")),
        ("1/(1 + x**2)", {"x": 2}, -INF, INF, ("", "")),
        ("tan(x)", {"x": 0.3}, -math.pi / 2, math.pi / 2, ("pole", "pole")),
        ("sqrt(4 - x**2)", {"x": 1}, -2, 2, ("edge", "edge")),
        ("abs(x - 3) + relu(x + 1)", {"x": 0.7}, -1, 3, ("corner", "corner")),
        ("relu(x)", {"x": 0}, -INF, INF, ("", "")),
        ("max(x, x**2)", {"x": 2}, 1, INF, ("corner", "")),
        ("where(x > 1, x, x**2)", {"x": -3}, -INF, 1, ("", "corner")),
        ("x**1.5", {"x": 2}, 0, INF, ("edge", "")),
        ("x**-3", {"x": 2}, 0, INF, ("pole", "")),
        ("floor(x) + round(x)", {"x": 2.3}, 2, 2.5, ("corner", "corner")),
        ("x/((x - 1)**2*(x + 3))", {"x": 0}, -3, 1, ("pole", "pole")),
        ("asin(x)", {"x": 0.3}, -1, 1, ("edge", "edge")),
        ("log10(2 - x)", {"x": 0.3}, -INF, 2, ("", "edge")),
        ("x*y/(x - y)", {"x": 2, "y": 5}, -INF, 5, ("", "pole")),
        ("u = x - 4\ny = 1/u", {"x": 5}, 4, INF, ("pole", "")),
        ("log(v[0]*x)", {"v": [2, 3], "x": 3}, 0, INF, ("edge", "")),
    ],
)
def test_a_domain_ends_at_the_nearest_pole_edge_or_corner(
    text: str, point: dict[str, Any], low: float, high: float, whys: tuple[str, str]
) -> None:
    found = domain(parse(text, point), "x", point)
    assert found.low == pytest.approx(low, abs=1e-6)
    assert found.high == pytest.approx(high, abs=1e-6)
    assert (found.why_low, found.why_high) == whys
    assert point["x"] in found


def test_corners_can_be_passed_over() -> None:
    found = domain(parse("abs(x - 3)*log(x)"), "x", {"x": 1}, corners=False)
    assert (found.low, found.high) == (pytest.approx(0, abs=1e-6), INF)
