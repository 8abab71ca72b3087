"""`tfgrad run`: any script of one's own, with the shim standing in for TensorFlow if asked."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from graders.arguments import backend_of

_SHIM = "import sys; sys.argv = sys.argv[1:]; from tfgrad_course.tf._install import install; install(); "
_RUN = (
    "import os, runpy; sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0])); "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)


@click.command(
    "run",
    short_help="Run a script; with --shim without TensorFlow.",
    context_settings={"ignore_unknown_options": True},
)
@click.option("--shim", is_flag=True, help="The shim stands in for TensorFlow: starts at once.")
@click.argument("script", metavar="SCRIPT", type=click.Path())
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(ctx: click.Context, shim: bool, script: str, args: tuple[str, ...]) -> None:
    """Run a script of your own as Python does; its exit code is the command's."""
    if not os.path.isfile(script):
        raise click.UsageError(f"no such file: {script}")
    backend = "shim" if shim else backend_of(None)
    if backend == "shim":
        done = subprocess.run([sys.executable, "-c", _SHIM + _RUN, script, *args], check=False)
    else:
        done = subprocess.run([sys.executable, script, *args], check=False)
    ctx.exit(done.returncode if done.returncode >= 0 else 128 - done.returncode)
