"""What must hold of a course as a whole: numbers, modules, ways between them, no file without use."""

from __future__ import annotations

from collections.abc import Iterator

from tfgrad_course.course.catalogue import Catalogue, shown_path
from tfgrad_course.course.load import place_of
from tfgrad_course.course.remark import Remark


def numbers(course: Catalogue) -> Iterator[Remark]:
    """Files of a module are numbered without gaps, each number once."""
    for module in sorted({place_of(path)[0] for path in course.paths.values()}):
        mine = [path for path in course.paths.values() if place_of(path)[0] == module]
        for wanted, path in enumerate(mine, 1):
            if module and place_of(path)[1] != wanted:
                message = (
                    f"the file has the number {place_of(path)[1]:02d} and is number {wanted} of its module"
                )
                yield Remark("numbers", shown_path(path), 1, 1, message)


def modules(course: Catalogue) -> Iterator[Remark]:
    """Every module has a folder with exercises and a lesson, every folder a module."""
    listed = shown_path(course.root / "course.yaml")
    if not (course.root / "course.yaml").is_file():
        return
    known = {module.number for module in course.modules}
    for module in course.modules:
        if not course.of_module(module.number):
            yield Remark("module", listed, 1, 1, f"module {module.number} has no exercises")
        elif module.lesson is None:
            yield Remark(
                "lesson",
                shown_path(course.root / module.folder),
                1,
                1,
                f"module {module.number} has no lesson",
            )
    for path in course.paths.values():
        if place_of(path)[0] not in known:
            yield Remark("module", shown_path(path), 1, 1, f"course.yaml has no module {place_of(path)[0]}")


def reach(course: Catalogue) -> Iterator[Remark]:
    """Every module can be reached: what it needs comes before it."""
    reached: set[int] = set()
    waiting = list(course.modules)
    while waiting:
        ready = [module for module in waiting if set(module.needs) <= reached]
        if not ready:
            break
        reached |= {module.number for module in ready}
        waiting = [module for module in waiting if module.number not in reached]
    for module in waiting:
        needs = ", ".join(str(n) for n in module.needs if n not in reached)
        message = f"module {module.number} cannot be reached: it needs {needs}, which needs it in turn"
        yield Remark("unreachable", shown_path(course.root / "course.yaml"), 1, 1, message)


def unused(course: Catalogue) -> Iterator[Remark]:
    """Files that nobody will ever see."""
    known = {path.resolve() for path in course.paths.values()} | {
        path.resolve() for _, path in course.duplicates
    }
    known |= {module.lesson.resolve() for module in course.modules if module.lesson}
    known.add((course.root / "course.yaml").resolve())
    for path in sorted(course.root.rglob("*")):
        inside = path.relative_to(course.root)
        hidden = any(part.startswith((".", "_")) for part in inside.parts)
        if path.is_file() and not hidden and path.resolve() not in known and inside.parts[0] != "schema":
            yield Remark(
                "unused-file", shown_path(path), 1, 1, "no exercise, no lesson: nothing uses this file"
            )
