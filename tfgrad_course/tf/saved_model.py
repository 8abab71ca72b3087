"""`tf.saved_model`: variables and structure of an object in a folder; its functions stay with the process that saved it.

There is no graph to write down, so a model loaded elsewhere has its variables and says of its functions where they are.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from typing import Any

import numpy as np

from tfgrad_course.tf import _errors
from tfgrad_course.tf._concrete import ConcreteFunction
from tfgrad_course.tf._function import Function
from tfgrad_course.tf._restored import (
    RestoredFunction,
    SignatureFunction,
    SignatureMap,
    as_signature,
    trace_for_saving,
    traces,
)
from tfgrad_course.tf._snapshot import snapshot
from tfgrad_course.tf._variable import Variable

ASSETS_DIRECTORY, ASSETS_KEY, DEBUG_DIRECTORY = "assets", "saved_model_assets", "debug"
DEBUG_INFO_FILENAME_PB = "saved_model_debug_info.pb"
DEFAULT_SERVING_SIGNATURE_DEF_KEY = "serving_default"
GPU, SERVING, TPU, TRAINING = "gpu", "serve", "tpu", "train"
SAVED_MODEL_FILENAME_PB, SAVED_MODEL_FILENAME_PBTXT = "saved_model.pb", "saved_model.pbtxt"
SAVED_MODEL_SCHEMA_VERSION = 1
VARIABLES_DIRECTORY, VARIABLES_FILENAME = "variables", "variables"
# What was saved in this process: copies, by the mark written into the folder.
_SAVED: dict[str, tuple[Any, dict[str, Any]]] = {}


class SaveOptions:
    """How to save; here nothing of it changes anything."""

    def __init__(self, namespace_whitelist: Any = None, save_debug_info: bool = False, function_aliases: Any = None,
                 experimental_io_device: Any = None, experimental_custom_gradients: bool = True, **_: Any) -> None:  # fmt: skip
        self.namespace_whitelist, self.save_debug_info = namespace_whitelist or [], save_debug_info
        self.function_aliases, self.experimental_io_device = function_aliases, experimental_io_device
        self.experimental_custom_gradients = experimental_custom_gradients


class LoadOptions:
    """How to load; here nothing of it changes anything."""

    def __init__(self, allow_partial_checkpoint: bool = False, experimental_io_device: Any = None, **_: Any) -> None:  # fmt: skip
        self.allow_partial_checkpoint, self.experimental_io_device = (
            allow_partial_checkpoint,
            experimental_io_device,
        )


def save(obj: Any, export_dir: Any, signatures: Any = None, options: Any = None) -> None:
    """Save the variables and functions that hang on an object."""
    if not _trackable(obj):
        raise ValueError(
            "Expected an object of type `Trackable`, such as `tf.Module` or a subclass of the `Trackable` class, for export. "
            f"Got {obj} with type {type(obj)}."
        )
    for _, function in _functions(obj):
        trace_for_saving(function)
    known = {path: traces(function) for path, function in _functions(obj)}
    named = {name: as_signature(one) for name, one in _signatures(obj, signatures, known).items()}
    copied, functions = snapshot((obj, {name: (one._of, takes, gives) for name, (one, takes, gives) in named.items()}))  # fmt: skip
    mark = uuid.uuid4().hex
    _SAVED[mark] = (copied, {"known": known, "signatures": functions})
    _write(os.fspath(export_dir), mark, obj, known)


def _signatures(obj: Any, given: Any, known: dict[str, Any]) -> dict[str, Any]:
    if isinstance(given, dict):
        return given
    if given is not None:
        return {DEFAULT_SERVING_SIGNATURE_DEF_KEY: given}
    found = [(path, one) for path, one in _functions(obj) if "/" not in path]
    if len(found) == 1 and len(known[found[0][0]]) == 1 and _only_tensors(known[found[0][0]][0]):
        return {DEFAULT_SERVING_SIGNATURE_DEF_KEY: found[0][1]}
    return {}


def _only_tensors(takes: dict[str, Any]) -> bool:
    return all(hasattr(spec, "is_compatible_with") for spec in takes.values())


def _write(folder: str, mark: str, obj: Any, known: dict[str, Any]) -> None:
    for part in (ASSETS_DIRECTORY, VARIABLES_DIRECTORY):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    values = {path: (v.numpy(), v.name.removesuffix(":0"), v.trainable) for path, v in _variables(obj)}
    prefix = os.path.join(folder, VARIABLES_DIRECTORY, VARIABLES_FILENAME)
    with open(prefix + ".index", "wb") as file:
        np.savez(file, **{path: value for path, (value, _, _) in values.items()})
    with open(prefix + ".data-00000-of-00001", "wb"):
        pass
    told = {
        "tfgrad": mark,
        "variables": {path: [name, trainable] for path, (_, name, trainable) in values.items()},
        "functions": list(known),
    }
    for name in (SAVED_MODEL_FILENAME_PB, "fingerprint.pb"):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as text:
            json.dump(told if name == SAVED_MODEL_FILENAME_PB else {"tfgrad": mark}, text)


def load(export_dir: Any, tags: Any = None, options: Any = None) -> Any:
    """The object saved in a folder: its variables, its functions, its signatures."""
    folder = os.fspath(export_dir)
    path = os.path.join(folder, SAVED_MODEL_FILENAME_PB)
    if not os.path.isfile(path):
        raise OSError(
            f"SavedModel file does not exist at: {folder}{os.sep}{{saved_model.pbtxt|saved_model.pb}}"
        )
    try:
        with open(path, encoding="utf-8") as text:
            told = json.load(text)
    except ValueError:
        raise _errors.UnimplementedError(
            None, None, f"{folder} holds a graph that TensorFlow saved. tfgrad's stand-in for it loads what it saved itself: "
            "load this model with TensorFlow (pip install tensorflow).",
        ) from None  # fmt: skip
    kept = _SAVED.get(told["tfgrad"])
    root, table = snapshot(kept) if kept is not None else (None, None)
    prefix = os.path.join(folder, VARIABLES_DIRECTORY, VARIABLES_FILENAME)
    with np.load(prefix + ".index", allow_pickle=True) as values:
        return _built(root, table, told, {name: values[name] for name in values.files})


def _built(root: Any, table: Any, told: dict[str, Any], values: dict[str, Any]) -> Any:
    variables = dict(_variables(root)) if root is not None else {}
    loaded = _user_object()
    for path, (name, trainable) in told["variables"].items():
        if path in variables:
            variables[path].assign(values[path])
        else:
            variables[path] = Variable(values[path], trainable=trainable, name=name)
        _place(loaded, path.split("/"), variables[path])
    functions = dict(_functions(root)) if root is not None else {}
    for path in told["functions"]:
        one = RestoredFunction(functions.get(path), table["known"][path] if table else [])
        _place(loaded, path.split("/"), one)
    signatures = table["signatures"] if table else {}
    loaded.signatures = SignatureMap(
        {name: SignatureFunction(*_run(function, takes, gives)) for name, (function, takes, gives) in signatures.items()}
    )  # fmt: skip
    _lists(loaded)
    return loaded


def _run(function: Any, takes: dict[str, Any], gives: Any) -> tuple[Any, dict[str, Any], Any]:
    return (lambda *tensors: function(**dict(zip(takes, tensors, strict=True)))), takes, gives


def _user_object() -> Any:
    class _UserObject:
        """What loading makes of an object whose class it does not know."""

        __module__ = "tensorflow.python.saved_model.load"
        tensorflow_version = "2.21.0"

    _UserObject.__qualname__ = "Loader._recreate_base_user_object.<locals>._UserObject"
    return _UserObject()


def _place(inside: Any, path: list[str], thing: Any) -> None:
    """Put a thing at the end of a path of attributes, making the objects on the way."""
    for part in path[:-1]:
        below = vars(inside).get(part)
        if below is None:
            below = _user_object()
            setattr(inside, part, below)
        inside = below
    if path[-1] == "__call__":
        type(inside).__call__ = lambda self, *args, **kwargs: thing(*args, **kwargs)
    setattr(inside, path[-1], thing)


def _lists(inside: Any) -> None:
    """Objects whose attributes are [0], [1], ... are lists, those with ['a'] are dictionaries."""
    for name, value in list(vars(inside).items()):
        if "_UserObject" not in type(value).__qualname__:
            continue
        _lists(value)
        keys = list(vars(value))
        if keys and all(key.startswith("[") for key in keys):
            items = {key[1:-1]: item for key, item in vars(value).items()}
            listed = all(key.isdigit() for key in items)
            made = ListWrapper(items.values()) if listed else {k[1:-1]: v for k, v in items.items()}
            setattr(inside, name, made)


class ListWrapper(list[Any]):
    """A list of a loaded object."""

    __module__ = "tensorflow.python.trackable.data_structures"

    def __repr__(self) -> str:
        return f"ListWrapper({super().__repr__()})"


def contains_saved_model(export_dir: Any) -> bool:
    """Whether a folder holds a saved model."""
    return os.path.isfile(os.path.join(os.fspath(export_dir), SAVED_MODEL_FILENAME_PB))


# What hangs on an object -----------------------------------------------------------------------------


def _trackable(value: Any) -> bool:
    known = ("_found", "_nodes", "_save_counter", "_variables", "apply_gradients")
    return any(hasattr(value, name) for name in known) or "_UserObject" in type(value).__qualname__


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, (list, tuple)):
        yield from ((f"[{i}]", item) for i, item in enumerate(value))
    elif isinstance(value, dict):
        yield from ((f"[{key!r}]", item) for key, item in value.items() if isinstance(key, (str, int)))
    elif _trackable(value):
        yield from ((name, item) for name, item in vars(value).items() if name not in _APART)


_APART = ("_tf_functions", "_module_name", "_root", "_save_counter", "_made_with", "_nodes", "signatures")


def _all(value: Any, path: str, above: frozenset[int]) -> Iterator[tuple[str, Any]]:
    """Everything below an object with its path; what is found twice appears twice."""
    yield path, value
    if id(value) in above or isinstance(value, (Variable, Function)):
        return
    for name, child in _children(value):
        yield from _all(child, f"{path}/{name}" if path else name, above | {id(value)})


def _variables(obj: Any) -> Iterator[tuple[str, Any]]:
    return ((path, value) for path, value in _all(obj, "", frozenset()) if isinstance(value, Variable))


def _functions(obj: Any) -> Iterator[tuple[str, Any]]:
    for path, value in _all(obj, "", frozenset()):
        below = f"{path}/" if path else ""
        if isinstance(value, RestoredFunction) and value._of is not None:
            yield path, value._of
        elif isinstance(value, Function):
            yield path, value
        elif isinstance(value, ConcreteFunction):
            yield path, value._of
        elif _trackable(value):
            names = {name: one for kind in reversed(type(value).__mro__) for name, one in vars(kind).items()}
            yield from ((below + name, getattr(value, name)) for name, one in names.items() if isinstance(one, Function))  # fmt: skip


def __getattr__(name: str) -> Any:
    from tfgrad_course.tf import _public

    return _public.missing("tensorflow.saved_model", name)
