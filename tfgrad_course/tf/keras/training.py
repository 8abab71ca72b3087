"""`compile`, `fit`, `evaluate` and `predict`: the training loop of Keras over steps that a model may define itself."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import callbacks as callbacks_
from tfgrad_course.tf.keras import metrics as metrics_
from tfgrad_course.tf.keras import optimizers
from tfgrad_course.tf.keras.batches import batches, packed, rows, split, unpacked
from tfgrad_course.tf.keras.compiling import CompiledLoss, CompileMetrics, output_names
from tfgrad_course.tf.keras.layer import OPEN
from tfgrad_course.tf.keras.symbols import mapped


class Trainer:
    """What a model needs to be trained."""

    def start_training(self) -> None:
        """Nothing is compiled yet."""
        self.optimizer: Any = None
        self.loss: Any = None
        self.stop_training = False
        self.compiled = False
        self._settings: Any = None
        self._compiled_loss: Any = None
        self._compiled_metrics: Any = None
        self._tracker: Any = None

    def compile(
        self, optimizer: Any = "rmsprop", loss: Any = None, loss_weights: Any = None, metrics: Any = None,
        weighted_metrics: Any = None, run_eagerly: bool = False, steps_per_execution: int = 1, jit_compile: Any = "auto",
        auto_scale_loss: bool = True,
    ) -> None:  # fmt: skip
        """Choose optimiser, loss and metrics."""
        self.optimizer = optimizers.get(optimizer)
        self.loss = loss
        self._settings = (
            loss,
            loss_weights,
            [*(metrics or []), *(weighted_metrics or [])] if not isinstance(metrics, dict) else metrics,
        )
        self._compiled_loss = self._compiled_metrics = None
        self._tracker = metrics_.Mean(name="loss")
        self.compiled, self.stop_training = True, False

    def _compiled(self) -> None:
        if self._settings is None or self._compiled_loss is not None or self._compiled_metrics is not None:
            return
        loss, weights, metrics = self._settings
        names = output_names(self)
        if loss is not None:
            self._compiled_loss = CompiledLoss(loss, weights, names)
        if metrics:
            self._compiled_metrics = CompileMetrics(metrics, self._compiled_loss, names)

    @property
    def metrics(self) -> list[Any]:
        """The mean loss, the metrics given to compile, the means of the losses of several outputs."""
        self._compiled()
        found = [self._tracker] if self._tracker is not None else []
        found += [value for value in vars(self).values() if isinstance(value, metrics_.Metric) and value not in found
                  and not isinstance(value, CompileMetrics)]  # fmt: skip
        if self._compiled_metrics is not None:
            found.append(self._compiled_metrics)
        return found + (self._compiled_loss.trackers if self._compiled_loss is not None else [])

    @property
    def metrics_names(self) -> list[str]:
        """What they are called."""
        return [metric.name for metric in self.metrics]

    def reset_metrics(self) -> None:
        """Start all metrics again."""
        for metric in self.metrics:
            metric.reset_state()

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """The compiled loss plus the losses of the layers."""
        self._compiled()
        parts = [] if self._compiled_loss is None else [self._compiled_loss(y, y_pred, sample_weight)]
        parts += [tf.cast(extra, "float32") for extra in self.losses]  # type: ignore[attr-defined]
        total = tf.constant(0.0)
        for i, part in enumerate(parts):
            total = part if i == 0 else total + part
        return total

    def compute_metrics(self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> dict[str, Any]:
        """Take a batch into the compiled metrics; all results."""
        if self._compiled_metrics is not None:
            self._compiled_metrics.update_state(y, y_pred, sample_weight)
        return self.get_metrics_result()

    def get_metrics_result(self) -> dict[str, Any]:
        """All results by name."""
        found: dict[str, Any] = {}
        for metric in self.metrics:
            result = metric.result()
            found.update(result if isinstance(result, dict) else {metric.name: result})
        return found

    def train_step(self, data: Any) -> dict[str, Any]:
        """One step on one batch; gives the logs."""
        x, y, weight = unpacked(data)
        with tf.GradientTape() as tape:
            predicted = self(x, training=True)  # type: ignore[operator]
            loss = self.compute_loss(x=x, y=y, y_pred=predicted, sample_weight=weight)
        self._tracker.update_state(loss, sample_weight=rows(x))
        variables = self.trainable_weights  # type: ignore[attr-defined]
        if variables:
            self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return self.compute_metrics(x, y, predicted, weight)

    def test_step(self, data: Any) -> dict[str, Any]:
        """Loss and metrics on one batch, nothing trained."""
        x, y, weight = unpacked(data)
        predicted = self(x, training=False)  # type: ignore[operator]
        loss = self.compute_loss(x=x, y=y, y_pred=predicted, sample_weight=weight, training=False)
        self._tracker.update_state(loss, sample_weight=rows(x))
        return self.compute_metrics(x, y, predicted, weight)

    def predict_step(self, data: Any) -> Any:
        """The outputs for one batch."""
        return self(unpacked(data)[0], training=False)  # type: ignore[operator]

    def fit(
        self, x: Any = None, y: Any = None, batch_size: int | None = None, epochs: int = 1, verbose: Any = "auto",
        callbacks: Any = None, validation_split: float = 0.0, validation_data: Any = None, shuffle: bool = True,
        class_weight: Any = None, sample_weight: Any = None, initial_epoch: int = 0, steps_per_epoch: int | None = None,
        validation_steps: int | None = None, validation_batch_size: int | None = None, validation_freq: int = 1,
    ) -> callbacks_.History:  # fmt: skip
        """Train for some epochs; returns the history of losses and metrics."""
        if not self.compiled:
            raise ValueError("You must call `compile()` before using the model.")
        if class_weight is not None:
            sample_weight = np.asarray(
                [class_weight[int(label)] for label in np.asarray(y).reshape(-1)], "float32"
            )
        if validation_split and validation_data is None:
            (x, y, sample_weight), validation_data = split(validation_split, x, y, sample_weight)
        history = callbacks_.History()
        everyone = callbacks_.CallbackList([*(callbacks or []), history], self, epochs, verbose)
        everyone.params["steps"] = _steps(x, batch_size, steps_per_epoch)
        everyone.tell("on_train_begin")
        self.stop_training = False
        logs: dict[str, Any] = {}
        for epoch in range(initial_epoch, epochs):
            everyone.tell("on_epoch_begin", epoch)
            bar = _Bar(verbose, everyone.params["steps"], f"Epoch {epoch + 1}/{epochs}")
            parts = batches(x, y, sample_weight, batch_size, shuffle, steps_per_epoch)
            logs = self._pass(self.train_step, parts, everyone, "train", bar)
            if validation_data is not None and (epoch + 1) % validation_freq == 0:
                logs |= self._validated(
                    validation_data, validation_batch_size or batch_size, validation_steps, everyone
                )
            bar.end(logs)
            everyone.tell("on_epoch_end", epoch, logs)
            if self.stop_training:
                break
        everyone.tell("on_train_end", logs)
        self.history = history
        return history

    def _validated(self, data: Any, size: int | None, steps: int | None, everyone: Any) -> dict[str, Any]:
        x, y, weight = (*data, None)[:3] if isinstance(data, (tuple, list)) else (data, None, None)
        everyone.tell("on_test_begin")
        logs = self._pass(self.test_step, batches(x, y, weight, size, False, steps), everyone, "test", None)
        everyone.tell("on_test_end", logs)
        return {f"val_{name}": value for name, value in logs.items()}

    def _pass(self, step: Any, parts: Any, everyone: Any, kind: str, bar: Any) -> dict[str, Any]:
        self._compiled()
        self.reset_metrics()
        token = OPEN.set(True)
        try:
            return self._go_through(step, parts, everyone, kind, bar)
        finally:
            OPEN.reset(token)

    def _go_through(self, step: Any, parts: Any, everyone: Any, kind: str, bar: Any) -> dict[str, Any]:
        logs: dict[str, Any] = {}
        for number, part in enumerate(parts):
            everyone.tell(f"on_{kind}_batch_begin", number)
            logs = _plain(step(packed(*part)))
            everyone.tell(f"on_{kind}_batch_end", number, logs)
            if bar is not None:
                bar.count = number + 1
            if self.stop_training:
                break
        return dict(logs)

    def evaluate(
        self, x: Any = None, y: Any = None, batch_size: int | None = None, verbose: Any = "auto", sample_weight: Any = None,
        steps: int | None = None, callbacks: Any = None, return_dict: bool = False,
    ) -> Any:  # fmt: skip
        """Loss and metrics over data."""
        if not self.compiled:
            raise ValueError("You must call `compile()` before using the model.")
        everyone = callbacks_.CallbackList(list(callbacks or []), self, 1, verbose)
        bar = _Bar(verbose, _steps(x, batch_size, steps))
        everyone.tell("on_test_begin")
        logs = self._pass(
            self.test_step, batches(x, y, sample_weight, batch_size, False, steps), everyone, "test", bar
        )
        everyone.tell("on_test_end", logs)
        bar.end(logs)
        if return_dict:
            return logs
        found = (
            [logs["loss"], *(v for k, v in logs.items() if k != "loss")]
            if "loss" in logs
            else list(logs.values())
        )
        return found[0] if len(found) == 1 else found

    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: Any = "auto",
        steps: int | None = None,
        callbacks: Any = None,
    ) -> Any:
        """Outputs for data, as NumPy arrays."""
        everyone = callbacks_.CallbackList(list(callbacks or []), self, 1, verbose)
        bar = _Bar(verbose, _steps(x, batch_size, steps))
        parts: list[Any] = []
        everyone.tell("on_predict_begin")
        for number, part in enumerate(batches(x, None, None, batch_size, False, steps)):
            everyone.tell("on_predict_batch_begin", number)
            parts.append(mapped(lambda leaf: leaf.numpy(), self.predict_step(packed(*part))))
            everyone.tell("on_predict_batch_end", number, {"outputs": parts[-1]})
            bar.count = number + 1
        everyone.tell("on_predict_end")
        bar.end({})
        return _joined(parts)

    def train_on_batch(self, x: Any, y: Any = None, sample_weight: Any = None, class_weight: Any = None, return_dict: bool = False) -> Any:  # fmt: skip
        """One step of training."""
        self._compiled()
        self.reset_metrics()
        return _listed(_plain(self.train_step(packed(*unpacked((x, y, sample_weight))))), return_dict)

    def test_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """Loss and metrics of one batch."""
        self._compiled()
        self.reset_metrics()
        return _listed(_plain(self.test_step(packed(*unpacked((x, y, sample_weight))))), return_dict)

    def predict_on_batch(self, x: Any) -> Any:
        """Outputs of one batch."""
        return mapped(lambda leaf: leaf.numpy(), self.predict_step((x,)))


class _Bar:
    """The line that Keras shows for an epoch; here once, at its end."""

    def __init__(self, verbose: Any, steps: int | None, title: str | None = None) -> None:
        self.kind = 1 if verbose == "auto" else int(verbose)
        self.steps, self.count, self.started = steps, 0, time.perf_counter()
        if title is not None and self.kind:
            print(title)

    def end(self, logs: dict[str, Any]) -> None:
        """Show time and logs."""
        if not self.kind:
            return
        took = time.perf_counter() - self.started
        each, done = (
            f"{1000 * took / max(self.count, 1):.0f}ms/step",
            f"{self.count}/{self.steps or self.count}",
        )
        shown = "".join(f" - {name}: {value:.4f}" for name, value in logs.items())
        if self.kind == 2:
            print(f"{done} - {took:.0f}s - {each}{shown}")
        else:
            full = "\u2501" * 20
            print(
                f"\r\x1b[1m{done}\x1b[0m \x1b[32m{full}\x1b[0m\x1b[37m\x1b[0m \x1b[1m{took:.0f}s\x1b[0m {each}{shown}"
            )


def _steps(x: Any, size: int | None, steps: int | None) -> int | None:
    if steps is not None:
        return steps
    try:
        count = len(x) if hasattr(x, "cardinality") else -(-rows(mapped(np.asarray, x)) // (size or 32))
    except (TypeError, ValueError, IndexError):
        return None
    return int(count)


def _plain(logs: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in sorted((logs or {}).items()):
        found.update(_plain(value) if isinstance(value, dict) else {name: _number(value)})
    return found


def _number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value.numpy() if hasattr(value, "numpy") else value


def _listed(logs: dict[str, Any], as_dict: bool) -> Any:
    if as_dict:
        return logs
    found = [logs["loss"], *(v for k, v in logs.items() if k != "loss")]
    return found[0] if len(found) == 1 else found


def _joined(parts: list[Any]) -> Any:
    first = parts[0]
    if isinstance(first, dict):
        return {key: _joined([part[key] for part in parts]) for key in first}
    if isinstance(first, (list, tuple)):
        return type(first)(_joined([part[i] for part in parts]) for i in range(len(first)))
    return np.concatenate(parts, axis=0)
