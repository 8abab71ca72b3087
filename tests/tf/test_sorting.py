"""Sorting, counting and searching: values, dtypes, slopes and errors against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

f = np.float32


def M(shape: Any, kind: Any = np.float32) -> Any:
    """Random numbers of a shape and dtype."""
    return (np.random.default_rng(sum(shape) + 1).standard_normal(shape) * 3).astype(kind)


CASES: dict[str, Any] = {}
for d in (np.float32, np.int32, np.float16, np.float64, np.uint8, np.int64, np.int8, np.uint16):
    n = np.dtype(d).name
    for sh in ((5,), (3, 4), (2, 3, 4), (0, 3), (3, 0)):
        for ax in (-1, 0):
            for di in ("ASCENDING", "DESCENDING"):
                CASES[f"sort {n} {sh} {ax} {di}"] = lambda tf, d=d, sh=sh, ax=ax, di=di: tf.sort(
                    M(sh, d), axis=ax, direction=di
                )
                CASES[f"argsort {n} {sh} {ax} {di}"] = lambda tf, d=d, sh=sh, ax=ax, di=di: tf.argsort(
                    M(sh, d) * 0 + np.arange(int(np.prod(sh))).reshape(sh).astype(d)
                    if d is np.uint8
                    else M(sh, d),
                    axis=ax,
                    direction=di,
                    stable=True,
                )
    for sh, k in (
        ((5,), 2),
        ((3, 4), 3),
        ((2, 3, 4), 1),
        ((3, 4), 0),
        ((0, 3), 2),
        ((2, 3, 4), 4),
        ((3, 4), 5),
    ):
        CASES[f"topk {n} {sh} {k}"] = lambda tf, d=d, sh=sh, k=k: tf.math.top_k(M(sh, d), k)
    CASES[f"uniq {n}"] = lambda tf, d=d: tf.unique(np.array([1, 3, 1, 2, 3], d))
    CASES[f"uniqc {n}"] = lambda tf, d=d: tf.unique_with_counts(np.array([1, 3, 1, 2, 3], d))
    CASES[f"ss {n}"] = lambda tf, d=d: tf.searchsorted(np.array([1, 3, 5, 7], d), np.array([0, 3, 4, 9], d))
    CASES[f"ssr {n}"] = lambda tf, d=d: tf.searchsorted(
        np.array([[1, 3, 5, 7]], d), np.array([[0, 3, 4, 9]], d), side="right"
    )
    CASES[f"hist {n}"] = lambda tf, d=d: tf.histogram_fixed_width(
        np.array([0, 1, 5, 2, 9, 4], d), np.array([0, 8], d), nbins=4
    )
    CASES[f"histb {n}"] = lambda tf, d=d: tf.histogram_fixed_width_bins(
        np.array([0, 1, 5, 2, 9, 4], d), np.array([0, 8], d), nbins=4
    )
    CASES[f"inc {n}"] = lambda tf, d=d: (
        tf.math.is_strictly_increasing(np.array([1, 2, 2], d)),
        tf.math.is_non_decreasing(np.array([1, 2, 2], d)),
    )
CASES.update(
    {
        "sort dir": lambda tf: tf.sort([1.0, 2.0], direction="UP"),
        "sort axis": lambda tf: tf.sort([1.0, 2.0], axis=3),
        "sort 0d": lambda tf: tf.sort(1.0),
        "argsort ties": lambda tf: tf.argsort([1, 2, 1, 2], stable=True),
        "argsort ties d": lambda tf: tf.argsort([1, 2, 1, 2], direction="DESCENDING", stable=True),
        "argsort dtype": lambda tf: tf.argsort(tf.constant([3, 1], tf.int64)),
        "sort ax t": lambda tf: tf.sort([[3, 1], [2, 5]], axis=tf.constant(0)),
        "sort bool": lambda tf: tf.sort([True, False]),
        "sort str": lambda tf: tf.sort(["b", "a"]),
        "sort i min": lambda tf: tf.sort(np.array([-128, 127, 0], np.int8)),
        "sort i min d": lambda tf: tf.argsort(np.array([-128, 127, 0], np.int8)),
        "sort u": lambda tf: tf.sort(np.array([255, 0, 7], np.uint8), direction="DESCENDING"),
        "sort u asc": lambda tf: tf.argsort(np.array([2**32 - 1, 0, 7], np.uint32)),
        "sort bf": lambda tf: tf.sort(tf.constant([2.0, 1.0], tf.bfloat16)),
        "argsort bad ax": lambda tf: tf.argsort([1.0, 2.0], axis=[0]),
        "topk neg": lambda tf: tf.math.top_k([1.0, 2.0], -1),
        "topk 0d": lambda tf: tf.math.top_k(1.0),
        "topk ties": lambda tf: tf.math.top_k([1, 2, 2, 1], 3),
        "topk i16": lambda tf: tf.math.top_k([1.0, 3.0], 1, index_type=tf.int16),
        "topk i64": lambda tf: tf.math.top_k([1.0, 3.0], 1, index_type=tf.int64),
        "topk fields": lambda tf: (tf.math.top_k([1.0, 3.0]).values, tf.nn.top_k([1.0, 3.0]).indices),
        "topk min": lambda tf: tf.math.top_k(np.array([-128, 5], np.int8), 2),
        "topk unsorted": lambda tf: tf.sort(tf.math.top_k([1.0, 5.0, 3.0], 2, sorted=False).values),
        "topk k t": lambda tf: tf.math.top_k([1.0, 5.0, 3.0], tf.constant(2)),
        "topk kv": lambda tf: tf.math.top_k([1.0, 5.0, 3.0], [2]),
        "topk bool": lambda tf: tf.math.top_k([True, False]),
        "intop": lambda tf: tf.math.in_top_k([1, 0], [[0.1, 0.8, 0.1], [0.3, 0.2, 0.9]], 1),
        "intop tie": lambda tf: tf.math.in_top_k([0], [[0.5, 0.5, 0.1]], 1),
        "intop nan": lambda tf: tf.math.in_top_k([0], [[np.nan, 0.5, 0.1]], 2),
        "intop oob": lambda tf: tf.math.in_top_k([7], [[0.5, 0.5, 0.1]], 2),
        "intop shape": lambda tf: tf.math.in_top_k([0, 1], [[0.5, 0.5, 0.1]], 2),
        "intop rank": lambda tf: tf.math.in_top_k([0], [0.5], 2),
        "uniq 2d": lambda tf: tf.unique([[1, 2]]),
        "uniq 0": lambda tf: tf.unique(np.zeros(0, f)),
        "uniq i64": lambda tf: tf.unique([1, 1, 2], out_idx=tf.int64),
        "uniq str": lambda tf: tf.unique(["a", "b", "a"]),
        "uniqc i64": lambda tf: tf.unique_with_counts([1, 1, 2], out_idx=tf.int64),
        "uniq fields": lambda tf: (
            tf.unique([1, 1]).y,
            tf.unique([1, 1]).idx,
            tf.unique_with_counts([1, 1]).count,
        ),
        "uniq bool": lambda tf: tf.unique([True, False, True]),
        "uniq nan": lambda tf: tf.unique([np.nan, 1.0, np.nan]),
        "uniq cplx": lambda tf: tf.unique(np.array([1j, 1j])),
        "ss dtype": lambda tf: tf.searchsorted([1, 2], [1.5]),
        "ss side": lambda tf: tf.searchsorted([1, 2], [1], side="x"),
        "ss lead": lambda tf: tf.searchsorted([[1, 2], [3, 4]], [[1]]),
        "ss out": lambda tf: tf.searchsorted([1, 2], [1], out_type=tf.int64),
        "ss 3d": lambda tf: tf.searchsorted([[[1, 2]], [[3, 4]]], [[[1, 2, 3]], [[3, 4, 5]]]),
        "ss 0": lambda tf: tf.searchsorted(np.zeros(0, f), [1.0]),
        "ss 0v": lambda tf: tf.searchsorted([1.0], np.zeros(0, f)),
        "ss scalar": lambda tf: tf.searchsorted([1.0, 2.0], 1.5),
        "ss rank": lambda tf: tf.searchsorted([1.0, 2.0], [[1.5]]),
        "hist def": lambda tf: tf.histogram_fixed_width([-1.0, 0.0, 1.5, 2.0, 5.0, 15], [0.0, 5.0], nbins=5),
        "hist 64": lambda tf: tf.histogram_fixed_width([0.0, 1.0], [0.0, 1.0], 5, dtype=tf.int64),
        "hist nb0": lambda tf: tf.histogram_fixed_width([0.0, 1.0], [0.0, 1.0], 0),
        "hist rng": lambda tf: tf.histogram_fixed_width([0.0, 1.0], [1.0, 1.0]),
        "hist rng2": lambda tf: tf.histogram_fixed_width_bins([0.0, 1.0], [2.0, 1.0]),
        "hist empty": lambda tf: tf.histogram_fixed_width(np.zeros(0, f), [0.0, 1.0], 3),
        "hist 2d": lambda tf: tf.histogram_fixed_width_bins([[0.0, 1.0], [0.5, 0.2]], [0.0, 1.0], 3),
        "hist nan": lambda tf: tf.histogram_fixed_width([np.inf, 1.0], [0.0, 1.0], 3),
        "hist shape": lambda tf: tf.histogram_fixed_width([0.0, 1.0], [0.0, 1.0, 2.0]),
        "hist dtype": lambda tf: tf.histogram_fixed_width([0.0, 1.0], [0.0, 1.0], 3, dtype=tf.float32),
        "histb nb": lambda tf: tf.histogram_fixed_width_bins([0.0], [0.0, 1.0], nbins=-1),
        "hist exact": lambda tf: tf.histogram_fixed_width_bins(
            [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], [0.0, 1.0], 10
        ),
        "conf": lambda tf: tf.math.confusion_matrix([1, 2, 0], [1, 0, 0]),
        "conf n": lambda tf: tf.math.confusion_matrix([1, 2, 0], [1, 0, 0], num_classes=5),
        "conf small": lambda tf: tf.math.confusion_matrix([1, 2, 0], [1, 0, 0], num_classes=2),
        "conf neg": lambda tf: tf.math.confusion_matrix([-1, 2, 0], [1, 0, 0]),
        "conf neg p": lambda tf: tf.math.confusion_matrix([1, 2, 0], [-1, 0, 0]),
        "conf pbig": lambda tf: tf.math.confusion_matrix([1, 0, 0], [3, 0, 0], num_classes=2),
        "conf w": lambda tf: tf.math.confusion_matrix(
            [1, 2, 0], [1, 0, 0], weights=[1.0, 2.0, 3.0], dtype=tf.float32
        ),
        "conf w int": lambda tf: tf.math.confusion_matrix([1, 2, 0], [1, 0, 0], weights=[1, 2, 3]),
        "conf shape": lambda tf: tf.math.confusion_matrix([1, 2], [1, 0, 0]),
        "conf wshape": lambda tf: tf.math.confusion_matrix([1, 2, 0], [1, 0, 0], weights=[1.0, 2.0]),
        "conf sq": lambda tf: tf.math.confusion_matrix([[1], [2]], [1, 2]),
        "conf 2d": lambda tf: tf.math.confusion_matrix([[1, 0], [2, 1]], [[1, 0], [2, 1]]),
        "conf f": lambda tf: tf.math.confusion_matrix([1.0, 2.0], [1.0, 2.0]),
        "conf i64": lambda tf: tf.math.confusion_matrix([1, 2], [1, 2], dtype=tf.int64),
        "inv64": lambda tf: tf.math.invert_permutation(tf.constant([2, 0, 1], tf.int64)),
        "inv dup": lambda tf: tf.math.invert_permutation([0, 0, 1]),
        "inv oob": lambda tf: tf.math.invert_permutation([0, 3, 1]),
        "inv neg": lambda tf: tf.math.invert_permutation([0, -1, 1]),
        "inv 2d": lambda tf: tf.math.invert_permutation([[0]]),
        "inv f": lambda tf: tf.math.invert_permutation([0.0]),
        "inv 0": lambda tf: tf.math.invert_permutation(np.zeros(0, np.int32)),
        "inc 2d": lambda tf: tf.math.is_strictly_increasing([[1, 2], [3, 4]]),
        "inc 1": lambda tf: tf.math.is_strictly_increasing([1]),
        "inc 0": lambda tf: tf.math.is_non_decreasing([]),
        "inc str": lambda tf: tf.math.is_non_decreasing(["a"]),
    }
)
for wt in (None, np.float32, np.float64, np.int32, np.int64):
    for kw in (
        {},
        {"minlength": 6},
        {"maxlength": 2},
        {"minlength": 6, "maxlength": 3},
        {"minlength": 2, "maxlength": 5},
        {"axis": -1},
        {"axis": 0},
        {"binary_output": True},
        {"axis": -1, "binary_output": True},
        {"axis": -1, "minlength": 7},
        {"dtype": "i64"},
        {"axis": -1, "maxlength": 2},
        {"axis": 1},
    ):
        for arr in ([1, 1, 2, 4], [[1, 1], [2, 0]], [], [[]], 3):
            for id_ in (np.int32, np.int64, np.uint8):
                a = np.array(arr, id_)
                if wt is not None and kw.get("binary_output"):
                    continue
                if id_ is not np.int32 and len(kw):
                    continue
                w = None if wt is None else (np.arange(a.size).reshape(a.shape) + 0.5).astype(wt)
                CASES[f"bin {wt and wt.__name__} {kw} {arr} {id_.__name__}"] = lambda tf, a=a, w=w, kw=kw: (
                    tf.math.bincount(
                        a, weights=w, **{k: (tf.int64 if v == "i64" else v) for k, v in kw.items()}
                    )
                )
CASES.update(
    {
        "bin neg": lambda tf: tf.math.bincount([-1, 2]),
        "bin neg ax": lambda tf: tf.math.bincount([[-1, 2]], axis=-1),
        "bin f": lambda tf: tf.math.bincount([1.0, 2.0]),
        "bin wshape": lambda tf: tf.math.bincount([1, 2], weights=[1.0]),
        "bin wshape ax": lambda tf: tf.math.bincount([[1, 2]], weights=[1.0, 2.0], axis=-1),
        "bin axbad": lambda tf: tf.math.bincount([[1, 2]], axis=3),
        "bin bw": lambda tf: tf.math.bincount([1, 2], weights=[1.0, 2.0], binary_output=True),
        "bin 3d": lambda tf: tf.math.bincount([[[1, 2]]]),
        "bin 3d ax": lambda tf: tf.math.bincount([[[1, 2]]], axis=-1),
        "bin minneg": lambda tf: tf.math.bincount([1], minlength=-1),
        "bin list": lambda tf: tf.math.bincount([1, 1, 3], dtype=tf.float32),
        "bin d f64": lambda tf: tf.math.bincount([1, 1, 3], dtype=tf.float64),
        "bin maxt": lambda tf: tf.math.bincount([1, 1, 3], maxlength=tf.constant(2)),
        "bin max0": lambda tf: tf.math.bincount([1, 1, 3], maxlength=0),
        "bin bool": lambda tf: tf.math.bincount([True, False]),
    }
)
SLOPES: dict[str, Any] = {
    "sort": (lambda tf, x: tf.sort(x * x, axis=0), (3, 4)),
    "sortd": (lambda tf, x: tf.sort(x * x, direction="DESCENDING"), (3, 4)),
    "topk": (lambda tf, x: tf.math.top_k(x * x, 2)[0], (3, 4)),
    "uniq": (lambda tf, x: tf.unique(x)[0], (4,)),
    "binw": (lambda tf, w: tf.math.bincount([1, 1, 2, 4], weights=w), (4,)),
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], words=22)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", SLOPES)
def test_slopes_agree(agree: Any, name: str) -> None:
    function, *shapes = SLOPES[name]
    agree.slopes(function, [M(s, np.float64) for s in shapes])
