"""The losses and metrics given to `compile`, for one output or several."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import losses, metrics
from tfgrad_course.tf.keras.symbols import Symbol


class CompiledLoss:
    """One loss for all outputs, or one for each, weighed."""

    def __init__(self, loss: Any, weights: Any, names: list[str]) -> None:
        self.losses = [_loss(one) for one in _spread(loss, names)]
        self.weights = _spread(weights, names) if weights is not None else [None] * len(self.losses)
        several = len(self.losses) > 1
        self.trackers = [metrics.Mean(name=f"{name}_loss") for name in names] if several else []
        self.names = names

    def __call__(self, y: Any, predicted: Any, sample_weight: Any = None) -> Any:
        """The weighed sum."""
        targets, outputs = _ordered(y, self.names), _ordered(predicted, self.names)
        total: Any = None
        for i, (loss, weight) in enumerate(zip(self.losses, self.weights, strict=True)):
            if loss is None:
                continue
            value = loss(targets[i], outputs[i], sample_weight=sample_weight)
            if self.trackers:
                self.trackers[i].update_state(value)
            value = value if weight is None else value * float(weight)
            total = value if total is None else total + value
        return tf.constant(0.0) if total is None else total


class CompileMetrics(metrics.Metric):
    """The metrics given to `compile`, as one."""

    def __init__(self, given: Any, loss: CompiledLoss | None, names: list[str]) -> None:
        super().__init__(name="compile_metrics")
        several = len(names) > 1
        parts = _spread(given, names) if several else [_only(given)]
        if (
            several
            and isinstance(given, (list, tuple))
            and not any(isinstance(m, (list, tuple)) for m in given)
        ):
            parts = list(given) if len(given) == len(names) else [given] * len(names)
        self.found: list[tuple[str, int, Any]] = []
        for i, part in enumerate(parts):
            for one in part if isinstance(part, (list, tuple)) else [] if part is None else [part]:
                made = _metric(one, loss.losses[i] if loss is not None else None)
                self.found.append((f"{names[i]}_{made.name}" if several else made.name, i, made))
        self.outputs = names

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Take in a batch."""
        targets, outputs = _ordered(y_true, self.outputs), _ordered(y_pred, self.outputs)
        for _, i, metric in self.found:
            metric.update_state(targets[i], outputs[i])

    def result(self) -> dict[str, Any]:
        """All results by name."""
        return {name: metric.result() for name, _, metric in self.found}

    def reset_state(self) -> None:
        """Start again."""
        for _, _, metric in self.found:
            metric.reset_state()


def output_names(model: Any) -> list[str]:
    """What the outputs of a model are called."""
    outputs = getattr(model, "_given_outputs", None)
    if isinstance(outputs, dict):
        return list(outputs)
    if isinstance(outputs, (list, tuple)) and len(outputs) > 1:
        return [_maker(symbol) for symbol in outputs]
    return ["output"]


def _maker(symbol: Symbol) -> str:
    function = symbol.node.function if symbol.node is not None else symbol
    return str(getattr(function, "name", None) or getattr(function, "__name__", "output"))


def _spread(given: Any, names: list[str]) -> list[Any]:
    if isinstance(given, dict):
        return [given.get(name) for name in names]
    if isinstance(given, (list, tuple)) and len(names) == len(given):
        return list(given)
    return [given] * len(names)


def _only(given: Any) -> Any:
    return (
        [m for part in given.values() for m in (part if isinstance(part, list) else [part])]
        if isinstance(given, dict)
        else given
    )


def _ordered(value: Any, names: list[str]) -> list[Any]:
    if isinstance(value, dict):
        return (
            [value[name] for name in names] if all(name in value for name in names) else list(value.values())
        )
    if len(names) > 1 and isinstance(value, (list, tuple)):
        return list(value)
    return [value]


def _loss(given: Any) -> Any:
    found = losses.get(given)
    return found if found is None or isinstance(found, losses.Loss) else losses.LossFunctionWrapper(found)


def _metric(given: Any, loss: Any) -> Any:
    if given in ("accuracy", "acc"):
        kind = loss.fn.__name__ if isinstance(loss, losses.LossFunctionWrapper) else ""
        for start, name in _ACCURACIES.items():
            if kind.startswith(start):
                return getattr(metrics, name)(name=given)
        return _Accuracy(given)
    found = metrics.get(given)
    if isinstance(given, str):
        found.name = given  # in logs it is called as it was asked for
    return found


_ACCURACIES = {
    "sparse": "SparseCategoricalAccuracy",
    "categorical": "CategoricalAccuracy",
    "binary": "BinaryAccuracy",
}


class _Accuracy(metrics.Mean):
    """The accuracy that fits the shapes, where the loss does not say which."""

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Take in a batch."""
        y_true, y_pred = tf.convert_to_tensor(y_true), tf.convert_to_tensor(y_pred)
        if y_pred.shape[-1] == 1 or len(y_pred.shape) == 1:
            values = metrics.binary_accuracy(y_true, y_pred)
        elif len(y_true.shape) < len(y_pred.shape) or y_true.shape[-1] == 1:
            values = metrics.sparse_categorical_accuracy(y_true, y_pred)
        else:
            values = metrics.categorical_accuracy(y_true, y_pred)
        super().update_state(values)
