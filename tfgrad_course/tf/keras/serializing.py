"""Objects of Keras as plain dictionaries, and made again of them: the form in which configurations and files hold them."""

from __future__ import annotations

from contextvars import ContextVar
from importlib import import_module
from typing import Any

from tfgrad_course.tf.keras.configured import of_keras

REGISTERED: dict[str, Any] = {}
# Names that hold inside a `custom_object_scope`.
SCOPE: ContextVar[dict[str, Any]] = ContextVar("custom objects")
_FILES = (
    "layers",
    "initializers",
    "regularizers",
    "constraints",
    "losses",
    "metrics",
    "optimizers",
    "models",
)


def found(file: str, identifier: Any) -> Any:
    """What a name means in one of Keras' namespaces."""
    return import_module(f"tfgrad_course.tf.keras.{file}").get(identifier)


def registered_name(thing: Any) -> str:
    """The name a class or function was registered under, else its own."""
    return next((name for name, known in REGISTERED.items() if known is thing), thing.__name__)


def _space(kind: type) -> str:
    """The namespace in which programs find a class of Keras' own."""
    part = kind.__module__.split(".")[2]
    if "schedules" in kind.__module__:
        return "keras.optimizers.schedules"
    return "keras" if part == "models" else f"keras.{part}"


def serialize(thing: Any) -> Any:
    """The dictionary that stands for an object; plain values stand for themselves."""
    if thing is None or isinstance(thing, (bool, int, float, str, dict)):
        return thing
    if isinstance(thing, (list, tuple)):
        return type(thing)(serialize(item) for item in thing)
    if not hasattr(thing, "get_config"):
        if callable(thing):
            return _function(thing)
        return thing.numpy().tolist() if hasattr(thing, "numpy") else thing
    kind = type(thing)
    told = {
        "module": _space(kind) if of_keras(kind) else None,
        "class_name": "Functional" if kind.__name__ == "Functional" else kind.__name__,
        "config": thing.get_config(),
        "registered_name": None if of_keras(kind) else registered_name(kind),
    }
    built = thing.get_build_config() if hasattr(thing, "get_build_config") else None
    return told | ({"build_config": built} if built else {})


def _function(function: Any) -> Any:
    if (getattr(function, "__module__", None) or "").startswith("tfgrad_course"):
        return function.__name__
    return {
        "module": "builtins",
        "class_name": "function",
        "config": function.__name__,
        "registered_name": registered_name(function),
    }


def revived(value: Any) -> Any:
    """A value of a configuration: what stands for an object becomes one."""
    return (
        deserialize(value) if isinstance(value, dict) and {"class_name", "config"} <= value.keys() else value
    )


def deserialize(config: Any, custom_objects: Any = None) -> Any:
    """The object a dictionary stands for."""
    if not isinstance(config, dict) or "class_name" not in config:
        return config
    token = SCOPE.set({**SCOPE.get({}), **(custom_objects or {})})
    try:
        name = config["class_name"]
        if name == "DTypePolicy":
            return config["config"]["name"]
        if name == "function":
            return _located(config["config"], config)
        made = _located(name, config).from_config(config["config"])
        build = config.get("build_config")
        if build and not getattr(made, "built", True) and hasattr(made, "build_from_config"):
            made.build_from_config(build)
        return made
    finally:
        SCOPE.reset(token)


def _located(name: str, config: dict[str, Any]) -> Any:
    registered = config.get("registered_name")
    for key in (registered, name):
        for known in (SCOPE.get({}), REGISTERED):
            if key in known:
                return known[key]
    if config.get("module") and config["module"] != "builtins":
        for file in [*_FILES, "schedules"]:
            inside = import_module(f"tfgrad_course.tf.keras.{file}")
            if isinstance(getattr(inside, name, None), type):
                return getattr(inside, name)
    raise TypeError(
        f"Could not locate {'function' if config['class_name'] == 'function' else 'class'} '{name}'. Make sure custom classes "
        f"and functions are decorated with `@keras.saving.register_keras_serializable()`. Full object config: {config}"
    )
