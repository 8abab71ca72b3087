"""What marks classes for Keras' files, and the files: configuration and weights of a model in one archive."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from tfgrad_course.tf.keras import serializing
from tfgrad_course.tf.keras.serializing import deserialize as deserialize_keras_object
from tfgrad_course.tf.keras.serializing import serialize as serialize_keras_object

__all__ = ["deserialize_keras_object", "serialize_keras_object"]


def register_keras_serializable(package: str = "Custom", name: str | None = None) -> Any:
    """The class or function, known from now on by package and name."""

    def register(thing: Any) -> Any:
        serializing.REGISTERED[f"{package}>{name or thing.__name__}"] = thing
        return thing

    return register


def get_registered_name(obj: Any) -> str:
    """The name a class or function was registered under, else its own."""
    return serializing.registered_name(obj)


def get_registered_object(name: str, custom_objects: Any = None, module_objects: Any = None) -> Any:
    """What was registered under a name, or None."""
    return {**serializing.REGISTERED, **(custom_objects or {})}.get(name)


def get_custom_objects() -> dict[str, Any]:
    """All that was registered, by name."""
    return serializing.REGISTERED


@contextmanager
def custom_object_scope(custom_objects: Any) -> Iterator[None]:
    """Inside, these names are known."""
    token = serializing.SCOPE.set({**serializing.SCOPE.get({}), **custom_objects})
    try:
        yield
    finally:
        serializing.SCOPE.reset(token)


CustomObjectScope = custom_object_scope


def save_model(model: Any, filepath: Any, overwrite: bool = True, zipped: Any = None, **_: Any) -> None:
    """Write configuration, weights and the state of the optimiser."""
    path = str(filepath)
    if not path.endswith((".keras", ".h5", ".hdf5")):
        raise ValueError(
            "Invalid filepath extension for saving. Please add either a `.keras` extension for the native Keras format "
            "(recommended) or a `.h5` extension. Use `model.export(filepath)` if you want to export a SavedModel for use with "
            f"TFLite/TFServing/etc. Received: filepath={filepath}."
        )
    told = serializing.serialize(model)
    told["compile_config"] = model.get_compile_config() if model.compiled else None
    optimizer = model.optimizer if model.compiled else None
    state = [v.numpy() for v in optimizer.variables] if optimizer is not None and optimizer.built else []
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.15.1", "made_by": "tfgrad"}))
        archive.writestr("config.json", json.dumps(told))
        archive.writestr("model.weights.npz", _packed(model.get_weights()))
        archive.writestr("optimizer.npz", _packed(state))


def _packed(arrays: list[Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, *arrays)
    return buffer.getvalue()


def _unpacked(kept: bytes) -> list[Any]:
    with np.load(io.BytesIO(kept), allow_pickle=True) as arrays:
        return [arrays[f"arr_{i}"] for i in range(len(arrays.files))]


def load_model(
    filepath: Any, custom_objects: Any = None, compile: bool = True, safe_mode: bool = True
) -> Any:
    """The model in a file, with its weights, compiled as it was."""
    try:
        with zipfile.ZipFile(str(filepath)) as archive:
            config = _listed_to_tuples(json.loads(archive.read("config.json")))
            weights, state = (
                _unpacked(archive.read("model.weights.npz")),
                _unpacked(archive.read("optimizer.npz")),
            )
    except (OSError, zipfile.BadZipFile):
        raise ValueError(
            f"File not found: filepath={filepath}. Please ensure the file is an accessible `.keras` zip file."
        ) from None
    except KeyError:
        raise ValueError(
            f"{filepath} was saved by Keras itself, whose weights are an HDF5 file. tfgrad's stand-in for it loads what it "
            "saved: load this model with TensorFlow (pip install tensorflow)."
        ) from None
    model = deserialize_keras_object(config, custom_objects)
    model.set_weights(weights)
    if compile and config.get("compile_config"):
        with custom_object_scope(custom_objects or {}):
            model.compile_from_config(config["compile_config"])
        if state:
            model.optimizer.build(model.trainable_variables)
            for variable, value in zip(model.optimizer.variables, state, strict=True):
                variable.assign(value)
    return model


def _listed_to_tuples(value: Any) -> Any:
    """JSON has lists only; shapes are tuples."""
    if isinstance(value, dict):
        return {
            key: tuple(item) if key in _SHAPES and isinstance(item, list) else _listed_to_tuples(item)
            for key, item in value.items()
        }
    return [_listed_to_tuples(item) for item in value] if isinstance(value, list) else value


_SHAPES = (
    "batch_shape", "input_shape", "build_input_shape", "shape", "kernel_size", "strides", "pool_size", "target_shape",
    "dilation_rate", "dims",
)  # fmt: skip
