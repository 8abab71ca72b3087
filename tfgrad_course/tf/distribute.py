"""`tf.distribute` where there is one device: strategies run their functions once, and add up one result."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf._variable import ResourceVariable

_SCOPE: ContextVar[Any] = ContextVar("strategy", default=None)


class ReduceOp(enum.Enum):
    """How results of several devices become one."""

    SUM, MEAN = "SUM", "MEAN"


class MirroredVariable(ResourceVariable):
    """A variable with a copy on each device."""

    __slots__ = ()
    __module__ = "tensorflow.python.distribute.values"

    def __repr__(self) -> str:
        return f"MirroredVariable:{{\n  0: {super().__repr__()}\n}}"


class Strategy:
    """Runs functions on devices; here on one."""

    num_replicas_in_sync = 1

    def __init__(self, extended: Any = None) -> None:
        self.extended = extended or _Extended()

    @contextmanager
    def scope(self) -> Iterator[Strategy]:
        """Inside, variables are made for this strategy."""
        token = _SCOPE.set(self)
        try:
            with tf.variable_creator_scope(self._made):
                yield self
        finally:
            _SCOPE.reset(token)

    def _made(self, next_creator: Callable[..., Any], **arguments: Any) -> Any:
        return next_creator(**arguments)

    def run(self, fn: Callable[..., Any], args: Any = (), kwargs: Any = None, options: Any = None) -> Any:
        """The function, called on each device."""
        token = _SCOPE.set(self)
        try:
            return fn(*args, **(kwargs or {}))
        finally:
            _SCOPE.reset(token)

    def reduce(self, reduce_op: Any, value: Any, axis: Any) -> Any:
        """The results of all devices as one, and along an axis if one is given."""
        how = ReduceOp(reduce_op.upper()) if isinstance(reduce_op, str) else reduce_op
        if axis is None:
            return tf.nest.map_structure(tf.convert_to_tensor, value)
        along = tf.reduce_sum if how is ReduceOp.SUM else tf.reduce_mean
        return tf.nest.map_structure(lambda one: along(one, axis=axis), value)

    def gather(self, value: Any, axis: int) -> Any:
        """The results of all devices side by side."""
        return tf.nest.map_structure(tf.convert_to_tensor, value)

    def experimental_local_results(self, value: Any) -> tuple[Any, ...]:
        """The results of each device."""
        return (value,)

    def experimental_distribute_dataset(self, dataset: Any, options: Any = None) -> Any:
        """The dataset, shared out among the devices."""
        return dataset

    def distribute_datasets_from_function(self, dataset_fn: Callable[..., Any], options: Any = None) -> Any:
        """The dataset that a function makes for a worker."""
        return dataset_fn(InputContext())

    def experimental_distribute_values_from_function(self, value_fn: Callable[..., Any]) -> Any:
        """The value that a function makes for each device."""
        return value_fn(InputContext())


class _Extended:
    """What strategies keep behind their backs."""

    worker_devices = parameter_devices = ("/job:localhost/replica:0/task:0/device:CPU:0",)


class InputContext:
    """Which part of the data a worker is to give."""

    num_input_pipelines, input_pipeline_id, num_replicas_in_sync = 1, 0, 1

    def get_per_replica_batch_size(self, global_batch_size: int) -> int:
        """The share of a batch that a device gets."""
        return global_batch_size


class MirroredStrategy(Strategy):
    """Copies of all variables on all devices."""

    def __init__(self, devices: Any = None, cross_device_ops: Any = None) -> None:
        super().__init__()
        if devices is not None and len(devices) > 1:
            raise NotImplementedError(
                f"tfgrad's NumPy stand-in for TensorFlow computes on one device, but {len(devices)} were asked for: "
                f"{devices}. Leave the devices out, or run the program with real TensorFlow (pip install tensorflow)."
            )

    def _made(self, next_creator: Callable[..., Any], **arguments: Any) -> Any:
        made = next_creator(**arguments)
        if type(made) is ResourceVariable:
            made.__class__ = MirroredVariable
        return made


class MultiWorkerMirroredStrategy(MirroredStrategy):
    """Copies of all variables on all workers: here there is one."""

    def __init__(self, cluster_resolver: Any = None, communication_options: Any = None) -> None:
        super().__init__()


class OneDeviceStrategy(Strategy):
    """All on one device."""

    def __init__(self, device: Any) -> None:
        super().__init__()
        self.device = device


class _Default(Strategy):
    """What is used where no strategy is."""


class ReplicaContext:
    """Which device a function runs on."""

    num_replicas_in_sync = 1

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy

    @property
    def replica_id_in_sync_group(self) -> Any:
        """The number of the device."""
        return tf.constant(0)

    def all_reduce(self, reduce_op: Any, value: Any, options: Any = None) -> Any:
        """The values of all devices as one."""
        return tf.nest.map_structure(tf.convert_to_tensor, value)

    def merge_call(self, merge_fn: Callable[..., Any], args: Any = (), kwargs: Any = None) -> Any:
        """A function that sees the values of all devices."""
        return merge_fn(self.strategy, *args, **(kwargs or {}))


class _CrossDeviceOps:
    """A way in which devices exchange values; here they have nothing to exchange."""

    def __init__(self, *_: Any, **__: Any) -> None:
        return None


class CrossDeviceOps(_CrossDeviceOps):
    """How devices exchange values."""


class HierarchicalCopyAllReduce(CrossDeviceOps):
    """By way of copies."""


class NcclAllReduce(CrossDeviceOps):
    """By NVIDIA's library."""


class ReductionToOneDevice(CrossDeviceOps):
    """On one of them."""


_DEFAULT = _Default()


def get_strategy() -> Strategy:
    """The strategy in whose scope this is, or the one that does nothing."""
    found = _SCOPE.get()
    return _DEFAULT if found is None else found  # type: ignore[no-any-return]


def has_strategy() -> bool:
    """Whether this is in the scope of a strategy."""
    return _SCOPE.get() is not None


def in_cross_replica_context() -> bool:
    """Whether this is in a scope, but not in a function that `run` runs."""
    return _SCOPE.get() is not None


def get_replica_context() -> ReplicaContext:
    """Which device this runs on."""
    return ReplicaContext(get_strategy())


def __getattr__(name: str) -> Any:
    from tfgrad_course.tf import _public

    return _public.missing("tensorflow.distribute", name)
