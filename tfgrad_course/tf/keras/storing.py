"""Models in files: the whole model, its weights alone, its configuration as text, its calls for others to load."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import saving, serializing


class Stored:
    """What of a model can be written down and read again."""

    def save(self, filepath: Any, overwrite: bool = True, zipped: Any = None, **options: Any) -> None:
        """Write configuration, weights and the state of the optimiser to a `.keras` file."""
        saving.save_model(self, filepath, overwrite, zipped, **options)

    def save_weights(self, filepath: Any, overwrite: bool = True, **_: Any) -> None:
        """Write all weights to a file for `load_weights`."""
        if not str(filepath).endswith(".weights.h5"):
            raise ValueError(f"The filename must end in `.weights.h5`. Received: filepath={filepath}")
        with open(filepath, "wb") as file:
            np.savez(file, *self.get_weights())  # type: ignore[attr-defined]

    def load_weights(self, filepath: Any, skip_mismatch: bool = False, **_: Any) -> None:
        """Read what `save_weights`, or `save`, has written."""
        if str(filepath).endswith(".keras"):
            self.set_weights(saving.load_model(filepath, compile=False).get_weights())  # type: ignore[attr-defined]
            return
        try:
            with np.load(filepath) as kept:
                self.set_weights([kept[f"arr_{i}"] for i in range(len(kept.files))])  # type: ignore[attr-defined]
        except ValueError as problem:
            if "pickled" not in str(problem):
                raise
            raise ValueError(
                f"{filepath} is an HDF5 file of Keras itself. tfgrad's stand-in for it reads the weights it wrote: load these "
                "with TensorFlow (pip install tensorflow)."
            ) from None

    def export(self, filepath: Any, format: str = "tf_saved_model", verbose: Any = None, **_: Any) -> None:
        """Write the model as what `tf.saved_model.load` loads: its call under the name `serve`."""
        symbol = self.inputs[0]  # type: ignore[attr-defined]
        spec = tf.TensorSpec(symbol.shape, symbol.dtype, name=symbol.name)
        archive = _Exported(self)
        archive.serve = tf.function(
            lambda args_0: archive.of(args_0, training=False), input_signature=[spec], autograph=False
        )
        tf.saved_model.save(
            archive, filepath, signatures={"serve": archive.serve, "serving_default": archive.serve}
        )
        if verbose is None or verbose:
            gives = archive.serve.get_concrete_function().structured_outputs
            print(
                f"Saved artifact at '{filepath}'. The following endpoints are available:\n\n* Endpoint 'serve'\n  args_0 "
                f"(POSITIONAL_ONLY): {spec}\nOutput Type:\n  {tf.TensorSpec((symbol.shape[0], *gives.shape[1:]), gives.dtype)}\n"
                "Captures:"
            )
            for variable in self.weights:  # type: ignore[attr-defined]
                print(f"  {id(variable)}: TensorSpec(shape=(), dtype=tf.resource, name=None)")

    def to_json(self, **options: Any) -> str:
        """The configuration as text."""
        return json.dumps(serializing.serialize(self), **options)

    def get_compile_config(self) -> dict[str, Any]:
        """What the model was compiled with."""
        if not self.compiled:  # type: ignore[attr-defined]
            return {}
        loss, weights, metrics = self._settings  # type: ignore[attr-defined]
        return {
            "optimizer": serializing.serialize(self.optimizer),  # type: ignore[attr-defined]
            "loss": serializing.serialize(loss), "loss_weights": weights,
            "metrics": serializing.serialize(metrics) if metrics else None, "weighted_metrics": None,
            "run_eagerly": False, "steps_per_execution": 1, "jit_compile": False,
        }  # fmt: skip

    def compile_from_config(self, config: dict[str, Any]) -> None:
        """Compile as another model was."""
        kept = ("optimizer", "loss", "loss_weights", "metrics")
        self.compile(**{name: _revived(config[name]) for name in kept})  # type: ignore[attr-defined]


def _revived(value: Any) -> Any:
    return [_revived(item) for item in value] if isinstance(value, list) else serializing.revived(value)


class _Exported:
    """A model's call and variables, as they are exported."""

    _variables = True  # its attributes are saved

    def __init__(self, model: Any) -> None:
        self.of = model
        self.serve: Any = None
        self.variables = list(model.weights)
        self.trainable_variables = list(model.trainable_weights)
        self.non_trainable_variables = list(model.non_trainable_weights)


def model_from_json(json_string: str, custom_objects: Any = None) -> Any:
    """A model with new weights, made of the configuration in a text."""
    return serializing.deserialize(saving._listed_to_tuples(json.loads(json_string)), custom_objects)
