"""TensorShape: what `tensor.shape` shows, a tuple that may hold None and knows TensorFlow's methods."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

_ERROR = "Dimensions {} and {} are not compatible"


class TensorShape:
    """The shape of a tensor; a dimension may be None, and so may the whole shape."""

    __slots__ = ("_dims",)
    __module__ = "tensorflow.python.framework.tensor_shape"

    _dims: tuple[Any, ...] | None

    def __init__(self, dims: Any) -> None:
        if isinstance(dims, TensorShape):
            self._dims = dims._dims
        elif dims is None:
            self._dims = None
        elif isinstance(dims, list | tuple):
            self._dims = tuple(_dimension(d) for d in dims)
        else:
            self._dims = _dimensions(dims)

    @property
    def rank(self) -> int | None:
        """How many axes; None if unknown."""
        return None if self._dims is None else len(self._dims)

    ndims = rank

    @property
    def dims(self) -> list[Any] | None:
        """The dimensions as `Dimension` objects."""
        return None if self._dims is None else [Dimension(d) for d in self._dims]

    def as_list(self) -> list[int | None]:
        """The dimensions as a list."""
        if self._dims is None:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self._dims)

    def as_proto(self) -> Any:
        """The shape as a message."""
        from tfgrad_course.tf.ops.protos import Dim, TensorShapeProto

        if self._dims is None:
            return TensorShapeProto(unknown_rank=True)
        return TensorShapeProto([Dim(-1 if d is None else d) for d in self._dims])

    def num_elements(self) -> int | None:
        """How many elements a tensor of this shape has."""
        if self._dims is None or None in self._dims:
            return None
        product = 1
        for d in self._dims:
            product *= d
        return product

    def is_fully_defined(self) -> bool:
        """Whether every dimension is known."""
        return self._dims is not None and None not in self._dims

    def assert_is_fully_defined(self) -> None:
        """Raise ValueError unless every dimension is known."""
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined")

    def is_compatible_with(self, other: Any) -> bool:
        """Whether a tensor could have both shapes."""
        other = as_shape(other)
        if self._dims is None or other._dims is None:
            return True
        return len(self._dims) == len(other._dims) and all(
            a is None or b is None or a == b for a, b in zip(self._dims, other._dims, strict=True)
        )

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raise ValueError unless a tensor could have both shapes."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {other} are incompatible")

    def assert_same_rank(self, other: Any) -> None:
        """Raise ValueError unless both have as many axes."""
        other = as_shape(other)
        if None not in (self.rank, other.rank) and self.rank != other.rank:
            raise ValueError(f"Shapes {self} and {other} must have the same rank")

    def assert_has_rank(self, rank: int | None) -> None:
        """Raise ValueError unless the rank is `rank`."""
        if self.rank not in (None, rank):
            raise ValueError(f"Shape {self} must have rank {rank}")

    def with_rank(self, rank: int | None) -> TensorShape:
        """This shape, checked to have `rank` axes."""
        return self.merge_with(unknown_shape(rank=rank), f"Shape {self} must have rank {rank}")

    def with_rank_at_least(self, rank: int) -> TensorShape:
        """This shape, checked to have at least `rank` axes."""
        if self.rank is not None and self.rank < rank:
            raise ValueError(f"Shape {self} must have rank at least {rank}")
        return self

    def with_rank_at_most(self, rank: int) -> TensorShape:
        """This shape, checked to have at most `rank` axes."""
        if self.rank is not None and self.rank > rank:
            raise ValueError(f"Shape {self} must have rank at most {rank}")
        return self

    def merge_with(self, other: Any, words: str = "") -> TensorShape:
        """The shape that joins what both know."""
        other = as_shape(other)
        if self._dims is None:
            return other
        if other._dims is None:
            return self
        if not self.is_compatible_with(other):
            raise ValueError(words or f"Shapes {self} and {other} are not compatible")
        return TensorShape([b if a is None else a for a, b in zip(self._dims, other._dims, strict=True)])

    def concatenate(self, other: Any) -> TensorShape:
        """The dimensions of this shape followed by those of `other`."""
        other = as_shape(other)
        if self._dims is None or other._dims is None:
            return TensorShape(None)
        return TensorShape(self._dims + other._dims)

    def most_specific_compatible_shape(self, other: Any) -> TensorShape:
        """The narrowest shape that fits both."""
        other = as_shape(other)
        if self._dims is None or other._dims is None or len(self._dims) != len(other._dims):
            return TensorShape(None)
        return TensorShape([a if a == b else None for a, b in zip(self._dims, other._dims, strict=True)])

    def is_subtype_of(self, other: Any) -> bool:
        """Whether every tensor of this shape has the shape `other` too."""
        if not isinstance(other, TensorShape):
            return False
        if other._dims is None:
            return True
        if self._dims is None or len(self._dims) != len(other._dims):
            return False
        return all(b is None or a == b for a, b in zip(self._dims, other._dims, strict=True))

    def most_specific_common_supertype(self, others: Any) -> TensorShape | None:
        """The narrowest shape of which all are cases."""
        found = self
        for other in others:
            if not isinstance(other, TensorShape):
                return None
            found = found.most_specific_compatible_shape(other)
        return found

    def __getitem__(self, key: Any) -> Any:
        if self._dims is None:
            return _unknown_part(key) if isinstance(key, slice) else None
        found = self._dims[key]
        return TensorShape(found) if isinstance(key, slice) else found

    def __iter__(self) -> Iterator[int | None]:
        if self._dims is None:
            raise ValueError("Cannot iterate over a shape with unknown rank.")
        return iter(self._dims)

    def __len__(self) -> int:
        if self._dims is None:
            raise ValueError("Cannot take the length of shape with unknown rank.")
        return len(self._dims)

    def __bool__(self) -> bool:
        return self._dims is not None

    __nonzero__ = __bool__

    def __eq__(self, other: object) -> bool:
        try:
            other = as_shape(other)
        except TypeError:
            return NotImplemented
        return self._dims == other._dims

    def __hash__(self) -> int:
        return hash(self._dims)

    def __add__(self, other: Any) -> TensorShape:
        return self.concatenate(other)

    def __radd__(self, other: Any) -> TensorShape:
        return as_shape(other).concatenate(self)

    def __repr__(self) -> str:
        return f"TensorShape({'None' if self._dims is None else list(self._dims)})"

    def __str__(self) -> str:
        if self._dims is None:
            return "<unknown>"
        return f"({', '.join(map(str, self._dims))}{',' if len(self._dims) == 1 else ''})"

    def __reduce__(self) -> tuple[Any, ...]:
        return as_shape, (self._dims,)


class Dimension:
    """One entry of a shape, for code written for TensorFlow 1."""

    __slots__ = ("_value",)
    __module__ = "tensorflow.python.framework.tensor_shape"

    def __init__(self, value: Any) -> None:
        self._value = _dimension(value)

    @property
    def value(self) -> int | None:
        """The number, or None if unknown."""
        return self._value

    def is_compatible_with(self, other: Any) -> bool:
        """Whether both could be the same number."""
        other = _dimension(other)
        return self._value is None or other is None or self._value == other

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raise ValueError unless both could be the same number."""
        if not self.is_compatible_with(other):
            raise ValueError(_ERROR.format(self, other))

    def merge_with(self, other: Any) -> Dimension:
        """The number, if either knows it."""
        self.assert_is_compatible_with(other)
        return Dimension(_dimension(other) if self._value is None else self._value)

    def __eq__(self, other: object) -> Any:
        return self._with(other, operator.eq)

    def __ne__(self, other: object) -> Any:
        return self._with(other, operator.ne)

    __hash__ = None  # type: ignore[assignment]

    def _with(self, other: Any, function: Callable[[int, int], Any]) -> Any:
        """`function` of both numbers; None where one is unknown, NotImplemented for what is no number."""
        try:
            value = _dimension(other)
        except (TypeError, ValueError):
            return NotImplemented
        return None if self._value is None or value is None else function(self._value, value)

    def __int__(self) -> int:
        return self._value  # type: ignore[return-value]

    def __index__(self) -> int:
        return self._value  # type: ignore[return-value]

    def __repr__(self) -> str:
        return f"Dimension({self._value})"

    def __str__(self) -> str:
        return "?" if self._value is None else str(self._value)


def _compare(function: Callable[[int, int], Any]) -> Any:
    return lambda self, other: self._with(other, function)


def _compute(function: Callable[[int, int], Any], swapped: bool = False) -> Any:
    def compute(self: Dimension, other: Any) -> Any:
        found = self._with(other, (lambda a, b: function(b, a)) if swapped else function)
        return found if found is NotImplemented else Dimension(found)

    return compute


for _word in ("lt", "le", "gt", "ge"):
    setattr(Dimension, f"__{_word}__", _compare(getattr(operator, _word)))
for _word in ("add", "sub", "mul", "floordiv", "mod"):
    setattr(Dimension, f"__{_word}__", _compute(getattr(operator, _word)))
    setattr(Dimension, f"__r{_word}__", _compute(getattr(operator, _word), True))


def _dimensions(dims: Any) -> tuple[Any, ...]:
    """The entries of any iterable, or of a number on its own."""
    try:
        entries = iter(dims)
    except TypeError:
        return (_dimension(dims),)
    found = []
    for entry in entries:
        try:
            found.append(_dimension(entry))
        except TypeError as problem:
            raise TypeError(
                f"Failed to convert '{dims!r}' to a shape: '{entry!r}'could not be converted to a dimension. A shape should "
                "either be single dimension (e.g. 10), or an iterable of dimensions (e.g. [1, 10, None])."
            ) from problem
    return tuple(found)


def _unknown_part(key: slice) -> TensorShape:
    """A slice of a shape of which nothing is known."""
    if key.step is not None:
        raise ValueError("Steps are not yet handled")
    start, stop = key.start or 0, key.stop
    if stop is None or start < 0 or stop < 0:
        return TensorShape(None)
    return unknown_shape(rank=stop - start)


def _dimension(value: Any) -> int | None:
    if value is None or type(value) is int:
        if value is not None and value < 0:
            raise ValueError(f"Dimension {value} must be >= 0")
        return value
    if isinstance(value, Dimension):
        return value._value
    try:
        return _dimension(int(value.__index__()))
    except AttributeError:
        raise TypeError(
            f"Dimension value must be integer or None or have an __index__ method, got value "
            f"'{value!r}' with type '{type(value)!r}'"
        ) from None


def as_shape(shape: Any) -> TensorShape:
    """`shape` as a TensorShape."""
    return shape if isinstance(shape, TensorShape) else TensorShape(shape)


def unknown_shape(rank: int | None = None) -> TensorShape:
    """A shape of which at most the rank is known."""
    return TensorShape(None) if rank is None else TensorShape([None] * rank)


def known(dims: tuple[int, ...]) -> TensorShape:
    """The shape of a NumPy value, unchecked because NumPy has checked it."""
    shape = object.__new__(TensorShape)
    shape._dims = dims
    return shape
