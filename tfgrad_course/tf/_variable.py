"""The variable: a named box that holds a tensor, and a new one after each assign, so that tapes keep the old."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from tfgrad_course.tf._creation import (
    ADD_IN_PLACE,
    BIRTHS,
    CREATORS,
    FORBIDDEN,
    IN_PLACE,
    PARAMETERS,
    SINGLETON,
    VariableAggregation,
    VariableSynchronization,
    checked,
    joining,
    named,
)
from tfgrad_course.tf._dtypes import DType, as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError, invalid
from tfgrad_course.tf._listening import LISTENING, OBSERVERS, TRACING
from tfgrad_course.tf._refusals import listed
from tfgrad_course.tf._shape import TensorShape, known
from tfgrad_course.tf._tensor import _DEVICE, EagerTensor, Reference, _tell, shown, tensor

# Filled by files that stand above this one in the order of imports.
CONVERT: list[Callable[..., EagerTensor]] = []
OPS: dict[str, Callable[..., Any]] = {}
_NO_KERNEL = (
    "No OpKernel was registered to support Op '{0}' used by {{{{node {0}}}}} with these attrs: [dtype=DT_{1}]\n"
    "Registered devices: [CPU]"
)
_listening, _tracing = LISTENING.get, TRACING.get


class _Maker(type):
    """Sends `tf.Variable(...)` through the creators of `variable_creator_scope`."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        creators = CREATORS.get()
        if cls is not Variable or not creators:
            return _create(cls, args, kwargs)
        given = PARAMETERS | dict(zip(PARAMETERS, args, strict=False)) | kwargs

        def call(position: int) -> Callable[..., Any]:
            if position < 0:
                return lambda **settings: _create(ResourceVariable, (), settings)
            return lambda **settings: creators[position](call(position - 1), **settings)

        return call(len(creators) - 1)(**given)


def _create(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    made = type.__call__(ResourceVariable if cls is Variable else cls, *args, **kwargs)
    if OBSERVERS:
        given = args[0] if args else kwargs.get("initial_value")
        for one in OBSERVERS:
            one.variable(made, given)
    return made


class Variable(metaclass=_Maker):
    """A tensor whose value can be changed, and which tapes watch by themselves if it is trainable."""

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_born",
        "_given_name",
        "_known_shape",
        "_now",
        "_trainable",
        "constraint",
        "dtype",
    )
    __module__ = "tensorflow.python.ops.variables"
    __array_priority__ = 100
    if TYPE_CHECKING:
        __getitem__: Callable[..., Any]
    _born: int  # which variable of the program it is, counted from 1
    _now: EagerTensor
    dtype: DType

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        import_scope: Any = None,
        constraint: Callable[[Any], Any] | None = None,
        synchronization: VariableSynchronization = VariableSynchronization.AUTO,
        aggregation: VariableAggregation = VariableAggregation.NONE,
        shape: Any = None,
        experimental_enable_variable_lifting: bool = True,
        **unused: Any,
    ) -> None:
        if FORBIDDEN.get():
            raise ValueError(SINGLETON)
        if variable_def is not None and initial_value is not None:
            raise ValueError(
                "The variable_def and initial_value args to `tf.Variable` are mutually exclusive, but got both: "
                f"variable_def={variable_def},\ninitial_value={initial_value}"
            )
        if initial_value is None:
            raise ValueError(
                "The `initial_value` arg to `tf.Variable` must be specified except when you are not providing a "
                "`variable_def`. You provided neither."
            )
        if constraint is not None and not callable(constraint):
            raise ValueError(
                f"Argument `constraint` must be None or a callable. a callable. Got a {type(constraint)}: "
                f"{constraint}"
            )
        value = (
            initial_value()
            if callable(initial_value) and not isinstance(initial_value, Variable)
            else initial_value
        )
        self._now = _initial(value, None if dtype is None else as_dtype(dtype))
        self.dtype = self._now.dtype
        self._known_shape = None if shape is None else checked(TensorShape(shape), self._now, shape)
        self._trainable = (
            synchronization is not VariableSynchronization.ON_READ if trainable is None else bool(trainable)
        )
        self._given_name = named(name)
        self.constraint = constraint
        self._born = BIRTHS[0] = BIRTHS[0] + 1
        if synchronization is not VariableSynchronization.AUTO or aggregation is not VariableAggregation.NONE:
            self.__dict__["_joined"] = joining(synchronization, aggregation)

    # Reading ---------------------------------------------------------------------------------

    def _read(self) -> EagerTensor:
        now = self._now
        for one in _listening():
            tracked = one.tracked
            if tracked is None or (id(now) not in tracked and now._tape is not tracked):
                one.read(self, now)
        return now

    def _fresh(self) -> EagerTensor:
        """The value as a tensor of its own, which tapes tell apart from other reads."""
        return OPS["identity"](self._read())

    def value(self) -> EagerTensor:
        """The value as a tensor."""
        return self._fresh()

    def read_value(self) -> EagerTensor:
        """The value as a tensor."""
        return self._fresh()

    @property
    def _v(self) -> Any:
        return self._now._v

    def _numpy(self) -> Any:
        return self._now._numpy()

    def numpy(self) -> Any:
        """The value as an array of its own, or a NumPy scalar."""
        if hasattr(TRACING.get(), "named"):
            raise NotImplementedError("numpy() is only available when eager execution is enabled.")
        if OBSERVERS:
            _tell(self, "numpy")
        value = self._now._numpy()
        return value.copy() if type(value) is np.ndarray else value

    # Changing --------------------------------------------------------------------------------

    def assign(
        self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Put `value` in the place of the present one."""
        given = CONVERT[0](value, self.dtype)
        if given._v.shape != self._now._v.shape and not self.shape.is_compatible_with(given._v.shape):
            raise ValueError(
                f"Cannot assign value to variable ' {self.name}': Shape mismatch.The variable shape {self.shape}, and "
                f"the assigned value shape {given.shape} are incompatible."
            )
        return self._put(given._v, "assign", given, read_value)

    def assign_add(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Add `delta` to the value."""
        given = self._update(delta, "AssignAddVariableOp")
        return self._put(self._now._v + given._v, "assign_add", given, read_value)

    def assign_sub(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Subtract `delta` from the value."""
        given = self._update(delta, "AssignSubVariableOp")
        return self._put(self._now._v - given._v, "assign_sub", given, read_value)

    def _update(self, delta: Any, op: str) -> EagerTensor:
        known = type(delta) is EagerTensor and delta.dtype is self.dtype
        given = delta if known else CONVERT[0](delta, self.dtype)
        if not (known or self.dtype.is_numeric):
            raise InvalidArgumentError(None, None, _NO_KERNEL.format(op, self.dtype.name.upper()))
        value, now = given._v, self._now._v
        # Two scalars need no look at shapes.
        if (type(value) is np.ndarray or type(now) is np.ndarray) and value.shape != now.shape:
            raise invalid(
                op,
                f"Cannot update variable with shape {listed(self._now)} using a Tensor with shape {listed(given)}, "
                "shapes must be equal.",
            )
        return given

    def _put(self, value: Any, how: str, given: EagerTensor, read_value: bool = True) -> Any:
        trace = _tracing()
        if trace is not None and hasattr(trace, "changes"):
            trace.changes(self)
        now = self._now = EagerTensor()
        now._v, now.dtype, now._tape = value, self.dtype, None
        for one in OBSERVERS:
            one.assigned(self, how, given)
        return OPS["view"](self) if read_value else None

    # What it is ------------------------------------------------------------------------------

    @property
    def shape(self) -> TensorShape:
        """The shape."""
        return known(self._now._v.shape) if self._known_shape is None else self._known_shape

    def set_shape(self, shape: Any) -> None:
        """Narrow the shape of a variable made with an unknown one."""
        self._known_shape = self.shape.merge_with(shape)

    @property
    def name(self) -> str:
        """The name, with ":0" as TensorFlow writes it."""
        return f"{self._given_name}:0"

    @property
    def trainable(self) -> bool:
        """Whether tapes watch it by themselves."""
        return self._trainable

    @property
    def device(self) -> str:
        """Where TensorFlow would keep it on a machine without accelerators."""
        return _DEVICE

    @property
    def handle(self) -> Any:
        """What stands for the variable itself: its reference."""
        return Reference(self)

    @property
    def synchronization(self) -> VariableSynchronization:
        """AUTO unless said otherwise."""
        return self.__dict__.get("_joined", (VariableSynchronization.AUTO,))[0]

    @property
    def aggregation(self) -> VariableAggregation:
        """NONE unless said otherwise."""
        return self.__dict__.get("_joined", (None, VariableAggregation.NONE))[1]

    @property
    def initializer(self) -> None:
        """None: variables are initialised when made."""
        return None

    @property
    def initial_value(self) -> Any:
        """Not available eagerly."""
        raise RuntimeError("This property is not supported when eager execution is enabled.")

    def is_initialized(self, name: str | None = None) -> EagerTensor:
        """True: variables are initialised when made."""
        return CONVERT[0](True)

    @property
    def op(self) -> Any:
        """Not available eagerly."""
        raise AttributeError("Tensor.op is undefined when eager execution is enabled.")

    @property
    def graph(self) -> Any:
        """Not available eagerly."""
        raise AttributeError("Tensor.graph is undefined when eager execution is enabled.")

    def ref(self) -> Reference:
        """A hashable stand-in for this variable."""
        return Reference(self)

    experimental_ref = ref

    # Python's protocols ----------------------------------------------------------------------

    def __bool__(self) -> bool:
        return bool(self._read())

    def __float__(self) -> float:
        if OBSERVERS:
            _tell(self, "float")
        return float(self._now._numpy())

    def __int__(self) -> int:
        if OBSERVERS:
            _tell(self, "int")
        return int(self._now._numpy())

    def __complex__(self) -> complex:
        return complex(self._now._numpy())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        if OBSERVERS:
            _tell(self, "array")
        return np.array(self._now._v, dtype)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._read())

    def __hash__(self) -> int:
        raise TypeError(
            f"Variable is unhashable. Instead, use variable.ref() as the key. (Variable: {self!r})"
        )

    def __iadd__(self, other: Any) -> Any:
        raise RuntimeError(ADD_IN_PLACE.format("+=", "assign_add", "+"))

    def __isub__(self, other: Any) -> Any:
        raise RuntimeError(ADD_IN_PLACE.format("-=", "assign_sub", "*"))  # the * is TensorFlow's own slip

    def __imul__(self, other: Any) -> Any:
        raise RuntimeError(IN_PLACE.format("*"))

    def __itruediv__(self, other: Any) -> Any:
        raise RuntimeError(IN_PLACE.format("/"))

    def __ipow__(self, other: Any) -> Any:
        raise RuntimeError(IN_PLACE.format("**"))

    def __copy__(self) -> Variable:
        return self

    def __deepcopy__(self, memo: Any) -> Variable:
        made = ResourceVariable(
            self._now,
            self._trainable,
            name=self._given_name,
            constraint=self.constraint,
            shape=self._known_shape,
        )
        memo[id(self)] = made
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self._now, self._trainable, self._given_name)

    def __repr__(self) -> str:
        if TRACING.get() is not None:
            return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}>"
        return f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.dtype.name}, {shown(self._now)}>"

    def __str__(self) -> str:
        if OBSERVERS:
            _tell(self, "str")
        return repr(self)


class ResourceVariable(Variable):
    """What `tf.Variable(...)` makes."""

    __slots__ = ()
    __module__ = "tensorflow.python.ops.resource_variable_ops"


# What `isinstance` is asked most: a tuple made once (a union would be made anew each time).
TENSORS = (EagerTensor, Variable)


def _initial(value: Any, dtype: DType | None) -> EagerTensor:
    try:
        given = CONVERT[0](value, dtype)
    except ValueError as problem:
        if isinstance(value, EagerTensor):
            raise ValueError(f"initial_value: {problem}") from None
        raise
    return tensor(given._v, given.dtype)


def _rebuilt(value: EagerTensor, trainable: bool, name: str) -> Variable:
    return ResourceVariable(value, trainable, name=name)
