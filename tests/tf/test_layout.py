"""Picking, putting, padding, tiling, turning, repeating, slicing: values, slopes and errors against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest


def M(shape: Any, kind: Any = np.float32) -> Any:
    """Random numbers of a shape and dtype."""
    a = np.random.default_rng(sum(shape) + 1).standard_normal(shape) * 3
    if np.dtype(kind).kind == "c":
        a = a + 1j * a[::-1] if shape else a
    return a.astype(kind)


CASES: dict[str, Any] = {}
KINDS_OF = [np.float32, np.int32, np.complex64, np.bool_, np.float16, np.uint8]
for d in KINDS_OF:
    n = np.dtype(d).name
    for sh, ix in (
        ((3, 4), [[0, 1], [2, 3]]),
        ((3, 4), [[0], [2]]),
        ((3, 4), [0, 1]),
        ((3, 4), [[[0, 1]], [[2, 3]]]),
        ((3, 4), np.zeros((0, 2), np.int32)),
        ((3, 4), np.zeros((2, 0), np.int32)),
        ((2, 3, 4), [[1, 2]]),
        ((0, 3), np.zeros((0, 1), np.int32)),
    ):
        CASES[f"gnd {n} {sh} {np.shape(ix)}"] = lambda tf, sh=sh, ix=ix, d=d: tf.gather_nd(M(sh, d), ix)
    CASES[f"snd {n}"] = lambda tf, d=d: tf.scatter_nd([[1], [3], [1]], M((3,), d), [5])
    CASES[f"snd2 {n}"] = lambda tf, d=d: tf.scatter_nd([[1], [0]], M((2, 4), d), [3, 4])
    for f in ("add", "sub", "update", "max", "min"):
        CASES[f"tsnd {f} {n}"] = lambda tf, d=d, f=f: getattr(tf, "tensor_scatter_nd_" + f)(
            M((5,), d), [[1], [3], [1]], M((3,), d)
        )
        CASES[f"tsnd2 {f} {n}"] = lambda tf, d=d, f=f: getattr(tf, "tensor_scatter_nd_" + f)(
            M((3, 4), d), [[1], [0]], M((2, 4), d)
        )
        CASES[f"tsnd3 {f} {n}"] = lambda tf, d=d, f=f: getattr(tf, "tensor_scatter_nd_" + f)(
            M((3, 4), d), [[1, 2], [0, 3]], M((2,), d)
        )
    for m in ("CONSTANT", "REFLECT", "SYMMETRIC", "constant"):
        CASES[f"pad {m} {n}"] = lambda tf, d=d, m=m: tf.pad(M((3, 4), d), [[1, 2], [0, 1]], mode=m)
    CASES[f"padv {n}"] = lambda tf, d=d: tf.pad(M((3,), d), [[1, 2]], constant_values=d(1))
    CASES[f"tile {n}"] = lambda tf, d=d: tf.tile(M((2, 3), d), [2, 1])
    CASES[f"roll {n}"] = lambda tf, d=d: tf.roll(M((2, 3), d), [1, -2], [0, 1])
    CASES[f"rev {n}"] = lambda tf, d=d: tf.reverse(M((2, 3), d), [-1])
    CASES[f"rep {n}"] = lambda tf, d=d: tf.repeat(M((2, 3), d), [1, 2], axis=0)
    CASES[f"revseq {n}"] = lambda tf, d=d: tf.reverse_sequence(M((2, 4), d), [2, 3], seq_axis=1, batch_axis=0)
    CASES[f"nz {n}"] = lambda tf, d=d: tf.math.count_nonzero(M((2, 3), d), axis=0)
    CASES[f"bm {n}"] = lambda tf, d=d: tf.boolean_mask(M((2, 3), d), [True, False])
    CASES[f"where3 {n}"] = lambda tf, d=d: tf.where([True, False], M((2,), d), M((2,), d) * d(0))
    CASES[f"where1 {n}"] = lambda tf, d=d: tf.where(M((2, 3), d))
    CASES[f"zf {n}"] = lambda tf, d=d: tf.math.zero_fraction(M((2, 3), d))
f = np.float32
CASES.update(
    {
        "gnd batch": lambda tf: tf.gather_nd(M((2, 3, 4)), [[[0, 1]], [[2, 3]]], batch_dims=1),
        "gnd batch0": lambda tf: tf.gather_nd(M((2, 3, 4)), [[0], [2]], batch_dims=1),
        "gnd batch bad": lambda tf: tf.gather_nd(M((2, 3, 4)), [[0, 1]], batch_dims=3),
        "gnd neg": lambda tf: tf.gather_nd(M((3, 4)), [[-1, 0]]),
        "gnd oob": lambda tf: tf.gather_nd(M((3, 4)), [[3, 0]]),
        "gnd deep": lambda tf: tf.gather_nd(M((3, 4)), [[0, 0, 0]]),
        "gnd float": lambda tf: tf.gather_nd(M((3, 4)), [[0.0, 1.0]]),
        "gnd scalar idx": lambda tf: tf.gather_nd(M((3, 4)), 0),
        "gnd str": lambda tf: tf.gather_nd(["a", "b"], [[1]]),
        "gnd int64": lambda tf: tf.gather_nd(M((3, 4)), tf.constant([[1, 1]], tf.int64)),
        "gnd policy": lambda tf: tf.gather_nd(M((3, 4)), [[7, 1]], bad_indices_policy="IGNORE"),
        "gnd list": lambda tf: tf.gather_nd([[1, 2], [3, 4]], [[0, 0], [1, 1]]),
        "gnd var": lambda tf: tf.gather_nd(tf.Variable([[1, 2], [3, 4]]), [[0, 0], [1, 1]]),
        "gnd scalar p": lambda tf: tf.gather_nd(1.0, [[0]]),
        "snd oob": lambda tf: tf.scatter_nd([[5]], [1.0], [5]),
        "snd neg": lambda tf: tf.scatter_nd([[-1]], [1.0], [5]),
        "snd mis": lambda tf: tf.scatter_nd([[1], [2]], [1.0], [5]),
        "snd mis2": lambda tf: tf.scatter_nd([[1], [2]], [[1.0], [2.0]], [5]),
        "snd empty": lambda tf: tf.scatter_nd(np.zeros((0, 1), np.int32), np.zeros((0,), f), [5]),
        "snd shape t": lambda tf: tf.scatter_nd(
            tf.constant([[1]], tf.int64), [1.0], tf.constant([5], tf.int64)
        ),
        "snd idx dt": lambda tf: tf.scatter_nd(tf.constant([[1]], tf.int64), [1.0], [5]),
        "snd idx rank0": lambda tf: tf.scatter_nd(1, 1.0, [5]),
        "snd deep": lambda tf: tf.scatter_nd([[1, 1]], [1.0], [5]),
        "snd scalar shape": lambda tf: tf.scatter_nd([[1]], [1.0], 5),
        "snd 0shape": lambda tf: tf.scatter_nd([[0]], [1.0], [0]),
        "snd 0d": lambda tf: tf.scatter_nd(np.zeros((3, 0), np.int32), M((3, 2)), [2]),
        "snd bool": lambda tf: tf.scatter_nd([[0], [0]], [True, False], [2]),
        "snd str": lambda tf: tf.scatter_nd([[0], [1]], ["a", "b"], [3]),
        "tsnd oob": lambda tf: tf.tensor_scatter_nd_update([1.0, 2.0], [[2]], [1.0]),
        "tsnd neg": lambda tf: tf.tensor_scatter_nd_add([1.0, 2.0], [[-1]], [1.0]),
        "tsnd mis": lambda tf: tf.tensor_scatter_nd_update([1.0, 2.0], [[1]], [1.0, 2.0]),
        "tsnd dtype": lambda tf: tf.tensor_scatter_nd_update(
            tf.constant([1.0, 2.0]), [[1]], tf.constant([1])
        ),
        "tsnd bc": lambda tf: tf.tensor_scatter_nd_update(M((3, 4)), [[1]], [1.0]),
        "tsnd scalar": lambda tf: tf.tensor_scatter_nd_update(M((3, 4)), [[1, 1]], 1.0),
        "tsnd empty": lambda tf: tf.tensor_scatter_nd_update(
            M((3, 4)), np.zeros((0, 1), np.int32), np.zeros((0, 4), f)
        ),
        "tsnd str": lambda tf: tf.tensor_scatter_nd_update(["a", "b"], [[1]], ["c"]),
        "pad rank": lambda tf: tf.pad([1.0, 2.0], [[1, 1], [1, 1]]),
        "pad neg": lambda tf: tf.pad([1.0, 2.0], [[-1, 1]]),
        "pad mode": lambda tf: tf.pad([1.0, 2.0], [[1, 1]], mode="x"),
        "pad refl big": lambda tf: tf.pad([1.0, 2.0], [[2, 1]], mode="REFLECT"),
        "pad sym big": lambda tf: tf.pad([1.0, 2.0], [[3, 1]], mode="SYMMETRIC"),
        "pad 0": lambda tf: tf.pad(np.zeros((0, 2), f), [[1, 0], [0, 1]]),
        "pad scalar": lambda tf: tf.pad(1.0, np.zeros((0, 2), np.int32)),
        "pad int64": lambda tf: tf.pad([1.0], tf.constant([[1, 1]], tf.int64)),
        "pad float": lambda tf: tf.pad([1.0], [[1.0, 1.0]]),
        "pad str": lambda tf: tf.pad(["a"], [[1, 1]], constant_values="z"),
        "pad cv t": lambda tf: tf.pad([1, 2], [[1, 1]], constant_values=tf.constant(7)),
        "pad cv f": lambda tf: tf.pad([1, 2], [[1, 1]], constant_values=1.5),
        "pad shape": lambda tf: tf.pad([1.0, 2.0], [[1, 1, 1]]),
        "pad vec": lambda tf: tf.pad([1.0, 2.0], [1, 1]),
        "tile len": lambda tf: tf.tile([1.0, 2.0], [2, 2]),
        "tile neg": lambda tf: tf.tile([1.0, 2.0], [-1]),
        "tile 0": lambda tf: tf.tile([1.0, 2.0], [0]),
        "tile scalar": lambda tf: tf.tile(1.0, np.zeros(0, np.int32)),
        "tile str": lambda tf: tf.tile(["a"], [3]),
        "tile int64": lambda tf: tf.tile([1.0], tf.constant([3], tf.int64)),
        "tile float": lambda tf: tf.tile([1.0], [2.0]),
        "tile scalar mult": lambda tf: tf.tile([1.0], 2),
        "tile empty": lambda tf: tf.tile(np.zeros((0, 2), f), [2, 3]),
        "roll axis": lambda tf: tf.roll([1.0, 2.0], 1, 1),
        "roll len": lambda tf: tf.roll(M((2, 3)), [1, 2], [0]),
        "roll neg": lambda tf: tf.roll(M((2, 3)), -7, -1),
        "roll dup": lambda tf: tf.roll(M((2, 3)), [1, 1], [1, 1]),
        "roll scalar": lambda tf: tf.roll(1.0, 1, 0),
        "roll empty": lambda tf: tf.roll(np.zeros((0, 2), f), 1, 0),
        "roll str": lambda tf: tf.roll(["a", "b"], 1, 0),
        "roll shift2d": lambda tf: tf.roll(M((2, 3)), [[1]], 0),
        "rev axis": lambda tf: tf.reverse([1.0, 2.0], [1]),
        "rev dup": lambda tf: tf.reverse(M((2, 3)), [1, -1]),
        "rev empty": lambda tf: tf.reverse(M((2, 3)), []),
        "rev scalar axis": lambda tf: tf.reverse(M((2, 3)), 0),
        "rev str": lambda tf: tf.reverse(["a", "b"], [0]),
        "rev int64": lambda tf: tf.reverse(M((2, 3)), tf.constant([1], tf.int64)),
        "rev 0d": lambda tf: tf.reverse(1.0, []),
        "revseq len": lambda tf: tf.reverse_sequence(M((2, 4)), [2], seq_axis=1, batch_axis=0),
        "revseq big": lambda tf: tf.reverse_sequence(M((2, 4)), [2, 5], seq_axis=1, batch_axis=0),
        "revseq neg": lambda tf: tf.reverse_sequence(M((2, 4)), [2, -1], seq_axis=1, batch_axis=0),
        "revseq same": lambda tf: tf.reverse_sequence(M((2, 4)), [2, 1], seq_axis=0, batch_axis=0),
        "revseq oob": lambda tf: tf.reverse_sequence(M((2, 4)), [2, 1], seq_axis=2, batch_axis=0),
        "revseq b1": lambda tf: tf.reverse_sequence(M((4, 2, 3)), [2, 1], seq_axis=0, batch_axis=1),
        "revseq neg ax": lambda tf: tf.reverse_sequence(M((2, 4)), [2, 1], seq_axis=-1, batch_axis=0),
        "rep none": lambda tf: tf.repeat(M((2, 3)), 2),
        "rep vec": lambda tf: tf.repeat([1, 2, 3], [1, 0, 2]),
        "rep len": lambda tf: tf.repeat([1, 2, 3], [1, 0]),
        "rep neg": lambda tf: tf.repeat([1, 2, 3], -1),
        "rep scalar": lambda tf: tf.repeat(3, 4),
        "rep axis": lambda tf: tf.repeat(M((2, 3)), 2, axis=5),
        "rep -1": lambda tf: tf.repeat(M((2, 3)), 2, axis=-1),
        "rep 0": lambda tf: tf.repeat(M((2, 3)), 0, axis=0),
        "rep 2d": lambda tf: tf.repeat(M((2, 3)), [[1, 2]], axis=0),
        "rep len1": lambda tf: tf.repeat(M((2, 3)), [2], axis=0),
        "mesh": lambda tf: tf.meshgrid([1, 2, 3], [4, 5]),
        "mesh ij": lambda tf: tf.meshgrid([1, 2, 3], [4, 5], indexing="ij"),
        "mesh 3": lambda tf: tf.meshgrid([1.0, 2.0], [4.0, 5.0], [6.0]),
        "mesh 1": lambda tf: tf.meshgrid([1.0, 2.0]),
        "mesh 0": lambda tf: tf.meshgrid(),
        "mesh bad": lambda tf: tf.meshgrid([1], [2], indexing="z"),
        "mesh kw": lambda tf: tf.meshgrid([1], [2], foo=1),
        "mesh scalar": lambda tf: tf.meshgrid(1, [2, 3]),
        "mesh dtypes": lambda tf: tf.meshgrid([1], [2.0]),
        "smask": lambda tf: tf.sequence_mask([1, 3, 2]),
        "smask n": lambda tf: tf.sequence_mask([1, 3, 2], 5),
        "smask d": lambda tf: tf.sequence_mask([1, 3, 2], 2, tf.float32),
        "smask 2d": lambda tf: tf.sequence_mask([[1, 3], [2, 0]]),
        "smask scalar": lambda tf: tf.sequence_mask(2, 3),
        "smask t": lambda tf: tf.sequence_mask([1, 2], tf.constant(3)),
        "smask tv": lambda tf: tf.sequence_mask([1, 2], tf.constant([3])),
        "smask 0": lambda tf: tf.sequence_mask(np.zeros(0, np.int32)),
        "smask i64": lambda tf: tf.sequence_mask(tf.constant([1, 2], tf.int64)),
        "ss": lambda tf: tf.strided_slice(M((3, 4)), [0, 1], [2, 3]),
        "ss s": lambda tf: tf.strided_slice(M((3, 4)), [0, 1], [3, 4], [2, 2]),
        "ss neg": lambda tf: tf.strided_slice(M((3, 4)), [-1], [0], [-1]),
        "ss masks": lambda tf: tf.strided_slice(M((3, 4)), [1, 1], [2, 2], [1, 1], begin_mask=1, end_mask=2),
        "ss shrink": lambda tf: tf.strided_slice(M((3, 4)), [1, 1], [2, 2], [1, 1], shrink_axis_mask=1),
        "ss new": lambda tf: tf.strided_slice(M((3, 4)), [0, 1], [0, 2], [1, 1], new_axis_mask=1),
        "ss ell": lambda tf: tf.strided_slice(M((2, 3, 4)), [0, 1], [0, 2], [1, 1], ellipsis_mask=1),
        "ss 0": lambda tf: tf.strided_slice(M((3, 4)), [0], [2], [0]),
        "ss oob": lambda tf: tf.strided_slice(M((3, 4)), [5], [6], [1], shrink_axis_mask=1),
        "ss long": lambda tf: tf.strided_slice(M((3,)), [0, 0], [1, 1]),
        "ss len": lambda tf: tf.strided_slice(M((3,)), [0], [1, 1]),
        "unr": lambda tf: tf.unravel_index([2, 5, 7], [3, 3]),
        "unr s": lambda tf: tf.unravel_index(5, [3, 3]),
        "unr oob": lambda tf: tf.unravel_index([9], [3, 3]),
        "unr 64": lambda tf: tf.unravel_index(tf.constant([2], tf.int64), tf.constant([3, 3], tf.int64)),
        "unr 1": lambda tf: tf.unravel_index([2], [3]),
        "unr 0": lambda tf: tf.unravel_index([2], [3, 0]),
        "unr neg": lambda tf: tf.unravel_index([-1], [3, 3]),
        "unr e": lambda tf: tf.unravel_index(np.zeros(0, np.int32), [3, 3]),
        "idn": lambda tf: tf.identity_n([1.0, tf.constant([2])]),
        "idn t": lambda tf: tf.identity_n(tf.constant([1.0, 2.0])),
        "idn e": lambda tf: tf.identity_n([]),
        "shn": lambda tf: tf.shape_n([M((2, 3)), M((4,))]),
        "shn 64": lambda tf: tf.shape_n([M((2, 3)), M((4,))], tf.int64),
        "nz k": lambda tf: tf.math.count_nonzero([[1, 0], [0, 0]], keepdims=True, dtype=tf.int32),
        "nz str": lambda tf: tf.math.count_nonzero(["a", "", "b"]),
        "nz ax": lambda tf: tf.math.count_nonzero([[1, 0], [0, 0]], axis=[0, 1]),
        "nz bad": lambda tf: tf.math.count_nonzero([[1, 0], [0, 0]], axis=5),
        "zf e": lambda tf: tf.math.zero_fraction(np.zeros(0, f)),
        "ps": lambda tf: tf.parallel_stack([1, 2]),
        "bmask 2d": lambda tf: tf.boolean_mask(M((2, 3)), [[True, False, True], [False, False, True]]),
        "bmask ax": lambda tf: tf.boolean_mask(M((2, 3)), [True, False, True], axis=1),
        "bmask mis": lambda tf: tf.boolean_mask(M((2, 3)), [True, False, True]),
        "bmask sc": lambda tf: tf.boolean_mask(M((2, 3)), True),
        "bmask deep": lambda tf: tf.boolean_mask(M((2,)), [[True, False], [True, False]]),
        "bmask int": lambda tf: tf.boolean_mask(M((2,)), [1, 0]),
        "bmask e": lambda tf: tf.boolean_mask(np.zeros((0, 2), f), np.zeros(0, bool)),
        "eye": lambda tf: tf.eye(2, 3, batch_shape=[2], dtype=tf.int32),
    }
)
SLOPES: dict[str, Any] = {
    "gnd": (lambda tf, x: tf.gather_nd(x * x, [[0, 1], [2, 3], [0, 1]]), (3, 4)),
    "gnd rows": (lambda tf, x: tf.gather_nd(x * x, [[0], [2], [0]]), (3, 4)),
    "gndb": (lambda tf, x: tf.gather_nd(x * x, [[[0, 1]], [[2, 3]]], batch_dims=1), (2, 3, 4)),
    "gnd direct": (lambda tf, x: tf.gather_nd(x, [[0], [2], [0]]), (3, 4)),
    "snd": (lambda tf, x: tf.scatter_nd([[1], [3], [1]], x * x, [5]), (3,)),
    "tadd": (lambda tf, x, y: tf.tensor_scatter_nd_add(x * x, [[1], [3], [1]], y * y), (5,), (3,)),
    "tsub": (lambda tf, x, y: tf.tensor_scatter_nd_sub(x * x, [[1], [3], [1]], y * y), (5,), (3,)),
    "tupd": (lambda tf, x, y: tf.tensor_scatter_nd_update(x * x, [[1], [3], [2]], y * y), (5,), (3,)),
    "tmax": (lambda tf, x, y: tf.tensor_scatter_nd_max(x * x, [[1], [3], [2]], y * y), (5,), (3,)),
    "tmin": (lambda tf, x, y: tf.tensor_scatter_nd_min(x * x, [[1], [3], [2]], y * y), (5,), (3,)),
    "tmax tie": (
        lambda tf, x, y: tf.tensor_scatter_nd_max(x * 0 + 1, [[1], [3], [1]], y * 0 + 1),
        (5,),
        (3,),
    ),
    "pad": (lambda tf, x: tf.pad(x * x, [[1, 2], [0, 1]], constant_values=3.0), (3, 4)),
    "padr": (lambda tf, x: tf.pad(x * x, [[1, 2], [0, 1]], "REFLECT"), (3, 4)),
    "pads": (lambda tf, x: tf.pad(x * x, [[1, 2], [0, 1]], "SYMMETRIC"), (3, 4)),
    "tile": (lambda tf, x: tf.tile(x * x, [2, 3]), (3, 4)),
    "roll": (lambda tf, x: tf.roll(x * x, 1, 0), (3, 4)),
    "rev": (lambda tf, x: tf.reverse(x * x, [0, 1]), (3, 4)),
    "rep": (lambda tf, x: tf.repeat(x * x, [1, 2, 0], axis=0), (3, 4)),
    "revs": (lambda tf, x: tf.reverse_sequence(x * x, [2, 1, 4], 1, 0), (3, 4)),
    "mesh": (lambda tf, x, y: tf.meshgrid(x * x, y), (3,), (2,)),
    "ss": (lambda tf, x: tf.strided_slice(x * x, [0, 3], [3, 0], [2, -1]), (3, 4)),
    "bm": (lambda tf, x: tf.boolean_mask(x * x, [True, False, True]), (3, 4)),
    "idn": (lambda tf, x, y: tf.identity_n([x * x, y]), (3,), (2,)),
    "bt": (lambda tf, x: tf.broadcast_to(x * x, [2, 3, 4]), (3, 1)),
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], words=25)


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float64, np.complex128])
@pytest.mark.parametrize("name", SLOPES)
def test_slopes_agree(agree: Any, name: str, kind: Any) -> None:
    function, *shapes = SLOPES[name]
    if kind is np.complex128 and name.startswith(("tmax", "tmin")):
        return
    agree.slopes(function, [M(s, kind) for s in shapes])
