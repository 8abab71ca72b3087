"""Ragged and sparse tensors as what is differentiated: the gradient comes back like the source."""

from __future__ import annotations

from tfgrad_course import tf


def test_the_gradient_of_a_ragged_tensor_is_ragged() -> None:
    """The rows stay, the values are slopes: 2 x for x squared."""
    x = tf.ragged.constant([[1.0, 2.0], [3.0]])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    assert tape.gradient(y, [x])[0].to_list() == [[2.0, 4.0], [6.0]]


def test_the_gradient_of_a_sparse_tensor_is_sparse() -> None:
    """A gradient at the places of the source."""
    x = tf.SparseTensor([[0, 1], [1, 0]], [3.0, 5.0], [2, 2])
    with tf.GradientTape() as tape:
        tape.watch(x.values)
        y = tf.reduce_sum(tf.sparse.to_dense(x) ** 2)
    assert tape.gradient(y, x.values).numpy().tolist() == [6.0, 10.0]


def test_ragged_and_sparse_specs_stand_in_a_signature() -> None:
    """A function is traced once for the spec and takes every tensor of it."""

    @tf.function(input_signature=[tf.RaggedTensorSpec([None, None], tf.float32)])
    def sums(rows):
        return tf.reduce_sum(rows, 1)

    @tf.function(input_signature=[tf.SparseTensorSpec([None, 3], tf.float32)])
    def dense(entries):
        return tf.sparse.to_dense(entries)

    assert sums(tf.ragged.constant([[1.0, 2.0], [3.0]])).numpy().tolist() == [3.0, 3.0]
    assert dense(tf.SparseTensor([[0, 1]], [2.0], [1, 3])).numpy().tolist() == [[0.0, 2.0, 0.0]]
