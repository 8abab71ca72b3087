"""What the language of `function:` reads, and what it tells those who write something else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfgrad_course.maths import Apply, MathsError, Name, Number, parse, plain_text, walk

REFUSED = [
    # text, line, column, a word of the message, a word of the hint
    ("x^2", 1, 2, "not a power", "x**2"),
    ("2*e^x", 1, 4, "not a power", "exp("),
    ("3x", 1, 2, "missing", "3*x"),
    ("y + 3x", 1, 6, "missing", "3*x"),
    ("2sin(x)", 1, 2, "missing", "2*sin"),
    ("2π", 1, 2, "missing", "2*pi"),
    ("3 x", 1, 3, "missing", "3*x"),
    ("x y", 1, 3, "missing", "x*y"),
    ("3(x + 1)", 1, 1, "call", "3*("),
    ("x(3)", 1, 1, "not a function", "x*("),
    ("(x+1)(x-1)", 1, 1, "brackets", "(...)*(...)"),
    ("xy", 1, 1, "unknown name 'xy'", "x*y"),
    ("z + 1", 1, 1, "unknown name 'z'", "known: v, x, y"),
    ("ln(x)", 1, 1, "unknown name 'ln'", "log"),
    ("arctan(x)", 1, 1, "unknown name", "atan"),
    ("1 + sinn(x)", 1, 5, "unknown function 'sinn'", "sin"),
    ("sin x", 1, 1, "brackets", "sin(x)"),
    ("1 + sin", 1, 5, "brackets", "sin(...)"),
    ("sin(x, 2)", 1, 1, "takes 1 argument, found 2", ""),
    ("log(x, 10)", 1, 1, "takes 1 argument, found 2", "log10"),
    ("atan2(x)", 1, 1, "takes 2 arguments, found 1", ""),
    ("where(x > 0, 1)", 1, 1, "takes 3 arguments, found 2", "where("),
    ("sum(x, y)", 1, 1, "takes 1 argument", "sum(v)"),
    ("where(x, 1, 2)", 1, 7, "comparison", "where(x > 0"),
    ("where(0 < x < 1, 1, 2)", 1, 7, "two comparisons", "where("),
    ("where(x > 0 and y > 0, 1, 2)", 1, 7, "'and'", "where("),
    ("x > 0", 1, 1, "comparison", "where("),
    ("y == x", 1, 1, "comparison", "one '='"),
    ("x if x > 0 else 1", 1, 1, "if condition", "where("),
    ("math.log(x)", 1, 1, "dot", "log(...)"),
    ("tf.math.log(x)", 1, 1, "dot", "log(...)"),
    ("x.__class__", 1, 1, "dot", "plain functions"),
    ("v.T", 1, 1, "dot", "transpose"),
    ("lambda: 1", 1, 1, "lambda", "formula"),
    ("[i for i in v]", 1, 1, "loops", "[a, b, c]"),
    ("sum(i for i in v)", 1, 4, "loops", "sum(v)"),
    ("'x'", 1, 1, "quotes", ""),
    ("__import__('os')", 1, 12, "quotes", ""),
    ("__import__(x)", 1, 1, "unknown function", ""),
    ("log(x, base=2)", 1, 1, "by position", ""),
    ("log(*v)", 1, 5, "star", ""),
    ("True", 1, 1, "not a number", ""),
    ("1j", 1, 1, "imaginary", "real"),
    ("...", 1, 1, "not a number", ""),
    ("x // 2", 1, 3, "sign", "floor"),
    ("x % 2", 1, 3, "%", "floor"),
    ("x << 2", 1, 3, "sign", ""),
    ("2*(x + 1", 1, 3, "never closed", "bracket"),
    ("x)", 1, 2, "closes nothing", "brackets"),
    ("x +", 1, 4, "breaks off", "complete"),
    ("", 1, 1, "no formula", ""),
    ("  \n ", 1, 1, "no formula", ""),
    ("# only words", 1, 1, "no formula", ""),
    ("0,2*x", 1, 1, "comma", "0.5"),
    ("x²", 1, 2, "not a power", "**2"),
    ("x⁻¹²", 1, 2, "not a power", "**-12"),
    ("3 − x", 1, 3, "minus", "'-'"),
    ("√x", 1, 1, "√", "sqrt"),
    ("|x|", 1, 1, "|", "abs"),
    ("x!", 1, 2, "factorial", ""),
    ("x\u200b + 1", 1, 2, "invisible", "delete"),
    ("x\x00", 1, 2, "invisible", "delete"),
    ("f(x) = x**2", 1, 1, "before '='", "y = "),
    ("u = v = x", 1, 1, "before '='", "y = "),
    ("u += x", 1, 1, "+=", "u = u"),
    ("import os", 1, 1, "import", ""),
    ("for i in v: x", 1, 1, "loops", ""),
    ("x = 3", 1, 1, "is a variable", "another name"),
    ("sin = 3", 1, 1, "is a function", "another name"),
    ("e = 3", 1, 1, "is a number", "another name"),
    ("x**2\nx + 1", 1, 1, "not used", "u = "),
    ("u = x\nu^2", 2, 2, "not a power", "**"),
    ("u = x**2\n  y = u + 1", 2, 1, "indented", "left"),
    ("u = x**2\ny = w + 1", 2, 5, "unknown name 'w'", "known: u, v, x, y"),
    ("1e400", 1, 1, "out of range", "1e30"),
    ("1 + 2e31", 1, 5, "out of range", "1e30"),
    ("1e-400", 1, 1, "out of range", ""),
    ("v[x]", 1, 3, "whole number", "v[0]"),
    ("v[1:2]", 1, 3, "whole number", "v[0]"),
    ("v[0.5]", 1, 3, "whole number", "v[0]"),
    ("[]", 1, 1, "empty", ""),
    ("[[1], [2, 3]]", 1, 1, "rows", "entries"),
    ("not x", 1, 1, "'not'", ""),
    ("(u := x)", 1, 2, ":=", "u = "),
    ("lambda*x", 1, 1, "word of Python", "another name"),
    ("x" * 501, 1, 1, "characters", ""),
    ("+".join(["x"] * 201), 1, 1, "more than 200 parts", ""),
    ("-" * 60 + "x", 1, 41, "nested", "steps"),
    ("(" * 240 + "x" + ")" * 240, 1, 201, "", ""),
    ("u = x + x\n" + "u = u + u\n" * 12 + "u", 10, 1, "written out", "fewer"),
]


@pytest.mark.parametrize(("text", "line", "column", "message", "hint"), REFUSED)
def test_a_slip_is_answered_with_its_place_and_the_way_out(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    with pytest.raises(MathsError) as caught:
        parse(text, ["x", "y", "v"])
    assert (caught.value.line, caught.value.column) == (line, column)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_columns_are_counted_in_characters_not_bytes() -> None:
    with pytest.raises(MathsError) as caught:
        parse("θ + ωω + ?", None)
    assert caught.value.column == 10
    with pytest.raises(MathsError) as caught:
        parse("θ*λ + foo(θ)", None)
    assert caught.value.column == 7


def test_numbers_are_kept_exactly() -> None:
    numbers = [
        node.value for node in walk(parse("0.1*x + 1e-6 + 1_000 + .5").result) if isinstance(node, Number)
    ]
    assert numbers == [Fraction(1, 10), Fraction(1, 1_000_000), Fraction(1000), Fraction(1, 2)]


def test_precedence_is_pythons() -> None:
    assert parse("-x**2").result == Apply("negative", (Apply("power", (Name("x"), Number(Fraction(2)))),))
    assert parse("3**0.2*x").result == parse("(3**0.2)*x").result
    assert parse("1/1 + x").result == parse("(1/1) + x").result
    assert parse("2**3**x").result == parse("2**(3**x)").result


def test_variables_come_in_the_order_given_or_met() -> None:
    assert parse("y*x + z").variables == ("y", "x", "z")
    assert parse("y*x", ["x", "y", "t"]).variables == ("x", "y", "t")
    assert parse("y*x", ["x", "y", "t"]).used == {"x", "y"}


def test_a_prefix_names_the_result_and_lines_before_it_are_steps() -> None:
    function = parse("u = x**2\nz = u + 1")
    assert function.name == "z"
    assert [line.name for line in function.lines] == ["u"]
    assert function.inlined() == parse("x**2 + 1").result
    assert parse("u = x*x\nu = u*u\nu").inlined() == parse("(x*x)*(x*x)").result


def test_a_declared_name_wins_over_a_constant_only_if_it_is_no_constant() -> None:
    with pytest.raises(MathsError, match="is a number of the language"):
        parse("e*x", ["e", "x"])
    for reserved in ("tf", "math", "__x", "for", "1x", "a b", ""):
        with pytest.raises(MathsError):
            parse("1", [reserved])


def test_blank_lines_comments_and_blanks_before_a_single_formula_do_no_harm() -> None:
    assert parse("   x + 1  ").result == parse("x+1").result
    assert parse("\nu = 2*x  # twice\n\ny = u\n").inlined() == parse("2*x").result


SMALL = st.recursive(
    st.sampled_from(["x", "y", "2", "0.5", "pi", "v[0]"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**", "@"]), inner).map(
            lambda t: f"({t[0]}){t[1]}({t[2]})"
        ),
        inner.map(lambda t: f"-({t})"),
        st.tuples(st.sampled_from(["sin", "exp", "log10", "abs", "norm"]), inner).map(
            lambda t: f"{t[0]}({t[1]})"
        ),
        st.tuples(inner, inner).map(lambda t: f"where({t[0]} < {t[1]}, [{t[0]}, 1], {t[1]})"),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(SMALL)
def test_written_out_and_read_again_a_formula_is_the_same(text: str) -> None:
    try:
        function = parse(text)
    except MathsError as error:
        assert "characters" in error.message or "parts" in error.message
        return
    assert parse(plain_text(function)).result == function.result


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="xyv0123e.+-*/^()[]{}=<>!,;:'\"\\ \n\t#_∂π²ßsinlogfr%&@~?", max_size=40))
def test_no_text_brings_anything_but_a_function_or_a_maths_error(text: str) -> None:
    try:
        parse(text)
    except MathsError as error:
        rows = text.splitlines() or [""]
        assert 1 <= error.line <= len(rows) + 1
        assert error.column >= 1
