"""The words of the language, one row each: arity, how TensorFlow and NumPy spell it, its slope, its look in print."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}

OPERATORS = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**", "matmul": "@", "negative": "-",
    "less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">=", "equal": "==", "not_equal": "!=",
}  # fmt: skip
COMPARISONS = ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal")


@dataclass(frozen=True, slots=True)
class Word:
    """A function of the language; `means` writes it in other words of the language, with a and b for arguments."""

    name: str
    tf: str | None
    numpy: Callable[..., Any] | None
    low: int = 1
    high: int = 1
    slope: str | None = None
    means: str | None = None
    latex: str | None = None
    math: str | None = None
    kind: str = "elementwise"
    op: str = ""


def _sigmoid(x: Any) -> Any:
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def _softplus(x: Any) -> Any:
    return np.logaddexp(0.0, x)


def _softmax(x: Any) -> Any:
    shifted = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


_erf = np.vectorize(math.erf, otypes=[float])


def _word(
    name: str, tf: str | None, numpy: Callable[..., Any] | None, slope: str | None = None, **more: Any
) -> Word:
    return Word(name, tf, numpy, slope=slope, **more)


# a is the argument; the slope is d/da, in the language itself; None where there is no one formula
_ROWS = (
    _word("exp", "exp", np.exp, "exp(a)", latex=r"\exp", math="exp", op="Exp"),
    _word("expm1", "math.expm1", np.expm1, "exp(a)", math="expm1", op="Expm1"),
    _word("log", "math.log", np.log, "1 / a", latex=r"\log", math="log", op="Log"),
    _word("log1p", "math.log1p", np.log1p, "1 / (1 + a)", math="log1p", op="Log1p"),
    _word("log2", None, None, means="log(a) / log(2)", latex=r"\log_{2}"),
    _word("log10", None, None, means="log(a) / log(10)", latex=r"\log_{10}"),
    _word("sqrt", "sqrt", np.sqrt, "1 / (2 * sqrt(a))", math="sqrt", op="Sqrt"),
    _word("cbrt", None, None, means="sign(a) * abs(a)**(1/3)"),
    _word("abs", "abs", np.abs, "sign(a)", math="fabs", op="Abs"),
    _word("sign", "sign", np.sign, "0", op="Sign"),
    _word("sin", "sin", np.sin, "cos(a)", latex=r"\sin", math="sin", op="Sin"),
    _word("cos", "cos", np.cos, "-sin(a)", latex=r"\cos", math="cos", op="Cos"),
    _word("tan", "tan", np.tan, "1 + tan(a)**2", latex=r"\tan", math="tan", op="Tan"),
    _word("asin", "asin", np.arcsin, "1 / sqrt(1 - a**2)", latex=r"\arcsin", math="asin", op="Asin"),
    _word("acos", "acos", np.arccos, "-1 / sqrt(1 - a**2)", latex=r"\arccos", math="acos", op="Acos"),
    _word("atan", "atan", np.arctan, "1 / (1 + a**2)", latex=r"\arctan", math="atan", op="Atan"),
    _word("atan2", "atan2", np.arctan2, low=2, high=2, math="atan2", op="Atan2"),
    _word("sinh", "sinh", np.sinh, "cosh(a)", latex=r"\sinh", math="sinh", op="Sinh"),
    _word("cosh", "cosh", np.cosh, "sinh(a)", latex=r"\cosh", math="cosh", op="Cosh"),
    _word("tanh", "tanh", np.tanh, "1 - tanh(a)**2", latex=r"\tanh", math="tanh", op="Tanh"),
    _word("asinh", "asinh", np.arcsinh, "1 / sqrt(1 + a**2)", math="asinh", op="Asinh"),
    _word("acosh", "acosh", np.arccosh, "1 / sqrt(a**2 - 1)", math="acosh", op="Acosh"),
    _word("atanh", "atanh", np.arctanh, "1 / (1 - a**2)", math="atanh", op="Atanh"),
    _word("sigmoid", "sigmoid", _sigmoid, "sigmoid(a) * (1 - sigmoid(a))", op="Sigmoid"),
    _word("softplus", "math.softplus", _softplus, "sigmoid(a)", op="Softplus"),
    _word("relu", "nn.relu", lambda x: np.maximum(x, 0.0), "where(a > 0, 1, 0)", op="Relu"),
    _word("erf", "math.erf", _erf, "2 * exp(-a**2) / sqrt(pi)", math="erf", op="Erf"),
    _word("round", "round", np.round, "0", op="Round"),
    _word("floor", "floor", np.floor, "0", math="floor", op="Floor"),
    _word("ceil", "math.ceil", np.ceil, "0", math="ceil", op="Ceil"),
    _word("stop_gradient", "stop_gradient", lambda x: x, "0", op="StopGradient"),
    _word("pow", None, None, low=2, high=2, means="a**b"),
    _word("min", "minimum", np.minimum, high=9, latex=r"\min", kind="fold", op="Minimum"),
    _word("max", "maximum", np.maximum, high=9, latex=r"\max", kind="fold", op="Maximum"),
    _word("sum", "reduce_sum", np.sum, kind="reduce", op="Sum"),
    _word("mean", "reduce_mean", np.mean, kind="reduce", op="Mean"),
    _word("prod", "reduce_prod", np.prod, kind="reduce", op="Prod"),
    _word("norm", "norm", lambda x: np.sqrt(np.sum(x * x)), kind="reduce", op="EuclideanNorm"),
    _word("dot", None, None, low=2, high=2, means="sum(a * b)", kind="reduce"),
    _word("matmul", "matmul", np.matmul, low=2, high=2, kind="matmul", op="MatMul"),
    _word("transpose", "transpose", np.transpose, kind="transpose", op="Transpose"),
    _word("softmax", "nn.softmax", _softmax, kind="softmax", op="Softmax"),
    _word("where", "where", np.where, low=3, high=3, kind="where", op="SelectV2"),
)

WORDS: dict[str, Word] = {row.name: row for row in _ROWS}

# what people write, and the word of this language for it
SYNONYMS = {
    "ln": "log", "lg": "log10", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctg": "atan", "tg": "tan",
    "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "arcsinh": "asinh", "arccosh": "acosh",
    "arctanh": "atanh", "fabs": "abs", "absolute": "abs", "sgn": "sign", "logistic": "sigmoid", "power": "pow",
    "minimum": "min", "maximum": "max", "reduce_sum": "sum", "reduce_mean": "mean", "reduce_max": "max",
    "reduce_min": "min", "reduce_prod": "prod", "average": "mean", "ReLU": "relu", "square": "x**2", "root": "sqrt",
    "arctan2": "atan2", "tensordot": "dot", "length": "norm", "Pi": "pi", "PI": "pi", "π": "pi", "τ": "tau", "E": "e",
    "matvec": "matmul", "If": "where", "piecewise": "where", "ceiling": "ceil", "int": "floor", "inv": "1 / x",
}  # fmt: skip

# words whose result turns a corner or jumps: no derivative there
CORNERS = ("abs", "sign", "relu", "min", "max", "where", "round", "floor", "ceil")
