"""TensorArray: a list of tensors that is written by index and read once, as TensorFlow's loops use it."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._dtypes import DType, as_dtype, float32, int32
from tfgrad_course.tf._errors import InvalidArgumentError, OpError, OutOfRangeError
from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._shape import TensorShape, as_shape
from tfgrad_course.tf._spec import TypeSpec
from tfgrad_course.tf._tensor import tensor


def index_of(index: Any) -> int:
    return int(index._numpy()) if hasattr(index, "numpy") else index


def _refused(text: str) -> InvalidArgumentError:
    return InvalidArgumentError(None, None, text)


class TensorArray:
    """A list of tensors of one dtype, each written once and (by default) read once."""

    __module__ = "tensorflow.python.ops.tensor_array_ops"

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Inside a tf.function another class stands in, because arrays behave otherwise there."""
        if cls is TensorArray and hasattr(TRACING.get(), "named"):
            from tfgrad_course.tf._array_lists import ListedArray

            cls = ListedArray
        return object.__new__(cls)

    def __init__(
        self, dtype: Any, size: Any = None, dynamic_size: Any = None, clear_after_read: Any = None,
        tensor_array_name: Any = None, handle: Any = None, flow: Any = None, infer_shape: bool = True,
        element_shape: Any = None, colocate_with_first_write_call: bool = True, name: Any = None,
    ) -> None:  # fmt: skip
        if handle is not None:
            raise ValueError("TensorArray handles are not supported when eager execution is enabled.")
        if size is None:
            raise ValueError("Size must be declared for TensorArrays when eager execution is enabled.")
        self._dtype = as_dtype(dtype)
        self._dynamic_size = dynamic_size or False
        self._clears = True if clear_after_read is None else clear_after_read
        self._infer_shape, self._element_shape = infer_shape, as_shape(element_shape)
        self._items: list[Any] = [None] * index_of(size)
        self._spent: set[int] = set()

    @property
    def dtype(self) -> DType:
        """The dtype of the elements."""
        return self._dtype

    @property
    def flow(self) -> Any:
        """A tensor that TensorFlow's graphs pass around for the array."""
        return tensor(np.int32(0), int32)

    @property
    def handle(self) -> None:
        """None: there are no handles."""
        return None

    @property
    def element_shape(self) -> TensorShape:
        """The shape of the elements, as far as it is known."""
        return self._element_shape

    @property
    def dynamic_size(self) -> bool:
        """Whether writing past the end makes it longer."""
        return bool(self._dynamic_size)

    def identity(self) -> TensorArray:
        """The array itself."""
        return self

    def grad(self, source: Any, flow: Any = None, name: Any = None) -> Any:
        """Not available eagerly."""
        raise NotImplementedError(
            "TensorArray.grad is not supported when executing eagerly; eager's gradient implementation does not use/need "
            "this function to compute gradients of operations that use TensorArrays."
        )

    def read(self, index: Any, name: Any = None) -> Any:
        """The element at an index, which is then forgotten unless the array was made to keep it."""
        at = index_of(index)
        if at < 0:
            raise OutOfRangeError(None, None, f"Reading from negative indices (index {at}) is not allowed.")
        if at >= len(self._items):
            raise OutOfRangeError(
                None, None, f"Tried to read from index {at} but array size is: {len(self._items)} "
            )
        if self._items[at] is None and at in self._spent:
            raise _refused(
                f"Could not read index {at} twice because it was cleared after a previous read (perhaps try setting "
                "clear_after_read = false?)"
            )
        found = self._filled(at)
        if self._clears:
            self._items[at] = None
            self._spent.add(at)
        return found

    def _filled(self, at: int) -> Any:
        if self._items[at] is None:
            self._items[at] = tf.zeros(convert(self._element_shape), self._dtype)
        return self._items[at]

    def write(self, index: Any, value: Any, name: Any = None) -> TensorArray:
        """Put an element at an index."""
        at, size = index_of(index), len(self._items)
        if at < 0:
            raise OutOfRangeError(None, None, f"Writing to negative indices (index {at}) is not allowed.")
        if at >= size:
            if not self._dynamic_size:
                raise OutOfRangeError(
                    None,
                    None,
                    f"Tried to write to index {at} but array is not resizeable and size is: {size} ",
                )
            self._items += [None] * (at - size + 1)
        made = convert_to_tensor(value, dtype_hint=self._dtype)
        if made.dtype is not self._dtype:
            raise _refused(
                f"TensorArray dtype is {self._dtype.name} but Op is trying to write dtype {made.dtype.name} "
            )
        if not self._element_shape.is_compatible_with(made.shape):
            raise ValueError(f"Incompatible shape for value ({made.shape}), expected ({self._element_shape})")
        if self._infer_shape:
            self._element_shape = self._element_shape.merge_with(made.shape)
        self._items[at] = made
        return self

    def stack(self, name: Any = None) -> Any:
        """All elements along a new first axis."""
        if not self._items and self._element_shape.is_fully_defined():
            return tf.zeros([0, *self._element_shape.as_list()], self._dtype)
        return convert([self._filled(i) for i in range(len(self._items))], self._dtype)

    def gather(self, indices: Any, name: Any = None) -> Any:
        """Some elements along a new first axis."""
        places = indices._numpy() if hasattr(indices, "numpy") else indices
        return tf.stack([self._filled(i) for i in places])

    def concat(self, name: Any = None) -> Any:
        """All elements along their first axis."""
        parts = [self._filled(i) for i in range(len(self._items))]
        return joined(parts)

    def unstack(self, value: Any, name: Any = None) -> TensorArray:
        """Put the slices of a tensor into the array."""
        parts = tf.unstack(value)
        if len(parts) > len(self._items) and not self._dynamic_size:
            raise ValueError(
                f"Cannot unstack {len(parts)} tensors into a TensorArray of static size {len(self._items)} "
            )
        self._items = list(parts)
        return self

    def scatter(self, indices: Any, value: Any, name: Any = None) -> TensorArray:
        """Put the slices of a tensor at indices."""
        places = indices._numpy() if hasattr(indices, "numpy") else indices
        for at, part in zip(places, tf.unstack(value), strict=False):
            self.write(at, part)
        return self

    def split(self, value: Any, lengths: Any, name: Any = None) -> TensorArray:
        """Put consecutive pieces of a tensor into the array."""
        made, sizes = convert_to_tensor(value, dtype_hint=self._dtype), convert(lengths)
        if made.dtype is not self._dtype:
            raise _refused(
                f"TensorArray dtype is {self._dtype.name} but Op is trying to write dtype {made.dtype.name} "
            )
        total = int(np.sum(sizes._numpy()))
        shape = made.shape.as_list()
        if sizes.shape.rank != 1:
            raise _refused(f"Expected lengths to be a vector, received shape: {sizes.shape.as_list()} ")
        if not shape:
            raise _refused(f"Expected value to be at least a vector, but received shape: {shape} ")
        if total != shape[0]:
            raise _refused(
                f"Expected sum of lengths to be equal to values.shape[0], but sum of lengths is {total} and value's shape "
                f"is: {shape} "
            )
        if not self._dynamic_size and sizes.shape[0] != len(self._items):
            raise _refused(
                f"TensorArray's size is not equal to the size of lengths ({len(self._items)} vs. {sizes.shape[0]}), and the "
                "TensorArray is not marked as dynamically resizeable."
            )
        self._items = list(tf.split(made, sizes))
        return self

    def size(self, name: Any = None) -> Any:
        """How many elements."""
        return tensor(np.int32(len(self._items)), int32)

    def close(self, name: Any = None) -> None:
        """Forget all elements."""
        self._items.clear()


class TensorArraySpec(TypeSpec):
    """Describes a TensorArray."""

    __slots__ = ("_dtype", "_dynamic_size", "_element_shape", "_infer_shape")
    __module__ = "tensorflow.python.ops.tensor_array_ops"
    value_type = TensorArray

    def __init__(
        self,
        element_shape: Any = None,
        dtype: Any = float32,
        dynamic_size: bool = False,
        infer_shape: bool = True,
    ) -> None:
        self._element_shape, self._dtype = as_shape(element_shape), as_dtype(dtype)
        self._dynamic_size, self._infer_shape = dynamic_size, infer_shape

    @staticmethod
    def from_value(value: Any) -> TensorArraySpec:
        """The spec of an array."""
        if not isinstance(value, TensorArray):
            raise TypeError(f"Expected value to be a TensorArray, but got: `{type(value)}`")
        return TensorArraySpec(value.element_shape, value.dtype, value.dynamic_size, value._infer_shape)

    def _parts(self) -> tuple[Any, ...]:
        return self._element_shape, self._dtype, self._dynamic_size, self._infer_shape

    def is_compatible_with(self, other: Any) -> bool:
        """Whether an array or spec fits."""
        spec = TensorArraySpec.from_value(other) if isinstance(other, TensorArray) else other
        return (
            isinstance(spec, TensorArraySpec)
            and spec._dtype is self._dtype
            and self._element_shape.is_compatible_with(spec._element_shape)
            and self._dynamic_size == spec._dynamic_size
        )

    def is_subtype_of(self, other: Any) -> bool:
        """Whether whatever fits this fits the other; shapes of elements do not count."""
        return isinstance(other, TensorArraySpec) and self._parts()[1:3] == other._parts()[1:3]

    def most_specific_common_supertype(self, others: Any) -> TensorArraySpec | None:
        """This, where all are of one dtype; shapes are inferred only if all infer them."""
        if not all(isinstance(o, TensorArraySpec) and o._parts()[1:3] == self._parts()[1:3] for o in others):
            return None
        infers = self._infer_shape and all(o._infer_shape for o in others)
        return TensorArraySpec(self._element_shape, self._dtype, self._dynamic_size, infers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TensorArraySpec) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._dtype.name)

    def __repr__(self) -> str:
        return f"TensorArraySpec({', '.join(map(repr, self._parts()))})"


def joined(parts: list[Any]) -> Any:
    """Elements one after the other, or the array's own words for those that have no first axis."""
    try:
        return tf.concat(parts, 0)
    except OpError:
        scalar = [i for i, part in enumerate(parts) if not part.shape.rank]
        if not scalar:
            raise
        raise _refused(
            f"Concat saw a scalar shape at index {scalar[0]} but requires at least vectors."
        ) from None
