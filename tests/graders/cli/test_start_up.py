"""The command starts at once: nothing heavy is imported for --help, and no command is imported that is not used."""

from __future__ import annotations

import importlib
import subprocess
import sys

import click
import pytest

from graders.cli import COMMANDS

HEAVY = {
    "numpy", "yaml", "pydantic", "rich", "sympy", "matplotlib", "jinja2", "tensorflow", "nbformat", "watchfiles",
    "graders.pipeline", "graders.reports", "tfgrad_course.course", "tfgrad_course.tf", "importlib.metadata",
}  # fmt: skip


def imported(*args: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "graders.cli", *args],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-500:]
    return {
        line.rsplit("|", 1)[1].strip() for line in done.stderr.split("\n") if line.startswith("import time:")
    }


def test_help_imports_nothing_heavy_and_no_command():
    modules = imported("--help")
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith("graders.cli.") and not name.endswith("__main__")}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_own_file_and_explains_itself(name):
    command = importlib.import_module(f"graders.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.name == name and command.help
    assert not {"numpy", "tensorflow"} & imported(name, "--help")
