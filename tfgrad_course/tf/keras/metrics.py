"""Metrics that accumulate over batches."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import losses
from tfgrad_course.tf.keras.configured import Configured
from tfgrad_course.tf.keras.serializing import deserialize, serialize
from tfgrad_course.tf.keras.variables import Variable, auto_name, inside

__all__ = ["deserialize", "serialize"]
_NAMES: dict[str, int] = {}


class Metric(Configured):
    """State variables, `update_state`, `result`, `reset_state`."""

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        self.name = name or auto_name(type(self).__name__, _NAMES)
        self.dtype = dtype or "float32"
        self.variables: list[Any] = []

    def add_weight(
        self, name: str | None = None, shape: Any = (), initializer: Any = "zeros", dtype: Any = None
    ) -> Any:
        """A state variable."""
        from tfgrad_course.tf.keras import initializers

        with inside(self.name):
            made = Variable(
                initializers.get(initializer),
                shape=shape,
                dtype=dtype or self.dtype,
                trainable=False,
                name=name,
            )
        self.variables.append(made)
        return made

    add_variable = add_weight

    def update_state(self, *args: Any, **kwargs: Any) -> None:
        """Take in a batch; subclasses define it."""
        raise NotImplementedError

    def result(self) -> Any:
        """The metric so far; subclasses define it."""
        raise NotImplementedError

    def reset_state(self) -> None:
        """Start again from 0."""
        for variable in self.variables:
            variable.assign(tf.zeros_like(variable))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Update, then result."""
        self.update_state(*args, **kwargs)
        return self.result()


class Mean(Metric):
    """The weighted mean of all values seen."""

    def __init__(self, name: str | None = "mean", dtype: Any = None) -> None:
        super().__init__(name, dtype)
        self.total = self.add_weight("total")
        self.count = self.add_weight("count")

    def update_state(self, values: Any, sample_weight: Any = None) -> None:
        values = tf.cast(values, self.dtype)
        if sample_weight is None:
            self.total.assign_add(tf.reduce_sum(values))
            self.count.assign_add(float(tf.size(values)))
            return
        weight = tf.cast(sample_weight, self.dtype)
        while len(weight.shape) < len(values.shape):
            weight = tf.expand_dims(weight, -1)
        weight = tf.broadcast_to(weight, values.shape)
        self.total.assign_add(tf.reduce_sum(values * weight))
        self.count.assign_add(tf.reduce_sum(weight))

    def result(self) -> Any:
        return tf.math.divide_no_nan(self.total.read_value(), self.count.read_value())


class Sum(Metric):
    """The sum of all values seen."""

    def __init__(self, name: str | None = "sum", dtype: Any = None) -> None:
        super().__init__(name, dtype)
        self.total = self.add_weight("total")

    def update_state(self, values: Any, sample_weight: Any = None) -> None:
        values = tf.cast(values, self.dtype)
        if sample_weight is not None:
            values = values * tf.cast(sample_weight, self.dtype)
        self.total.assign_add(tf.reduce_sum(values))

    def result(self) -> Any:
        return self.total.read_value()


class MeanMetricWrapper(Mean):
    """The mean of a function of (y_true, y_pred)."""

    def __init__(
        self, fn: Callable[..., Any], name: str | None = None, dtype: Any = None, **options: Any
    ) -> None:
        super().__init__(name or fn.__name__, dtype)
        self.fn, self.options = fn, options

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        super().update_state(self.fn(y_true, y_pred, **self.options), sample_weight)


def binary_accuracy(y_true: Any, y_pred: Any, threshold: float = 0.5) -> Any:
    """Whether y_pred lies on the right side of the threshold, per sample."""
    y_true, y_pred = losses._pair(y_true, y_pred)
    return tf.cast(tf.equal(y_true, tf.cast(y_pred > threshold, y_true.dtype)), "float32")


def categorical_accuracy(y_true: Any, y_pred: Any) -> Any:
    """Whether the largest entries agree."""
    return tf.cast(tf.equal(tf.argmax(y_true, axis=-1), tf.argmax(y_pred, axis=-1)), "float32")


def sparse_categorical_accuracy(y_true: Any, y_pred: Any) -> Any:
    """Whether the largest entry is the class given."""
    y_pred = tf.convert_to_tensor(y_pred)
    y_true = tf.cast(y_true, "int64")
    if len(y_true.shape) == len(y_pred.shape) and y_true.shape[-1] == 1:
        y_true = tf.squeeze(y_true, axis=-1)
    return tf.cast(tf.equal(y_true, tf.argmax(y_pred, axis=-1)), "float32")


def accuracy(y_true: Any, y_pred: Any) -> Any:
    """Whether the two are equal."""
    y_pred = tf.convert_to_tensor(y_pred)
    return tf.cast(tf.equal(tf.cast(y_true, y_pred.dtype), y_pred), "float32")


def _metric(class_name: str, fn: Callable[..., Any], default: str, *positional: str) -> type[Metric]:
    def init(self: MeanMetricWrapper, *args: Any, **options: Any) -> None:
        options.update(zip(("name", "dtype", *positional), args, strict=False))
        options.setdefault("name", default)
        MeanMetricWrapper.__init__(self, fn, **options)

    return type(class_name, (MeanMetricWrapper,), {"__init__": init, "__doc__": fn.__doc__})


Accuracy = _metric("Accuracy", accuracy, "accuracy")
BinaryAccuracy = _metric("BinaryAccuracy", binary_accuracy, "binary_accuracy", "threshold")
CategoricalAccuracy = _metric("CategoricalAccuracy", categorical_accuracy, "categorical_accuracy")
SparseCategoricalAccuracy = _metric(
    "SparseCategoricalAccuracy", sparse_categorical_accuracy, "sparse_categorical_accuracy"
)
MeanSquaredError = _metric("MeanSquaredError", losses.mean_squared_error, "mean_squared_error")
MeanAbsoluteError = _metric("MeanAbsoluteError", losses.mean_absolute_error, "mean_absolute_error")
BinaryCrossentropy = _metric("BinaryCrossentropy", losses.binary_crossentropy, "binary_crossentropy")
CategoricalCrossentropy = _metric(
    "CategoricalCrossentropy", losses.categorical_crossentropy, "categorical_crossentropy"
)
SparseCategoricalCrossentropy = _metric(
    "SparseCategoricalCrossentropy", losses.sparse_categorical_crossentropy, "sparse_categorical_crossentropy"
)


MeanAbsolutePercentageError = _metric(
    "MeanAbsolutePercentageError", losses.mean_absolute_percentage_error, "mean_absolute_percentage_error"
)
MeanSquaredLogarithmicError = _metric(
    "MeanSquaredLogarithmicError", losses.mean_squared_logarithmic_error, "mean_squared_logarithmic_error"
)
KLDivergence = _metric("KLDivergence", losses.kl_divergence, "kl_divergence")
Poisson = _metric("Poisson", losses.poisson, "poisson")
Hinge = _metric("Hinge", losses.hinge, "hinge")
SquaredHinge = _metric("SquaredHinge", losses.squared_hinge, "squared_hinge")
CategoricalHinge = _metric("CategoricalHinge", losses.categorical_hinge, "categorical_hinge")
LogCoshError = _metric("LogCoshError", losses.log_cosh, "logcosh")


def cosine_similarity(y_true: Any, y_pred: Any, axis: int = -1) -> Any:
    """The cosine of the angle between the two."""
    return -losses.cosine_similarity(y_true, y_pred, axis)


def top_k_categorical_accuracy(y_true: Any, y_pred: Any, k: int = 5) -> Any:
    """1 where the class is among the k largest scores."""
    return sparse_top_k_categorical_accuracy(tf.argmax(y_true, axis=-1), y_pred, k)


def sparse_top_k_categorical_accuracy(y_true: Any, y_pred: Any, k: int = 5) -> Any:
    """1 where the class number is among the k largest scores."""
    y_true, y_pred = tf.cast(tf.reshape(y_true, [-1]), "int32"), tf.convert_to_tensor(y_pred)
    return tf.cast(tf.math.in_top_k(y_true, y_pred, k), y_pred.dtype)


CosineSimilarity = _metric("CosineSimilarity", cosine_similarity, "cosine_similarity", "axis")
TopKCategoricalAccuracy = _metric(
    "TopKCategoricalAccuracy", top_k_categorical_accuracy, "top_k_categorical_accuracy", "k"
)
SparseTopKCategoricalAccuracy = _metric(
    "SparseTopKCategoricalAccuracy",
    sparse_top_k_categorical_accuracy,
    "sparse_top_k_categorical_accuracy",
    "k",
)


class RootMeanSquaredError(Mean):
    """The square root of the mean squared error."""

    def __init__(self, name: str | None = "root_mean_squared_error", dtype: Any = None) -> None:
        super().__init__(name, dtype)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y_true, y_pred = losses._pair(y_true, y_pred)
        super().update_state(tf.square(y_pred - y_true), sample_weight)

    def result(self) -> Any:
        return tf.sqrt(super().result())


class _Counted(Metric):
    """True positives against another count, at a threshold."""

    counted = ""

    def __init__(
        self,
        thresholds: float | None = None,
        top_k: Any = None,
        class_id: Any = None,
        name: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(name, dtype)
        self.threshold = 0.5 if thresholds is None else thresholds
        self.hits = self.add_weight("true_positives", (1,))
        self.others = self.add_weight(self.counted, (1,))

    def _counts(self, y_true: Any, y_pred: Any) -> tuple[Any, Any]:
        y_true, y_pred = losses._pair(y_true, y_pred)
        return tf.cast(y_true > 0.5, "float32"), tf.cast(y_pred > self.threshold, "float32")

    def result(self) -> Any:
        hits = self.hits.read_value()
        return tf.math.divide_no_nan(hits, hits + self.others.read_value())[0]


class Precision(_Counted):
    """True positives among what was called positive."""

    counted = "false_positives"

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        true, said = self._counts(y_true, y_pred)
        self.hits.assign_add([tf.reduce_sum(true * said)])
        self.others.assign_add([tf.reduce_sum((1.0 - true) * said)])


class Recall(_Counted):
    """True positives among what is positive."""

    counted = "false_negatives"

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        true, said = self._counts(y_true, y_pred)
        self.hits.assign_add([tf.reduce_sum(true * said)])
        self.others.assign_add([tf.reduce_sum(true * (1.0 - said))])


def get(identifier: Any) -> Any:
    """The metric for a name, a function or an object."""
    if isinstance(identifier, str):
        named: dict[str, Any] = {"acc": Accuracy, "mse": MeanSquaredError, "mae": MeanAbsoluteError}
        made = globals().values()
        named |= {
            _snake(kind.__name__): kind
            for kind in made
            if isinstance(kind, type) and issubclass(kind, Metric)
        }
        identifier = identifier if identifier in named else _snake(identifier)
        if identifier not in named:
            raise ValueError(f"Could not interpret metric identifier: {identifier}")
        return named[identifier]()
    if isinstance(identifier, type):
        return identifier()
    return identifier if isinstance(identifier, Metric) else MeanMetricWrapper(identifier)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
