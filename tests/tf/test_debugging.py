"""The assertions of tf.debugging, their errors and words, against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf as shim

WORDS = 60
CASES: dict[str, Any] = {
    "eq": lambda tf: tf.debugging.assert_equal([1, 2], [1, 2]),
    "eq!": lambda tf: tf.debugging.assert_equal([1, 2, 5], [1, 3, 4]),
    "eq!m": lambda tf: tf.debugging.assert_equal([1, 2, 5], [1, 3, 4], message="hello"),
    "eq!s1": lambda tf: tf.debugging.assert_equal([1, 2, 5], [1, 3, 4], summarize=1),
    "eq!s-1": lambda tf: tf.debugging.assert_equal([1, 2, 5, 7, 8], [1, 3, 4, 4, 4], summarize=-1),
    "eq!s0": lambda tf: tf.debugging.assert_equal([1, 2, 5, 7, 8], [1, 3, 4, 4, 4], summarize=0),
    "eq scal": lambda tf: tf.debugging.assert_equal(1, 2),
    "eq bc": lambda tf: tf.debugging.assert_equal([[1, 2], [3, 4]], [1, 2]),
    "eq shape": lambda tf: tf.debugging.assert_equal([1, 2, 3], [1, 2]),
    "eq dtype": lambda tf: tf.debugging.assert_equal([1, 2, 3], [1.0, 2.0, 3.0]),
    "eq str": lambda tf: tf.debugging.assert_equal("a", "a"),
    "eq empty": lambda tf: tf.debugging.assert_equal([], []),
    "eq empty2": lambda tf: tf.debugging.assert_equal([], 1.0),
    "eq bool": lambda tf: tf.debugging.assert_equal(True, False),
    "eq self": lambda tf: (lambda x: tf.debugging.assert_equal(x, x))(tf.constant([np.nan])),
    "eq np": lambda tf: tf.debugging.assert_equal(np.array([1.0, 2.0]), np.array([1.0, 2.0])),
    "tf.assert_equal": lambda tf: tf.assert_equal(1, 2),
    "tf.assert_less": lambda tf: tf.assert_less(3, 2),
    "tf.assert_greater": lambda tf: tf.assert_greater(1, 2),
    "tf.assert_rank": lambda tf: tf.assert_rank(1, 2),
    "near": lambda tf: tf.debugging.assert_near([1.0, 2.0], [1.0, 2.0]),
    "near!": lambda tf: tf.debugging.assert_near([1.0, 2.0], [1.0, 2.1], message="m"),
    "near tol": lambda tf: tf.debugging.assert_near([1.0, 2.0], [1.0, 2.1], rtol=0.1),
    "near atol": lambda tf: tf.debugging.assert_near([1.0, 2.0], [1.0, 2.1], atol=0.2),
    "near eq": lambda tf: tf.debugging.assert_near([1.0, 2.0], [1.0, 2.1], rtol=0.0, atol=0.0),
    "near int": lambda tf: tf.debugging.assert_near([1, 2], [1, 2]),
    "near f16": lambda tf: tf.debugging.assert_near(
        np.array([1.0], np.float16), np.array([1.001], np.float16)
    ),
    "near c": lambda tf: tf.debugging.assert_near(np.array([1.0 + 1j]), np.array([1.0 + 1.0001j])),
    "near c2": lambda tf: tf.debugging.assert_near(
        np.array([1.0 + 1j], np.complex64), np.array([1.0 + 1.0000001j], np.complex64)
    ),
    "near empty": lambda tf: tf.debugging.assert_near([], []),
    "near inf": lambda tf: tf.debugging.assert_near([np.inf], [np.inf]),
    "Assert": lambda tf: tf.debugging.Assert(tf.constant(False), ["a", tf.constant([1, 2, 3, 4])]),
    "Assert ok": lambda tf: tf.debugging.Assert(True, [1]),
    "Assert s": lambda tf: tf.debugging.Assert(False, [tf.constant([1, 2, 3, 4])], summarize=2),
    "Assert s0": lambda tf: tf.debugging.Assert(
        False, [tf.constant([1, 2, 3, 4]), tf.constant(1)], summarize=0
    ),
    "Assert vec": lambda tf: tf.debugging.Assert([True, False], [1]),
    "tf.Assert": lambda tf: tf.Assert(1 > 2, [1]),
    "num": lambda tf: tf.debugging.check_numerics([1.0, 2.0], "x"),
    "num nan": lambda tf: tf.debugging.check_numerics([1.0, np.nan], "x"),
    "num inf": lambda tf: tf.debugging.check_numerics([1.0, np.inf], "x"),
    "num both": lambda tf: tf.debugging.check_numerics([np.nan, np.inf], "x"),
    "num -inf": lambda tf: tf.debugging.check_numerics([-np.inf, np.inf], "x"),
    "num int": lambda tf: tf.debugging.check_numerics([1], "x"),
    "num f64": lambda tf: tf.debugging.check_numerics(np.array([np.nan]), "x"),
    "num f16": lambda tf: tf.debugging.check_numerics(np.array([np.nan], np.float16), "x"),
    "fin": lambda tf: tf.debugging.assert_all_finite([1.0, np.nan], "hi"),
    "fin ok": lambda tf: tf.debugging.assert_all_finite([1.0], "hi"),
    "rank": lambda tf: tf.debugging.assert_rank([1], 1),
    "rank!": lambda tf: tf.debugging.assert_rank([1], 2, message="m"),
    "rank t": lambda tf: tf.debugging.assert_rank([1], tf.constant(2)),
    "rank v": lambda tf: tf.debugging.assert_rank([1], [1]),
    "rank f": lambda tf: tf.debugging.assert_rank([1], 0.5),
    "rank l": lambda tf: tf.debugging.assert_rank_at_least([1], 2),
    "rank l ok": lambda tf: tf.debugging.assert_rank_at_least([1], 0),
    "rank l v": lambda tf: tf.debugging.assert_rank_at_least([1], [0]),
    "rank in": lambda tf: tf.debugging.assert_rank_in([1], (0, 1)),
    "rank in!": lambda tf: tf.debugging.assert_rank_in([1], (0, 2), message="mm"),
    "rank in v": lambda tf: tf.debugging.assert_rank_in([1], ([0], 2)),
    "rank in f": lambda tf: tf.debugging.assert_rank_in([1], (0.5, 2)),
    "scalar": lambda tf: tf.debugging.assert_scalar(3),
    "scalar!": lambda tf: tf.debugging.assert_scalar([3], message="q"),
    "type": lambda tf: tf.debugging.assert_type([1], tf.int32),
    "type!": lambda tf: tf.debugging.assert_type([1], tf.float32, message="q"),
    "int": lambda tf: tf.debugging.assert_integer([1]),
    "int!": lambda tf: tf.debugging.assert_integer([1.0]),
    "iter": lambda tf: tf.debugging.assert_proper_iterable([1]),
    "iter t": lambda tf: tf.debugging.assert_proper_iterable(tf.constant([1])),
    "iter s": lambda tf: tf.debugging.assert_proper_iterable("abc"),
    "iter n": lambda tf: tf.debugging.assert_proper_iterable(1),
    "iter np": lambda tf: tf.debugging.assert_proper_iterable(np.ones(2)),
    "iter v": lambda tf: tf.debugging.assert_proper_iterable(tf.Variable([1.0])),
    "same": lambda tf: tf.debugging.assert_same_float_dtype([tf.constant(1.0), tf.constant(2.0)]).name,
    "same!": lambda tf: tf.debugging.assert_same_float_dtype([tf.constant(1.0), tf.constant(2)]),
    "same d": lambda tf: tf.debugging.assert_same_float_dtype([tf.constant(1.0)], tf.float64),
    "same int": lambda tf: tf.debugging.assert_same_float_dtype([tf.constant(1)]),
    "same none": lambda tf: tf.debugging.assert_same_float_dtype().name,
    "numt": lambda tf: [
        tf.debugging.is_numeric_tensor(x)
        for x in (tf.constant(1), tf.constant("a"), 1, tf.constant(True), tf.Variable(1.0), tf.constant(1j))
    ],
    "shapes": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), ("a", "b")), (tf.ones([3]), ("b",))]),
    "shapes!": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), ("a", "b")), (tf.ones([2]), ("b",))]),
    "shapes m": lambda tf: tf.debugging.assert_shapes(
        [(tf.ones([2, 3]), ("a", "b")), (tf.ones([2]), ("b",))], message="huh"
    ),
    "shapes str": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), "ab"), (tf.ones([3]), "b")]),
    "shapes num": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), (2, "b"))]),
    "shapes num!": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), (3, "b"))]),
    "shapes numstr": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), "2b")]),
    "shapes rank": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), ("a", "b", "c"))]),
    "shapes el": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3, 4]), (..., "b", 4))]),
    "shapes el!": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3, 4]), (..., "b", 5))]),
    "shapes *": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3, 4]), "*b4")]),
    "shapes * mid": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3, 4]), "b*4")]),
    "shapes dot": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3, 4]), "..4")]),
    "shapes none": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3, 4]), (None, None, 4)), (1, None)]),
    "shapes scalar": lambda tf: tf.debugging.assert_shapes([(tf.ones([]), ()), (tf.ones([1]), ())]),
    "shapes scalar!": lambda tf: tf.debugging.assert_shapes([(tf.ones([2]), ())]),
    "shapes int": lambda tf: tf.debugging.assert_shapes([(tf.ones([2]), 2)]),
    "shapes dict": lambda tf: tf.debugging.assert_shapes({1: (1,)}),
    "shapes [] el": lambda tf: tf.debugging.assert_shapes([(tf.ones([2, 3]), (...,))]),
    "shapes el rank": lambda tf: tf.debugging.assert_shapes([(tf.ones([3]), (..., "a", "b"))]),
    "shapes sc 1": lambda tf: tf.debugging.assert_shapes([(tf.ones([]), (1,))]),
    "shapes sc 2": lambda tf: tf.debugging.assert_shapes([(tf.ones([]), (2,))]),
    "ensure": lambda tf: tf.ensure_shape(tf.ones([2, 3]), [None, 3]),
    "ensure!": lambda tf: tf.ensure_shape(tf.ones([2, 3]), [None, 4]),
    "ensure rank": lambda tf: tf.ensure_shape(tf.ones([2, 3]), [4]),
    "ensure none": lambda tf: tf.ensure_shape(tf.ones([2, 3]), None),
}


def _sign(word: str, x: Any) -> Any:
    return lambda tf: getattr(tf.debugging, f"assert_{word}")(x, message="bad", summarize=2)


def _pair(word: str, x: Any, y: Any) -> Any:
    return lambda tf: getattr(tf.debugging, f"assert_{word}")(x, y)


for _word in ("positive", "negative", "non_negative", "non_positive"):
    for _x in ([1, 2], [0, 0], [-1, -2], [1, -1], [], 1, -1.5, [np.nan], [[1, 2, 3, 4], [5, 6, 7, 8]], "a"):
        CASES[f"{_word} {_x}"] = _sign(_word, _x)
for _word in ("less", "less_equal", "greater", "greater_equal", "none_equal"):
    for _x, _y in (
        (1, 2), (2, 1), (1, 1), ([1.0, 2.0], [2.0, 2.0]), ([2.0, 2.0], [1.0, 2.0]), ([], [1.0]), ([1, 2, 3], 2),
        ([[1], [2]], [1, 2]), ([np.nan], [1.0]), ([1], [1.0]), ("a", "b"), ([1, 2], [1, 2, 3]),
    ):  # fmt: skip
        CASES[f"{_word} {_x} {_y}"] = _pair(_word, _x, _y)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_what_holds_and_what_does_not_agree(agree: Any, name: str) -> None:
    agree(CASES[name], words=WORDS)


def test_checked_numerics_refuse_the_operation_that_makes_nan_until_switched_off() -> None:
    shim.debugging.enable_check_numerics()
    try:
        with pytest.raises(shim.errors.InvalidArgumentError, match='eagerly-executing op "Log"'):
            shim.math.log(shim.constant(-1.0))
    finally:
        shim.debugging.disable_check_numerics()
    assert np.isnan(shim.math.log(shim.constant(-1.0)).numpy())
