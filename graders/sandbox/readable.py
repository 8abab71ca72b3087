"""What a child may read: Python, its packages and the recorder, never an exercise, a kind, a check or a home."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
)
_OURS = ("graders", "tfgrad_course")
_NEEDED = (
    "graders/__init__.py",
    "graders/evidence.py",
    "graders/recorders",
    "graders/sandbox",
    "tfgrad_course/__init__.py",
    "tfgrad_course/tf",
)


def paths() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may be read, as few files and folders as say exactly that; and folders of which only names may be seen.

    An import looks at the names in a folder, so those folders of packages that were opened up must still be listed
    (with all below them: Landlock knows no less). Of our own, the zygote has imported all that a child needs.
    """
    root = Path(__file__).resolve().parents[2]
    python = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    python += [
        os.path.join(prefix, part) for prefix in (sys.prefix, sys.base_prefix) for part in ("lib", "lib64")
    ]
    python += [*site.getsitepackages(), os.path.join(sys.prefix, "pyvenv.cfg")]
    if site.ENABLE_USER_SITE and site.USER_SITE:
        python.append(site.USER_SITE)
    shown = [*_SYSTEM, *python]
    hidden = [place for folder in _package_folders(shown) for place in _private(folder)]
    visible, opened = without((os.path.realpath(path) for path in shown), hidden)
    names = [
        path for path in shown if os.path.realpath(path) != path and _below(os.path.realpath(path), visible)
    ]
    readable = dict.fromkeys([*visible, *names, *(str(root / part) for part in _NEEDED)])
    return tuple(readable), tuple(opened)


def ours() -> tuple[str, ...]:
    """Our own packages' folders: in a world of its own a child sees no more in them than it may read."""
    return tuple(str(Path(__file__).resolve().parents[2] / name) for name in _OURS)


def _below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


def _package_folders(shown: Iterable[str]) -> set[Path]:
    """Where packages lie, also those of other installations that are in sight."""
    found = set()
    for path in map(Path, map(os.path.realpath, shown)):
        found |= {path, *path.glob("python*/*-packages"), *path.glob("*-packages")}
    return found


def _private(folder: Path) -> list[str]:
    """Graders, courses and exercises among the packages of a folder, and the data beside them."""
    places = [folder / name for name in _OURS]
    if folder.name.endswith("-packages") and len(folder.parts) > 3:
        places.append(folder.parents[2] / "share" / "tfgrad")
    return [str(place) for place in places if place.exists()]


def without(shown: Iterable[str], hidden: Iterable[str]) -> tuple[list[str], list[str]]:
    """The same folders, opened up just so far that nothing hidden lies in one; and those that were opened up."""
    closed = set(hidden)
    kept: list[str] = []
    opened: list[str] = []
    waiting = sorted({path for path in shown if os.path.exists(path)})
    while waiting:
        path = waiting.pop(0)
        if path in closed or _below(path, kept):
            continue
        if not any(place.startswith(path.rstrip(os.sep) + os.sep) for place in closed):
            kept.append(path)
        elif os.path.isdir(path) and not os.path.islink(path):
            opened.append(path)
            waiting = sorted(waiting + [entry.path for entry in os.scandir(path)])
    return kept, opened
