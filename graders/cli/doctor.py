"""`tfgrad doctor`: what holds on this machine, in one table."""

from __future__ import annotations

import importlib.util
import platform
import sys

import click


@click.command("doctor", short_help="What holds on this machine: sandbox, TensorFlow, limits.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """What holds on this machine: the sandbox's layers, TensorFlow, the course."""
    import json

    from graders.sandbox.doctor import examine
    from tfgrad_course import __version__

    rows = [
        ("tfgrad", True, __version__),
        ("Python", True, f"{platform.python_version()} {platform.system()}"),
    ]
    rows.append(_tensorflow())
    rows.append(_course())
    found = examine()
    rows += [(layer.name, layer.holds, layer.says) for layer in found.layers]
    if as_json:
        data = {name: {"holds": holds, "says": says} for name, holds, says in rows}
        click.echo(json.dumps({"schema": "tfgrad/doctor/v1", "sandbox": found.mode, "rows": data}, indent=1))
    else:
        for name, holds, says in rows:
            click.secho(f"{'ok ' if holds else 'no '} {name:16} {says}", fg=None if holds else "yellow")
        click.echo(f"\nsandbox: {found.mode}. {found.advice}")
    ctx.exit(0 if found.enough else 3)


def _tensorflow() -> tuple[str, bool, str]:
    if importlib.util.find_spec("tensorflow") is None:
        offers = sys.version_info < (3, 14)
        advice = (
            'pip install "tfgrad[tensorflow]"' if offers else f"none for Python {platform.python_version()}"
        )
        return "TensorFlow", False, f"not installed ({advice}); the shim stands in"
    from importlib.metadata import PackageNotFoundError, version

    for name in ("tensorflow", "tensorflow-cpu", "tensorflow-macos", "tf-nightly"):
        try:
            return "TensorFlow", True, version(name)
        except PackageNotFoundError:
            continue
    return "TensorFlow", True, "installed"


def _course() -> tuple[str, bool, str]:
    from tfgrad_course.course.catalogue import catalogue

    try:
        course = catalogue()
        return "exercises", len(course) > 0, f"{len(course)} in {course.root}"
    except ValueError as fault:
        return "exercises", False, str(fault).split("\n")[0]
