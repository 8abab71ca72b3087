"""Settings of Keras' objects: what `get_config` tells, in Keras' order, and objects made of it again."""

from __future__ import annotations

import inspect
import json
from functools import cache
from pathlib import Path
from typing import Any


class Configured:
    """An object that remembers what it was made with."""

    _made_with: tuple[Any, Any]

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        made = super().__new__(cls)
        vars(made)["_made_with"] = (args, kwargs)
        return made

    def get_config(self) -> dict[str, Any]:
        """The settings by name."""
        return settings(self)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """An object of this kind with the settings of another."""
        return made_of(cls, config)


@cache
def table() -> dict[str, dict[str, Any]]:
    """For each class of Keras the names of its settings, with the values they have unless said otherwise."""
    return dict(json.loads((Path(__file__).parent / "configs.json").read_text(encoding="utf-8")))


def of_keras(thing: Any) -> bool:
    """Whether a class, or the class of an object, is Keras' own."""
    kind = thing if isinstance(thing, type) else type(thing)
    return kind.__module__.startswith(("keras.", "tfgrad_course."))


def given(thing: Any) -> dict[str, Any]:
    """What an object was made with, defaults included, under the names of its arguments."""
    args, kwargs = thing._made_with
    bound = inspect.signature(type(thing).__init__).bind(thing, *args, **kwargs)
    bound.apply_defaults()
    found: dict[str, Any] = {}
    for name, parameter in inspect.signature(type(thing).__init__).parameters.items():
        value = bound.arguments.get(name)
        if parameter.kind is parameter.VAR_KEYWORD:
            found.update(value or {})
        else:
            found[name] = value
    return found


def settings(thing: Any) -> dict[str, Any]:
    """The settings of an object of Keras' own, as Keras orders them."""
    kind = next((kind for kind in type(thing).__mro__ if kind.__name__ in table()), None)
    known = table()[kind.__name__] if kind is not None else {}
    made_with = given(thing)
    return {name: _told(thing, name, made_with, default) for name, default in known.items()}


def _told(thing: Any, name: str, made_with: dict[str, Any], default: Any) -> Any:
    from tfgrad_course.tf.keras import serializing

    value = made_with.get(name, default)
    now = vars(thing).get(name, value)
    if name == "name":
        return getattr(thing, "name", default)
    if isinstance(now, (bool, int, float, str, tuple, list)) and name not in _MADE:
        value = now
    value = default if value is None and name in ("data_format", "dtype") else value
    if value is not None and name.endswith(("_initializer", "_regularizer", "_constraint")):
        value = serializing.found(name.rpartition("_")[2] + "s", value)
    if name.endswith("activation") and isinstance(value, type(None)):
        return "linear"
    return value if isinstance(value, _PLAIN) else serializing.serialize(value)


_MADE = ("seed",)
_PLAIN = (bool, int, float, str, bytes, tuple, list, type(None))


def made_of(kind: type, config: dict[str, Any]) -> Any:
    """An object of a class with given settings; what its class does not know of is left out."""
    from tfgrad_course.tf.keras import serializing

    parameters = inspect.signature(kind.__init__).parameters  # type: ignore[misc]
    open_ended = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    known = table().get(kind.__name__, {}) if of_keras(kind) else {}
    kept = {
        name: serializing.revived(value)
        for name, value in config.items()
        if name in parameters
        or (open_ended and (name not in known or name in ("name", "dtype", "learning_rate")))
    }
    return kind(**kept)
