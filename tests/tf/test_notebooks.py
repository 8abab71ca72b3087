"""Notebooks as guides and courses write them, cell by cell on the tape and on TensorFlow: both say the same.

A cell that begins with `# loose` draws numbers that TensorFlow does not repeat either: only the words are compared;
with `# any` only whether it fails.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import math
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from tfgrad_course.tf import _install

pytestmark = [pytest.mark.tensorflow, pytest.mark.slow]
NOTEBOOKS = sorted((Path(__file__).parent / "notebooks").glob("*.txt"))
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\binf\b|\bnan\b)")


def _cells(notebook: Path) -> list[str]:
    return [
        cell.strip("\n")
        for cell in re.split(r"^%%.*$", notebook.read_text(encoding="utf-8"), flags=re.MULTILINE)
    ]


def _run(cell: str, names: dict[str, Any], file: Path) -> dict[str, str]:
    """What a cell prints, shows as its last value, or raises; from a file, because AutoGraph reads sources."""
    file.write_text(cell + "\n", encoding="utf-8")
    out, found = io.StringIO(), {"value": "", "error": ""}
    tree = ast.parse(cell)
    last: Any = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            exec(compile(tree, str(file), "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), str(file), "eval"), names)
                found["value"] = "" if value is None else repr(value)
        except Exception as problem:
            found["error"] = type(problem).__name__
    return found | {"stdout": out.getvalue()}


def _all(notebook: Path, folder: Path) -> list[dict[str, str]]:
    import matplotlib

    matplotlib.use("Agg")
    import tensorflow as tf

    tf.keras.backend.clear_session()
    tf.keras.utils.set_random_seed(7)
    names: dict[str, Any] = {"__name__": "__main__"}
    return [_run(cell, names, folder / f"cell{i}.py") for i, cell in enumerate(_cells(notebook))]


def _apart(notebook: Path, folder: Path, backend: str) -> list[dict[str, str]]:
    """In a process of its own, for notebooks that change TensorFlow for good."""
    done = subprocess.run(
        [sys.executable, __file__, str(notebook), str(folder), backend],
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


def _words(text: str, loose: bool) -> str:
    text = re.sub(r"\s+", "", NUMBER.sub("#", re.sub(r"0x[0-9a-f]+", "", text)))
    return re.sub(r"[#,.\[\]]+", "#", text) if loose else text


def _numbers(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(re.sub(r"0x[0-9a-f]+", "", text))]


def _near(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b)) or abs(a - b) <= 2e-5 + 5e-4 * abs(b)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_cell_gives_the_same(
    notebook: Path, agree: Any, shim_as_tensorflow: Any, tmp_path: Path
) -> None:
    """`agree` is asked for so that the test is skipped where TensorFlow is missing."""
    pytest.importorskip("matplotlib")
    if re.search("enable_numpy_behavior|enable_op_determinism", notebook.read_text(encoding="utf-8")):
        ours, theirs = (_apart(notebook, tmp_path, backend) for backend in ("shim", "tensorflow"))
    else:
        theirs = _all(notebook, tmp_path)
        with shim_as_tensorflow():
            ours = _all(notebook, tmp_path)
    for cell, a, b in zip(_cells(notebook), ours, theirs, strict=True):
        told = f"\n{cell}\nTensorFlow: {b}\nthe tape: {a}"
        assert a["error"] == b["error"], told
        if "# any" in cell:
            continue
        for part in ("stdout", "value"):
            assert _words(a[part], "# loose" in cell) == _words(b[part], "# loose" in cell), told
            if "# loose" not in cell:
                assert all(map(_near, _numbers(a[part]), _numbers(b[part]))), told


def test_there_are_a_thousand_cells() -> None:
    assert sum(len(_cells(notebook)) for notebook in NOTEBOOKS) >= 1000


if __name__ == "__main__":
    if sys.argv[3] == "shim":
        _install.install()
    print(json.dumps(_all(Path(sys.argv[1]), Path(sys.argv[2]))))
