"""TensorArray inside a tf.function: there each write makes a new array, and mistakes are those of TensorFlow's lists."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf._array import TensorArray, index_of, joined
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._dtypes import as_dtype, int32
from tfgrad_course.tf._errors import InvalidArgumentError
from tfgrad_course.tf._shape import TensorShape, as_shape


def _refused(text: str) -> InvalidArgumentError:
    return InvalidArgumentError(None, None, text)


def _told(shape: TensorShape) -> str:
    if shape.rank is None:
        return "<unknown>"
    return f"[{','.join('?' if n is None else str(n) for n in shape.as_list())}]"


class ListedArray(TensorArray):
    """An array as a graph has it: a list of tensors that is never changed, only made anew."""

    __module__ = "tensorflow.python.ops.tensor_array_ops"

    def __init__(
        self, dtype: Any, size: Any = None, dynamic_size: Any = None, clear_after_read: Any = None,
        tensor_array_name: Any = None, handle: Any = None, flow: Any = None, infer_shape: bool = True,
        element_shape: Any = None, colocate_with_first_write_call: bool = True, name: Any = None,
    ) -> None:  # fmt: skip
        if size is None:
            raise ValueError("Argument `size` must be provided if argument `flow` is not provided.")
        self._dtype, self._dynamic_size, self._infer_shape = as_dtype(dtype), dynamic_size, infer_shape
        self._element_shape = as_shape(element_shape)
        # A size that the trace does not know is not compared with how many elements there are.
        self._known_size = None if hasattr(size, "numpy") else int(size)
        self._list: list[Any] = [None] * index_of(size)
        self._later: tuple[ListedArray, int, Any] | None = None

    @property
    def dynamic_size(self) -> Any:
        """Whether writing past the end makes it longer, as given."""
        return self._dynamic_size

    # The list itself: whoever wrote last holds it; an older array knows what to put back, should it be asked again.

    def _elements(self) -> list[Any]:
        trail = []
        one: ListedArray = self
        while one._later is not None:
            trail.append(one)
            one = one._later[0]
        if trail:
            made = list(one._list)
            for older in reversed(trail):
                _, at, before = older._later  # type: ignore[misc]
                made[at] = before
            self._list, self._later = made, None
        return self._list

    def _with(self, elements: list[Any]) -> ListedArray:
        made = object.__new__(ListedArray)
        made.__dict__.update(self.__dict__)
        made._list, made._later = elements, None
        return made

    def _fits(self, shape: TensorShape) -> None:
        if not self._infer_shape:
            return
        if not shape.is_compatible_with(self._element_shape):
            raise ValueError(f"Inconsistent shapes: saw {shape} but expected {self._element_shape} ")
        self._element_shape = self._element_shape.merge_with(shape)

    def _element(self, at: int, words: str) -> Any:
        found = self._elements()[at]
        if found is None:
            shape = self._common(words)
            return tf.zeros(convert(shape), self._dtype)
        return found

    def _common(self, words: str) -> TensorShape:
        """The shape of elements that were never written."""
        shape = self._element_shape
        for element in self._elements():
            if element is not None:
                try:
                    shape = shape.merge_with(element.shape)
                except ValueError:
                    raise _refused(
                        "PartialTensorShape: Incompatible shapes during merge: "
                        f"{_told(shape)} vs. {_told(element.shape)}"
                    ) from None
        if not shape.is_fully_defined():
            raise _refused(words.format(_told(shape)))
        return shape

    def grad(self, source: Any, flow: Any = None, name: Any = None) -> Any:
        """Not available."""
        raise NotImplementedError

    def read(self, index: Any, name: Any = None) -> Any:
        """The element at an index."""
        at, size = index_of(index), len(self._elements())
        if not 0 <= at < size:
            raise _refused(f"Trying to access element {at} in a list with {size} elements.")
        return self._element(
            at,
            "Trying to read an uninitialized tensor but element_shape is not fully defined: {} and no list element is "
            "set.",
        )

    def write(self, index: Any, value: Any, name: Any = None) -> TensorArray:
        """The array with another element at an index."""
        at, made = index_of(index), convert_to_tensor(value, dtype_hint=self._dtype)
        self._fits(made.shape)
        elements = self._elements()
        size = len(elements)
        if at >= size and self._dynamic_size:
            elements.extend([None] * (at + 1 - size))
        if not 0 <= at < len(elements):
            raise _refused(f"Trying to modify element {at} in a list with {size} elements.")
        if made.dtype is not self._dtype:
            raise _refused(
                f"Invalid data types; op elements {made.dtype.kernel} but list elements {self._dtype.kernel}"
            )
        if not self._element_shape.is_compatible_with(made.shape):
            raise _refused(
                "Tried to set a tensor with incompatible shape at a list index. Item element shape: "
                f"{_told(made.shape)} list shape: {_told(self._element_shape)}"
            )
        if len(elements) > size:
            elements = list(elements)
            del self._list[size:]
            elements[at] = made
            return self._with(elements)
        newer = self._with(elements)
        self._later = (newer, at, elements[at])
        elements[at] = made
        return newer

    def stack(self, name: Any = None) -> Any:
        """All elements along a new first axis."""
        elements = self._elements()
        self._counted(elements)
        if not elements:
            shape = self._common(
                "Tried to stack elements of an empty list with non-fully-defined element_shape: {}"
            )
            return tf.zeros([0, *shape.as_list()], self._dtype)
        self._common(
            "Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element_shape: {}"
        )
        return convert([self._element(i, "") for i in range(len(elements))], self._dtype)

    def _counted(self, elements: list[Any]) -> None:
        known = None if self._dynamic_size else self._known_size
        if known is not None and len(elements) != known:
            raise _refused(
                f"Operation expected a list with {known} elements but got a list with {len(elements)} elements."
            )

    def gather(self, indices: Any, name: Any = None) -> Any:
        """Some elements along a new first axis."""
        size = len(self._elements())
        for at in map(int, convert(indices)._numpy()):
            if not 0 <= at < size:
                raise _refused(f"Index {at} out o range; list only has {size} elements.")
        words = "Tried to gather uninitialized tensors from a list with non-fully-defined element_shape: {}"
        return tf.stack([self._element(int(i), words) for i in convert(indices)._numpy()])

    def concat(self, name: Any = None) -> Any:
        """All elements along their first axis."""
        words = "All except the first dimension must be fully defined when concating an empty tensor list. element_shape: {}"
        elements = self._elements()
        if not elements:
            return tf.zeros([0, *self._common(words).as_list()[1:]], self._dtype)
        parts = [self._element(i, words) for i in range(len(elements))]
        return joined(parts)

    def unstack(self, value: Any, name: Any = None) -> TensorArray:
        """An array of the slices of a tensor."""
        made = convert_to_tensor(value, dtype_hint=self._dtype)
        if not made.shape.rank:
            raise _refused(f"Tensor must be at least a vector, but saw shape: {made.shape.as_list()}")
        self._fits(made.shape[1:])
        return self._with(list(tf.unstack(made)))

    def scatter(self, indices: Any, value: Any, name: Any = None) -> TensorArray:
        """The array with the slices of a tensor put at indices."""
        made = convert_to_tensor(value, dtype_hint=self._dtype)
        self._fits(made.shape[1:])
        elements = list(self._elements())
        for at, part in zip(map(int, convert(indices)._numpy()), tf.unstack(made), strict=False):
            elements.extend([None] * (at + 1 - len(elements)))
            elements[at] = part
        return self._with(elements)

    def split(self, value: Any, lengths: Any, name: Any = None) -> TensorArray:
        """An array of consecutive pieces of a tensor."""
        made, sizes = convert_to_tensor(value, dtype_hint=self._dtype), convert(lengths)
        if not made.shape.rank:
            raise ValueError("Shape must be at least rank 1 but is rank 0")
        pieces, size = [int(n) for n in sizes._numpy()], made.shape[0]
        if sum(pieces) < size:
            raise _refused(f"Unused values in tensor. Length of tensor: {size} Values used: {sum(pieces)}")
        if sum(pieces) > size:
            raise _refused(
                f"Attempted to slice [{sum(pieces[:-1])}, {sum(pieces)}] from tensor with length {size}"
            )
        if len(set(pieces)) == 1:
            self._fits(TensorShape([pieces[0], *made.shape[1:].as_list()]))
        return self._with(list(tf.split(made, sizes)))

    def close(self, name: Any = None) -> None:
        """Nothing: what a graph does not use is not kept."""

    def size(self, name: Any = None) -> Any:
        """How many elements: what it was made for, unless it grows."""
        known = None if self._dynamic_size else self._known_size
        return convert(len(self._elements()) if known is None else known, int32)


ListedArray.__name__ = ListedArray.__qualname__ = "TensorArray"
