"""Sparse tensors and embeddings of sparse ids, beside real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytestmark = [pytest.mark.tensorflow]
TABLE = np.random.RandomState(3).uniform(-1, 1, (4, 3)).astype(np.float32)


def matrix(tf: Any, values: Any = (1.0, 2.0, 3.0)) -> Any:
    """A sparse matrix of two rows and three columns."""
    return tf.SparseTensor([[0, 1], [1, 0], [1, 2]], tf.constant(values), [2, 3])


def ids(tf: Any, numbers: Any = (1, 3, 0, 2)) -> Any:
    """Ids in four rows, the third of which is empty."""
    return tf.SparseTensor([[0, 0], [0, 1], [1, 0], [3, 0]], tf.constant(numbers, tf.int64), [4, 2])


def weights(tf: Any, values: Any = (1.0, 2.0, 0.5, 3.0)) -> Any:
    """A weight for each id."""
    return tf.SparseTensor([[0, 0], [0, 1], [1, 0], [3, 0]], values, [4, 2])


CASES = {
    "shape": lambda tf: matrix(tf).shape,
    "repr": lambda tf: repr(matrix(tf)),
    "tensor": lambda tf: tf.is_tensor(matrix(tf)),
    "dense": lambda tf: tf.sparse.to_dense(matrix(tf)),
    "dense default": lambda tf: tf.sparse.to_dense(matrix(tf), default_value=-1.0),
    "dense out of order": lambda tf: tf.sparse.to_dense(tf.SparseTensor([[1, 0], [0, 1]], [1.0, 2.0], [2, 2])),
    "dense repeated": lambda tf: tf.sparse.to_dense(tf.SparseTensor([[0, 0], [0, 0]], [1.0, 2.0], [2, 2])),
    "from dense": lambda tf: tf.sparse.from_dense([[0, 1], [2, 0]]).indices,
    "matmul": lambda tf: tf.sparse.sparse_dense_matmul(matrix(tf), tf.ones([3, 2])),
    "matmul adjoint": lambda tf: tf.sparse.sparse_dense_matmul(matrix(tf), tf.ones([2, 2]), adjoint_a=True),
    "matmul sizes": lambda tf: tf.sparse.sparse_dense_matmul(matrix(tf), tf.ones([2, 2])),
    "transpose": lambda tf: tf.sparse.transpose(matrix(tf)).indices,
    "reshape": lambda tf: tf.sparse.reshape(matrix(tf), [-1]).indices,
    "sum": lambda tf: tf.sparse.reduce_sum(matrix(tf), 1),
    "scaled": lambda tf: (matrix(tf) * tf.constant([[1.0], [2.0]])).values,
    "count": lambda tf: tf.SparseTensor([[0, 1]], [1.0, 2.0], [2, 2]),
    "rank": lambda tf: tf.SparseTensor([0, 1], [1.0], [2]),
    "combiner": lambda tf: tf.nn.embedding_lookup_sparse(TABLE, ids(tf), None, combiner="foo"),
    "no ids": lambda tf: tf.nn.embedding_lookup_sparse(TABLE, [0, 1], None),
    "no weights": lambda tf: tf.nn.embedding_lookup_sparse(TABLE, ids(tf), [0, 1]),
    "outside": lambda tf: tf.nn.embedding_lookup_sparse(TABLE, ids(tf, [0, 1, 2, 9]), None),
    "parts": lambda tf: tf.nn.embedding_lookup_sparse([TABLE[:2], TABLE[2:]], ids(tf), weights(tf), combiner="sum"),
    "negative ids": lambda tf: tf.nn.safe_embedding_lookup_sparse(TABLE, ids(tf, [1, -1, -1, 2])),
    "negative weights": lambda tf: tf.nn.safe_embedding_lookup_sparse(
        TABLE, ids(tf), weights(tf, [1.0, -1.0, 0.0, 2.0])
    ),
    "default id": lambda tf: tf.nn.safe_embedding_lookup_sparse(TABLE, ids(tf, [1, -1, -1, 2]), default_id=3),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_sparse_tensors_answer_the_same(agree: Any, case: str) -> None:
    """Parts, conversions, products, refusals."""
    agree(CASES[case], words=20)


@pytest.mark.parametrize("combiner", [None, "mean", "sum", "sqrtn"])
@pytest.mark.parametrize("max_norm", [None, 0.5])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", ["embedding_lookup_sparse", "safe_embedding_lookup_sparse"])
def test_embeddings_of_sparse_ids_agree(
    agree: Any, name: str, weighted: bool, max_norm: Any, combiner: Any
) -> None:
    """The rows combined, and their slopes in the table and in the weights."""

    def looked_up(tf: Any) -> Any:
        table, values = tf.constant(TABLE), tf.constant([1.0, 2.0, 0.5, 3.0])
        with tf.GradientTape() as tape:
            tape.watch([table, values])
            found = getattr(tf.nn, name)(
                table,
                ids(tf),
                weights(tf, values) if weighted else None,
                combiner=combiner,
                max_norm=max_norm,
            )
            total = tf.reduce_sum(found * tf.reshape(tf.range(12.0), [4, 3]))
        slopes = tape.gradient(total, [table, values])
        return [found, *(None if g is None else tf.convert_to_tensor(g) for g in slopes)]

    agree(looked_up)
