"""Models: subclassed, a sequence of layers, or a graph of layer calls; with compile and fit."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import callbacks as callbacks_
from tfgrad_course.tf.keras import losses, metrics, optimizers
from tfgrad_course.tf.keras.layers import InputLayer, Layer
from tfgrad_course.tf.keras.symbols import Symbol, layers_behind, replay
from tfgrad_course.tf.keras.variables import inside


class Model(Layer):
    """A layer with a training loop; `Model(inputs, outputs)` is a graph of layer calls."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        graph = bool(args) or "inputs" in kwargs
        return super().__new__(Functional if cls is Model and graph else cls)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(**options)
        self.optimizer: Any = None
        self.loss: Any = None
        self._metrics: list[Any] = []
        self.stop_training = False

    @property
    def layers(self) -> list[Layer]:
        """The layers, in order."""
        return [layer for layer in self.sublayers() if not isinstance(layer, InputLayer)]

    @property
    def metrics(self) -> list[Any]:
        """The metrics given to compile."""
        return self._metrics

    def compile(self, optimizer: Any = "rmsprop", loss: Any = None, metrics: Any = None, **_: Any) -> None:
        """Choose optimiser, loss and metrics."""
        self.optimizer = optimizers.get(optimizer)
        found = losses.get(loss)
        self.loss = (
            found if found is None or isinstance(found, losses.Loss) else losses.LossFunctionWrapper(found)
        )
        self._metrics = [self._metric(name) for name in metrics or []]

    def _metric(self, name: Any) -> Any:
        if name in ("accuracy", "acc"):
            kind = self.loss.fn.__name__ if isinstance(self.loss, losses.LossFunctionWrapper) else ""
            if kind.startswith("sparse"):
                return metrics.SparseCategoricalAccuracy(name=name)  # type: ignore[call-arg]
            if kind.startswith("categorical"):
                return metrics.CategoricalAccuracy(name=name)  # type: ignore[call-arg]
            if kind.startswith("binary"):
                return metrics.BinaryAccuracy(name=name)  # type: ignore[call-arg]
        return metrics.get(name)

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, **_: Any
    ) -> Any:
        """The compiled loss plus the losses of the layers."""
        total = (
            self.loss(y, y_pred, sample_weight=sample_weight) if self.loss is not None else tf.constant(0.0)
        )
        for extra in self.losses:
            total = total + tf.cast(extra, total.dtype)
        return total

    def train_step(self, data: Any) -> dict[str, Any]:
        """One step on one batch; gives the logs."""
        x, y = data if isinstance(data, (tuple, list)) and len(data) == 2 else (data, None)
        with tf.GradientTape() as tape:
            predicted = self(x, training=True)
            loss = self.compute_loss(x, y, predicted)
        variables = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return self._logs(loss, y, predicted)

    def test_step(self, data: Any) -> dict[str, Any]:
        """Loss and metrics on one batch, nothing trained."""
        x, y = data if isinstance(data, (tuple, list)) and len(data) == 2 else (data, None)
        predicted = self(x, training=False)
        return self._logs(self.compute_loss(x, y, predicted), y, predicted)

    def _logs(self, loss: Any, y: Any, predicted: Any) -> dict[str, Any]:
        for metric in self._metrics:
            metric.update_state(y, predicted)
        return {"loss": loss, **{metric.name: metric.result() for metric in self._metrics}}

    def fit(
        self, x: Any = None, y: Any = None, batch_size: int | None = None, epochs: int = 1, verbose: Any = "auto",
        callbacks: Any = None, validation_data: Any = None, shuffle: bool = True, initial_epoch: int = 0, **_: Any,
    ) -> callbacks_.History:  # fmt: skip
        """Train for some epochs; returns the history of losses and metrics."""
        if self.optimizer is None:
            raise ValueError("You must call `compile()` before using the model.")
        history = callbacks_.History()
        told = [*(callbacks or []), history]
        for callback in told:
            callback.set_model(self)
            callback.on_train_begin()
        for epoch in range(initial_epoch, epochs):
            logs = self._epoch(epoch, _batches(x, y, batch_size or 32, shuffle), told)
            if validation_data is not None:
                tested = self.evaluate(*validation_data, verbose=0, return_dict=True)
                logs |= {f"val_{name}": value for name, value in tested.items()}
            if verbose not in (0, 2, "auto") or verbose == 2:
                shown = " - ".join(f"{name}: {value:.4f}" for name, value in logs.items())
                print(f"Epoch {epoch + 1}/{epochs} - {shown}")
            for callback in told:
                callback.on_epoch_end(epoch, logs)
            if self.stop_training:
                break
        for callback in told:
            callback.on_train_end()
        return history

    def _epoch(self, epoch: int, batches: Any, told: list[Any]) -> dict[str, float]:
        for metric in self._metrics:
            metric.reset_state()
        for callback in told:
            callback.on_epoch_begin(epoch)
        total, count, logs = 0.0, 0, {}
        for number, batch in enumerate(batches):
            size = _rows(batch)
            logs = self.train_step(batch)
            if "loss" in logs:
                total += float(logs["loss"]) * size
            count += size
            for callback in told:
                callback.on_train_batch_end(number, logs)
        found = {name: float(value) for name, value in logs.items()}
        return found | ({"loss": total / max(count, 1)} if "loss" in found else {})

    def evaluate(
        self, x: Any = None, y: Any = None, batch_size: int | None = None, verbose: Any = "auto",
        return_dict: bool = False, **_: Any,
    ) -> Any:  # fmt: skip
        """Loss and metrics over data."""
        for metric in self._metrics:
            metric.reset_state()
        total, count, logs = 0.0, 0, {}
        for batch in _batches(x, y, batch_size or 32, False):
            size = _rows(batch)
            logs = self.test_step(batch)
            total, count = total + float(logs["loss"]) * size, count + size
        found = {name: float(value) for name, value in logs.items()} | {"loss": total / max(count, 1)}
        if return_dict:
            return found
        return (
            found["loss"]
            if len(found) == 1
            else [found["loss"], *(v for k, v in found.items() if k != "loss")]
        )

    def predict(self, x: Any, batch_size: int | None = None, verbose: Any = "auto", **_: Any) -> Any:
        """Outputs for data, as a NumPy array."""
        parts = [self(batch, training=False).numpy() for batch in _batches(x, None, batch_size or 32, False)]
        return np.concatenate(parts, axis=0)

    def summary(self, print_fn: Any = print, **_: Any) -> None:
        """Layers and how many numbers they hold."""
        print_fn(f'Model: "{self.name}"')
        for layer in self.layers:
            print_fn(f" {layer.name} ({type(layer).__name__}): {layer.count_params()} parameters")
        print_fn(f" Total params: {self.count_params()}")


def _batches(x: Any, y: Any, size: int, shuffle: bool) -> Any:
    if hasattr(x, "__iter__") and not isinstance(x, (np.ndarray, list, tuple)) and not tf.is_tensor(x):
        yield from x
        return
    xs = tf.convert_to_tensor(np.asarray(x)) if not tf.is_tensor(x) else x
    ys = None if y is None else tf.convert_to_tensor(np.asarray(y)) if not tf.is_tensor(y) else y
    xs = tf.cast(xs, "float32") if xs.dtype.is_floating else xs
    order = np.arange(int(xs.shape[0]))
    if shuffle:
        order = tf.random.shuffle(tf.constant(order)).numpy()
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        yield tf.gather(xs, rows) if ys is None else (tf.gather(xs, rows), tf.gather(ys, rows))


def _rows(batch: Any) -> int:
    first = batch[0] if isinstance(batch, (tuple, list)) else batch
    return int(first.shape[0]) if len(first.shape) else 1


class Functional(Model):
    """Layer calls on symbolic inputs, replayed on tensors."""

    def __init__(
        self, inputs: Any = None, outputs: Any = None, name: str | None = None, **options: Any
    ) -> None:
        super().__init__(name=name, **options)
        self.inputs, self.outputs = inputs, outputs
        self._graph = layers_behind(outputs, [])
        self.built = True

    def sublayers(self) -> list[Layer]:
        return list(self._graph)

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        values: dict[int, Any] = {}
        _bind(self.inputs, inputs, values)
        return replay(self.outputs, values, training)


def _bind(symbols: Any, given: Any, values: dict[int, Any]) -> None:
    if isinstance(symbols, Symbol):
        values[id(symbols)] = given
    elif isinstance(symbols, dict):
        for key, symbol in symbols.items():
            _bind(symbol, given[key], values)
    else:
        given = given if isinstance(given, (list, tuple)) else [given]
        for symbol, value in zip(symbols, given, strict=True):
            _bind(symbol, value, values)


class Sequential(Model):
    """Layers one after another."""

    def __init__(self, layers: Any = None, name: str | None = None, **options: Any) -> None:
        super().__init__(name=name, **options)
        self._stack: list[Any] = []
        for layer in layers or []:
            self.add(layer)

    def add(self, layer: Any) -> None:
        """Put a layer (or an input) at the end."""
        if isinstance(layer, Symbol):
            layer = InputLayer(shape=layer.shape[1:], dtype=layer.dtype)
        if not callable(layer):
            raise TypeError(
                "The added layer must be an instance of class Layer. "
                f"Received: layer={layer} (of type {type(layer)})"
            )
        self._stack.append(layer)
        self._build_early()

    def pop(self) -> None:
        """Take the last layer away."""
        self._stack.pop()

    def _build_early(self) -> None:
        """With a known input shape, weights exist before the first call."""
        first = self._stack[0]
        shape = first.shape if isinstance(first, InputLayer) else getattr(first, "_given_shape", None)
        if shape is not None:
            with inside(self.name):
                self.call(tf.zeros((1, *shape)))

    def build(self, input_shape: Any = None) -> None:
        """Make the weights for inputs of this shape."""
        if input_shape is not None and not self.built:
            with inside(self.name):
                self.call(tf.zeros([1 if n is None else int(n) for n in input_shape]))
        self.built = True

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        value = inputs
        for layer in self._stack:
            takes = training is not None and isinstance(layer, Layer)
            value = layer(value, training=training) if takes else layer(value)
        return value


def clone_model(model: Any) -> Any:
    """Saying so beats a shallow copy."""
    raise NotImplementedError("tfgrad's shim cannot clone a model: build a second one from the same code.")
