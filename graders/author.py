"""Authors' reference code, for exercises that no formula states: run in the sandbox like a submission, on the shim."""

from __future__ import annotations

import atexit
import functools
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graders.evidence import Ref, Run

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.exercise import Exercise

_ASKING = """
def _asked(point, levels, rows, dtype):
    given = {name: tf.constant(value, dtype=dtype) for name, value in point.items()}

    def derive(depth):
        if depth == 0:
            return tf.convert_to_tensor(function(**given))
        sources = [given[name] for name in levels[depth - 1]]
        with tf.GradientTape() as tape:
            tape.watch(sources)
            inner = derive(depth - 1)
        zero = tf.UnconnectedGradients.ZERO
        if rows and depth == len(levels):
            parts = tape.jacobian(inner, sources, unconnected_gradients=zero)
            return tf.concat([tf.reshape(part, [*part.shape[: len(inner.shape)], -1]) for part in parts], -1)
        parts = tape.gradient(inner, sources, unconnected_gradients=zero)
        return tf.concat([tf.reshape(part, [-1]) for part in parts], 0) if len(parts) > 1 else parts[0]

    return derive(len(levels)).numpy()
"""


class AuthorError(ValueError):
    """Reference code that does not do what it should; the words are for the author."""

    exit_code = 2


class Authored:
    """The author's `function(x, ...)`; `differentiate` asks it for derivatives instead of calling it."""

    def __init__(self, exercise: Exercise) -> None:
        self.id, self.code = exercise.id, exercise.reference or ""

    def __call__(self, tf: Any, given: dict[str, Any]) -> Any:
        raise TypeError("author's code is only run in the sandbox")

    def slope(self, point: Any, levels: Sequence[Sequence[str]], rows: bool, dtype: str) -> Any:
        """Value (no levels) or derivative at a point as an array; see `differentiate.slope_of`."""
        import numpy as np

        plain = {name: _listed(value) for name, value in point.items()}
        asked = f"_asked({plain!r}, {[list(names) for names in levels]!r}, {rows!r}, {dtype!r})"
        ref = answer_of(f"import tensorflow as tf\n{self.code}\n{_ASKING}\nanswer = {asked}\n", self.id)
        if ref.value is None:
            raise AuthorError(f"{self.id}: `reference` gives {ref.type_name} where a number is needed")
        return np.asarray(ref.value.data, dtype=float).reshape(ref.value.shape)


@functools.lru_cache(maxsize=4096)
def answer_of(source: str, about: str, name: str = "answer") -> Ref:
    """What a program of an author leaves under a name; raises AuthorError when it fails.

    The same program is run once only, on the shim; a run that fails is not remembered.
    """
    with _pool().submission() as session:
        finished = session.run(Run(textwrap.dedent(source), names=(name,)))
    raised = finished.recording.raised
    found = dict(finished.recording.names).get(name)
    if finished.outcome != "ended" or raised is not None or found is None:
        why = (
            f"{raised.type}: {raised.message}"
            if raised
            else finished.detail or f"it leaves nothing in {name}"
        )
        raise AuthorError(f"{about}: its code does not run to an answer ({why})")
    return found


@functools.cache
def _pool() -> Pool:
    """Children for authors' code, opened at the first need and closed at the end."""
    from graders.sandbox.pool import open_pool

    pool = open_pool("shim", own_code=True)
    atexit.register(pool.close)
    return pool


def _listed(value: Any) -> Any:
    return [_listed(item) for item in value] if isinstance(value, (list, tuple)) else float(value)
