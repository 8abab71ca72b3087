"""How far a student is: one JSON file in the work folder, safe against two terminals and a sudden end."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from graders.formats import write

FOLDER = ".tfgrad"
FILE = "progress.json"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One exercise's state: started or passed, in which file, how often checked, how many hints seen."""

    file: str | None = None
    passed: bool = False
    checks: int = 0
    best: float = 0.0
    hints: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """All of a student's state in one work folder."""

    current: str | None = None
    exercises: dict[str, Attempt] = field(default_factory=dict)
    learner: str = ""

    def of(self, exercise: str) -> Attempt:
        """The state of an exercise, fresh if it was never started."""
        return self.exercises.get(exercise, Attempt())


def work_folder(start: str | os.PathLike[str] = ".") -> Path:
    """The nearest folder upwards that holds progress, else the one given."""
    here = Path(start).resolve()
    for folder in (here, *here.parents):
        if (folder / FOLDER / FILE).is_file():
            return folder
    return here


def load(folder: Path) -> Progress:
    """The progress in a work folder; a file that cannot be read is put aside and counts as none."""
    path = folder / FOLDER / FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        exercises = {str(name): Attempt(**one) for name, one in data["exercises"].items()}
        return Progress(data["current"], exercises, str(data.get("learner", "")))
    except FileNotFoundError:
        return Progress()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        with contextlib.suppress(OSError):
            os.replace(path, path.with_suffix(".broken.json"))
        return Progress()


def change(folder: Path, exercise: str, *, current: bool = False, **news: object) -> Progress:
    """Change one exercise's state and save it, as if no other terminal did so at the same time."""
    with _alone(folder):
        old = load(folder)
        one = replace(old.of(exercise), **news)  # type: ignore[arg-type]
        at = exercise if current else old.current
        return _save(folder, replace(old, current=at, exercises={**old.exercises, exercise: one}))


def note(folder: Path, exercise: str, passed: bool, score: float, file: str | None) -> Progress:
    """Count one check."""
    with _alone(folder):
        old = load(folder)
        was = old.of(exercise)
        one = replace(
            was,
            passed=was.passed or passed,
            checks=was.checks + 1,
            best=max(was.best, score),
            file=file or was.file,
        )
        new = replace(old, current=old.current or exercise, exercises={**old.exercises, exercise: one})
        return _save(folder, new)


def name_learner(folder: Path, learner: str) -> Progress:
    """Remember whose work folder it is."""
    with _alone(folder):
        return _save(folder, replace(load(folder), learner=learner))


def learner_of(folder: Path) -> str:
    """Whose work folder it is: the name given once, else the folder's own, as `grade` sees it."""
    return load(folder).learner or folder.name


def _save(folder: Path, progress: Progress) -> Progress:
    text = json.dumps({"schema": "tfgrad/progress/v1", **asdict(progress)}, indent=1, allow_nan=False)
    write(str(folder / FOLDER / FILE), text.encode() + b"\n")
    return progress


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it if we die."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    with open(folder / FOLDER / "lock", "a+b") as file:
        _lock(file.fileno())
        yield


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        while True:
            with contextlib.suppress(OSError):
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
                return
            time.sleep(0.02)
    fcntl.flock(handle, fcntl.LOCK_EX)
