"""`tf.keras` as programs see it: the names that Keras has, each from the file that makes it, and no others."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from tfgrad_course.tf import _public

_DATA = [
    "boston_housing",
    "california_housing",
    "cifar10",
    "cifar100",
    "fashion_mnist",
    "imdb",
    "mnist",
    "reuters",
]
# Where the file of a namespace is not called as the namespace.
_FILES = {
    "keras.optimizers.schedules": "schedules",
    "keras.optimizers.legacy": "legacy",
    "keras.preprocessing.sequence": "sequences",
    **{f"keras.datasets.{name}": "datasets" for name in _DATA},
    "keras.ops.numpy": "ops",
    "keras.ops.nn": "ops",
    "keras.ops.linalg": "ops",
}
# Namespaces of which the list of known names tells nothing.
_WHOLE = ("keras.saving",)
_MADE: dict[str, ModuleType] = {}


def namespace(path: str) -> ModuleType:
    """The module at a path below `tf`, such as keras.losses."""
    if path not in _MADE:
        made = _MADE[path] = ModuleType(f"keras._tf_keras.{path}", f"What Keras has under {path}.")
        made.__dict__["__path__"] = []
        made.__dict__["__getattr__"] = lambda name: _found(made, path, name)
        made.__dict__["__dir__"] = lambda: sorted(_names(path))
    return _MADE[path]


def _names(path: str) -> set[str]:
    start = f"{path}."
    if path in _WHOLE:
        return {name for name in vars(_implementation(path)) if not name.startswith("_")}
    more = {whole.removeprefix(start) for whole in _WHOLE if whole.startswith(start)}
    return more | {
        name[len(start) :].partition(".")[0] for name in _public.known_names() if name.startswith(start)
    }


def _found(module: ModuleType, path: str, name: str) -> Any:
    full = f"{path}.{name}"
    if name in ("__version__", "__operators__") or name.startswith("__") or name not in _names(path):
        raise AttributeError(f"module '{module.__name__}' has no attribute '{name}'")
    inside = _implementation(path)
    if full in _WHOLE or any(known.startswith(f"{full}.") for known in _public.known_names()):
        value: Any = namespace(full)
    elif inside is not None and hasattr(inside, name):
        value = getattr(inside, name)
    else:
        return _public.missing(f"tensorflow.{path}", name)
    setattr(module, name, value)
    return value


def _implementation(path: str) -> Any:
    if path == "keras":
        return import_module("tfgrad_course.tf.keras")
    file = _FILES.get(path, path.removeprefix("keras."))
    full = f"tfgrad_course.tf.keras.{file}"
    return import_module(full) if "." not in file and find_spec(full) is not None else None


def _name_classes() -> None:
    """Classes say that they are Keras' own, of the file in which Keras has them: so `fit` shows what it gives."""
    for line in (Path(__file__).parent / "modules.txt").read_text(encoding="utf-8").splitlines():
        module, _, names = line.partition(": ")
        part = module.split(".")[2]
        for name in names.split():
            for place in {part, "schedules"} if part == "optimizers" else {part}:
                inside = _implementation(f"keras.{place}")
                found = vars(inside).get(name) if inside is not None else None
                if isinstance(found, type):
                    found.__module__ = module


_name_classes()
keras = namespace("keras")
keras.__dict__["__version__"] = "3.15.1"
losses, metrics = namespace("keras.losses"), namespace("keras.metrics")
optimizers, initializers = namespace("keras.optimizers"), namespace("keras.initializers")
