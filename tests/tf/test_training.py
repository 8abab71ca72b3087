"""Losses, moments, clipping and the like, against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

f = np.float32
_RANDOM = np.random.default_rng(0)
A = _RANDOM.standard_normal((4, 3)).astype(f)
P = np.abs(_RANDOM.standard_normal((4, 3))).astype(f)
P /= P.sum(-1, keepdims=True)
W = 5 * P[:, 0]

SLOPES: dict[str, Any] = {
    "sigmoid": (lambda tf, x, z: tf.nn.sigmoid_cross_entropy_with_logits(z, x), A, P),
    "sigmoid at 0": (lambda tf, x, z: tf.nn.sigmoid_cross_entropy_with_logits(z, x), 0 * A, P),
    "weighted": (lambda tf, x, z: tf.nn.weighted_cross_entropy_with_logits(z, x, 2.0), A, P),
    "softmax": (lambda tf, x, z: tf.nn.softmax_cross_entropy_with_logits(z, x), A, P),
    "softmax, labels not summing to 1": (
        lambda tf, x, z: tf.nn.softmax_cross_entropy_with_logits(z, x),
        A,
        2 * P,
    ),
    "softmax, axis 0": (lambda tf, x, z: tf.nn.softmax_cross_entropy_with_logits(z, x, axis=0), A, P),
    "softmax, rank 3": (lambda tf, x, z: tf.nn.softmax_cross_entropy_with_logits(z, x), A[None], P[None]),
    "sparse": (lambda tf, x: tf.nn.sparse_softmax_cross_entropy_with_logits([0, 2, 1, 1], x), A),
    "sparse, rank 3": (
        lambda tf, x: tf.nn.sparse_softmax_cross_entropy_with_logits([[0, 2, 1, 1]], x),
        A[None],
    ),
    "poisson": (lambda tf, x, z: tf.nn.log_poisson_loss(z, x), A, P),
    "poisson in full": (lambda tf, x, z: tf.nn.log_poisson_loss(z, x, True), A, 5 * P),
    "half square": (lambda tf, x: tf.nn.l2_loss(x), A),
    "moments": (lambda tf, x: tf.nn.moments(x, [0]), A),
    "moments of all": (lambda tf, x: tf.nn.moments(x, [0, 1], keepdims=True), A),
    "weighted moments": (lambda tf, x, w: tf.nn.weighted_moments(x, [1], w), A, P),
    "batch normalisation": (
        lambda tf, x, m, v: tf.nn.batch_normalization(x, m, v, m, v, 1e-3),
        A,
        A[0],
        P[0],
    ),
    "bias": (lambda tf, x, b: tf.nn.bias_add(x, b), A, A[0]),
    "bias, channels first": (
        lambda tf, x, b: tf.nn.bias_add(x, b, data_format="NCHW"),
        A[None, ..., None],
        A[:, 0],
    ),
    "norm clipped": (lambda tf, x: tf.clip_by_norm(x, 1.0), A),
    "norm clipped at 0": (lambda tf, x: tf.clip_by_norm(x, 1.0), 0 * A),
    "norm clipped by row": (lambda tf, x: tf.clip_by_norm(x, 1.0, axes=[1]), A),
    "global norm clipped": (lambda tf, x, y: tf.clip_by_global_norm([x, None, y], 1.0)[0][::2], A, P),
    "embedding": (lambda tf, x: tf.nn.embedding_lookup(x, [[1, 1], [0, 3]], max_norm=0.5), A),
    "embedding in parts": (lambda tf, x, y: tf.nn.embedding_lookup([x, y], [[1, 1], [0, 3]]), A[:2], A[2:]),
    "logsumexp": (lambda tf, x: tf.reduce_logsumexp(x, 0, True), A),
    "logsumexp of all": (lambda tf, x: tf.reduce_logsumexp(x), A),
    "running logsumexp": (lambda tf, x: tf.math.cumulative_logsumexp(x, 1, True, True), A),
    "running logsumexp, plain": (lambda tf, x: tf.math.cumulative_logsumexp(x), A),
    "average loss": (
        lambda tf, x: tf.nn.compute_average_loss(x, [1.0, 2.0, 0.0, 1.0], global_batch_size=8),
        A[:, 0],
    ),
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("name", SLOPES)
def test_value_and_two_orders_of_slopes_agree(agree: Any, name: str, kind: Any) -> None:
    function, *arrays = SLOPES[name]
    agree.slopes(function, [a.astype(kind) for a in arrays])


CASES: dict[str, Any] = {
    "sparse range": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 3, 1, 1], logits=A),
    "sparse rank": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[[0, 3, 1, 1]], logits=A),
    "sparse shape": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=A),
    "sparse scalar": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=0, logits=1.0),
    "sparse float": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=[0.0, 1.0, 1.0, 1.0], logits=A
    ),
    "sparse none": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=None, logits=A),
    "sparse empty": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=np.zeros(0, np.int32), logits=np.zeros((0, 3), f)
    ),
    "sparse nocls": lambda tf: tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=np.zeros(3, np.int32), logits=np.zeros((3, 0), f)
    ),
    "smce shape": lambda tf: tf.nn.softmax_cross_entropy_with_logits(labels=P[:, :2], logits=A),
    "smce bc": lambda tf: tf.nn.softmax_cross_entropy_with_logits(labels=P[:1], logits=A),
    "smce 1d": lambda tf: tf.nn.softmax_cross_entropy_with_logits(labels=P[0], logits=A[0]),
    "smce int": lambda tf: tf.nn.softmax_cross_entropy_with_logits(labels=[[1, 0, 0]], logits=A[:1]),
    "smce half": lambda tf: tf.nn.softmax_cross_entropy_with_logits(
        labels=P.astype(np.float16), logits=A.astype(np.float16)
    ),
    "smce empty": lambda tf: tf.nn.softmax_cross_entropy_with_logits(
        labels=np.zeros((0, 3), f), logits=np.zeros((0, 3), f)
    ),
    "sig shape": lambda tf: tf.nn.sigmoid_cross_entropy_with_logits(labels=[[2, 1]], logits=[1.0, 2.0, 3.0]),
    "sig list": lambda tf: tf.nn.sigmoid_cross_entropy_with_logits(labels=[0.0, 1.0], logits=[1.0, 2.0]),
    "wce shape": lambda tf: tf.nn.weighted_cross_entropy_with_logits([[2.0, 1.0]], [1.0, 2.0, 3.0], 2.0),
    "poisson shape": lambda tf: tf.nn.log_poisson_loss([1.0, 2.0], [1.0, 2.0, 3.0]),
    "bias rank": lambda tf: tf.nn.bias_add([1.0, 2.0], [1.0, 2.0]),
    "bias dim": lambda tf: tf.nn.bias_add(A, [1.0, 2.0]),
    "bias 2d": lambda tf: tf.nn.bias_add(A, [[1.0, 2.0, 3.0]]),
    "bias int": lambda tf: tf.nn.bias_add(np.ones((2, 3), np.int32), [1, 2, 3]),
    "bias fmt": lambda tf: tf.nn.bias_add(A, A[0], data_format="xx"),
    "bias dtype": lambda tf: tf.nn.bias_add(A, A[0].astype(np.float64)),
    "clipg str": lambda tf: tf.clip_by_global_norm("abc", 1.0),
    "clipg ten": lambda tf: tf.clip_by_global_norm(tf.constant([1.0]), 1.0),
    "clipg inf": lambda tf: tf.clip_by_global_norm([tf.constant([1.0, np.inf])], 1.0),
    "clipg tensor norm": lambda tf: tf.clip_by_global_norm([tf.constant([1.0, 3.0])], tf.constant(1.0)),
    "clipn neg": lambda tf: tf.clip_by_norm(A, -1.0),
    "clipn tensor": lambda tf: tf.clip_by_norm(A, tf.constant(2.0)),
    "clipn wide": lambda tf: tf.clip_by_norm(tf.constant([1.0, 2.0]), tf.constant([[1.0], [2.0]])),
    "clipn int": lambda tf: tf.clip_by_norm(tf.constant([1, 2]), 1.0),
    "clipn IS": lambda tf: tf.clip_by_norm(
        tf.IndexedSlices(tf.constant([[3.0, 4.0]]), tf.constant([1])), 1.0
    ),
    "avg scalar": lambda tf: tf.nn.compute_average_loss(1.0),
    "avg fl": lambda tf: tf.nn.compute_average_loss([1.0, 2.0], global_batch_size=2.0),
    "avg neg": lambda tf: tf.nn.compute_average_loss([1.0, 2.0], global_batch_size=-2),
    "avg vec": lambda tf: tf.nn.compute_average_loss([1.0, 2.0], global_batch_size=[2]),
    "avg0": lambda tf: tf.nn.compute_average_loss([1.0, 2.0], global_batch_size=0),
    "avg w": lambda tf: tf.nn.compute_average_loss([[1.0, 2.0], [3.0, 4.0]], sample_weight=[1.0, 2.0]),
    "avg f64": lambda tf: tf.nn.compute_average_loss(np.array([1.0, 2.0]), sample_weight=[1.0, 2.0]),
    "scale": lambda tf: tf.nn.scale_regularization_loss([1.0, 2.0]),
    "drop rate": lambda tf: tf.nn.dropout([1.0, 2.0], 1.0),
    "drop neg": lambda tf: tf.nn.dropout([1.0, 2.0], -0.5),
    "drop0": lambda tf: tf.nn.dropout([1.0, 2.0], 0),
    "drop int": lambda tf: tf.nn.dropout([1, 2], 0.5),
    "drop rate list": lambda tf: tf.nn.dropout([1.0, 2.0], [0.5]),
    "drop t0": lambda tf: tf.nn.dropout(tf.ones([2, 3]), tf.constant(0.0)),
    "lse half": lambda tf: tf.reduce_logsumexp(A.astype(np.float16)),
    "lse inf": lambda tf: tf.reduce_logsumexp([np.inf, 1.0]),
    "lse -inf": lambda tf: tf.reduce_logsumexp([-np.inf, -np.inf]),
    "lse big": lambda tf: tf.reduce_logsumexp([1000.0, 1000.0]),
    "lse empty": lambda tf: tf.reduce_logsumexp(np.zeros((0, 3), f), 0),
    "lse scalar": lambda tf: tf.reduce_logsumexp(3.0),
    "clse half": lambda tf: tf.math.cumulative_logsumexp(A.astype(np.float16), 0),
    "clse inf": lambda tf: tf.math.cumulative_logsumexp([-np.inf, 1.0, np.inf, 2.0]),
    "clse axis": lambda tf: tf.math.cumulative_logsumexp(A, 5),
    "clse empty": lambda tf: tf.math.cumulative_logsumexp(np.zeros((0, 3), f), 0),
    "iso int": lambda tf: tf.nn.isotonic_regression([3, 1, 2]),
    "iso int8": lambda tf: tf.nn.isotonic_regression(np.array([3, 1, 2], np.int8), False),
    "normm": lambda tf: tf.nn.normalize_moments(tf.constant(4.0), tf.constant(2.0), tf.constant(3.0), None),
    "normm s": lambda tf: tf.nn.normalize_moments(
        tf.constant(4.0), tf.constant(2.0), tf.constant(3.0), tf.constant(1.0)
    ),
    "emb none": lambda tf: tf.nn.embedding_lookup(None, [0]),
    "emb []": lambda tf: tf.nn.embedding_lookup([], [0]),
    "emb oob": lambda tf: tf.nn.embedding_lookup(A, [9]),
    "emb 3 parts": lambda tf: tf.nn.embedding_lookup([A[:2], A[:2], A[:1]], [0, 1, 2, 3, 4, 4, 0]),
    "moments half": lambda tf: tf.nn.moments(A.astype(np.float16), [0]),
    "moments int ax": lambda tf: tf.nn.moments(A, 0),
    "l2 int": lambda tf: tf.nn.l2_loss([1, 2]),
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name])


@pytest.mark.tensorflow
@pytest.mark.parametrize("axis", [-1, 0])
@pytest.mark.parametrize("decreasing", [True, False])
def test_isotonic_regression_agrees(agree: Any, decreasing: bool, axis: int) -> None:
    agree(lambda tf: tf.nn.isotonic_regression(A, decreasing, axis))
    agree.slopes(lambda tf, x: tf.nn.isotonic_regression(x, decreasing, axis)[0], [A], order=1)


def test_dropout_keeps_the_mean_and_drops_the_share_asked_for() -> None:
    from tfgrad_course import tf

    tf.random.set_seed(3)
    dropped = tf.nn.dropout(tf.ones([10_000]), 0.25).numpy()
    assert set(np.unique(dropped)) == {f(0), f(1 / 0.75)}
    assert abs(dropped.mean() - 1) < 0.03
