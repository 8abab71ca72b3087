"""`tf.train.Checkpoint`: the values of all variables that objects hold, in a file of NumPy's kind, and back again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from tfgrad_course.tf import _errors
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._variable import Variable

_ENDING = "/.ATTRIBUTES/VARIABLE_VALUE"
_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH"
_STATE = "checkpoint"
_DATA = ".data-00000-of-00001"


class Checkpoint:
    """Saves and restores the variables reachable from the objects given by name."""

    def __init__(self, root: Any = None, **kwargs: Any) -> None:
        self._root: Any = root
        self._save_counter: Any = None
        for name, value in kwargs.items():
            setattr(self, name, value)

    @property
    def save_counter(self) -> Any:
        """How often it was saved."""
        if self._save_counter is None:
            self._save_counter = Variable(0, trainable=False, name="save_counter", dtype="int64")
        return self._save_counter

    def _variables(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self._save_counter is not None:
            found["save_counter"] = self._save_counter
        for name, value in _children(self._root) if self._root is not None else ():
            _collect(value, name, found, set())
        for name, value in vars(self).items():
            if name not in ("_root", "_save_counter"):
                _collect(value, name, found, set())
        return found

    def write(self, file_prefix: Any, options: Any = None) -> str:
        """Write the values under this prefix."""
        prefix = os.fspath(file_prefix)
        os.makedirs(os.path.dirname(prefix) or ".", exist_ok=True)
        with open(prefix + ".index", "wb") as file:
            np.savez(
                file, **{name + _ENDING: variable.numpy() for name, variable in self._variables().items()}
            )
        with open(
            prefix + _DATA, "wb"
        ):  # all is in the index; who looks for TensorFlow's two files finds them
            pass
        return prefix

    def save(self, file_prefix: Any, options: Any = None) -> str:
        """Write the values under the prefix and a number, and note it as the latest."""
        self.save_counter.assign_add(1)
        prefix = self.write(f"{os.fspath(file_prefix)}-{int(self.save_counter.numpy())}")
        _note(os.path.dirname(prefix), os.path.basename(prefix))
        return prefix

    def read(self, save_path: Any, options: Any = None) -> Status:
        """Give the variables the values written under a prefix."""
        kept = _values(os.fspath(save_path))
        missing = []
        for name, variable in self._variables().items():
            if name + _ENDING in kept:
                variable.assign(kept.pop(name + _ENDING))
            else:
                missing.append(variable)
        return Status(missing, [name for name in kept if not name.startswith("save_counter")])

    def restore(self, save_path: Any, options: Any = None) -> Status:
        """Give the variables the values saved under a prefix; nothing happens for None."""
        if save_path is None:
            return Status([], [], True)
        assert self.save_counter is not None
        return self.read(save_path)


class Status:
    """What came of restoring."""

    __module__ = "tensorflow.python.checkpoint.checkpoint"

    def __init__(self, missing: list[Any], unused: list[str], nothing: bool = False) -> None:
        self._missing, self._unused, self._nothing = missing, unused, nothing

    def assert_existing_objects_matched(self) -> Status:
        """Fail unless each variable found its value."""
        if self._nothing:
            raise AssertionError("No checkpoint specified (save_path=None); nothing is being restored.")
        if self._missing:
            count = len(self._missing)
            raise AssertionError(
                f"Found {count} Python objects that were not bound to checkpointed values, likely due to changes in the "
                f"Python program. Showing {min(count, 10)} of {count} unmatched objects: {self._missing[:10]}"
            )
        return self

    def assert_consumed(self) -> Status:
        """Fail unless each variable found its value and each value its variable."""
        self.assert_existing_objects_matched()
        if self._unused:
            raise AssertionError(f"Unresolved object in checkpoint: {self._unused[0]}")
        return self

    assert_nontrivial_match = assert_existing_objects_matched

    def expect_partial(self) -> Status:
        """Values without a variable are no surprise."""
        return self


Status.__name__ = Status.__qualname__ = "CheckpointLoadStatus"


class CheckpointManager:
    """Keeps the last few checkpoints of a folder."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        directory: Any,
        max_to_keep: int | None,
        checkpoint_name: str = "ckpt",
        **_: Any,
    ) -> None:
        self.checkpoint, self.directory, self._keep = checkpoint, os.fspath(directory), max_to_keep
        self._prefix = os.path.join(self.directory, checkpoint_name)
        self._kept = [os.path.join(self.directory, name) for name in _noted(self.directory)]

    @property
    def checkpoints(self) -> list[str]:
        """The prefixes kept, oldest first."""
        return list(self._kept)

    @property
    def latest_checkpoint(self) -> str | None:
        """The newest prefix."""
        return self._kept[-1] if self._kept else None

    def save(self, checkpoint_number: int | None = None, **_: Any) -> str:
        """Save once more; what is too old goes."""
        if checkpoint_number is None:
            path = self.checkpoint.save(self._prefix)
        else:
            path = self.checkpoint.write(f"{self._prefix}-{int(checkpoint_number)}")
        self._kept.append(path)
        while self._keep is not None and len(self._kept) > self._keep:
            old = self._kept.pop(0)
            for ending in (".index", _DATA):
                os.remove(old + ending)
        _write_state(self.directory, [os.path.basename(p) for p in self._kept])
        return path

    def restore_or_initialize(self) -> str | None:
        """Restore the newest, if there is one."""
        if self.latest_checkpoint is not None:
            self.checkpoint.restore(self.latest_checkpoint)
        return self.latest_checkpoint


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """The newest prefix of a folder, or None."""
    names = _noted(os.fspath(checkpoint_dir))
    return os.path.join(os.fspath(checkpoint_dir), names[-1]) if names else None


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """Names and shapes of what was written."""
    kept = _values(_file(ckpt_dir_or_file))
    return sorted([(_GRAPH, []), *((name, list(value.shape)) for name, value in kept.items())])


def load_variable(ckpt_dir_or_file: Any, name: str) -> Any:
    """One value of what was written."""
    kept = _values(_file(ckpt_dir_or_file))
    if name not in kept:
        raise _errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
    return kept[name][()]


class Reader:
    """What was written under a prefix."""

    __module__ = "tensorflow.python.training.py_checkpoint_reader"

    def __init__(self, prefix: str) -> None:
        self._kept = _values(prefix)

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """Shapes by name."""
        return {_GRAPH: [], **{name: list(value.shape) for name, value in self._kept.items()}}

    def get_variable_to_dtype_map(self) -> dict[str, Any]:
        """Dtypes by name."""
        return {name: as_dtype(value.dtype) for name, value in self._kept.items()}

    def has_tensor(self, name: str) -> bool:
        """Whether there is such a value."""
        return name in self._kept

    def get_tensor(self, name: str) -> Any:
        """One value."""
        return self._kept[name][()]


def load_checkpoint(ckpt_dir_or_file: Any) -> Reader:
    """What was written, to look at."""
    return Reader(_file(ckpt_dir_or_file))


def _file(path: Any) -> str:
    found = os.fspath(path)
    return latest_checkpoint(found) or found if os.path.isdir(found) else found


def _values(prefix: str) -> dict[str, Any]:
    if not os.path.isfile(prefix + ".index"):
        raise _errors.NotFoundError(
            None, None, f"Error when restoring from checkpoint or SavedModel at {prefix}: Unsuccessful TensorSliceReader "
            f"constructor: Failed to find any matching files for {prefix}\nPlease double-check that the path is correct. "
            "You may be missing the checkpoint suffix (e.g. the '-1' in 'path/to/ckpt-1').",
        )  # fmt: skip
    with np.load(prefix + ".index") as kept:
        return {name: kept[name] for name in kept.files}


def _collect(value: Any, path: str, found: dict[str, Any], above: set[int]) -> None:
    if isinstance(value, Variable):
        found[path] = value
    elif id(value) not in above:
        for name, child in _children(value):
            _collect(child, f"{path}/{name}", found, above | {id(value)})


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, (list, tuple)):
        yield from ((str(i), item) for i, item in enumerate(value))
    elif isinstance(value, dict):
        yield from ((str(key), item) for key, item in value.items())
    elif hasattr(value, "make_seeds"):
        yield "_state_var", value.state
    elif hasattr(value, "_nodes") or hasattr(value, "apply_gradients"):
        weights = value.weights if hasattr(value, "weights") else value.variables
        yield from ((f"_variables/{i}", variable) for i, variable in enumerate(weights))
    elif hasattr(value, "_found") or hasattr(value, "_variables"):
        yield from ((name, item) for name, item in vars(value).items() if name != "_module_name")


def _note(folder: str, name: str) -> None:
    _write_state(folder, [*(known for known in _noted(folder) if known != name), name])


def _write_state(folder: str, names: list[str]) -> None:
    lines = [
        f'model_checkpoint_path: "{names[-1]}"',
        *(f'all_model_checkpoint_paths: "{name}"' for name in names),
    ]
    with open(os.path.join(folder, _STATE), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def _noted(folder: str) -> list[str]:
    try:
        with open(os.path.join(folder, _STATE), encoding="utf-8") as file:
            return re.findall(r'^all_model_checkpoint_paths: "(.*)"$', file.read(), flags=re.MULTILINE)
    except OSError:
        return []
