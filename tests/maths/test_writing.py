"""The same tree as Unicode, LaTeX and code."""

from __future__ import annotations

import pytest

from tfgrad_course.maths import derivative_symbol, latex, latex_derivative, parse, python_source, unicode_text

WRITTEN = [
    ("3*x**3 + 5*x**2 - 3*x + 10", "3x³ + 5x² − 3x + 10", "3 * x**3 + 5 * x**2 - 3 * x + 10"),
    ("3**(0.2*x) - log(x)", "3^(0.2x) − log(x)", "3 ** (0.2 * x) - tf.math.log(x)"),
    ("-x**2 + (-x)**2", "−x² + (−x)²", "-x**2 + (-x)**2"),
    ("x - (y - z)", "x − (y − z)", "x - (y - z)"),
    ("x/(y*z) + x/y*z", "x/(y·z) + x/y·z", "x / (y * z) + x / y * z"),
    ("(x**y)**z + x**-12", "(xʸ)^z + x⁻¹²", "(x**y) ** z + x**-12"),
    ("sqrt(1 + x**2)*sqrt(x)", "√(1 + x²)·√x", "tf.sqrt(1 + x**2) * tf.sqrt(x)"),
    ("abs(theta) * 2*(x + 1)", "|θ|·2·(x + 1)", "tf.abs(theta) * 2 * (x + 1)"),
    ("pi*x1", "π·x₁", "math.pi * x1"),
    ("log10(x)**2", "log₁₀(x)²", "(tf.math.log(x) / math.log(10)) ** 2"),
    ("x*-3", "x·(−3)", "x * (-3)"),
    ("max(x, 2, y)", "max(x, 2, y)", "tf.maximum(tf.maximum(x, 2.0), y)"),
    ("sum(v**2) + v[0]", "sum(v²) + v₀", "tf.reduce_sum(v**2) + v[0]"),
    ("x*sqrt(2)", "x·√2", "x * math.sqrt(2)"),
]


@pytest.mark.parametrize(("text", "shown", "code"), WRITTEN)
def test_a_formula_reads_well_in_the_terminal_and_as_code(text: str, shown: str, code: str) -> None:
    assert unicode_text(parse(text), name="") == shown
    assert python_source(parse(text)).expression == code


def test_imports_are_named_when_the_code_needs_them() -> None:
    assert python_source(parse("pi*x")).imports == ("math",)
    assert python_source(parse("2*x")).imports == ()
    assert python_source(parse("u = x**2\ny = u + 1")).code("f", "    ") == "    u = x**2\n    f = u + 1"


def test_latex_has_fractions_roots_and_cases() -> None:
    assert latex(parse("1/(1 + exp(-x))")) == r"y = \frac{1}{1 + e^{-x}}"
    assert latex(parse("3*x**3 - 2*x"), "f") == "f = 3 x^{3} - 2 x"
    assert latex(parse("2*3*x"), "") == r"2 \cdot 3 x"
    assert latex(parse("x*sin(x)"), "") == r"x \, \sin\left(x\right)"
    assert latex(parse("(x + 1)*(x + 2)"), "") == r"\left(x + 1\right) \left(x + 2\right)"
    assert latex(parse("m_0_1*theta2"), "") == r"m_{0,1} \theta_{2}"
    assert latex(parse("x/y*z"), "") == r"\frac{x}{y} \cdot z"
    assert latex(parse("[[1, 2], [3, 4]] @ v"), "") == r"\begin{pmatrix}1 & 2 \\ 3 & 4\end{pmatrix} \, v"
    assert r"\begin{cases}" in latex(parse("where(x > 0, x, -x)"))
    assert latex(parse("u = theta**2\ny = u"), None) == r"u = \theta^{2},\quad y = u"


def test_derivatives_have_a_symbol() -> None:
    assert derivative_symbol("y", ("x",)) == "dy/dx"
    assert derivative_symbol("y", ("x", "x")) == "d²y/dx²"
    assert derivative_symbol("f", ("x", "y"), partial=True) == "∂²f/∂x∂y"
    assert latex_derivative("f", ("x",), partial=True) == r"\frac{\partial f}{\partial x}"


@pytest.mark.parametrize("text", [row[0] for row in WRITTEN] + ["where(x > 0, 1, 2)"])
def test_matplotlib_can_draw_what_has_no_matrix_in_it(text: str) -> None:
    from matplotlib.mathtext import MathTextParser

    shown = latex(parse(text))
    if "begin" not in shown:
        MathTextParser("path").parse(f"${shown}$")
