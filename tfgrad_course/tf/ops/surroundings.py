"""What programs say around their mathematics: devices, scopes, graphs, configuration, the version."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._creation import CREATORS, NAMES
from tfgrad_course.tf._custom import stop_recording
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._dtypes import DTYPES, as_dtype, float64, int64
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._log import LOGGER
from tfgrad_course.tf._print import text as printed
from tfgrad_course.tf._shape import TensorShape, as_shape
from tfgrad_course.tf._slices import IndexedSlices
from tfgrad_course.tf._spec import TensorSpec, TypeSpec
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import Variable

# Scopes --------------------------------------------------------------------------------------------

_DEVICE_PARTS = ("job", "replica", "task", "device", "cpu", "gpu", "tpu", "")


class device:
    """Operations inside run on a device; here there is one."""

    def __init__(self, device_name: Any) -> None:
        if isinstance(device_name, str):
            for part in device_name.split("/"):
                head = part.partition(":")[0]
                if head.lower() not in _DEVICE_PARTS:
                    raise ValueError(
                        f"Unknown attribute '{head}' is encountered while parsing the device spec: '{device_name}'."
                    )

    def __enter__(self) -> None:
        return None

    def __exit__(self, *problem: Any) -> None:
        return None


class name_scope:
    """Names made inside begin with this one."""

    def __init__(self, name: Any) -> None:
        if not isinstance(name, str):
            raise ValueError("name for name_scope must be a string.")
        self._name = name
        self._tokens: list[Any] = []

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    def __enter__(self) -> str:
        outer = () if self._name.endswith("/") or not self._name else NAMES.get()
        inner = (*outer, *(part for part in self._name.split("/") if part))
        self._tokens.append(NAMES.set(inner))
        return "/".join(inner) + "/" if inner else ""

    def __exit__(self, *problem: Any) -> None:
        NAMES.reset(self._tokens.pop())


@composite("get_current_name_scope")
def get_current_name_scope() -> str:
    """The name all names begin with at present."""
    return "/".join(NAMES.get())


@composite("init_scope")
@contextmanager
def init_scope() -> Iterator[None]:
    """Outside of functions being traced, and unseen by tapes."""
    token = TRACING.set(None)
    try:
        with stop_recording():
            yield
    finally:
        TRACING.reset(token)


@composite("control_dependencies")
@contextmanager
def control_dependencies(control_inputs: Any) -> Iterator[None]:
    """What is inside runs after the inputs: as everything here does."""
    if callable(control_inputs):
        control_inputs()
    for one in control_inputs if isinstance(control_inputs, list | tuple) else ():
        if callable(one) and not isinstance(one, Variable):
            one()
    yield


@composite("variable_creator_scope")
@contextmanager
def variable_creator_scope(variable_creator: Callable[..., Any]) -> Iterator[None]:
    """Variables made inside are made by `variable_creator(next_creator, **arguments)`."""
    token = CREATORS.set((*CREATORS.get(), variable_creator))
    try:
        yield
    finally:
        CREATORS.reset(token)


class Graph:
    """What stands for a graph: here everything is computed at once."""

    def __init__(self) -> None:
        self.seed: int | None = None
        self.building_function = False

    @contextmanager
    def as_default(self) -> Iterator[Graph]:
        """The graph, as a context."""
        yield self

    @contextmanager
    def name_scope(self, name: str) -> Iterator[str]:
        """The same as tf.name_scope."""
        with name_scope(name or "") as scope:
            yield scope

    @contextmanager
    def device(self, device_name_or_function: Any) -> Iterator[None]:
        """The same as tf.device."""
        yield None

    def get_operations(self) -> list[Any]:
        """None: nothing is kept."""
        return []

    def as_graph_def(self) -> Any:
        """Not available: there is no graph."""
        raise errors.UnimplementedError(None, None, "tfgrad's NumPy tape keeps no graph to export.")


PUBLIC |= {"device": device, "name_scope": name_scope, "Graph": Graph}


@composite("inside_function")
def inside_function() -> bool:
    """Whether a tf.function is being traced."""
    return TRACING.get() is not None


# Operations that do nothing ------------------------------------------------------------------------


@composite("no_op")
def no_op(name: Any = None) -> None:
    """Does nothing."""


@composite("group")
def group(*inputs: Any, **kwargs: Any) -> None:
    """All of the inputs, as one that gives nothing."""
    kwargs.pop("name", None)
    if kwargs:
        raise ValueError(f"Unknown keyword arguments: {kwargs.keys()}.")


@composite("tuple")
def tuple_(tensors: Any, control_inputs: Any = None, name: Any = None) -> list[Any]:
    """The tensors, all computed before any is used."""
    return list(tensors)


# The operations whose values TensorFlow works out while it traces.
_STATIC = frozenset(
    [
        "Const",
        "Cast",
        "concat",
        "stack",
        "Unpack",
        "SplitV",
        "BroadcastTo",
        "Equal",
        "NotEqual",
        "StopGradient",
        "Identity",
    ]
)


@composite("get_static_value")
def get_static_value(tensor: Any, partial: bool = False) -> Any:
    """The value of a tensor as NumPy has it; None for variables."""
    if isinstance(tensor, EagerTensor):
        trace = TRACING.get()
        name = trace.name_of(tensor) if hasattr(trace, "name_of") else None
        if name is not None and re.sub(r"_\d+$", "", name) not in _STATIC:
            return None  # TensorFlow does not look through other operations, nor at what a function is given
        return tensor._numpy()
    return None if isinstance(tensor, Variable) else tensor


@composite("is_symbolic_tensor")
def is_symbolic_tensor(tensor: Any) -> bool:
    """Whether it is a tensor of a graph that is being made."""
    trace = TRACING.get()
    return isinstance(tensor, EagerTensor) and hasattr(trace, "name_of") and trace.name_of(tensor) is not None


@composite("timestamp")
def timestamp(name: Any = None) -> Any:
    """Seconds since 1970."""
    return tensor(np.float64(time.time()), float64)


@composite("get_logger")
def get_logger() -> Any:
    """The logger named tensorflow."""
    return LOGGER


@composite("strings.format")
def format_(template: str, inputs: Any, placeholder: str = "{}", summarize: int = 3, name: Any = None) -> Any:
    """The template with tensors printed in the place of its placeholders."""
    given = list(inputs) if isinstance(inputs, list | tuple) else [inputs]
    parts = template.split(placeholder)
    if len(parts) - 1 != len(given):
        raise ValueError(
            f"The template expects {len(parts) - 1} tensors, but the inputs only has {len(given)}. Please ensure the number "
            "of placeholders in template matches inputs length."
        )
    shown = [printed(convert(one), summarize) for one in given]
    return convert("".join(a + b for a, b in zip(parts, [*shown, ""], strict=True)))


# Shapes and specs ----------------------------------------------------------------------------------


@composite("broadcast_static_shape")
def broadcast_static_shape(shape_x: Any, shape_y: Any) -> TensorShape:
    """The shape two shapes broadcast to."""
    if shape_x.ndims is None or shape_y.ndims is None:
        return TensorShape(None)
    a, b = shape_x.as_list(), shape_y.as_list()
    wide = max(len(a), len(b))
    a, b = [1] * (wide - len(a)) + a, [1] * (wide - len(b)) + b
    return TensorShape([_broadcast(p, q, shape_x, shape_y) for p, q in zip(a, b, strict=True)])


def _broadcast(p: Any, q: Any, shape_x: Any, shape_y: Any) -> Any:
    if p is None or q is None:
        known = q if p is None else p
        return known if known is not None and known > 1 else None
    if p != q and 1 not in (p, q):
        raise ValueError(
            "Incompatible shapes for broadcasting. Two shapes are compatible if for each dimension pair they are either "
            f"equal or one of them is 1. Received: {shape_x} and {shape_y}."
        )
    return q if p == 1 else p


@composite("broadcast_dynamic_shape")
def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> Any:
    """The shape two shapes broadcast to, as a tensor."""
    kinds = [getattr(s, "dtype", None) for s in (shape_x, shape_y)]
    kind = int64 if int64 in kinds else as_dtype("int32")
    a, b = (tuple(np.asarray(convert(s)._v).astype(int).reshape(-1).tolist()) for s in (shape_x, shape_y))
    try:
        made = np.broadcast_shapes(a, b)
    except ValueError:
        told = [str(list(s)).replace(" ", "") for s in (a, b)]
        raise invalid("BroadcastArgs", f"Incompatible shapes: {told[0]} vs. {told[1]}") from None
    return tensor(np.array(made, kind.np), kind)


class IndexedSlicesSpec(TypeSpec):
    """Describes IndexedSlices."""

    value_type = IndexedSlices

    def __init__(
        self, shape: Any = None, dtype: Any = "float32", indices_dtype: Any = int64, dense_shape_dtype: Any = None,
        indices_shape: Any = None,
    ) -> None:  # fmt: skip
        self._shape, self._values_dtype = as_shape(shape), as_dtype(dtype)
        self._indices_dtype = as_dtype(indices_dtype)
        self._dense_shape_dtype = None if dense_shape_dtype is None else as_dtype(dense_shape_dtype)
        self._indices_shape = as_shape(indices_shape).with_rank(1)

    @property
    def shape(self) -> TensorShape:
        """The shape of the dense tensor."""
        return self._shape

    @property
    def dtype(self) -> Any:
        """The dtype of the values."""
        return self._values_dtype

    def _parts(self) -> tuple[Any, ...]:
        return (
            self._shape, self._values_dtype, self._indices_dtype, self._dense_shape_dtype, self._indices_shape
        )  # fmt: skip

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether slices or a spec fit."""
        other = spec_or_value
        if isinstance(other, IndexedSlices):
            other = type_spec_from_value(other)
        if not isinstance(other, IndexedSlicesSpec):
            return False
        a, b = self._parts(), other._parts()
        return a[1:4] == b[1:4] and a[0].is_compatible_with(b[0]) and a[4].is_compatible_with(b[4])

    def most_specific_compatible_type(self, other: Any) -> Any:
        """The narrowest spec which all of both fit."""
        a, b = self._parts(), other._parts()
        shape, indices = a[0].most_specific_compatible_shape(b[0]), a[4].most_specific_compatible_shape(b[4])
        if a[1:4] != b[1:4]:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}")
        return IndexedSlicesSpec(shape, a[1], a[2], a[3], indices)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IndexedSlicesSpec) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._values_dtype)

    def __repr__(self) -> str:
        return f"IndexedSlicesSpec({', '.join(repr(part) for part in self._parts())})"


@composite("type_spec_from_value")
def type_spec_from_value(value: Any) -> Any:
    """What describes the type of a value."""
    if hasattr(value, "_type_spec"):
        return value._type_spec
    try:
        made = convert(value)
    except (TypeError, ValueError):
        raise TypeError(
            f"Could not build a TypeSpec for {value} of unsupported type {type(value)}."
        ) from None
    return TensorSpec(made.shape, made.dtype)


def spec_of_slices(self: Any, values: Any = None) -> IndexedSlicesSpec:
    """The spec of slices; with `values`, a shape, that of slices whose values have this shape."""
    given = self.values.shape if values is None else as_shape(values)
    shape, kind = TensorShape([None]).concatenate(given[1:]), None
    if self.dense_shape is not None:
        kind = self.dense_shape.dtype
        shape = shape.merge_with(self.shape) if values is None else shape
    indices = self.indices.shape.merge_with(given[:1]) if values is None else given[:1]
    return IndexedSlicesSpec(shape, self.dtype, self.indices.dtype, kind, indices)


PUBLIC["IndexedSlicesSpec"] = IndexedSlicesSpec


def _operator(name: str, function: str) -> None:
    def operator(x: Any, y: Any) -> Any:
        return getattr(x, function)(y)

    operator.__doc__ = f"What the method {function} of tensors does."
    composite(f"__operators__.{name}")(operator)


for _name, _function in (("eq", "__eq__"), ("ne", "__ne__"), ("add", "__add__"), ("getitem", "__getitem__")):
    _operator(_name, _function)


# Configuration -------------------------------------------------------------------------------------


class PhysicalDevice(NamedTuple):
    """A device of the machine."""

    name: str
    device_type: str


class LogicalDevice(NamedTuple):
    """A device as programs see it."""

    name: str
    device_type: str


class LogicalDeviceConfiguration(NamedTuple):
    """What a device as programs see it is to be like."""

    memory_limit: Any = None
    experimental_priority: Any = None
    experimental_device_ordinal: Any = None


def _physical(device_type: str | None = None) -> list[PhysicalDevice]:
    """The devices there are: one processor."""
    return [PhysicalDevice("/physical_device:CPU:0", "CPU")] if device_type in (None, "CPU") else []


def _logical(device_type: str | None = None) -> list[LogicalDevice]:
    """The devices programs see: one processor, or as many as it was divided into."""
    count = len(_SETTINGS.kept.get("logical_devices") or [None])
    return (
        [LogicalDevice(f"/device:CPU:{i}", "CPU") for i in range(count)]
        if device_type in (None, "CPU")
        else []
    )


def _divide(device: Any, logical_devices: Any) -> None:
    """Let programs see one processor as several; all of them compute here."""
    if device not in _physical():
        raise ValueError(f"Unrecognized device: {device!r}")
    if any(one.memory_limit is not None for one in logical_devices):
        raise ValueError("Setting memory limit on CPU virtual devices is currently not supported")
    _SETTINGS.kept["logical_devices"] = list(logical_devices)


def _divided(device: Any) -> Any:
    """What a processor was divided into, None if it was not."""
    if device not in _physical():
        raise ValueError(f"Unrecognized device: {device!r}")
    return _SETTINGS.kept.get("logical_devices")


def _no_growth(device: Any, enable: Any = None) -> None:
    """Only for accelerators."""
    raise ValueError("Cannot set memory growth on non-GPU and non-Pluggable devices")


def _set_visible(devices: Any, device_type: str | None = None) -> None:
    """Which devices to use; the processor is always used."""


class _Settings:
    """Settings that are kept and given back, and change nothing."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {"soft_device_placement": True, "jit": "", "tensor_float_32": True}

    def setter(self, name: str) -> Callable[..., None]:
        """A function that keeps a setting."""
        return lambda value=None, *more, **named: self.kept.__setitem__(name, value)

    def getter(self, name: str, default: Any) -> Callable[..., Any]:
        """A function that gives a setting."""
        return lambda *args, **named: self.kept.get(name, default)


_SETTINGS = _Settings()
for _path in ("config", "config.experimental"):
    PUBLIC[f"{_path}.list_physical_devices"] = _physical
    PUBLIC[f"{_path}.list_logical_devices"] = _logical
    PUBLIC[f"{_path}.get_visible_devices"] = _physical
    PUBLIC[f"{_path}.set_visible_devices"] = _set_visible
PUBLIC |= {
    "config.PhysicalDevice": PhysicalDevice,
    "config.LogicalDevice": LogicalDevice,
    "config.LogicalDeviceConfiguration": LogicalDeviceConfiguration,
    "config.experimental.VirtualDeviceConfiguration": LogicalDeviceConfiguration,
    "config.set_logical_device_configuration": _divide,
    "config.experimental.set_virtual_device_configuration": _divide,
    "config.get_logical_device_configuration": _divided,
    "config.experimental.get_virtual_device_configuration": _divided,
    "config.experimental.set_memory_growth": _no_growth,
    "config.experimental.get_memory_growth": _no_growth,
    "config.experimental.get_device_details": lambda device: {},
    "config.experimental.enable_op_determinism": lambda: None,
}
for _path, _key, _default in (
    ("config", "soft_device_placement", True),
    ("config.optimizer", "jit", ""),
    ("config.threading", "inter_op_parallelism_threads", 0),
    ("config.threading", "intra_op_parallelism_threads", 0),
    ("config.experimental", "synchronous_execution", True),
    ("config.experimental", "device_policy", "silent"),
):
    PUBLIC[f"{_path}.set_{_key}"] = _SETTINGS.setter(_key)
    PUBLIC[f"{_path}.get_{_key}"] = _SETTINGS.getter(_key, _default)
PUBLIC["config.optimizer.set_experimental_options"] = lambda options: _SETTINGS.kept.setdefault(
    "options", {}
).update(options)
PUBLIC["config.optimizer.get_experimental_options"] = lambda: {
    **_SETTINGS.kept.get("options", {}), "disable_model_pruning": False, "disable_meta_optimizer": False,
}  # fmt: skip
PUBLIC["config.experimental.enable_tensor_float_32_execution"] = _SETTINGS.setter("tensor_float_32")
PUBLIC["config.experimental.tensor_float_32_execution_enabled"] = _SETTINGS.getter("tensor_float_32", True)

# Versions, numbers of errors, names of dtypes ------------------------------------------------------------

PUBLIC |= {
    "version.VERSION": "2.21.0",
    "version.GIT_VERSION": "v2.21.0-numpy",
    "version.COMPILER_VERSION": "numpy " + np.__version__,
    "version.GRAPH_DEF_VERSION": 2474,
    "version.GRAPH_DEF_VERSION_MIN_CONSUMER": 0,
    "version.GRAPH_DEF_VERSION_MIN_PRODUCER": 0,
    "errors.OK": 0,
    "dtypes.half": DTYPES["float16"],
    "dtypes.double": float64,
    "dtypes.QUANTIZED_DTYPES": frozenset(d for d in DTYPES.values() if d.is_quantized),
    "types.experimental.TensorLike": Any,
    "__version__": "2.21.0",
}
for _name, _class in errors.ERRORS.items():
    if _class.code is not None:
        PUBLIC["errors." + re.sub("(?<!^)([A-Z])", r"_\1", _name.removesuffix("Error")).upper()] = _class.code


def _text(bytes_or_text: Any, encoding: str = "utf-8") -> str:
    return bytes_or_text.decode(encoding) if isinstance(bytes_or_text, bytes) else bytes_or_text


def _bytes(bytes_or_text: Any, encoding: str = "utf-8") -> bytes:
    return bytes_or_text.encode(encoding) if isinstance(bytes_or_text, str) else bytes(bytes_or_text)


PUBLIC |= {"compat.as_text": _text, "compat.as_str": _text, "compat.as_bytes": _bytes}
PUBLIC |= {
    "compat.as_str_any": lambda value, encoding="utf-8": (
        _text(value) if isinstance(value, bytes) else str(value)
    )
}
