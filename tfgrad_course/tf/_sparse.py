"""SparseTensor: a tensor as the places and values of those of its entries that are not zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._dtypes import DType, int64
from tfgrad_course.tf._shape import TensorShape


class SparseTensor:
    """Values at given places of a tensor that is zero elsewhere."""

    __module__ = "tensorflow.python.framework.sparse_tensor"
    _is_tensor_like = True

    def __init__(self, indices: Any, values: Any, dense_shape: Any) -> None:
        self._indices = convert(indices, int64)
        self._values = convert(values)
        self._dense_shape = convert(dense_shape, int64)
        for part, rank in ((self._indices, 2), (self._values, 1), (self._dense_shape, 1)):
            if part.shape.rank != rank:
                raise ValueError(f"Shape {part.shape} must have rank {rank}")
        count, rank = self._indices.shape.as_list()
        if count != self._values.shape[0]:
            raise ValueError(f"Dimensions {count} and {self._values.shape[0]} are not compatible")
        if rank != self._dense_shape.shape[0]:
            raise ValueError(f"Dimensions {rank} and {self._dense_shape.shape[0]} are not compatible")

    @classmethod
    def from_value(cls, value: Any) -> SparseTensor:
        """A SparseTensor out of one, or of what has its three parts."""
        if isinstance(value, SparseTensor):
            return value
        if not all(hasattr(value, part) for part in ("indices", "values", "dense_shape")):
            raise TypeError(f"Argument `sparse_tensor_value` must be of type SparseTensor. Received: {value}")
        return cls(value.indices, value.values, value.dense_shape)

    @property
    def indices(self) -> Any:
        """The places, one a row."""
        return self._indices

    @property
    def values(self) -> Any:
        """The values there."""
        return self._values

    @property
    def dense_shape(self) -> Any:
        """The shape of the whole, as a tensor."""
        return self._dense_shape

    @property
    def dtype(self) -> DType:
        """The dtype of the values."""
        return self._values.dtype  # type: ignore[no-any-return]

    @property
    def shape(self) -> TensorShape:
        """The shape of the whole."""
        return TensorShape([int(n) for n in self._dense_shape._numpy()])

    def get_shape(self) -> TensorShape:
        """The shape of the whole."""
        return self.shape

    def with_values(self, new_values: Any) -> SparseTensor:
        """Other values at the same places."""
        return SparseTensor(self._indices, new_values, self._dense_shape)

    def _components(self) -> list[Any]:
        """The tensors it consists of, for `tf.nest` with `expand_composites`."""
        return [self._indices, self._values, self._dense_shape]

    def _from_components(self, components: list[Any]) -> SparseTensor:
        return SparseTensor(*components)

    def __repr__(self) -> str:
        return f"SparseTensor(indices={self._indices!s}, values={self._values!s}, dense_shape={self._dense_shape!s})"

    __str__ = __repr__

    def _scaled(self, other: Any, op: Any) -> SparseTensor:
        dense = convert(other, self.dtype)
        if dense.shape.rank:
            from tfgrad_course import tf

            dense = tf.gather_nd(tf.broadcast_to(dense, self._dense_shape), self._indices)
        return self.with_values(op(self._values, dense))

    def __mul__(self, other: Any) -> SparseTensor:
        return self._scaled(other, lambda x, y: x * y)

    def __truediv__(self, other: Any) -> SparseTensor:
        return self._scaled(other, lambda x, y: x / y)


def ordered(sparse: SparseTensor) -> Any:
    """The order of its entries by row, column and so on."""
    places = sparse.indices._numpy()
    return np.lexsort(places.T[::-1]) if places.shape[1] else np.arange(len(places))
