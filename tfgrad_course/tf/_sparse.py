"""SparseTensor: a tensor given by the places and values of its entries that are not zero."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._dtypes import DType, as_dtype, float32, int64
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._shape import TensorShape, as_shape
from tfgrad_course.tf._spec import TypeSpec
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import TENSORS, Variable


def _part(value: Any, name: str) -> EagerTensor:
    try:
        return convert(value, int64)  # type: ignore[no-any-return]
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}" if hasattr(value, "_numpy") else str(problem)) from None


# The functions of one input that TensorFlow takes a sparse tensor for.
_ZERO_AT_ZERO = frozenset((
    "<lambda>", "abs", "asin", "asinh", "atan", "atanh", "bessel_i0e", "bessel_i1e", "cast", "erf", "identity", "negative", "sign", "sin",
    "sqrt", "square", "stop_gradient", "tan", "tanh",
))  # fmt: skip


SparseTensorValue = namedtuple("SparseTensorValue", ["indices", "values", "dense_shape"])


class SparseTensor:
    """Places (rows of `indices`), values and the shape of the whole."""

    __module__ = "tensorflow.python.framework.sparse_tensor"
    __array_priority__ = 101
    _is_tensor_like = True

    def __init__(self, indices: Any, values: Any, dense_shape: Any) -> None:
        self._indices, self._dense_shape = _part(indices, "indices"), _part(dense_shape, "dense_shape")
        self._values: Any = values._read() if isinstance(values, Variable) else convert(values)
        places = self._indices.shape.with_rank(2)
        found = self._values.shape.with_rank(1)
        if not self._dense_shape._v.ndim:
            raise TypeError("'numpy.int64' object is not iterable")
        whole = self._dense_shape.shape.with_rank(1)
        for a, b in ((places[0], found[0]), (places[1], whole[0])):
            if a != b:
                raise ValueError(f"Dimensions {a} and {b} are not compatible")

    @classmethod
    def from_value(cls, sparse_tensor_value: Any) -> SparseTensor:
        """A sparse tensor of another one, or of anything with its three parts."""
        parts = sparse_tensor_value
        return cls(parts.indices, parts.values, parts.dense_shape)

    @property
    def indices(self) -> EagerTensor:
        """The places, one a row."""
        return self._indices

    @property
    def values(self) -> EagerTensor:
        """What stands at the places."""
        return self._values  # type: ignore[no-any-return]

    @property
    def dense_shape(self) -> EagerTensor:
        """The shape of the whole, as a tensor."""
        return self._dense_shape

    @property
    def shape(self) -> TensorShape:
        """The shape of the whole."""
        return TensorShape(self._dense_shape._v.tolist())

    def get_shape(self) -> TensorShape:
        """The shape of the whole."""
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Check that the shape is `shape`."""
        self.shape.assert_is_compatible_with(as_shape(shape))

    @property
    def dtype(self) -> DType:
        """The dtype of the values."""
        return self._values.dtype  # type: ignore[no-any-return]

    @property
    def op(self) -> Any:
        """Undefined in eager execution."""
        return self._values.op

    @property
    def graph(self) -> Any:
        """Undefined in eager execution."""
        return self._values.graph

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        """Undefined in eager execution."""
        return self.graph

    def consumers(self) -> list[Any]:
        """What takes this as an input: in eager execution nothing is known of it."""
        return []

    @property
    def _type_spec(self) -> SparseTensorSpec:
        return SparseTensorSpec(self.shape, self.dtype)

    def with_values(self, new_values: Any) -> SparseTensor:
        """The same places with other values."""
        return SparseTensor(self._indices, new_values, self._dense_shape)

    def _mapped(self, function: Callable[..., Any], *more: Any) -> SparseTensor:
        if function.__name__ not in _ZERO_AT_ZERO:
            convert(self)  # says that there is no such tensor
        return self.with_values(function(self._values, *more))

    def _components(self) -> list[Any]:
        return [self._indices, self._values, self._dense_shape]

    def _from_components(self, components: list[Any]) -> SparseTensor:
        return SparseTensor(*components)

    def _tensors(self) -> list[Any]:
        return [self._values]

    def _grouped(self) -> tuple[Any, Any, int]:
        """Values, the first index of each, and how many of these there are."""
        return self._values, self._indices._v[:, 0], int(self._dense_shape._v[0])

    def _beside(self, other: Any, op: str) -> Any:
        """The entries of a dense tensor that stand at the places, for products and quotients."""
        from tfgrad_course import tf as late

        tf: Any = late
        dense = convert(other, None if hasattr(other, "dtype") else self.dtype)
        shape = self._dense_shape._v.tolist()
        rank = dense._v.ndim
        if rank > len(shape) or any(
            d not in (1, n) for d, n in zip(dense._v.shape, shape[len(shape) - rank :], strict=True)
        ):
            raise invalid(op, "broadcasts dense to sparse only; got incompatible shapes")
        return tf.gather_nd(tf.broadcast_to(dense, shape), self._indices)

    def __mul__(self, other: Any) -> SparseTensor:
        return self._mapped(lambda v: v * self._beside(other, "SparseDenseCwiseMul"))

    def __rmul__(self, other: Any) -> SparseTensor:
        return self.__mul__(other) if isinstance(other, TENSORS) else NotImplemented

    def __truediv__(self, other: Any) -> SparseTensor:
        return self._mapped(lambda v: v / self._beside(other, "SparseDenseCwiseDiv"))

    __div__ = __truediv__

    def __repr__(self) -> str:
        parts = (str(part) for part in self._components())
        return "SparseTensor(indices={}, values={}, dense_shape={})".format(*parts)


class SparseTensorSpec(TypeSpec):
    """Describes sparse tensors."""

    value_type = SparseTensor

    def __init__(self, shape: Any = None, dtype: Any = float32) -> None:
        self._shape, self._dtype = as_shape(shape), as_dtype(dtype)

    @classmethod
    def from_value(cls, value: SparseTensor) -> SparseTensorSpec:
        """What describes a sparse tensor."""
        return cls(value.shape, value.dtype)

    @property
    def shape(self) -> TensorShape:
        """The shape."""
        return self._shape

    @property
    def dtype(self) -> DType:
        """The dtype."""
        return self._dtype

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether a sparse tensor, or a spec of one, fits."""
        fits = isinstance(spec_or_value, SparseTensor | SparseTensorSpec)
        return (
            fits
            and spec_or_value.dtype is self._dtype
            and self._shape.is_compatible_with(spec_or_value.shape)
        )

    def most_specific_compatible_type(self, other: Any) -> SparseTensorSpec:
        """What describes both."""
        if not isinstance(other, SparseTensorSpec) or other.dtype is not self._dtype:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}")
        return SparseTensorSpec(self._shape.most_specific_compatible_shape(other.shape), self._dtype)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SparseTensorSpec) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        return f"SparseTensorSpec({self._shape!r}, {self._dtype!r})"


def rows_in_order(indices: np.ndarray) -> Any:
    """The order that sorts places, row by row."""
    return np.lexsort(indices.T[::-1]) if len(indices) else np.zeros(0, np.int64)
