"""Groups of rows: sums, extremes, partitions and back, against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf as shim

f = np.float32


def M(shape: Any, kind: Any = np.float32) -> Any:
    """Random numbers of a shape and dtype."""
    a = np.random.default_rng(sum(shape) + 1).standard_normal(shape) * 3
    return (a + 1j * a[::-1] if np.dtype(kind).kind == "c" else a).astype(kind)


CASES: dict[str, Any] = {}
SLOPES: dict[str, Any] = {}


for fn in ("sum", "mean", "max", "min", "prod"):
    for d in (np.float32, np.int32, np.float64, np.complex64, np.float16, np.int64, np.uint8, np.bool_):
        CASES[f"seg {fn} {np.dtype(d)}"] = lambda tf, d=d, fn=fn: getattr(tf.math, "segment_" + fn)(
            M((5, 2), d), [0, 0, 1, 3, 3]
        )
        CASES[f"useg {fn} {np.dtype(d)}"] = lambda tf, d=d, fn=fn: getattr(tf.math, "unsorted_segment_" + fn)(
            M((5, 2), d), [3, 0, 1, 0, -1], 5
        )
    for l, (sh, ids) in {
        "1d": ((4,), [0, 0, 2, 2]),
        "3d": ((4, 2, 3), [0, 1, 1, 1]),
        "empty": ((0, 2), np.zeros(0, np.int32)),
        "dec": ((3,), [1, 0, 2]),
        "len": ((3,), [0, 1]),
        "2d": ((3, 2), [[0, 1], [1, 1], [2, 2]]),
        "neg": ((3,), [-1, 0, 1]),
        "i64": ((3,), np.array([0, 0, 1], np.int64)),
        "scalar": ((), 0),
        "f": ((2,), [0.0, 1.0]),
    }.items():
        CASES[f"seg {fn} {l}"] = lambda tf, fn=fn, sh=sh, ids=ids: getattr(tf.math, "segment_" + fn)(
            M(sh) if sh else 1.0, ids
        )
    for l, (sh, ids, n) in {
        "1d": ((4,), [2, 0, 2, 2], 3),
        "3d": ((4, 2, 3), [0, 1, 1, 1], 2),
        "empty": ((0, 2), np.zeros(0, np.int32), 3),
        "oob": ((3,), [1, 0, 5], 2),
        "2d": ((3, 2), [[0, 1], [1, 1], [2, -2]], 3),
        "2drows": ((3, 2, 2), [[0, 1], [1, 1], [2, 2]], 3),
        "shape": ((3,), [0, 1], 2),
        "n0": ((0,), np.zeros(0, np.int32), 0),
        "nneg": ((2,), [0, 0], -1),
        "i64": ((3,), np.array([0, 0, 1], np.int64), 2),
        "sc": ((), 0, 2),
    }.items():
        CASES[f"useg {fn} {l}"] = lambda tf, fn=fn, sh=sh, ids=ids, n=n: getattr(
            tf.math, "unsorted_segment_" + fn
        )(M(sh) if sh else 1.0, ids, n)
    SLOPES[f"seg {fn}"] = (
        lambda tf, x, fn=fn: getattr(tf.math, "segment_" + fn)(x * x, [0, 0, 1, 3, 3]),
        (5, 2),
    )
    SLOPES[f"useg {fn}"] = (
        lambda tf, x, fn=fn: getattr(tf.math, "unsorted_segment_" + fn)(x * x, [3, 0, 1, 0, -1], 5),
        (5, 2),
    )
    if fn in ("max", "min"):
        SLOPES[f"seg {fn} tie"] = (
            lambda tf, x, fn=fn: getattr(tf.math, "segment_" + fn)(x * 0 + 1, [0, 0, 1, 1, 1]),
            (5,),
        )
        SLOPES[f"useg {fn} tie"] = (
            lambda tf, x, fn=fn: getattr(tf.math, "unsorted_segment_" + fn)(x * 0 + 1, [0, 0, 1, 1, 1], 2),
            (5,),
        )
    if fn == "prod":
        SLOPES["useg prod 0"] = (
            lambda tf, x: tf.math.unsorted_segment_prod(x * np.array([0.0, 1, 1, 0, 0]), [0, 0, 1, 1, 1], 2),
            (5,),
        )
        SLOPES["seg prod 0"] = (
            lambda tf, x: tf.math.segment_prod(x * np.array([0.0, 1, 1, 0, 0]), [0, 0, 1, 1, 1]),
            (5,),
        )
SLOPES["useg sqrt"] = (lambda tf, x: tf.math.unsorted_segment_sqrt_n(x * x, [3, 0, 1, 0, -1], 5), (5, 2))
CASES["useg sqrt"] = lambda tf: tf.math.unsorted_segment_sqrt_n(M((5, 2)), [3, 0, 1, 0, -1], 5)
for d in (np.float32, np.int32, np.complex64, np.bool_):
    CASES[f"dp {np.dtype(d)}"] = lambda tf, d=d: tf.dynamic_partition(M((5, 2), d), [1, 0, 1, 2, 0], 3)
    CASES[f"ds {np.dtype(d)}"] = lambda tf, d=d: tf.dynamic_stitch(
        [[0, 2], [1, 3]], [M((2, 2), d), M((2, 2), d)]
    )
CASES.update(
    {
        "dp 2d": lambda tf: tf.dynamic_partition(M((2, 3)), [[1, 0, 1], [0, 0, 1]], 2),
        "dp empty": lambda tf: tf.dynamic_partition(M((5,)), [0, 0, 0, 0, 0], 3),
        "dp oob": lambda tf: tf.dynamic_partition(M((2,)), [0, 3], 2),
        "dp neg": lambda tf: tf.dynamic_partition(M((2,)), [0, -1], 2),
        "dp shape": lambda tf: tf.dynamic_partition(M((2,)), [0, 1, 1], 2),
        "dp scalar": lambda tf: tf.dynamic_partition(M((2,)), 1, 3),
        "dp 0": lambda tf: tf.dynamic_partition(M((2,)), [0, 0], 0),
        "dp zero rows": lambda tf: tf.dynamic_partition(np.zeros((0, 2), f), np.zeros(0, np.int32), 2),
        "dp i64": lambda tf: tf.dynamic_partition(M((2,)), tf.constant([0, 1], tf.int64), 2),
        "dp str": lambda tf: tf.dynamic_partition(["a", "b"], [1, 0], 2),
        "ds dup": lambda tf: tf.dynamic_stitch([[0, 1], [1]], [[1.0, 2.0], [3.0]]),
        "ds 2d": lambda tf: tf.dynamic_stitch([[[0, 1], [2, 3]], [4]], [[[1.0, 2.0], [3.0, 4.0]], [5.0]]),
        "ds scalar": lambda tf: tf.dynamic_stitch([0, 1], [1.0, 2.0]),
        "ds scalar rows": lambda tf: tf.dynamic_stitch([0, [1, 2]], [[1.0, 2.0], [[3.0, 4.0], [5.0, 6.0]]]),
        "ds gap": lambda tf: tf.dynamic_stitch([[0, 2]], [[1.0, 2.0]]).shape,
        "ds len": lambda tf: tf.dynamic_stitch([[0, 2]], [[1.0, 2.0], [3.0]]),
        "ds mis": lambda tf: tf.dynamic_stitch([[0, 1], [2]], [[[1.0, 2.0], [1.0, 2.0]], [3.0]]),
        "ds mis2": lambda tf: tf.dynamic_stitch([[0, 1], [2]], [[1.0, 2.0, 3.0], [3.0]]),
        "ds neg": lambda tf: tf.dynamic_stitch([[0, -1]], [[1.0, 2.0]]),
        "ds empty": lambda tf: tf.dynamic_stitch([np.zeros(0, np.int32)], [np.zeros((0, 2), f)]),
        "ds none": lambda tf: tf.dynamic_stitch([], []),
        "ds dt": lambda tf: tf.dynamic_stitch([[0], [1]], [tf.constant([1.0]), tf.constant([1])]),
        "ds str": lambda tf: tf.dynamic_stitch([[0], [1]], [["a"], ["b"]]),
        "ds i64": lambda tf: tf.dynamic_stitch([tf.constant([0], tf.int64)], [[1.0]]),
        "part+stitch": lambda tf: tf.dynamic_stitch(
            tf.dynamic_partition(tf.range(5), [1, 0, 1, 0, 0], 2),
            tf.dynamic_partition(M((5,)), [1, 0, 1, 0, 0], 2),
        ),
        "useg seg f": lambda tf: tf.math.unsorted_segment_sum([1.0, 2.0], [0.0, 1.0], 2),
        "useg n t": lambda tf: tf.math.unsorted_segment_sum([1.0, 2.0], [0, 1], tf.constant(3, tf.int64)),
        "useg n vec": lambda tf: tf.math.unsorted_segment_sum([1.0, 2.0], [0, 1], [3]),
    }
)
SLOPES["dp"] = (lambda tf, x: tf.dynamic_partition(x * x, [1, 0, 1, 2, 0], 3), (5, 2))
SLOPES["ds"] = (lambda tf, x, y: tf.dynamic_stitch([[0, 2], [1, 2]], [x * x, y * y]), (2, 2), (2, 2))


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], words=22)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", SLOPES)
def test_slopes_agree(agree: Any, name: str) -> None:
    function, *shapes = SLOPES[name]
    # TensorFlow's second slope of a product with zeros is nan.
    agree.slopes(function, [M(s, np.float64) for s in shapes], 1 if name == "useg prod 0" else 2)


def test_forward_mode_goes_through_a_stitch() -> None:
    """Rows and their tangents land at the same places: the slope of 2 x is 2."""
    x = shim.constant([1.0, 2.0])
    with shim.autodiff.ForwardAccumulator(x, shim.constant([10.0, 20.0])) as forward:
        y = shim.dynamic_stitch([[1], [0]], [2 * x[:1], 3 * x[1:]])
    assert forward.jvp(y).numpy().tolist() == [60.0, 20.0]
