"""Losses as functions of (y_true, y_pred) per sample, and as objects that reduce over the batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.configured import Configured
from tfgrad_course.tf.keras.serializing import deserialize, serialize
from tfgrad_course.tf.keras.symbols import OPERATIONS
from tfgrad_course.tf.keras.variables import auto_name

__all__ = ["deserialize", "serialize"]

EPSILON = 1e-7


class Reduction:
    """Names of reductions (the old enumeration)."""

    NONE = "none"
    SUM = "sum"
    SUM_OVER_BATCH_SIZE = "sum_over_batch_size"
    AUTO = "sum_over_batch_size"


def _pair(y_true: Any, y_pred: Any) -> tuple[Any, Any]:
    y_pred = tf.convert_to_tensor(y_pred)
    if not y_pred.dtype.is_floating:
        y_pred = tf.cast(y_pred, "float32")
    y_true = tf.cast(tf.convert_to_tensor(y_true), y_pred.dtype)
    return _aligned(y_true, y_pred)


def _aligned(y_true: Any, y_pred: Any) -> tuple[Any, Any]:
    """A last axis of one is dropped from the longer of the two, or given to a vector."""
    if len(y_true.shape) == len(y_pred.shape) + 1 and y_true.shape[-1] == 1:
        if len(y_pred.shape) == 1:
            return y_true, tf.expand_dims(y_pred, axis=-1)
        return tf.squeeze(y_true, axis=-1), y_pred
    if len(y_pred.shape) == len(y_true.shape) + 1 and y_pred.shape[-1] == 1:
        if len(y_true.shape) == 1:
            return tf.expand_dims(y_true, axis=-1), y_pred
        return y_true, tf.squeeze(y_pred, axis=-1)
    return y_true, y_pred


def mean_squared_error(y_true: Any, y_pred: Any) -> Any:
    """Mean of (y_true - y_pred)^2 over the last axis."""
    y_true, y_pred = _pair(y_true, y_pred)
    return tf.reduce_mean(tf.square(y_true - y_pred), axis=-1)


def mean_absolute_error(y_true: Any, y_pred: Any) -> Any:
    """Mean of |y_true - y_pred| over the last axis."""
    y_true, y_pred = _pair(y_true, y_pred)
    return tf.reduce_mean(tf.abs(y_true - y_pred), axis=-1)


def mean_absolute_percentage_error(y_true: Any, y_pred: Any) -> Any:
    """100 times the mean of |y_true - y_pred| / |y_true|."""
    y_true, y_pred = _pair(y_true, y_pred)
    share = tf.abs((y_true - y_pred) / tf.maximum(tf.abs(y_true), tf.constant(EPSILON, y_pred.dtype)))
    return 100.0 * tf.reduce_mean(share, axis=-1)


def mean_squared_logarithmic_error(y_true: Any, y_pred: Any) -> Any:
    """Mean squared difference of log(1 + y)."""
    y_true, y_pred = _pair(y_true, y_pred)
    small = tf.constant(EPSILON, y_pred.dtype)
    first = tf.math.log(tf.maximum(y_pred, small) + 1.0)
    second = tf.math.log(tf.maximum(y_true, small) + 1.0)
    return tf.reduce_mean(tf.square(first - second), axis=-1)


def huber(y_true: Any, y_pred: Any, delta: float = 1.0) -> Any:
    """Squared near 0, linear beyond delta."""
    y_true, y_pred = _pair(y_true, y_pred)
    error = y_pred - y_true
    size = tf.abs(error)
    square, line = 0.5 * tf.square(error), delta * size - 0.5 * delta * delta
    return tf.reduce_mean(tf.where(size <= delta, square, line), axis=-1)


def log_cosh(y_true: Any, y_pred: Any) -> Any:
    """Mean of log(cosh(y_pred - y_true))."""
    y_true, y_pred = _pair(y_true, y_pred)
    x = y_pred - y_true
    return tf.reduce_mean(x + tf.nn.softplus(-2.0 * x) - tf.cast(tf.math.log(2.0), x.dtype), axis=-1)


def hinge(y_true: Any, y_pred: Any) -> Any:
    """Mean of max(1 - y_true y_pred, 0); labels 0 and 1 are read as -1 and 1."""
    y_true, y_pred = _pair(y_true, y_pred)
    labels = _signed(y_true)
    return tf.reduce_mean(tf.maximum(1.0 - labels * y_pred, 0.0), axis=-1)


def squared_hinge(y_true: Any, y_pred: Any) -> Any:
    """Mean of max(1 - y_true y_pred, 0)^2."""
    y_true, y_pred = _pair(y_true, y_pred)
    labels = _signed(y_true)
    return tf.reduce_mean(tf.square(tf.maximum(1.0 - labels * y_pred, 0.0)), axis=-1)


def _signed(y_true: Any) -> Any:
    binary = tf.reduce_all(tf.logical_or(tf.equal(y_true, 0.0), tf.equal(y_true, 1.0)))
    return 2.0 * y_true - 1.0 if bool(binary) else y_true


def cosine_similarity(y_true: Any, y_pred: Any, axis: int = -1) -> Any:
    """Minus the cosine of the angle between the two (as a loss: smaller is more alike)."""
    y_true, y_pred = _pair(y_true, y_pred)
    return -tf.reduce_sum(tf.nn.l2_normalize(y_true, axis) * tf.nn.l2_normalize(y_pred, axis), axis=axis)


def kl_divergence(y_true: Any, y_pred: Any) -> Any:
    """Sum of y_true log(y_true / y_pred)."""
    y_true, y_pred = _pair(y_true, y_pred)
    y_true, y_pred = tf.clip_by_value(y_true, EPSILON, 1.0), tf.clip_by_value(y_pred, EPSILON, 1.0)
    return tf.reduce_sum(y_true * tf.math.log(y_true / y_pred), axis=-1)


def poisson(y_true: Any, y_pred: Any) -> Any:
    """Mean of y_pred - y_true log(y_pred)."""
    y_true, y_pred = _pair(y_true, y_pred)
    return tf.reduce_mean(y_pred - y_true * tf.math.log(y_pred + EPSILON), axis=-1)


def binary_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> Any:
    """Mean cross-entropy of labels 0 and 1 with probabilities (or logits)."""
    y_true, y_pred = _pair(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    if from_logits:
        return tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=y_true, logits=y_pred), axis=axis
        )
    y_pred = tf.clip_by_value(y_pred, EPSILON, 1.0 - EPSILON)
    terms = y_true * tf.math.log(y_pred) + (1.0 - y_true) * tf.math.log(1.0 - y_pred)
    return -tf.reduce_mean(terms, axis=axis)


def categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> Any:
    """Cross-entropy of one-hot labels with probabilities (or logits)."""
    y_pred = tf.convert_to_tensor(y_pred)
    y_true = tf.cast(y_true, y_pred.dtype)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + label_smoothing / y_true.shape[-1]
    if from_logits:
        return tf.nn.softmax_cross_entropy_with_logits(labels=y_true, logits=y_pred, axis=axis)
    y_pred = y_pred / tf.reduce_sum(y_pred, axis=axis, keepdims=True)
    y_pred = tf.clip_by_value(y_pred, EPSILON, 1.0 - EPSILON)
    return -tf.reduce_sum(y_true * tf.math.log(y_pred), axis=axis)


def sparse_categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, ignore_class: int | None = None, axis: int = -1
) -> Any:
    """Cross-entropy of class numbers with probabilities (or logits)."""
    _ = y_true.shape  # Keras takes no lists here
    y_pred = tf.convert_to_tensor(y_pred)
    y_true = tf.cast(y_true, "int64")
    if len(y_true.shape) == len(y_pred.shape) and y_true.shape[-1] == 1:
        y_true = tf.squeeze(y_true, axis=-1)
    if not from_logits:
        y_pred = tf.math.log(tf.clip_by_value(y_pred, EPSILON, 1.0 - EPSILON))
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y_true, logits=y_pred)


class Loss(Configured):
    """A loss that calls itself per sample and reduces over the batch."""

    def __init__(
        self, name: str | None = None, reduction: str | None = "sum_over_batch_size", dtype: Any = None
    ) -> None:
        self.name = name or auto_name(type(self).__name__, OPERATIONS)
        if reduction not in _REDUCTIONS:
            raise ValueError(
                f"Invalid value for argument `reduction`. Expected one of {set(_REDUCTIONS)}. Received: "
                f"reduction={reduction}"
            )
        self.reduction = reduction
        self.dtype = dtype

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Loss per sample; subclasses define it."""
        raise NotImplementedError

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        """The reduced loss."""
        losses = tf.convert_to_tensor(self.call(y_true, y_pred))
        if sample_weight is not None:
            weight = tf.cast(sample_weight, losses.dtype)
            if len(weight.shape) == len(losses.shape) + 1 and weight.shape[-1] == 1:
                weight = tf.squeeze(weight, axis=-1)
            losses = losses * weight
        if self.reduction in (None, "none"):
            return losses
        if self.reduction == "sum":
            return tf.reduce_sum(losses)
        return tf.reduce_mean(losses)


_REDUCTIONS = ("sum_over_batch_size", "mean_with_sample_weight", "mean", "none", None, "sum")


class LossFunctionWrapper(Loss):
    """A loss object made of a loss function."""

    def __init__(
        self,
        fn: Callable[..., Any],
        reduction: str | None = "sum_over_batch_size",
        name: str | None = None,
        **options: Any,
    ) -> None:
        options.pop("dtype", None)
        super().__init__(name=name or getattr(fn, "__name__", "loss"), reduction=reduction)
        self.fn, self.options = fn, options
        vars(self).update({name: value for name, value in options.items() if name not in vars(self)})

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return self.fn(y_true, y_pred, **self.options)


_NAMES = {"huber": "huber_loss"}


def _loss(class_name: str, fn: Callable[..., Any], *positional: str) -> type[Loss]:
    """The class of a loss function; `positional` are the options it takes before `reduction`."""

    def init(self: LossFunctionWrapper, *args: Any, **options: Any) -> None:
        names = (*positional, "reduction", "name")
        options.update(zip(names, args, strict=False))
        options.setdefault("name", _NAMES.get(fn.__name__, fn.__name__))
        LossFunctionWrapper.__init__(self, fn, **options)

    return type(class_name, (LossFunctionWrapper,), {"__init__": init, "__doc__": fn.__doc__})


def categorical_hinge(y_true: Any, y_pred: Any) -> Any:
    """max(1 + the largest wrong score - the right one, 0)."""
    y_true, y_pred = _pair(y_true, y_pred)
    right = tf.reduce_sum(y_true * y_pred, axis=-1)
    wrong = tf.reduce_max((1.0 - y_true) * y_pred, axis=-1)
    return tf.maximum(wrong - right + 1.0, 0.0)


def binary_focal_crossentropy(
    y_true: Any, y_pred: Any, apply_class_balancing: bool = False, alpha: float = 0.25, gamma: float = 2.0,
    from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1,
) -> Any:  # fmt: skip
    """Binary cross-entropy in which what is told well counts less."""
    y_true, y_pred = _pair(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    y_pred = tf.clip_by_value(tf.sigmoid(y_pred) if from_logits else y_pred, EPSILON, 1.0 - EPSILON)
    entropy = -(y_true * tf.math.log(y_pred) + (1.0 - y_true) * tf.math.log(1.0 - y_pred))
    right = y_true * y_pred + (1.0 - y_true) * (1.0 - y_pred)
    value = tf.pow(1.0 - right, gamma) * entropy
    if apply_class_balancing:
        value = value * (y_true * alpha + (1.0 - y_true) * (1.0 - alpha))
    return tf.reduce_mean(value, axis=axis)


CategoricalHinge = _loss("CategoricalHinge", categorical_hinge)
BinaryFocalCrossentropy = _loss(
    "BinaryFocalCrossentropy", binary_focal_crossentropy, "apply_class_balancing", "alpha", "gamma", "from_logits",
    "label_smoothing", "axis",
)  # fmt: skip
MeanSquaredError = _loss("MeanSquaredError", mean_squared_error)
MeanAbsoluteError = _loss("MeanAbsoluteError", mean_absolute_error)
MeanAbsolutePercentageError = _loss("MeanAbsolutePercentageError", mean_absolute_percentage_error)
MeanSquaredLogarithmicError = _loss("MeanSquaredLogarithmicError", mean_squared_logarithmic_error)
Huber = _loss("Huber", huber, "delta")
LogCosh = _loss("LogCosh", log_cosh)
Hinge = _loss("Hinge", hinge)
SquaredHinge = _loss("SquaredHinge", squared_hinge)
CosineSimilarity = _loss("CosineSimilarity", cosine_similarity, "axis")
KLDivergence = _loss("KLDivergence", kl_divergence)
Poisson = _loss("Poisson", poisson)
BinaryCrossentropy = _loss(
    "BinaryCrossentropy", binary_crossentropy, "from_logits", "label_smoothing", "axis"
)
CategoricalCrossentropy = _loss(
    "CategoricalCrossentropy", categorical_crossentropy, "from_logits", "label_smoothing", "axis"
)
SparseCategoricalCrossentropy = _loss(
    "SparseCategoricalCrossentropy", sparse_categorical_crossentropy, "from_logits", "ignore_class"
)

mse = MSE = mean_squared_error
mae = MAE = mean_absolute_error
mape = MAPE = mean_absolute_percentage_error
msle = MSLE = mean_squared_logarithmic_error
kld = KLD = kullback_leibler_divergence = kl_divergence
logcosh = log_cosh

NAMED: dict[str, Callable[..., Any]] = {
    **{
        f.__name__: f
        for f in (
            mean_squared_error,
            mean_absolute_error,
            mean_absolute_percentage_error,
            mean_squared_logarithmic_error,
            huber,
            log_cosh,
            hinge,
            squared_hinge,
            cosine_similarity,
            kl_divergence,
            poisson,
            binary_crossentropy,
            categorical_crossentropy,
            sparse_categorical_crossentropy,
            categorical_hinge,
            binary_focal_crossentropy,
        )
    },
    **{"mse": mse, "mae": mae, "MSE": mse, "MAE": mae, "bce": binary_crossentropy},
}


def get(identifier: Any) -> Any:
    """The loss for a name, a function or an object."""
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if identifier is None or callable(identifier):
        return identifier() if isinstance(identifier, type) else identifier
    if identifier in NAMED:
        return NAMED[identifier]
    if isinstance(globals().get(identifier), type):
        return globals()[identifier]()
    raise ValueError(f"Could not interpret loss identifier: {identifier}")
