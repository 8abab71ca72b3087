"""The `tfgrad` command: a table of names, each loaded from its own file only when it is used.

Nothing heavy may be imported here: `tfgrad --help` has to answer at once.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

STUDENT = {
    "list": "The exercises of the course and how far you are.",
    "show": "What an exercise asks.",
    "start": "Begin an exercise: writes its starter file.",
    "check": "Check your answer (to the exercise last started).",
    "hint": "The next hint; never all of them at once.",
    "watch": "Check on every save.",
    "progress": "How far you are, module by module.",
    "run": "Run a script; with --shim without TensorFlow.",
}
INSTRUCTOR = {
    "grade": "Grade a class, a repository or a file.",
    "new": "Write a new exercise of a kind.",
    "lint": "Prove exercises before a learner sees them.",
    "try": "Try an exercise file as learner and grader see it.",
    "graph": "The computational graph of an exercise or a script.",
    "plot": "The function, the point and the tangent.",
    "doctor": "What holds on this machine: sandbox, TensorFlow, limits.",
}
COMMANDS = {**STUDENT, **INSTRUCTOR}


class Commands(click.Group):
    """A group that knows its commands by name and loads a command's file when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, from the file of that name."""
        if cmd_name not in COMMANDS:
            return None
        return importlib.import_module(f"graders.cli.{cmd_name}").command  # type: ignore[no-any-return]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or a message with the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Two tables, made from the names alone."""
        for title, rows in (("For students", STUDENT), ("For instructors and CI", INSTRUCTOR)):
            with formatter.section(title):
                formatter.write_dl(list(rows.items()))


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from tfgrad_course import __version__

        click.echo(f"tfgrad {__version__}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show it."
)
def cli() -> None:
    """Learn tf.GradientTape, and grade those who do.

    A student: tfgrad start polynomial-slope, then tfgrad check.
    An instructor: tfgrad grade submissions/ --format html=report.html.
    """


def main(args: list[str] | None = None) -> None:
    """Run `tfgrad` and leave with its exit code: 0 passed, 1 not passed, 2 wrong usage, 3 could not grade."""
    _readable_output()
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run a command line; every fault becomes one message and an exit code, never a traceback."""
    try:
        result: Any = cli.main(args=args, prog_name="tfgrad", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nstopped", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as fault:
        return _fault(fault)


def _fault(fault: Exception) -> int:
    """Errors that carry their exit code say what to do; others are our own and say so."""
    if os.environ.get("TFGRAD_DEBUG"):
        raise fault
    from graders.escape import plain

    code = getattr(fault, "exit_code", None)
    if isinstance(code, int):
        # a fault may name a learner's folder or file: nothing in it may steer the terminal
        click.echo(f"Error: {plain(str(fault))}", err=True)
        return code
    click.echo(
        f"Error: a fault in tfgrad itself ({type(fault).__name__}: {plain(str(fault))}).\n"
        "Set TFGRAD_DEBUG=1 to see where, and report it, please.",
        err=True,
    )
    return 3


def _readable_output() -> None:
    """Output that cannot fail: what a terminal's encoding lacks becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
