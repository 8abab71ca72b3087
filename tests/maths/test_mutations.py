"""Likely mistakes in a function; the numbers they give are those of the misconceptions' list (from TensorFlow)."""

from __future__ import annotations

import numpy as np
import pytest

from tfgrad_course.maths import evaluate, mutations, parse, plain_text, terms, tree_derivative, value_at
from tfgrad_course.maths.functions import WORDS

CUBIC = "3*x**3 + 5*x**2 - 3*x + 10"
MIXED = "3**(0.2*x) + 5*x**2 - log(x) + tanh(x)"


@pytest.mark.parametrize(
    ("text", "point", "kind", "slope"),
    [
        (CUBIC, -2, "term-sign-error", 19.0),
        (CUBIC, -2, "derivative-typed-as-function", -26.0),
        (MIXED, 10, "term-missing", 101.9775021),
        (MIXED, 10, "log-base-ten", 101.9340727),
        (MIXED, 10, "exponent-missing-parentheses", 101.1457309),
        (MIXED, 10, "look-alike-function", 103.2978),
        ("1/(1 + exp(-x))", 0, "denominator-missing-parentheses", -1.0),
        ("-x**2 + 6*x", 1, "minus-inside-power", 8.0),
        ("sin(x)*exp(x)", 0.5, "rounded-constant", None),
        ("(1 + x**2)**(1/2)", 0.75, "integer-division-exponent", 0.0),
        ("sin(x)", 0.5, "degrees-not-radians", None),
    ],
)
def test_a_typed_mistake_is_among_the_mutations(
    text: str, point: float, kind: str, slope: float | None
) -> None:
    found = [m for m in mutations(parse(text)) if m.kind == kind]
    assert found
    if slope is not None:
        slopes = [float(value_at(m.function, {"x": point}, "x")) for m in found]
        assert any(s == pytest.approx(slope, rel=1e-6, abs=1e-12) for s in slopes), slopes


def test_the_mean_for_the_sum_is_a_third_of_it_for_three_numbers() -> None:
    found = [m for m in mutations(parse("sum(v**2)")) if m.kind == "mean-instead-of-sum"]
    value = value_at(found[0].function, {"v": [1, 2, 3]}, "v")
    np.testing.assert_allclose(value, [2 / 3, 4 / 3, 2])
    dotted = [m for m in mutations(parse("dot(v, v)")) if m.kind == "mean-instead-of-sum"]
    assert plain_text(dotted[0].function) == "mean(v * v)"


def test_every_mutation_is_a_different_formula_that_can_be_read_again() -> None:
    for text in (CUBIC, MIXED, "u = sin(pi*x)\ny = -u**2 + x**(1/2)", "[x*y, x/y]", "where(x > 0, x**2, -x)"):
        function = parse(text)
        shown = [plain_text(m.function) for m in mutations(function)]
        assert len(set(shown)) == len(shown)
        assert plain_text(function) not in shown
        for mutation, again in zip(mutations(function), shown, strict=True):
            assert parse(again, function.variables).inlined() == mutation.function.inlined()
            assert mutation.words


def test_a_mutation_says_where_and_in_which_term() -> None:
    found = {(m.kind, m.term): m for m in mutations(parse(MIXED))}
    assert found["log-base-ten", 2].column == MIXED.index("log") + 1
    assert found["exponent-missing-parentheses", 0].column == MIXED.index("0.2") + 1
    assert "5x²" in found["term-missing", 1].words


def test_terms_carry_their_signs() -> None:
    assert [(t.sign, t.node) for t in terms(parse("a - (b - c)"))] == [
        (1, parse("a").result),
        (-1, parse("b").result),
        (1, parse("c").result),
    ]
    assert [t.sign for t in terms(parse("-x**2 + 6*x"))] == [-1, 1]
    assert len(terms(parse("u = x + 1\ny = u"))) == 2


@pytest.mark.parametrize(
    "name", [name for name, word in WORDS.items() if word.kind == "elementwise" and word.high == 1]
)
def test_slopes_by_the_rules_of_school_are_sympys(name: str) -> None:
    inner = "x**2 + 2" if name == "acosh" else "x/3"
    function = parse(f"x*{name}({inner}) - 2/x + 2**x")
    derived = tree_derivative(function, "x")
    assert derived is not None
    if name == "stop_gradient":
        return
    expected = value_at(function, {"x": 0.7}, "x")
    np.testing.assert_allclose(evaluate(derived, np, {"x": 0.7}), expected, rtol=1e-12)


def test_slopes_of_powers_quotients_and_steps() -> None:
    for text in (
        "x**x",
        "(1 + x)/(1 - x**2)",
        "u = x**3\ny = u*u - 1/u",
        "x**-2 + (2*x)**0.5",
        "[x, x**2][1]",
    ):
        derived = tree_derivative(parse(text), "x")
        assert derived is not None
        np.testing.assert_allclose(
            evaluate(derived, np, {"x": 0.7}), value_at(parse(text), {"x": 0.7}, "x"), rtol=1e-12
        )
    assert tree_derivative(parse("max(x, x**2)"), "x") is None
    assert plain_text(tree_derivative(parse(CUBIC), "x") or parse("0")) == "9 * x**2 + 10 * x - 3"
