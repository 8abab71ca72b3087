"""A course as it lies on disk: modules in order, exercises by id and by code, found wherever tfgrad is installed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tfgrad_course.course.exercise import Exercise
from tfgrad_course.course.fault import ExerciseError, Fault, nearest
from tfgrad_course.course.load import load, place_of, stem_of
from tfgrad_course.course.outline import Outline, outline


class UnknownExercise(LookupError):
    """A word that names no exercise of the course."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the course: its number, folder, title and the modules that come before it."""

    number: int
    folder: str
    title: str | dict[str, str]
    needs: tuple[int, ...] = ()
    about: str | dict[str, str] = ""
    lesson: Path | None = None

    @property
    def code(self) -> str:
        """The module as the curriculum names it: M03."""
        return f"M{self.number:02d}"


@dataclass(slots=True)
class Catalogue:
    """All exercises of a folder; files are loaded when they are asked for, faulty ones raise ExerciseError."""

    root: Path
    modules: tuple[Module, ...]
    paths: dict[str, Path]
    duplicates: tuple[tuple[str, Path], ...] = ()
    outline: Outline = field(default_factory=Outline)
    _loaded: dict[str, Exercise] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the order of the course, without loading anything."""
        return tuple(self.paths)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise in order; raises ExerciseError with the faults of all faulty files."""
        wrong: list[Fault] = []
        made: list[Exercise] = []
        for name in self.paths:
            try:
                made.append(self[name])
            except ExerciseError as error:
                wrong += error.faults
        if wrong:
            raise ExerciseError(wrong)
        return tuple(made)

    def __iter__(self) -> Iterator[Exercise]:
        return iter(self.exercises)

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, name: str) -> Exercise:
        """The exercise by its exact id."""
        if name not in self._loaded:
            self._loaded[name] = load(self.paths[name], name=shown_path(self.paths[name]))
        return self._loaded[name]

    def id_of(self, name: str) -> str | None:
        """The id that a word means: an id in any spelling (polynomial_slope), a code (M03-01), a file's name."""
        word = re.sub(r"[\s_]+", "-", name.strip().lower())
        word = re.sub(r"\.(py|ipynb|ya?ml)$", "", word)
        for spelled in (word, re.sub(r"^\d+-", "", word)):
            if spelled in self.paths:
                return spelled
        code = re.fullmatch(r"m?0*(\d+)[-.]0*(\d+)", word)
        if code:
            wanted = (int(code.group(1)), int(code.group(2)))
            return next((key for key, path in self.paths.items() if place_of(path) == wanted), None)
        return None

    def find(self, name: str) -> Exercise:
        """The exercise that a word means; raises UnknownExercise naming the nearest id."""
        found = self.id_of(name)
        if found is None:
            near = nearest(name, self.paths)
            hint = f"did you mean {near}?" if near else "`tfgrad list` shows all of them"
            raise UnknownExercise(f"no exercise is called {name!r} in {shown_path(self.root)}: {hint}")
        return self[found]

    def module(self, number: int) -> Module | None:
        """A module by its number."""
        return next((module for module in self.modules if module.number == number), None)

    def of_module(self, number: int) -> tuple[str, ...]:
        """The ids of a module in order."""
        return tuple(key for key, path in self.paths.items() if place_of(path)[0] == number)


def home() -> Path:
    """The folder of the course's own exercises: the source tree's, else what the wheel put under share/."""
    tree = Path(__file__).resolve().parents[2] / "exercises"
    if (tree / "course.yaml").is_file():
        return tree
    shared = Path("share") / "tfgrad" / "exercises"
    # a wheel's data goes below the prefix it was installed with: a virtual environment, /usr/local, --user or --target
    import site
    import sysconfig

    installed = Path(__file__).resolve().parents[2]
    roots = [Path(sysconfig.get_path("data")), Path(sys.prefix), Path(site.getuserbase()), *installed.parents]
    for root in (installed, *roots):
        if (root / shared / "course.yaml").is_file():
            return root / shared
    return tree


def catalogue(root: str | Path | None = None) -> Catalogue:
    """The exercises below a folder (default: the course's own), in the order of modules and numbers."""
    folder = Path(root) if root is not None else home()
    if not folder.is_dir():
        advice = "name a folder with exercises in it"
        raise ExerciseError([Fault(shown_path(folder), 1, 1, "a folder of exercises", "none", advice=advice)])
    paths: dict[str, Path] = {}
    duplicates: list[tuple[str, Path]] = []
    for path in sorted(_files(folder), key=_order):
        name = stem_of(path)
        if name in paths:
            duplicates.append((name, path))
        else:
            paths[name] = path
    path = folder / "course.yaml"
    said = outline(path, shown_path(path), paths) if path.is_file() else Outline()
    return Catalogue(folder, _modules(folder, said), paths, tuple(duplicates), said)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.yaml"):
        inside = path.relative_to(folder)
        hidden = any(part.startswith((".", "_")) for part in inside.parts)
        if not hidden and path.is_file() and inside.as_posix() != "course.yaml":
            yield path


def _order(path: Path) -> tuple[int, str, int, str]:
    module, position = place_of(path)
    return module or 10**6, path.parent.name, position or 10**6, path.name


def _modules(folder: Path, said: Outline) -> tuple[Module, ...]:
    """What course.yaml says of the modules; without any, the numbered folders themselves."""
    numbered = {
        int(m.group(1)): p
        for p in sorted(folder.iterdir())
        if (m := re.match(r"(\d+)-", p.name)) and p.is_dir()
    }
    stated: Sequence[dict[str, Any]] = said.modules or [
        {"module": n, "title": _title(p.name)} for n, p in numbered.items()
    ]
    made = []
    for row in stated:
        place = numbered.get(row["module"])
        lesson = place / "lesson.md" if place is not None and (place / "lesson.md").is_file() else None
        name = place.name if place is not None else ""
        needs = tuple(row.get("needs", ()))
        made.append(Module(row["module"], name, row["title"], needs, row.get("about", ""), lesson))
    return tuple(made)


def _title(name: str) -> str:
    return re.sub(r"^\d+-", "", name).replace("-", " ").capitalize()


def shown_path(path: Path) -> str:
    """A path as the reader would type it: from the working folder when it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()
