"""RaggedTensor: rows of different lengths, kept as their values one after the other and where each row begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._dtypes import DType, as_dtype, float32, int64
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._shape import TensorShape, as_shape
from tfgrad_course.tf._spec import TypeSpec
from tfgrad_course.tf._tensor import EagerTensor, tensor

_PRIVATE = (
    "RaggedTensor constructor is private; please use one of the factory methods instead (e.g., "
    "RaggedTensor.from_row_lengths())"
)


def rows_of(values: Any, index: Any) -> Any:
    """Rows of a tensor or ragged tensor by number, with gradients that are dense."""
    if isinstance(values, RaggedTensor):
        lengths = values._lengths()[index]
        return made(rows_of(values.values, spread(values._splits[index], lengths)), ends(lengths), values)
    from tfgrad_course.tf.ops.layout import Places, pick

    return pick(values, Places(np.asarray(index, np.int64).reshape(-1, 1)))


def spread(starts: Any, lengths: Any) -> Any:
    """The numbers start, start + 1, ... of each row, one row after the other."""
    total = int(np.sum(lengths))
    return np.repeat(starts - ends(lengths)[:-1], lengths) + np.arange(total)


def ends(lengths: Any) -> Any:
    """Where rows of these lengths begin and end."""
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def made(values: Any, splits: Any, like: Any = None, uniform: int | None = None) -> RaggedTensor:
    """A ragged tensor of its parts."""
    new = object.__new__(RaggedTensor)
    new._inner, new._splits, new._uniform = values, np.asarray(splits, np.int64), uniform
    new._kind = like if isinstance(like, DType) else like._kind if like is not None else int64
    return new


class RaggedTensor:
    """A tensor some of whose axes have rows of different lengths."""

    __slots__ = ("_inner", "_kind", "_splits", "_uniform")
    __module__ = "tensorflow.python.ops.ragged.ragged_tensor"
    __array_priority__ = 101
    _is_tensor_like = True
    __hash__ = None  # type: ignore[assignment]
    _inner: Any
    _splits: Any
    _kind: DType
    _uniform: int | None

    # The factories and operators are put here by ops/ragged.py.
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise ValueError(_PRIVATE)

    @property
    def values(self) -> Any:
        """All rows, one after the other."""
        return self._inner

    @property
    def flat_values(self) -> Any:
        """The values below all ragged axes."""
        return self._inner.flat_values if isinstance(self._inner, RaggedTensor) else self._inner

    @property
    def row_splits(self) -> EagerTensor:
        """Where each row begins, and where the last one ends."""
        return self._told(self._splits)

    @property
    def nested_row_splits(self) -> tuple[Any, ...]:
        """The row splits of each ragged axis."""
        return (
            self.row_splits,
            *(self._inner.nested_row_splits if isinstance(self._inner, RaggedTensor) else ()),
        )

    def _told(self, numbers: Any, out_type: Any = None) -> EagerTensor:
        kind = self._kind if out_type is None else as_dtype(out_type)
        numbers = np.asarray(numbers).astype(kind.np)
        return tensor(numbers if numbers.shape else numbers[()], kind)

    @property
    def dtype(self) -> DType:
        """The dtype of the values."""
        return self._inner.dtype  # type: ignore[no-any-return]

    @property
    def ragged_rank(self) -> int:
        """How many axes are ragged."""
        return 1 + (self._inner.ragged_rank if isinstance(self._inner, RaggedTensor) else 0)

    @property
    def shape(self) -> Any:
        """The shape, None where rows differ."""
        return TensorShape([len(self._splits) - 1, self._uniform, *self._inner.shape.as_list()[1:]])

    def get_shape(self) -> TensorShape:
        """The shape."""
        return self.shape

    @property
    def uniform_row_length(self) -> Any:
        """The length all rows have, if they are made so."""
        return None if self._uniform is None else self._told(self._uniform)

    def _lengths(self) -> Any:
        return np.diff(self._splits)

    def _rowids(self) -> Any:
        return np.repeat(np.arange(len(self._splits) - 1), self._lengths())

    def nrows(self, out_type: Any = None, name: Any = None) -> EagerTensor:
        """How many rows."""
        return self._told(len(self._splits) - 1, out_type)

    def row_lengths(self, axis: int = 1, name: Any = None) -> Any:
        """How long each row is."""
        if axis > 1:
            return made(self._inner.row_lengths(axis - 1), self._splits, self)
        return self._told(self._lengths())

    def nested_row_lengths(self, name: Any = None) -> tuple[Any, ...]:
        """The row lengths of each ragged axis."""
        return (
            self.row_lengths(),
            *(self._inner.nested_row_lengths() if isinstance(self._inner, RaggedTensor) else ()),
        )

    def row_starts(self, name: Any = None) -> EagerTensor:
        """Where each row begins."""
        return self._told(self._splits[:-1])

    def row_limits(self, name: Any = None) -> EagerTensor:
        """Where each row ends."""
        return self._told(self._splits[1:])

    def value_rowids(self, name: Any = None) -> EagerTensor:
        """The row of each value."""
        return self._told(self._rowids())

    def nested_value_rowids(self, name: Any = None) -> tuple[Any, ...]:
        """The row of each value, for each ragged axis."""
        inner = self._inner.nested_value_rowids() if isinstance(self._inner, RaggedTensor) else ()
        return (self.value_rowids(), *inner)

    def _bounds(self) -> list[int]:
        inner = (
            self._inner._bounds()[1:]
            if isinstance(self._inner, RaggedTensor)
            else self._inner.shape.as_list()[1:]
        )
        return [len(self._splits) - 1, int(self._lengths().max(initial=0)), *inner]

    def bounding_shape(self, axis: Any = None, name: Any = None, out_type: Any = None) -> EagerTensor:
        """The smallest shape all of it fits in."""
        bounds = np.array(self._bounds())
        return self._told(bounds if axis is None else bounds[np.asarray(axis)], out_type)

    def _coordinates(self) -> Any:
        """For each flat value, its place along the ragged axes, one a column."""
        within = np.arange(self._splits[-1]) - np.repeat(self._splits[:-1], self._lengths())
        pair = np.stack([self._rowids(), within], 1)
        if not isinstance(self._inner, RaggedTensor):
            return pair
        below = self._inner._coordinates()
        return np.concatenate([pair[below[:, 0]], below[:, 1:]], 1)

    def with_values(self, new_values: Any) -> RaggedTensor:
        """The same rows of other values."""
        given = new_values if isinstance(new_values, RaggedTensor) else convert(new_values)
        if given.shape[0] != self._splits[-1]:
            raise ValueError(f"Shapes ({self._splits[-1]},) and ({given.shape[0]},) are incompatible")
        return made(given, self._splits, self, self._uniform)

    def with_flat_values(self, new_values: Any) -> RaggedTensor:
        """The same rows of other flat values."""
        deep = isinstance(self._inner, RaggedTensor)
        return self.with_values(self._inner.with_flat_values(new_values) if deep else new_values)

    def with_row_splits_dtype(self, dtype: Any) -> RaggedTensor:
        """The same with row splits of another dtype."""
        inner = (
            self._inner.with_row_splits_dtype(dtype) if isinstance(self._inner, RaggedTensor) else self._inner
        )
        return made(inner, self._splits, as_dtype(dtype), self._uniform)

    def consumers(self) -> list[Any]:
        """None in eager execution."""
        return []

    def to_list(self) -> list[Any]:
        """Nested Python lists."""
        inner = (
            self._inner.to_list() if isinstance(self._inner, RaggedTensor) else self._inner._numpy().tolist()
        )
        return [inner[a:b] for a, b in zip(self._splits, self._splits[1:], strict=False)]

    def numpy(self) -> Any:
        """An array, of arrays where rows differ."""
        inner = self._inner.numpy()
        rows = np.split(inner, self._splits[1:-1])
        if len(self._splits) < 2:
            return np.array([], inner.dtype)
        if len({len(row) for row in rows}) > 1:
            out = np.empty(len(rows), object)
            out[:] = rows
            return out
        return np.array(rows)

    def _mapped(self, function: Callable[..., Any], *more: Any) -> RaggedTensor:
        return self.with_flat_values(function(self.flat_values, *more))

    def _paired(self, function: Callable[..., Any], x: Any, y: Any) -> RaggedTensor:
        """A function of two, one of them at least ragged."""
        if isinstance(x, RaggedTensor) and isinstance(y, RaggedTensor):
            for a, b in zip(x.nested_row_splits, y.nested_row_splits, strict=False):
                if not np.array_equal(a._v, b._v):
                    raise invalid("Assert", "Condition x == y did not hold.")
            return self.with_flat_values(function(x.flat_values, y.flat_values))
        sides = [v.flat_values if isinstance(v, RaggedTensor) else self._beside(v) for v in (x, y)]
        return self.with_flat_values(function(*sides))

    def _beside(self, other: Any) -> Any:
        """What of a dense tensor stands beside each flat value."""
        from tfgrad_course import tf as late

        tf: Any = late
        if isinstance(other, int | float):
            return other
        dense = convert(other, None if hasattr(other, "dtype") else self.dtype)
        inner, ragged = self.flat_values.shape.rank - 1, self.ragged_rank + 1
        if dense._v.ndim <= inner:
            return dense
        wide = tf.reshape(dense, [1] * (ragged + inner - dense._v.ndim) + dense.shape.as_list())
        at = self._coordinates()
        for axis, size in enumerate(wide.shape.as_list()[:ragged]):
            if size == 1:
                at[:, axis] = 0
            elif axis == 0:
                if size != len(self._splits) - 1:
                    raise invalid("Assert", "Condition x == y did not hold.")
            elif any((n != size) for n in np.diff(self.nested_row_splits[axis - 1]._v)):
                raise invalid("Assert", "Condition x == y did not hold.")
        return tf.gather_nd(wide, at)

    def _components(self) -> list[Any]:
        return [self.flat_values, *self.nested_row_splits]

    def _from_components(self, components: list[Any]) -> RaggedTensor:
        values, *splits = components
        for split in reversed(splits):
            values = made(values, split._v, split.dtype)
        return values  # type: ignore[no-any-return]

    def _tensors(self) -> list[Any]:
        return [self.flat_values]

    def _grouped(self) -> tuple[Any, Any, int]:
        return self.flat_values, self._coordinates()[:, 0], len(self._splits) - 1

    @property
    def _type_spec(self) -> RaggedTensorSpec:
        return RaggedTensorSpec(self.shape, self.dtype, self.ragged_rank, self._kind)

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self._splits) - 1))

    def __bool__(self) -> bool:
        raise TypeError("RaggedTensor may not be used as a boolean.")

    def __getitem__(self, key: Any) -> Any:
        import tfgrad_course.tf.ops.ragged  # noqa: F401 - puts the real one here

        return self[key]

    def __repr__(self) -> str:
        # array2string knows of separators but not of arrays within arrays, printoptions the other way round.
        with np.printoptions(formatter={"all": _shown}):  # type: ignore[arg-type]
            return f"<tf.RaggedTensor {_shown(self.numpy())}>"


def _shown(x: Any) -> str:
    if isinstance(x, np.ndarray):
        return np.array2string(x, separator=", ") if x.size else repr(x.tolist())
    return str(x)


class RaggedTensorSpec(TypeSpec):
    """Describes ragged tensors."""

    value_type = RaggedTensor

    def __init__(
        self, shape: Any = None, dtype: Any = float32, ragged_rank: int | None = None, row_splits_dtype: Any = int64,
        flat_values_spec: Any = None,
    ) -> None:  # fmt: skip
        self._shape, self._dtype = as_shape(shape), as_dtype(dtype)
        if ragged_rank is None:
            if self._shape.rank is None:
                raise ValueError("Must specify ragged_rank or shape with a known rank.")
            ragged_rank = self._shape.rank - 1
        self._ragged_rank, self._row_splits_dtype = ragged_rank, as_dtype(row_splits_dtype)

    @classmethod
    def from_value(cls, value: RaggedTensor) -> RaggedTensorSpec:
        """What describes a ragged tensor."""
        return value._type_spec

    @property
    def shape(self) -> TensorShape:
        """The shape."""
        return self._shape

    @property
    def dtype(self) -> DType:
        """The dtype of the values."""
        return self._dtype

    @property
    def ragged_rank(self) -> int:
        """How many axes are ragged."""
        return self._ragged_rank

    @property
    def row_splits_dtype(self) -> DType:
        """The dtype of the row splits."""
        return self._row_splits_dtype

    def most_specific_common_supertype(self, others: Any) -> Any:
        """What describes them all, or None."""
        shape = self._shape
        for other in others:
            if not isinstance(other, RaggedTensorSpec) or other.dtype is not self._dtype:
                return None
            shape = shape.most_specific_compatible_shape(other.shape)
        return RaggedTensorSpec(shape, self._dtype, self._ragged_rank, self._row_splits_dtype)

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether a ragged tensor, or a spec of one, fits."""
        fits = isinstance(spec_or_value, RaggedTensor | RaggedTensorSpec)
        return (
            fits
            and spec_or_value.dtype is self._dtype
            and self._shape.is_compatible_with(spec_or_value.shape)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RaggedTensorSpec) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        parts = (self._shape, self._dtype, self._ragged_rank, self._row_splits_dtype)
        return f"RaggedTensorSpec({', '.join(map(repr, parts))})"
