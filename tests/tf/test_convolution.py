"""Convolutions and pooling: paddings, strides, dilations, formats, slopes and errors against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

f = np.float32


def M(shape: Any, kind: Any = np.float32) -> Any:
    """Random numbers of a shape and dtype."""
    return np.random.default_rng(sum(shape) + 1).standard_normal(shape).astype(kind)


CASES: dict[str, Any] = {}
SLOPES: dict[str, Any] = {}
for pad in ("SAME", "VALID"):
    for st in (1, 2, [1, 2, 1, 1], [2, 1]):
        for dl in (None, 2, [1, 2]):
            if st != 1 and dl:
                continue
            for xs, ws in (
                ((2, 5, 6, 3), (3, 2, 3, 4)),
                ((1, 4, 4, 2), (1, 1, 2, 3)),
                ((1, 5, 5, 4), (2, 3, 2, 4)),
                ((2, 3, 3, 1), (3, 3, 1, 1)),
            ):
                CASES[f"conv2d {pad} {st} {dl} {xs} {ws}"] = lambda tf, pad=pad, st=st, dl=dl, xs=xs, ws=ws: (
                    tf.nn.conv2d(M(xs), M(ws), st, pad, dilations=dl)
                )
            SLOPES[f"conv2d {pad} {st} {dl}"] = (
                lambda tf, x, w, pad=pad, st=st, dl=dl: tf.nn.conv2d(x, w, st, pad, dilations=dl),
                (2, 5, 6, 3),
                (3, 2, 3, 4),
            )
            CASES[f"dw {pad} {st} {dl}"] = lambda tf, pad=pad, st=st, dl=dl: tf.nn.depthwise_conv2d(
                M((2, 5, 6, 3)),
                M((3, 2, 3, 2)),
                [1, st, st, 1] if isinstance(st, int) else [1, 2, 2, 1],
                pad,
                dilations=None if dl is None else [2, 2],
            )
    for st in (1, 2):
        CASES[f"conv1d {pad} {st}"] = lambda tf, pad=pad, st=st: tf.nn.conv1d(
            M((2, 7, 3)), M((3, 3, 4)), st, pad
        )
        SLOPES[f"conv1d {pad} {st}"] = (
            lambda tf, x, w, pad=pad, st=st: tf.nn.conv1d(x, w, st, pad),
            (2, 7, 3),
            (3, 3, 4),
        )
        CASES[f"conv3d {pad} {st}"] = lambda tf, pad=pad, st=st: tf.nn.conv3d(
            M((2, 4, 5, 4, 2)), M((2, 3, 2, 2, 3)), [1, st, st, st, 1], pad
        )
        SLOPES[f"conv3d {pad} {st}"] = (
            lambda tf, x, w, pad=pad, st=st: tf.nn.conv3d(x, w, [1, st, st, st, 1], pad),
            (1, 4, 3, 4, 2),
            (2, 3, 2, 2, 2),
        )
        CASES[f"sep {pad} {st}"] = lambda tf, pad=pad, st=st: tf.nn.separable_conv2d(
            M((2, 5, 6, 3)), M((3, 2, 3, 2)), M((1, 1, 6, 4)), [1, st, st, 1], pad
        )
        SLOPES[f"dw {pad} {st}"] = (
            lambda tf, x, w, pad=pad, st=st: tf.nn.depthwise_conv2d(x, w, [1, st, st, 1], pad),
            (2, 5, 6, 3),
            (3, 2, 3, 2),
        )
        o = (
            [2, 6, 6, 2]
            if pad == "SAME" and st == 2
            else ([2, 3, 3, 2] if pad == "SAME" else ([2, 5, 5, 2] if st == 1 else [2, 7, 7, 2]))
        )
        CASES[f"convT {pad} {st}"] = lambda tf, pad=pad, st=st, o=o: tf.nn.conv2d_transpose(
            M((2, 3, 3, 4)), M((3, 3, 2, 4)), o, st, pad
        )
        SLOPES[f"convT {pad} {st}"] = (
            lambda tf, x, w, pad=pad, st=st, o=o: tf.nn.conv2d_transpose(x, w, o, st, pad),
            (2, 3, 3, 4),
            (3, 3, 2, 4),
        )
        o1 = (
            [2, 6, 2]
            if pad == "SAME" and st == 2
            else ([2, 3, 2] if pad == "SAME" else ([2, 5, 2] if st == 1 else [2, 7, 2]))
        )
        CASES[f"convT1 {pad} {st}"] = lambda tf, pad=pad, st=st, o1=o1: tf.nn.conv1d_transpose(
            M((2, 3, 4)), M((3, 2, 4)), o1, st, pad
        )
        o3 = [o[0], o[1], o[1], o[1], 2]
        CASES[f"convT3 {pad} {st}"] = lambda tf, pad=pad, st=st, o3=o3: tf.nn.conv3d_transpose(
            M((2, 3, 3, 3, 4)), M((3, 3, 3, 2, 4)), o3, st, pad
        )
        CASES[f"conv_transpose {pad} {st}"] = lambda tf, pad=pad, st=st, o=o: tf.nn.conv_transpose(
            M((2, 3, 3, 4)), M((3, 3, 2, 4)), o, st, pad
        )
        CASES[f"convolution {pad} {st}"] = lambda tf, pad=pad, st=st: tf.nn.convolution(
            M((2, 5, 6, 3)), M((3, 2, 3, 4)), strides=st, padding=pad
        )
        for k in (2, 3, [1, 2, 2, 1], [2, 3]):
            for kind in ("max", "avg"):
                CASES[f"{kind} {pad} {st} {k}"] = lambda tf, pad=pad, st=st, k=k, kind=kind: getattr(
                    tf.nn, kind + "_pool2d"
                )(M((2, 5, 6, 3)), k, st, pad)
                CASES[f"{kind}g {pad} {st} {k}"] = lambda tf, pad=pad, st=st, k=k, kind=kind: getattr(
                    tf.nn, kind + "_pool"
                )(M((2, 5, 6, 3)), k, st, pad)
                if k == 2:
                    SLOPES[f"{kind} {pad} {st} {k}"] = (
                        lambda tf, x, pad=pad, st=st, k=k, kind=kind: getattr(tf.nn, kind + "_pool2d")(
                            x * x, k, st, pad
                        ),
                        (2, 5, 6, 3),
                    )
        for kind in ("max", "avg"):
            CASES[f"{kind}1 {pad} {st}"] = lambda tf, pad=pad, st=st, kind=kind: getattr(
                tf.nn, kind + "_pool1d"
            )(M((2, 7, 3)), 2, st, pad)
            CASES[f"{kind}3 {pad} {st}"] = lambda tf, pad=pad, st=st, kind=kind: getattr(
                tf.nn, kind + "_pool3d"
            )(M((2, 4, 5, 4, 2)), 2, st, pad)
            SLOPES[f"{kind}1 {pad} {st}"] = (
                lambda tf, x, pad=pad, st=st, kind=kind: getattr(tf.nn, kind + "_pool1d")(x, 2, st, pad),
                (2, 7, 3),
            )
            SLOPES[f"{kind}3 {pad} {st}"] = (
                lambda tf, x, pad=pad, st=st, kind=kind: getattr(tf.nn, kind + "_pool3d")(x, 2, st, pad),
                (1, 4, 3, 4, 2),
            )
SLOPES["max tie"] = (lambda tf, x: tf.nn.max_pool2d(x * 0, 2, 2, "VALID"), (1, 4, 4, 1))
CASES.update(
    {
        "explicit": lambda tf: tf.nn.conv2d(
            M((2, 5, 6, 3)), M((3, 2, 3, 4)), 1, [[0, 0], [1, 2], [0, 1], [0, 0]]
        ),
        "nchw": lambda tf: tf.nn.conv2d(M((2, 3, 5, 6)), M((3, 2, 3, 4)), 1, "SAME", data_format="NCHW"),
        "badpad": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), 1, "FOO"),
        "lowpad": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), 1, "same"),
        "depth": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 2, 4)), 1, "SAME"),
        "rank": lambda tf: tf.nn.conv2d(M((5, 6, 3), np.float64), M((3, 2, 3, 4), np.float64), 1, "SAME"),
        "rankw": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3), np.float64), M((3, 2, 3), np.float64), 1, "SAME"),
        "dtype": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4), np.float64), 1, "SAME"),
        "int": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3), np.int32), M((3, 2, 3, 4), np.int32), 1, "SAME"),
        "half": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3), np.float16), M((3, 2, 3, 4), np.float16), 1, "SAME"),
        "f64": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3), np.float64), M((3, 2, 3, 4), np.float64), 1, "SAME"),
        "bf16": lambda tf: (
            tf.nn.conv2d(
                tf.cast(M((2, 5, 6, 3)), tf.bfloat16), tf.cast(M((3, 2, 3, 4)), tf.bfloat16), 1, "SAME"
            ).dtype.name
        ),
        "stride batch": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), [2, 1, 1, 1], "SAME"),
        "stride 0": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), 0, "SAME"),
        "stride len": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), [1, 1, 1], "SAME"),
        "dil len": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), 1, "SAME", dilations=[1, 1, 1]),
        "dil 0": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), 1, "SAME", dilations=0),
        "fmt": lambda tf: tf.nn.conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), 1, "SAME", data_format="X"),
        "batch5": lambda tf: tf.nn.conv2d(M((2, 2, 5, 6, 3)), M((3, 2, 3, 4)), 1, "SAME"),
        "empty out": lambda tf: tf.nn.conv2d(M((1, 4, 4, 2)), M((2, 2, 2, 0)), 1, "SAME"),
        "convT t": lambda tf: tf.nn.conv2d_transpose(
            M((2, 3, 3, 4)), M((3, 3, 2, 4)), tf.constant([2, 6, 6, 2]), 2, "SAME"
        ),
        "convT dil": lambda tf: tf.nn.conv2d_transpose(
            M((2, 3, 3, 4)), M((3, 3, 2, 4)), [2, 3, 3, 2], 1, "SAME", dilations=2
        ),
        "pool pad": lambda tf: tf.nn.max_pool2d(M((1, 2, 2, 1)), 2, 1, "X"),
        "pool avg int": lambda tf: tf.nn.avg_pool2d(M((1, 4, 4, 1), np.int32), 2, 2, "VALID"),
        "pool f64": lambda tf: tf.nn.avg_pool2d(M((1, 4, 4, 1), np.float64), 2, 2, "VALID"),
        "pool half": lambda tf: tf.nn.max_pool2d(M((1, 4, 4, 1), np.float16), 2, 2, "VALID"),
        "pool ksize0": lambda tf: tf.nn.max_pool2d(M((1, 4, 4, 1)), 0, 2, "VALID"),
        "pool expl": lambda tf: tf.nn.max_pool2d(M((1, 4, 4, 1)), 2, 2, [[0, 0], [1, 1], [1, 1], [0, 0]]),
        "pool empty": lambda tf: tf.nn.max_pool2d(M((0, 4, 4, 1)), 2, 2, "VALID"),
        "pool list": lambda tf: tf.nn.max_pool1d([[[1.0], [2.0], [3.0], [4.0]]], 2, 2, "VALID"),
        "dw rank": lambda tf: tf.nn.depthwise_conv2d(M((2, 5, 6, 3)), M((3, 2, 3)), [1, 1, 1, 1], "SAME"),
        "conv1d nd": lambda tf: tf.nn.conv1d(M((2, 2, 7, 3)), M((3, 3, 4)), 1, "SAME"),
        "conv1d dil": lambda tf: tf.nn.conv1d(M((2, 7, 3)), M((3, 3, 4)), 1, "SAME", dilations=2),
        "conv1d ncw": lambda tf: tf.nn.conv1d(M((2, 3, 7)), M((3, 3, 4)), 1, "SAME", data_format="NCW"),
        "atrous": lambda tf: tf.nn.atrous_conv2d(M((2, 5, 6, 3)), M((3, 2, 3, 4)), 2, "SAME"),
        "s2d": lambda tf: tf.nn.space_to_depth(M((1, 4, 4, 2)), 2),
        "d2s": lambda tf: tf.nn.depth_to_space(M((1, 2, 2, 8)), 2),
        "pool gen": lambda tf: tf.nn.pool(M((2, 5, 6, 3)), [2, 2], "MAX", strides=[2, 2], padding="SAME"),
    }
)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], 1e-4, 20)


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    "name", [n for n in SLOPES if "3 " not in n and not n.endswith("2]") and "1 2" not in n]
)
def test_slopes_agree(agree: Any, name: str) -> None:
    function, *shapes = SLOPES[name]
    pooled = name.startswith(("max", "avg"))
    agree.slopes(function, [M(s, np.float64) for s in shapes], 1 if pooled else 2)
