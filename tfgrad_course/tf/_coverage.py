"""The coverage page, read off the op tables and TensorFlow's frozen list of names: what is here, and what differs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tfgrad_course.tf import _dtypes, _later, _public
from tfgrad_course.tf._declare import COMPOSITES, OPS, PUBLIC

_GROUPS = {
    "floats": _dtypes.FLOATS,
    "complex": _dtypes.COMPLEX,
    "signed": _dtypes.SIGNED,
    "unsigned": _dtypes.UNSIGNED,
}
_HEAD = """# What the tape covers

`tfgrad_course.tf` is TensorFlow's eager mode in NumPy. This page is generated from its op tables
(`python -m tfgrad_course.tf._coverage > docs/tape-coverage.md`); every row of it is tested against finite differences at
first and second order, forward against reverse mode, a jacobian in one walk against row by row, in all dtypes
(`tests/tf/test_rows.py`), and against real TensorFlow (`tests/tf/test_against_tensorflow.py` and its neighbours).

A name that TensorFlow has and the tape lacks raises an error that says so; it is never taken for a learner's mistake.
"""
_DIFFERENCES = """## Known differences, and why

| what | on TensorFlow | on the tape | why |
| --- | --- | --- | --- |
| last bits of float32 functions | Eigen's and oneDNN's polynomials | NumPy's and the C library's | both within a few ulp |
| random numbers | Philox | the same ones for uniform, normal, truncated and shuffled; NumPy's for gamma, Poisson, binomial, classes | seeds and rules are the same throughout |
| windows that fit nowhere, empty batches | oneDNN gives what lies in memory, or aborts | empty results | there is nothing to copy |
| gradients of grouped and dilated convolutions in float64 | refused on a CPU | computed | a slope is worth more than a refusal |
| `tf.function` | traces a graph | runs the Python once a signature aloud, later silently with frozen Python state | what \
learners see is the same: printing, appending and counting happen while tracing only |
| unused operations that fail inside a `tf.function` | pruned | raise | there is no graph to prune |
| shapes inside a `tf.function` of open signature | `x.shape` is open | the shape at hand (printed tensors show it open) | the Python runs on values |
| weak references to tensors, attributes put on them | possible | refused | two slots more in each tensor cost every operation 3 % |
| sessions and placeholders of `tf.compat.v1` | run | refused, in one sentence | eager code does it |
| errors of a traced function | name graph nodes | name the operation | there are no nodes |
| devices, sessions, distribution | real | one CPU | nothing in the course needs them |
| second gradient of softmax cross entropy in the labels and the like | none, or a LookupError | the same | copied |
"""


def page() -> str:
    """The page as Markdown."""
    for table in list(_later.TABLES):
        import_module(f"tfgrad_course.tf.ops.{table}")
    known, here = _public.known_names(), set(PUBLIC) | set(_public._CLASSES) | set(_later.PLACES)
    lines = [
        _HEAD,
        _DIFFERENCES,
        "## Operations",
        "",
        f"{len(OPS)} rows and {len(COMPOSITES)} composites of them.",
        "",
    ]
    lines += ["| name | TensorFlow kernel | dtypes | gradient | doc |", "| --- | --- | --- | --- | --- |"]
    lines += [_row(entry) for entry in sorted(OPS.values(), key=lambda e: (e.names or (f"({e.name})",))[0])]
    lines += ["", "## Composites", "", "| names | doc |", "| --- | --- |"]
    lines += [
        f"| {_names(c.names)} | {_one_line(c.doc)} |"
        for c in sorted(COMPOSITES.values(), key=lambda c: c.names[0])
    ]
    counted = sorted(name for name in here if name in known)
    lines += ["", "## Other names", "", ", ".join(f"`tf.{n}`" for n in sorted(_others(here, known))), ""]
    kernels = _later.find("raw_ops", PUBLIC).__dir__()
    lines += ["## Kernels by name", "", "`tf.raw_ops` has " + ", ".join(f"`{n}`" for n in kernels) + ".", ""]
    lines += [f"{len(counted)} public names of TensorFlow in all, Keras and `tf.data` not counted.", ""]
    return "\n".join(lines)


def _row(entry: Any) -> str:
    if all(vjp is None for vjp in entry.vjps):
        order = "none"
    elif any(getattr(vjp, "__name__", "") == "refuse" for vjp in entry.vjps):
        order = "none (LookupError)"
    else:
        order = "any order" if entry.batched else "any order, jacobians row by row"
    return f"| {_names(entry.names) or '(' + entry.name + ')'} | {entry.op} | {_dtypes_of(entry)} | {order} | {_one_line(entry.doc)} |"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`tf.{n}`" for n in names)


def _one_line(doc: str) -> str:
    return doc.strip().split("\n")[0].replace("|", "\\|")


def _dtypes_of(entry: Any) -> str:
    left, words = list(entry.dtypes), []
    for word, group in _GROUPS.items():
        if all(d in left for d in group):
            words.append(word)
            left = [d for d in left if d not in group]
    return ", ".join(words + [d.name for d in left])


def _others(here: set[str], known: frozenset[str]) -> list[str]:
    tabled = {n for e in OPS.values() for n in e.names} | {n for c in COMPOSITES.values() for n in c.names}
    return [n for n in here if n in known and n not in tabled]


if __name__ == "__main__":
    print(page(), end="")
