"""Pictures of functions: what is shown, where the line breaks, and that both formats are what they claim to be."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest

from tfgrad_course.maths import MathsError, parse
from tfgrad_course.pictures.curve import curve
from tfgrad_course.pictures.window import window

DRAWN: list[tuple[str, dict[str, Any]]] = [
    ("3*x**3 + 5*x**2 - 3*x + 10", {"x": -2}),
    ("3**(0.2*x) + 5*x**2 - log(x) + tanh(x)", {"x": 10}),
    ("1/(x - 1) + x", {"x": 2.5}),
    ("sin(x)", {"x": "pi/6"}),
    ("where(x > 0, x**2, -x)", {"x": -3}),
    ("x**2 + 3*y**2", {"x": 1, "y": 2}),
    ("sum(v**2)", {"v": [1, 2, 3]}),
    ("v[0]**2*v[1]", {"v": (3, 2)}),
    ("[2*x, 3*x**2]", {"x": 2}),
    ("u = 1 + x**2\ny = log(u)", {"x": 2}),
    ("x*y + y*z + z*x", {"x": 1, "y": 2, "z": 3}),
    ("0*x + 5", {"x": 1}),
    ("abs(theta_1)", {"theta_1": 0}),
]


@pytest.mark.parametrize(("text", "point"), DRAWN)
def test_svg_and_png_are_what_they_claim_and_the_same_each_time(text: str, point: dict[str, Any]) -> None:
    function = parse(text, point)
    shown = curve(function, point)
    assert ET.fromstring(shown).tag.endswith("svg")
    assert shown == curve(function, point)
    png = curve(function, point, format="png", theme="dark", width=4)
    assert png.startswith(b"\x89PNG")


def test_the_width_is_kept_at_400_800_and_1600_pixels() -> None:
    from PIL import Image

    for width in (400, 800, 1600):
        png = curve(parse("x**2"), {"x": 3}, format="png", width=width / 100)
        assert Image.open(io.BytesIO(png)).width == width


def test_the_line_breaks_at_a_pole_which_is_named() -> None:
    seen = window(parse("1/(x - 1)"), "x", {"x": 2.5})
    assert seen.poles == (pytest.approx(1),)
    near = seen.y[0][np.abs(seen.x - 1) < 0.01]
    assert np.isnan(near).any()


def test_the_line_breaks_at_a_jump_but_not_at_a_corner() -> None:
    jumps = window(parse("floor(x)"), "x", {"x": 2.3})
    assert np.isnan(jumps.y).sum() == 5
    assert not np.isnan(window(parse("relu(x) + abs(x)"), "x", {"x": -2}).y).any()


def test_the_frame_holds_the_point_and_is_not_blown_up_by_a_pole() -> None:
    for text, at in (
        ("log(x)/x", 1.0),
        ("4*(x**-12 - x**-6)", 1.2),
        ("exp(x)", 5.0),
        ("1/x", 0.5),
        ("x**3", 0.0),
    ):
        seen = window(parse(text), "x", {"x": at})
        here = float(np.interp(at, seen.x, seen.y[0]))
        assert seen.low < here < seen.high
        assert seen.high - seen.low < 100 * (1 + abs(here))


def test_the_window_ends_a_little_beyond_the_domain() -> None:
    seen = window(parse("log(x)"), "x", {"x": 2})
    assert -0.5 < seen.x[0] < 0
    stated = window(parse("x**2"), "x", {"x": 2}, (1, 3))
    assert stated.x[0] == pytest.approx(0.9)
    assert stated.x[-1] == pytest.approx(3.1)


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(MathsError, match="no finite value"):
        curve(parse("log(x)"), {"x": -1})
    with pytest.raises(MathsError, match="no curve"):
        curve(parse("5"), {"x": 1})
    with pytest.raises(ValueError, match="format is one of"):
        curve(parse("x"), {"x": 1}, format="gif")


def test_no_global_state_of_matplotlib_is_touched() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    curve(parse("x**2"), {"x": 1}, theme="dark")
    assert dict(matplotlib.rcParams) == before
