"""`tfgrad watch`: the pool stays warm, every save is answered at once, nothing moves on by itself."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.arguments import (
    backend_of,
    backend_option,
    exercises_option,
    language_of,
    language_option,
    open_course,
    own_exercise,
    own_pool,
)
from graders.escape import plain
from graders.texts.shell import phrase

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from graders.verdict import Report
    from graders.watching import Folder, Row, Screen
    from tfgrad_course.course.catalogue import Catalogue
    from tfgrad_course.course.exercise import Exercise

LOOK_S = 0.04


@click.command("watch", short_help="Check on every save.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(exists=True, file_okay=False))
@language_option
@backend_option
@exercises_option
def command(folder: str, language: str | None, backend: str | None, root: str | None) -> None:
    """Check the exercise at hand whenever its file is saved. Keys: hint, next, list, reset, quit."""
    from graders.keyboard import raw

    course = open_course(root)
    chosen = backend_of(backend)
    spoken = language_of(language, course)
    click.echo(phrase("starting {backend} ...", spoken, backend=chosen))
    with own_pool(chosen) as pool, ThreadPoolExecutor(1) as worker, raw():
        _Watch(course, Path(folder).resolve(), pool, worker, spoken).loop()


class _Watch:
    """One session: what is shown, what runs, what was pressed."""

    def __init__(
        self, course: Catalogue, folder: Path, pool: Pool, worker: ThreadPoolExecutor, language: str
    ) -> None:
        from graders.progress import learner_of, load
        from graders.watching import Folder, Screen

        self._course = course
        self._folder = folder
        self._pool = pool
        self._worker = worker
        self._language = language
        self._files: Folder = Folder(str(folder))
        self._job: Future[Report] | None = None
        self._waiting = ""
        self._reset_asked = False
        state = load(folder)
        self._learner = learner_of(folder)
        self._screen: Screen = Screen(self._rows(), state.current or "", backend=pool.backend_version)
        self._files.changed()
        if state.current:
            self._show(state.current)

    def loop(self) -> None:
        """Until q: look at the files, at the keys, at the work."""
        from graders.keyboard import key

        self._draw()
        while True:
            pressed = key(LOOK_S)
            if pressed == "q":
                return
            before = self._screen
            if pressed:
                self._press(pressed)
            for name in self._files.changed():
                if self._course.id_of(name) is not None:
                    self._waiting = name
            self._work()
            if self._screen != before:
                self._draw()

    def _work(self) -> None:
        """Take up what is done, begin what waits."""
        if self._job is not None and self._job.done():
            self._take(self._job)
            self._job = None
        if self._waiting and self._job is None:
            name, self._waiting = self._waiting, ""
            exercise = self._course.id_of(name) or ""
            self._job = self._worker.submit(self._check, str(self._folder / name), exercise)
            self._screen = replace(
                self._screen, running=True, current=exercise, file=name, hints=(), message="", chosen=None
            )

    def _check(self, path: str, exercise: str) -> Report:
        from graders.classroom import grade_class, report_on
        from graders.collect import collect

        found = collect([path], self._course, exercise=exercise, learner=self._learner)
        verdicts = grade_class(found.submissions, self._course, self._pool, 1, language=self._language)
        return report_on(verdicts, self._course, self._pool, language=self._language)

    def _take(self, job: Future[Report]) -> None:
        from graders import terminal, wording
        from graders.progress import note
        from graders.reporting import veiled
        from graders.reports.text import render

        try:
            report = job.result()
        except Exception as fault:
            self._screen = replace(self._screen, running=False, body="", message=plain(str(fault)))
            return
        verdict = report.verdicts[0]
        passed = verdict.outcome == "passed"
        note(self._folder, verdict.exercise, passed, verdict.score, self._screen.file)
        message = ""
        if passed:
            learnt = wording.explanation(self._own(verdict.exercise), language=self._language)
            message = f"{learnt}\n\n{self._say('Passed. Press n for the next one.')}".strip()
        options = terminal.options(language=self._language)
        body = render(veiled(report, options), options)
        self._screen = replace(self._screen, rows=self._rows(), running=False, body=body, message=message)

    def _say(self, text: str) -> str:
        return phrase(text, self._language)

    def _own(self, name: str) -> Exercise:
        return own_exercise(self._course, name, self._learner)

    def _rows(self) -> tuple[Row, ...]:
        from graders.progress import load
        from graders.watching import Row

        state = load(self._folder)
        every = self._course.exercises
        return tuple(
            Row(one.id, one.code, one.text("title", self._language), state.of(one.id).passed) for one in every
        )

    def _press(self, pressed: str) -> None:
        asked, self._reset_asked = self._reset_asked, False
        if pressed == "l":
            at = next((i for i, row in enumerate(self._screen.rows) if row.id == self._screen.current), 0)
            self._screen = replace(self._screen, chosen=None if self._screen.chosen is not None else at)
        elif self._screen.chosen is not None:
            self._move(pressed, self._screen.chosen)
        elif pressed == "n":
            self._next()
        elif pressed == "h" and self._screen.current:
            self._hint()
        elif pressed == "r" and self._screen.current:
            if asked:
                self._begin(self._screen.current, force=True)
            else:
                self._reset_asked = True
                again = "Press r again to write the starter over your file."
                self._screen = replace(self._screen, message=self._say(again))

    def _move(self, pressed: str, chosen: int) -> None:
        if pressed in ("j", "k"):
            step = 1 if pressed == "j" else -1
            self._screen = replace(self._screen, chosen=(chosen + step) % len(self._screen.rows))
        elif pressed == "\n":
            self._begin(self._screen.rows[chosen].id)

    def _next(self) -> None:
        """The next exercise that is not passed, after the one at hand."""
        ids = [row.id for row in self._screen.rows]
        at = ids.index(self._screen.current) + 1 if self._screen.current in ids else 0
        waiting = [row.id for row in (*self._screen.rows[at:], *self._screen.rows[:at]) if not row.passed]
        if waiting:
            self._begin(waiting[0])
        else:
            self._screen = replace(self._screen, message=self._say("All exercises are passed."))

    def _hint(self) -> None:
        from graders import wording
        from graders.progress import change

        hints = wording.hints(self._own(self._screen.current), self._language)
        shown = hints[: len(self._screen.hints) + 1]
        change(self._folder, self._screen.current, hints=len(shown))
        message = "" if len(shown) > len(self._screen.hints) else self._say("There are no more hints.")
        self._screen = replace(self._screen, hints=shown, message=message)

    def _begin(self, name: str, *, force: bool = False) -> None:
        """Write the starter where there is no file yet (or over it), and show what is asked."""
        from graders import wording
        from graders.formats import write
        from graders.progress import change

        path = self._folder / f"{name}.py"
        if force and path.exists():
            write(f"{path}.bak", path.read_bytes())
        if force or not path.exists():
            write(str(path), wording.starter(self._own(name), self._language).encode())
            self._files.changed()
        change(self._folder, name, current=True, file=path.name)
        self._show(name)

    def _show(self, name: str) -> None:
        from graders import terminal, wording

        body = terminal.reflow(plain(wording.prompt(self._own(name), language=self._language)))
        self._screen = replace(
            self._screen, current=name, file=f"{name}.py", body=body, hints=(), message="", chosen=None
        )

    def _draw(self) -> None:
        from graders import terminal
        from graders.watching import drawn

        height = shutil.get_terminal_size((100, 40)).lines - 1
        text = drawn(self._screen, terminal.options(language=self._language), height)
        clear = "\x1b[2J\x1b[H" if terminal.escapes() else "\n" + "-" * 40 + "\n"
        sys.stdout.write(clear + text + "\n")
        sys.stdout.flush()
