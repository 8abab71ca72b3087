"""The rows of the core beside real TensorFlow, on drawn shapes, dtypes and awkward values; and its errors and edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tfgrad_course import tf as shim
from tfgrad_course.tf._declare import OPS, traced
from tfgrad_course.tf.ops import arithmetic, cast, compare, explog, nn, rounding, special, trig

pytestmark = [pytest.mark.tensorflow, pytest.mark.slow]

SHAPES = st.sampled_from([(), (1,), (3,), (2, 3), (0,), (2, 0)])
AWKWARD = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 0.1, -0.3, 2.0, 7.5, np.inf, -np.inf, np.nan, 1e-6, 100.0]
FLOATS = st.sampled_from(["float32", "float64"])
DRAW = settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
CORE = (arithmetic, explog, trig, rounding, compare, special, nn, cast)


def _public(inputs: int) -> list[str]:
    """The public names of the element by element rows of the core."""
    here = [thing for table in CORE for thing in vars(table).values() if callable(thing)]
    return [
        e.names[0] for e in OPS.values()
        if e.names and e.inputs == inputs and not e.attrs and shim.float32 in e.dtypes
        and any(getattr(traced, e.name) is thing for thing in here)
    ]  # fmt: skip


def _find(tf: Any, path: str) -> Any:
    for part in path.split("."):
        tf = getattr(tf, part)
    return tf


@st.composite
def arrays(draw: Any, shape: Any = None, dtype: Any = None) -> np.ndarray:
    """An array of awkward numbers."""
    shape = draw(SHAPES) if shape is None else shape
    size = int(np.prod(shape, dtype=int))
    values = draw(st.lists(st.sampled_from(AWKWARD), min_size=size, max_size=size))
    return np.array(values, draw(FLOATS) if dtype is None else dtype).reshape(shape)


@st.composite
def pairs(draw: Any) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays of one dtype, often of shapes that broadcast, now and then of shapes that do not."""
    x = draw(arrays())
    other = draw(st.sampled_from([x.shape, (), (3,), (1, 3), (2, 1), (1,)]))
    return x, draw(arrays(other, x.dtype))


@pytest.mark.parametrize("name", _public(1))
@DRAW
@given(data=st.data())
def test_functions_of_one_tensor_agree(agree: Any, name: str, data: Any) -> None:
    """Value, dtype, shape, gradient and second gradient, or the class of the error."""
    x = data.draw(arrays())
    agree.slopes(lambda tf, a: _find(tf, name)(a), [x], within=2e-4)


@pytest.mark.parametrize("name", _public(2))
@DRAW
@given(pair=pairs())
def test_functions_of_two_tensors_agree(agree: Any, name: str, pair: Any) -> None:
    """The same for pairs, with broadcasting and with shapes that do not fit."""
    agree.slopes(lambda tf, a, b: _find(tf, name)(a, b), pair, within=2e-4)


@pytest.mark.parametrize("name", _public(1) + _public(2))
@pytest.mark.parametrize(
    "dtype", ["int32", "int64", "uint8", "bool", "complex64", "float16", "bfloat16", "string"]
)
def test_every_dtype_is_taken_or_refused_alike(agree: Any, name: str, dtype: str) -> None:
    """Values where both take a dtype, and the class of the error where TensorFlow refuses it."""
    count = 1 if name in _public(1) else 2
    if dtype == "string":
        given_: list[Any] = [["a", "b"], ["b", "a"]]
    elif dtype == "bool":
        given_ = [[True, False], [True, True]]
    else:
        given_ = [[3, 1, 2], [2, 1, 4]]

    def run(tf: Any) -> Any:
        xs = [
            tf.cast(tf.constant(a), dtype) if dtype not in ("string", "bool") else tf.constant(a)
            for a in given_[:count]
        ]
        return _find(tf, name)(*xs)

    agree(run, within=2e-3 if dtype == "bfloat16" else 1e-4, words=0)


OPERATORS = [
    "a+b",
    "a-b",
    "a*b",
    "a/b",
    "a//b",
    "a%b",
    "a**b",
    "a<b",
    "a>=b",
    "a==b",
    "a!=b",
    "a@b",
    "a&b",
    "a|b",
    "a^b",
]
OPERANDS: dict[str, Any] = {
    "float": lambda tf: tf.constant(1.5),
    "vector": lambda tf: tf.constant([1.0, 2.0, 3.0]),
    "pair": lambda tf: tf.constant([1.0, 2.0]),
    "matrix": lambda tf: tf.constant([[1.0, 2.0], [3.0, 4.0]]),
    "double": lambda tf: tf.constant(1.5, tf.float64),
    "whole": lambda tf: tf.constant(3),
    "yes": lambda tf: tf.constant(True),
    "complex": lambda tf: tf.constant(1 + 2j),
    "variable": lambda tf: tf.Variable(2.0),
    "2": lambda tf: 2,
    "2.5": lambda tf: 2.5,
    "True": lambda tf: True,
    "1j": lambda tf: 1j,
    "None": lambda tf: None,
    "word": lambda tf: "word",
    "[1, 2]": lambda tf: [1, 2],
    "[1.5, 2]": lambda tf: [1.5, 2],
    "array": lambda tf: np.array([1.0, 2.0, 3.0]),
    "integers": lambda tf: np.array([1, 2, 3]),
    "double scalar": lambda tf: np.float64(2.5),
}


@pytest.mark.parametrize("left", list(OPERANDS))
def test_operators_agree_on_all_pairs_of_operands(agree: Any, left: str) -> None:
    """Promotion, refusal and broadcasting of every operator between tensors and what Python has."""
    for right in OPERANDS:
        if not {left, right} & {
            "float",
            "vector",
            "pair",
            "matrix",
            "double",
            "whole",
            "yes",
            "complex",
            "variable",
        }:
            continue
        for operator in OPERATORS:
            if {left, right} & {"word"} and operator in ("a*b", "a%b"):
                continue  # Python's own repetition and formatting come in between
            if left == "yes" and operator == "a/b" and right in ("array", "integers", "double scalar"):
                continue  # TensorFlow hands a refused boolean over to NumPy's own division
            agree(
                lambda tf, o=operator, r=right: eval(o, {"a": OPERANDS[left](tf), "b": OPERANDS[r](tf)}),
                words=0,
            )
