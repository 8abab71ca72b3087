"""Methods replaced in place for the time of one run, and put back whatever the learner did to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_ABSENT = object()


class Patches:
    """Holds the originals; they are taken once, before any learner's code ran."""

    def __init__(self) -> None:
        self._entries: list[tuple[Any, str, Any, Any]] = []

    def add(self, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        """`make(original)` will stand at `owner.name` while the patches are in place, if there is such a name."""
        if not hasattr(owner, name):
            return
        original = owner.__dict__[name] if isinstance(owner, type) else getattr(owner, name)
        self._entries.append((owner, name, original, make(original)))

    def put(self, owner: Any, name: str, thing: Any) -> None:
        """`thing` will stand at `owner.name`, where nothing need have been."""
        self._entries.append((owner, name, owner.__dict__.get(name, _ABSENT), thing))

    def __enter__(self) -> Patches:
        for owner, name, _original, thing in self._entries:
            setattr(owner, name, thing)
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, original, _thing in reversed(self._entries):
            if original is not _ABSENT:
                setattr(owner, name, original)
            elif name in owner.__dict__:
                delattr(owner, name)
