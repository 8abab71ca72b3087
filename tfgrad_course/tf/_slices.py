"""IndexedSlices: the gradient of a gather, as the rows that were read and where they belong."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._dtypes import DType, int32, int64
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._tensor import EagerTensor, tensor


class IndexedSlices:
    """Slices of a dense tensor at given indices of its first axis."""

    __module__ = "tensorflow.python.framework.indexed_slices"

    def __init__(self, values: Any, indices: Any, dense_shape: Any = None) -> None:
        self._values, self._indices, self._dense_shape = values, indices, dense_shape

    @property
    def values(self) -> Any:
        """The slices."""
        return self._values

    @property
    def indices(self) -> Any:
        """Where each slice belongs."""
        return self._indices

    @property
    def dense_shape(self) -> Any:
        """The shape of the dense tensor, or None."""
        return self._dense_shape

    @property
    def shape(self) -> TensorShape:
        """The shape of the dense tensor."""
        if self._dense_shape is None:
            return TensorShape(None)
        return TensorShape(np.asarray(convert(self._dense_shape)._v).tolist())

    @property
    def dtype(self) -> DType:
        """The dtype of the slices."""
        return self._values.dtype  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """The name of the values."""
        return self._values.name

    @property
    def device(self) -> str:
        """Where the values are."""
        return self._values.device

    @property
    def op(self) -> Any:
        """The operation of the values, which eager tensors do not tell."""
        return self._values.op

    @property
    def graph(self) -> Any:
        """The graph of the values, which eager tensors do not have."""
        return self._values.graph

    def get_shape(self) -> TensorShape:
        """The shape of the dense tensor."""
        return self.shape

    def consumers(self) -> list[Any]:
        """None: nobody keeps a list of them."""
        return []

    def _to_tensor(self, dtype: DType | None = None) -> EagerTensor:
        from tfgrad_course.tf._declare import traced

        if dtype is not None and dtype is not self.dtype:
            raise ValueError(
                f"Incompatible tensor conversion requested to `dtype` {dtype.name} for IndexedSlices ({self}) with dtype "
                f"{self.dtype.name}"
            )
        if self._dense_shape is None:
            raise ValueError(
                f"Tensor conversion requested for IndexedSlices for argument `value` without dense_shape: {self}"
            )
        return traced.scatter_rows(convert(self._values), convert(self._indices), tuple(self.shape.as_list()))

    @property
    def _type_spec(self) -> Any:
        return self._shape_invariant_to_type_spec()

    def _shape_invariant_to_type_spec(self, shape: Any = None) -> Any:
        from tfgrad_course.tf.ops.surroundings import spec_of_slices

        return spec_of_slices(self, shape)

    def _components(self) -> list[Any]:
        """The tensors it consists of, for `tf.nest` with `expand_composites`."""
        return [self._values, self._indices, *([] if self._dense_shape is None else [self._dense_shape])]

    def _from_components(self, components: list[Any]) -> IndexedSlices:
        return IndexedSlices(*components)

    def __neg__(self) -> IndexedSlices:
        return IndexedSlices(-self._values, self._indices, self._dense_shape)

    def __str__(self) -> str:
        return (
            f"IndexedSlices(indices={self._indices!s}, values={self._values!s}"
            + (f", dense_shape={self._dense_shape!s}" if self._dense_shape is not None else "")
            + ")"
        )


class Rows:
    """The same on plain NumPy values, while a gradient is under way."""

    __slots__ = ("dtype", "indices", "shape", "values")

    def __init__(self, values: Any, indices: Any, shape: tuple[int, ...]) -> None:
        self.values, self.indices, self.shape, self.dtype = values, indices, shape, values.dtype

    def __add__(self, other: Any) -> Any:
        # The walk goes backwards, so what arrives later was gathered earlier and comes first.
        if type(other) is Rows:
            return Rows(
                np.concatenate([other.values, self.values]),
                np.concatenate([other.indices, self.indices]),
                self.shape,
            )
        return self.dense() + other

    def __radd__(self, other: Any) -> Any:
        return other + self.dense()

    __array_ufunc__ = None

    def astype(self, dtype: Any) -> Rows:
        """The same rows in another dtype."""
        return Rows(self.values.astype(dtype), self.indices, self.shape)

    def dense(self) -> np.ndarray:
        """The dense array."""
        made = np.zeros(self.shape, self.values.dtype)
        np.add.at(made, self.indices, self.values)
        return made


class TracedRows:
    """The same on tensors, when the walk back is itself recorded."""

    __slots__ = ("dtype", "indices", "shape", "values")

    def __init__(self, values: Any, indices: Any, shape: tuple[int, ...]) -> None:
        self.values, self.indices, self.shape, self.dtype = values, indices, shape, values.dtype

    @property
    def _v(self) -> TracedRows:
        return self

    def __add__(self, other: Any) -> Any:
        from tfgrad_course.tf._declare import traced

        if type(other) is TracedRows:
            values = traced.join([other.values, self.values], -self.values._v.ndim)
            return TracedRows(values, traced.join([other.indices, self.indices], -1), self.shape)
        return self.dense() + other

    def __radd__(self, other: Any) -> Any:
        return other + self.dense()

    def dense(self) -> EagerTensor:
        """The dense tensor."""
        from tfgrad_course.tf._declare import traced

        return traced.scatter_rows(self.values, self.indices, self.shape)


def packed(rows: Any, dtype: DType) -> IndexedSlices:
    """Rows as the IndexedSlices a caller sees."""
    if type(rows) is TracedRows:
        return IndexedSlices(rows.values, rows.indices, tensor(np.array(rows.shape, np.int32), int32))
    index = int64 if rows.indices.dtype == np.int64 else int32
    return IndexedSlices(
        tensor(rows.values, dtype),
        tensor(rows.indices, index),
        tensor(np.array(rows.shape, np.int32), int32),
    )
