"""Callbacks of `fit`."""

from __future__ import annotations

from typing import Any

import numpy as np

_MOMENTS = [
    f"on_{kind}{part}_{end}"
    for kind, parts in (("train", ("", "_batch")), ("test", ("", "_batch")), ("predict", ("", "_batch")))
    for part in parts
    for end in ("begin", "end")
]


class Callback:
    """Told of each epoch and batch of a fit."""

    def __init__(self) -> None:
        self.params: dict[str, Any] | None = None
        self._model: Any = None

    @property
    def model(self) -> Any:
        """The model being fitted."""
        return vars(self).get("_model")

    def set_model(self, model: Any) -> None:
        """The model being fitted."""
        self._model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """How many epochs and steps there will be."""
        self.params = params

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Before an epoch."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """After an epoch."""

    def on_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Before a batch of training."""

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        """After a batch of training."""

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Before a batch of training."""
        self.on_batch_begin(batch, logs=logs)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """After a batch of training."""
        self.on_batch_end(batch, logs=logs)


def _nothing(self: Callback, *args: Any, logs: Any = None) -> None:
    """Nothing is done at this moment unless a subclass says so."""


for _moment in _MOMENTS:
    if not hasattr(Callback, _moment):
        setattr(Callback, _moment, _nothing)


class CallbackList:
    """All callbacks of a fit, told together."""

    def __init__(self, callbacks: Any, model: Any, epochs: int, verbose: Any) -> None:
        self.callbacks = list(callbacks)
        self.params: dict[str, Any] = {
            "verbose": 1 if verbose == "auto" else verbose,
            "epochs": epochs,
            "steps": None,
        }
        for callback in self.callbacks:
            callback.set_model(model)
            callback.set_params(self.params)

    def tell(self, moment: str, *number: int | dict[str, Any]) -> None:
        """Call a method of all; the logs, always a dictionary, come last."""
        logs = number[-1] if number and isinstance(number[-1], dict) else {}
        place = [n for n in number if not isinstance(n, dict)]
        for callback in self.callbacks:
            getattr(callback, moment)(*place, logs)


class History(Callback):
    """The logs of all epochs."""

    def __init__(self) -> None:
        super().__init__()
        self.history: dict[str, list[float]] = {}

    def on_train_begin(self, logs: Any = None) -> None:
        """No epoch yet."""
        self.epoch: list[int] = []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Keep the logs."""
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
        self.model.history = self


class LambdaCallback(Callback):
    """A callback made of functions."""

    def __init__(self, **functions: Any) -> None:
        super().__init__()
        for name, function in functions.items():
            if function is not None:
                setattr(self, name, function)


class _Watching(Callback):
    """Watches one entry of the logs for getting better."""

    def __init__(self, monitor: str, mode: str, min_delta: float) -> None:
        super().__init__()
        self.monitor, self.min_delta, self._mode = monitor, abs(min_delta), mode
        larger = mode == "max" or (
            mode == "auto" and ("acc" in monitor or monitor.endswith(("auc", "recall", "precision")))
        )
        self.sign = -1.0 if larger else 1.0
        self.best, self.wait = np.inf, 0

    def better(self, logs: Any) -> bool | None:
        """Whether the entry is the best so far; None where it is missing."""
        self._demand_direction()
        current = (logs or {}).get(self.monitor)
        if current is None:
            return None
        if self.sign * current < self.best - self.min_delta:
            self.best = self.sign * current
            return True
        return False

    def _demand_direction(self) -> None:
        """Larger or smaller is better: it is known of metrics that the model has."""
        name = self.monitor.removeprefix("val_")
        if self._mode in ("min", "max") or name == "loss":
            return
        known = {metric.name for metric in self.model.metrics}
        known |= {name for metric in self.model.metrics for name, _, _ in getattr(metric, "found", ())}
        if name not in known:
            raise ValueError(
                f"{type(self).__name__} callback received monitor={self.monitor}, but Keras isn't able to automatically "
                "determine whether that metric should be maximized or minimized. Pass `mode='max'` in order to monitor based "
                "on the highest metric value, or pass `mode='min'` in order to use the lowest value."
            )


class EarlyStopping(_Watching):
    """Ends the fit when an entry of the logs gets no better."""

    def __init__(
        self, monitor: str = "val_loss", min_delta: float = 0, patience: int = 0, verbose: int = 0, mode: str = "auto",
        baseline: float | None = None, restore_best_weights: bool = False, start_from_epoch: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(monitor, mode, min_delta)
        self.patience, self.verbose, self.restore_best_weights = patience, verbose, restore_best_weights
        self.start_from_epoch, self.stopped_epoch, self.best_weights = start_from_epoch, 0, None
        self.baseline, self.best_epoch = baseline, 0

    def on_train_begin(self, logs: Any = None) -> None:
        """Nothing is best yet."""
        self.wait, self.stopped_epoch, self.best_weights, self.best_epoch = 0, 0, None, 0
        self.best = np.inf if self.baseline is None else self.sign * self.baseline

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Compare with the best epoch."""
        better = None if epoch < self.start_from_epoch else self.better(logs)
        if better is None:
            return
        if better or self.best_weights is None:
            self.best_epoch = epoch
            self.best_weights = self.model.get_weights() if self.restore_best_weights else None
        self.wait = 0 if better else self.wait + 1
        if self.wait >= self.patience and not better and epoch > 0:
            self.stopped_epoch, self.model.stop_training = epoch, True

    def on_train_end(self, logs: Any = None) -> None:
        """Say when it stopped; go back to the best weights."""
        if self.stopped_epoch > 0 and self.verbose:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.restore_best_weights and self.best_weights is not None:
            if self.verbose:
                print(f"Restoring model weights from the end of the best epoch: {self.best_epoch + 1}.")
            self.model.set_weights(self.best_weights)


class ReduceLROnPlateau(_Watching):
    """Lowers the learning rate when an entry of the logs gets no better."""

    def __init__(
        self, monitor: str = "val_loss", factor: float = 0.1, patience: int = 10, verbose: int = 0, mode: str = "auto",
        min_delta: float = 1e-4, cooldown: int = 0, min_lr: float = 0.0,
    ) -> None:  # fmt: skip
        super().__init__(monitor, mode, min_delta)
        self.factor, self.patience, self.verbose, self.min_lr = factor, patience, verbose, min_lr

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Compare with the best epoch."""
        rate = float(self.model.optimizer.learning_rate)
        logs["learning_rate"] = rate
        better = self.better(logs)
        self.wait = 0 if better in (True, None) else self.wait + 1
        if self.wait >= self.patience and rate > self.min_lr:
            lower = max(rate * self.factor, self.min_lr)
            self.model.optimizer.learning_rate = lower
            if self.verbose:
                print(f"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {lower}.")
            self.wait = 0


class LearningRateScheduler(Callback):
    """Sets the learning rate before each epoch."""

    def __init__(self, schedule: Any, verbose: int = 0) -> None:
        super().__init__()
        self.schedule, self.verbose = schedule, verbose

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Ask the schedule."""
        import inspect

        rate = float(self.model.optimizer.learning_rate)
        takes = len(inspect.signature(self.schedule).parameters)
        rate = self.schedule(epoch, rate) if takes > 1 else self.schedule(epoch)
        self.model.optimizer.learning_rate = rate
        if self.verbose:
            print(f"\nEpoch {epoch + 1}: LearningRateScheduler setting learning rate to {float(rate)}.")

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Note the rate in the logs."""
        logs["learning_rate"] = float(self.model.optimizer.learning_rate)


class TerminateOnNaN(Callback):
    """Ends the fit when the loss is no number."""

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        """Look at the loss."""
        loss = (logs or {}).get("loss")
        if loss is not None and not np.isfinite(loss):
            print(f"Batch {batch}: Invalid loss, terminating training")
            self.model.stop_training = True


class CSVLogger(Callback):
    """Writes the logs of each epoch as a line of a file."""

    def __init__(self, filename: Any, separator: str = ",", append: bool = False) -> None:
        super().__init__()
        self.filename, self.sep, self.append = filename, separator, append

    def on_train_begin(self, logs: Any = None) -> None:
        """Begin the file."""
        self._names: list[str] = []
        with open(self.filename, "a" if self.append else "w", encoding="utf-8"):
            pass

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """One more line."""
        logs = logs or {}
        with open(self.filename, "a", encoding="utf-8") as file:
            if not self._names:
                self._names = sorted(logs)
                if not any(name.startswith("val_") for name in logs):
                    self._names += [
                        f"val_{name}" for name in self._names
                    ]  # as Keras has them, if it validates later
                file.write(self.sep.join(["epoch", *self._names]) + "\n")
            file.write(
                self.sep.join([str(epoch), *(str(logs.get(name, "NA")) for name in self._names)]) + "\n"
            )


class ModelCheckpoint(_Watching):
    """Keeps the weights of each epoch, or of the best, in a file."""

    def __init__(
        self, filepath: Any, monitor: str = "val_loss", verbose: int = 0, save_best_only: bool = False,
        save_weights_only: bool = False, mode: str = "auto", save_freq: Any = "epoch", initial_value_threshold: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(monitor, mode, 0.0)
        self.filepath, self.verbose, self.save_best_only = str(filepath), verbose, save_best_only
        self.save_weights_only = save_weights_only
        if save_weights_only and not self.filepath.endswith(".weights.h5"):
            raise ValueError(
                "When using `save_weights_only=True` in `ModelCheckpoint`, the filepath provided must end in `.weights.h5` "
                f"(Keras weights format). Received: filepath={self.filepath}"
            )
        if not save_weights_only and not self.filepath.endswith((".keras", ".h5")):
            raise ValueError(
                "The filepath provided must end in `.keras` (Keras model format). Received: "
                f"filepath={self.filepath}"
            )

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Write, if it is to be kept."""
        if self.save_best_only and self.better(logs) is False:
            return
        path = self.filepath.format(epoch=epoch + 1, **(logs or {}))
        (self.model.save_weights if self.save_weights_only else self.model.save)(path)


class TensorBoard(Callback):
    """Summaries for TensorBoard, which has to be there to write them."""

    def __init__(self, log_dir: Any = "logs", **_: Any) -> None:
        super().__init__()
        self.log_dir = log_dir

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """The logs as scalars."""
        from tfgrad_course import tf

        for name, value in (logs or {}).items():
            tf.summary.scalar("epoch_" + name, value, step=epoch)
