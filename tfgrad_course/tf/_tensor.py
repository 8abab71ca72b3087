"""The tensor: a NumPy value and a dtype, behaving towards Python as TensorFlow's eager tensors do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from tfgrad_course.tf._dtypes import DType, string
from tfgrad_course.tf._listening import OBSERVERS, TRACING
from tfgrad_course.tf._shape import TensorShape, as_shape, known

_GRAPH_ONLY = ("name", "op", "graph", "value_index")
_NUMPY_ONLY = ("T", "astype", "ravel", "transpose", "reshape", "clip", "size", "tolist", "data")
_CLASS = "tensorflow.python.framework.ops.EagerTensor"
_DEVICE = "/job:localhost/replica:0/task:0/device:CPU:0"


class Tensor:
    """What `isinstance(x, tf.Tensor)` asks for; every tensor is an EagerTensor."""

    __slots__ = ()
    __module__ = "tensorflow.python.framework.tensor"
    __array_priority__ = 100
    OVERLOADABLE_OPERATORS = frozenset(
        f"__{reflected}{name}__"
        for name in ["abs", "add", "and", "div", "eq", "floordiv", "ge", "getitem", "gt", "invert", "le", "lt", "matmul", "mod", "mul", "ne", "neg", "or", "pow", "sub", "truediv", "xor"]
        for reflected in ("", "r")
        if not reflected or name in ["add", "and", "div", "floordiv", "matmul", "mod", "mul", "or", "pow", "sub", "truediv", "xor"]
    )  # fmt: skip

    # The operators are put here by the rows of ops/ that carry `operator=`.
    if TYPE_CHECKING:

        def __getitem__(self, key: Any) -> Any: ...
        def __neg__(self) -> Any: ...
        def __add__(self, other: Any) -> Any: ...
        def __radd__(self, other: Any) -> Any: ...
        def __sub__(self, other: Any) -> Any: ...
        def __rsub__(self, other: Any) -> Any: ...
        def __mul__(self, other: Any) -> Any: ...
        def __rmul__(self, other: Any) -> Any: ...
        def __truediv__(self, other: Any) -> Any: ...
        def __rtruediv__(self, other: Any) -> Any: ...
        def __lt__(self, other: Any) -> Any: ...
        def __gt__(self, other: Any) -> Any: ...


class _Named(type):
    """Gives the class its short name where Python's own messages say the full one, as they do of TensorFlow's."""

    @property
    def __name__(cls) -> str:  # type: ignore[override]
        return cls.__qualname__


class _Refused:
    """An attribute that is there only to be refused; a `__getattr__` would slow down every look at a slot."""

    def __init__(self, name: str, words: str) -> None:
        self.name, self.words = name, words

    def __get__(self, instance: Any, owner: Any) -> Any:
        if self.name == "assign" and instance is not None and "_origin" in _set_slots(instance):
            return instance._origin(self.name)
        if instance is not None and self.name in ("name", "op", "graph"):
            trace = TRACING.get()
            if hasattr(trace, "name_of") and trace.name_of(instance) is not None:
                return trace.of_graph(instance, self.name)
        raise AttributeError(self.words)


class EagerTensor(Tensor, metaclass=_Named):
    """A value: an ndarray, or a NumPy scalar at rank 0 (five times quicker than a 0-d array)."""

    # `_tape` is `tracked` of the tape that recorded the operation behind it first, None if none did; `_place` says where.
    # `_origin` is set only on a slice of a variable, which can be assigned to.
    __slots__ = ("_origin", "_place", "_tape", "_v", "dtype")
    __module__ = "tensorflow.python.framework.ops"
    _v: Any
    dtype: DType
    _tape: object
    _place: int
    _origin: Any

    @property
    def shape(self) -> TensorShape:
        """The shape."""
        return known(self._v.shape)

    def get_shape(self) -> TensorShape:
        """The shape."""
        return known(self._v.shape)

    def _shape_tuple(self) -> tuple[int, ...]:
        return self._v.shape

    @property
    def ndim(self) -> int:
        """How many axes."""
        return self._v.ndim

    @property
    def device(self) -> str:
        """Where TensorFlow would keep it on a machine without accelerators."""
        return _DEVICE

    backing_device = device

    @property
    def is_packed(self) -> bool:
        """False: no tensors are packed over devices."""
        return False

    @property
    def _id(self) -> int:
        return id(self)

    def _rank(self) -> int:
        return self._v.ndim  # type: ignore[no-any-return]

    def _num_elements(self) -> int:
        return self._v.size  # type: ignore[no-any-return]

    def _numpy(self) -> Any:
        value = self._v
        return value[()] if self.dtype is string and value.ndim == 0 else value

    def numpy(self) -> Any:
        """The value as an array of its own, or a NumPy scalar."""
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "numpy")
        value = self._numpy()
        return value.copy() if type(value) is np.ndarray else value

    def set_shape(self, shape: Any) -> None:
        """Check that the shape is `shape`."""
        if not self.shape.is_compatible_with(shape):
            raise ValueError(
                f"Tensor's shape {self.shape} is not compatible with supplied shape {as_shape(shape)}."
            )

    def ref(self) -> Reference:
        """A hashable stand-in for this tensor."""
        return Reference(self)

    def experimental_ref(self) -> Reference:
        """The old name of `ref`."""
        return Reference(self)

    def eval(self, feed_dict: Any = None, session: Any = None) -> Any:
        """Not available eagerly."""
        raise NotImplementedError(
            "eval is not supported when eager execution is enabled, is .numpy() what you're looking for?"
        )

    def consumers(self) -> Any:
        """Not available eagerly."""
        raise NotImplementedError("Tensor.consumers is undefined when eager execution is enabled.")

    def cpu(self) -> EagerTensor:
        """Itself."""
        return self

    def gpu(self, gpu_index: int = 0) -> EagerTensor:
        """Itself: there is no accelerator."""
        return self

    def __bool__(self) -> bool:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "bool")
        value = self._numpy()
        return bool(value.size > 0 and value) if type(value) is np.ndarray else bool(value)

    __nonzero__ = __bool__

    def __int__(self) -> int:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "int")
        return int(_only(self._numpy()))

    def __float__(self) -> float:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "float")
        return float(_only(self._numpy()))

    def __complex__(self) -> complex:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "complex")
        return complex(_only(self._numpy()))

    def __index__(self) -> int:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "index")
        return self._numpy().__index__()

    def __round__(self, digits: int | None = None) -> Any:
        return self.astype  # type: ignore[attr-defined] # raises what TensorFlow raises: a tensor has no NumPy methods

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "array")
        return np.array(self._v, dtype) if dtype is not None or copy is not False else np.asarray(self._v)

    def __format__(self, spec: str) -> str:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "str")
            if symbol := _symbol(self):
                if spec:
                    raise TypeError("unsupported format string passed to SymbolicTensor.__format__")
                return symbol
        return self._numpy().__format__(spec)

    def __len__(self) -> int:
        if not self._v.shape:
            raise TypeError("Scalar tensor has no `len()`")
        return len(self._v)

    def __iter__(self) -> Iterator[Any]:
        if not self._v.shape:
            raise TypeError("Cannot iterate over a scalar tensor.")
        elements = (self[i] for i in range(self._v.shape[0]))
        if TRACING.get() is None:
            return elements
        from tfgrad_course.tf._tracing import looped

        trace = TRACING.get()
        if hasattr(trace, "check_iteration"):
            trace.check_iteration(self)
        return looped(elements)

    def __hash__(self) -> int:
        raise TypeError("Tensor is unhashable. Instead, use tensor.ref() as the key.")

    # Python says these by itself, but with the short name of the class.
    def __setitem__(self, key: Any, value: Any) -> None:
        raise TypeError(f"'{_class(self)}' object does not support item assignment")

    def __delitem__(self, key: Any) -> None:
        raise TypeError(f"'{_CLASS}' object doesn't support item deletion")

    def __pos__(self) -> Any:
        raise TypeError(f"bad operand type for unary +: '{_CLASS}'")

    def __copy__(self) -> EagerTensor:
        return self

    def __deepcopy__(self, memo: Any) -> EagerTensor:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self._v, self.dtype)

    def __repr__(self) -> str:
        if TRACING.get() is not None and (symbol := _symbol(self)):
            name, _, rest = symbol[7:-1].partition(", shape=")
            shape, _, dtype = rest.rpartition(", dtype=")
            return f"<tf.Tensor {name.replace(chr(34), chr(39))} shape={shape} dtype={dtype}>"
        return f"<tf.Tensor: shape={self.shape}, dtype={self.dtype.name}, {shown(self)}>"

    def __str__(self) -> str:
        if OBSERVERS or TRACING.get() is not None:
            _tell(self, "str")
        if TRACING.get() is not None and (symbol := _symbol(self)):
            return symbol
        value = numpy_text(self)
        start = "\n" if "\n" in value else ""
        return f"tf.Tensor({start}{value}, shape={self.shape}, dtype={self.dtype.name})"


type.__dict__["__name__"].__set__(EagerTensor, _CLASS)
for _name in _GRAPH_ONLY:
    _words = f"Tensor.{_name} is undefined when eager execution is enabled."
    setattr(EagerTensor, _name, _Refused(_name, _words))
for _name in _NUMPY_ONLY:
    _words = (
        f"EagerTensor object has no attribute '{_name}'. \n"
        "        If you are looking for numpy-related methods, please run the following:\n"
        "        tf.experimental.numpy.experimental_enable_numpy_behavior()\n      "
    )
    setattr(EagerTensor, _name, _Refused(_name, _words))
setattr(EagerTensor, "assign", _Refused("assign", f"'{_CLASS}' object has no attribute 'assign'"))  # noqa: B010


def _class(of: Any) -> str:
    """The name of the class, which inside a tf.function is another."""
    return "SymbolicTensor" if TRACING.get() is not None and _symbol(of) else _CLASS


class Reference:
    """A hashable reference to a tensor or variable, equal to others of the same object."""

    __slots__ = ("_wrapped",)
    __module__ = "tensorflow.python.util.object_identity"

    def __init__(self, wrapped: Any) -> None:
        self._wrapped = wrapped

    def deref(self) -> Any:
        """The tensor or variable."""
        return self._wrapped

    def __eq__(self, other: object) -> bool:
        return id(self._wrapped) == id(_unwrapped(other))

    def __lt__(self, other: object) -> bool:
        return id(self._wrapped) < id(_unwrapped(other))

    def __gt__(self, other: object) -> bool:
        return id(self._wrapped) > id(_unwrapped(other))

    def __hash__(self) -> int:
        return id(self._wrapped)

    def __repr__(self) -> str:
        return f"<Reference wrapping {self._wrapped!r}>"


def _unwrapped(other: Any) -> Any:
    if not isinstance(other, Reference):
        raise TypeError("Cannot compare wrapped object with unwrapped object")
    return other._wrapped


def tensor(value: Any, dtype: DType) -> EagerTensor:
    """A tensor of a value that is already as it should be."""
    made = EagerTensor()
    made._v = value
    made.dtype = dtype
    made._tape = None
    return made


def _rebuilt(value: Any, dtype: DType) -> EagerTensor:
    return tensor(value, dtype)


def numpy_text(of: Any) -> str:
    """The value as `str` shows it inside a tensor."""
    return "<unprintable>" if not of.dtype.is_numpy_compatible else str(of._numpy())


def shown(of: Any) -> str:
    """The value as `repr` shows it inside a tensor or variable."""
    value = of._numpy()
    # TensorFlow shows a scalar as Python's own number: 0.10000000149011612 for a float32 0.1.
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return f"numpy={chr(10) if chr(10) in text else ''}{text}"


def _set_slots(of: EagerTensor) -> tuple[str, ...]:
    try:
        object.__getattribute__(of, "_origin")
    except AttributeError:
        return ()
    return ("_origin",)


def _only(value: Any) -> Any:
    if getattr(value, "ndim", 0):
        raise TypeError("only 0-dimensional arrays can be converted to Python scalars")
    return value


def _tell(thing: Any, how: str) -> None:
    trace = TRACING.get()
    if how in ("numpy", "array") and isinstance(thing, EagerTensor) and hasattr(trace, "name_of"):
        name = trace.name_of(thing)
        if name is not None:
            if how == "numpy":
                raise AttributeError("'SymbolicTensor' object has no attribute 'numpy'")
            raise NotImplementedError(
                f"Cannot convert a symbolic tf.Tensor ({name}:0) to a numpy array. This error may indicate that you're "
                "trying to pass a Tensor to a NumPy call, which is not supported."
            )
    if how == "bool" and hasattr(trace, "check_bool"):
        trace.check_bool(thing)
    for one in OBSERVERS:
        one.converted(thing, how)


def _symbol(of: Any) -> str | None:
    """How a tensor made inside a tf.function is shown there."""
    trace = TRACING.get()
    name = trace.name_of(of) if hasattr(trace, "name_of") else None
    if name is None:
        return None
    return f'Tensor("{name}:0", shape={trace.shapes.get(id(of), of.shape)}, dtype={of.dtype.name})'  # type: ignore[union-attr]
