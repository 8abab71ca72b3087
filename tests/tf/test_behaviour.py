"""Many small questions about one part of the API, put to the tape and to TensorFlow: the same answers, line by line.

A file of `behaviour/` is a part; a block of it is a scene, and each line that begins with ">" a question asked there:
its value (with dtype, shape and numbers) or its error (class and words) is what must agree.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = [pytest.mark.tensorflow]
BLOCKS = {
    f"{path.stem}: {block.split(chr(10), 1)[0]}": block.split("\n", 1)[1]
    for path in sorted((Path(__file__).parent / "behaviour").glob("*.txt"))
    for block in re.split(r"(?m)^### ", path.read_text(encoding="utf-8"))[1:]
}
WORDS = 140


@pytest.mark.parametrize("name", list(BLOCKS))
def test_a_scene_gives_the_same_answers(name: str, agree: Any, tmp_path: Path) -> None:
    """Written to a file first, because AutoGraph reads sources."""
    program = tmp_path / "scene.py"
    program.write_text(_asking(BLOCKS[name]), encoding="utf-8")
    theirs, ours = (_answers(program, tf) for tf in agree.backends)
    different = [
        f"  TensorFlow: {a}\n  the tape:   {b}" for a, b in zip(theirs, ours, strict=False) if a != b
    ]
    assert not different, "\n".join(different)
    assert len(theirs) == len(ours)


def _asking(block: str) -> str:
    ask = lambda line: line[: len(line) - len(line.lstrip())] + f"E(lambda: ({line.strip()[2:]}))"
    return "\n".join(ask(line) if line.strip().startswith("> ") else line for line in block.split("\n"))


def _answers(program: Path, tf: Any) -> list[str]:
    out = io.StringIO()
    if "keras" in program.read_text(encoding="utf-8"):
        tf.keras.backend.clear_session()  # Keras counts its layers through a whole process
    names = {"__name__": "scene", "tf": tf, "np": np, "P": _print, "E": _ask}
    with contextlib.redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(program.read_text(encoding="utf-8"), str(program), "exec"), names)
    return out.getvalue().split("\n")


def _print(*things: Any) -> None:
    print(*[thing if isinstance(thing, str) else _shown(thing) for thing in things])


def _ask(question: Callable[[], Any]) -> None:
    try:
        print(_shown(question()))
    except Exception as problem:
        print("!", type(problem).__name__, re.sub(r"\s+", " ", _tidy(str(problem)))[:WORDS])


def _tidy(text: str) -> str:
    return re.sub(r" at 0x[0-9a-f]+", "", text).replace("tfgrad_course.tf.", "tensorflow.")


def _shown(x: Any) -> str:
    if type(x) in (list, tuple):
        inside = ", ".join(map(_shown, x))
        return f"[{inside}]" if type(x) is list else f"({inside})"
    if isinstance(x, dict):
        return "{" + ", ".join(f"{key!r}: {_shown(value)}" for key, value in x.items()) + "}"
    kind = type(x).__name__
    if kind == "IndexedSlices":
        return f"IndexedSlices({_shown(x.values)}, {_shown(x.indices)}, {_shown(x.dense_shape)})"
    if hasattr(x, "path") and hasattr(x, "numpy"):
        return repr(x)
    if hasattr(x, "dtype") and hasattr(x, "numpy"):
        word = "Variable" if "Variable" in kind else "Tensor"
        return f"{word}<{x.dtype.name}, {x.shape}, {_numbers(np.asarray(x.numpy()))}>"
    if isinstance(x, np.ndarray | np.generic):
        return f"array<{x.dtype}, {np.shape(x)}, {_numbers(np.asarray(x))}>"
    return f"{x:.5g}" if isinstance(x, float) else _tidy(repr(x))


def _numbers(array: Any) -> str:
    if array.dtype.kind not in "fcV":
        return str(array.tolist())
    wide = array.astype(complex if array.dtype.kind == "c" else float)
    text = np.array2string(wide, precision=4, suppress_small=True, threshold=60, separator=",")
    return re.sub(r"-(0\.[,\]])", r"\1", re.sub(r"\s", "", text))
