"""What a run of a submission leaves behind: claims about values and a recording, never trusted as a verdict.

Every record carries `at`, one clock for the whole run, so that "before" and "after" compare across kinds.
Lines are the learner's own (1-based; 0 = not known), innermost frame first; `outer` is the outermost one.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

OWN_GRADIENT = "CustomGradient"
"""The type of an operation whose gradient the program itself states (`tf.custom_gradient`)."""


@dataclass(frozen=True, slots=True)
class Value:
    """Numbers as claimed by the child: flat, row-major; complex entries are Python complex, booleans bool."""

    dtype: str
    shape: tuple[int, ...]
    data: tuple[float | complex | bool | str, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing a learner named or passed.

    `kind` is tensor, variable, array, number, word, none, list, tuple, dict (then with `items`) or other.
    """

    kind: str
    type_name: str
    id: int | None = None
    value: Value | None = None
    items: tuple[Ref, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor seen in the run; `made` is op, constant, read, gradient, symbolic or unknown."""

    id: int
    dtype: str
    shape: tuple[int, ...]
    made: str
    op: int | None
    line: int
    outer: int
    at: int
    value: Value | None
    creation: str | None = None


@dataclass(frozen=True, slots=True)
class Op:
    """One operation: TensorFlow's kernel name, inputs and outputs (tensor ids), the tapes recording it."""

    index: int
    type: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    line: int
    outer: int
    at: int
    tapes: tuple[int, ...]
    paused: tuple[int, ...] = ()
    call: int | None = None
    graph: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """A `tf.Variable` at its creation; `creation` ("v0", "v1", ...) names it for probe runs to replace."""

    id: int
    name: str
    dtype: str
    shape: tuple[int, ...]
    trainable: bool
    line: int
    outer: int
    at: int
    tapes: tuple[int, ...]
    value: Value | None
    initial: int | None
    creation: str


@dataclass(frozen=True, slots=True)
class Read:
    """A variable read as a tensor."""

    variable: int
    tensor: int
    line: int
    at: int


@dataclass(frozen=True, slots=True)
class Assign:
    """A change of a variable: how is assign, assign_add, assign_sub or scatter; `value` the new content."""

    variable: int
    how: str
    tensor: int | None
    value: Value | None
    line: int
    outer: int
    at: int
    tapes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TapeEvent:
    """A tape's life: what is new, enter, exit, watch, reset, pause or resume; `ref` what was watched."""

    tape: int
    what: str
    line: int
    outer: int
    at: int
    persistent: bool = False
    automatic: bool = True
    ref: Ref | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A gradient call: how is gradient, jacobian, batch_jacobian or jvp; `within` the tapes recording it."""

    index: int
    tape: int
    how: str
    target: Ref
    sources: Ref
    result: Ref | None
    line: int
    outer: int
    at: int
    done: int
    within: tuple[int, ...]
    open: bool
    weighted: bool = False
    error: str | None = None
    graph: bool = False


@dataclass(frozen=True, slots=True)
class Conversion:
    """A tensor or variable turned into a plain number: how is numpy, float, int, bool, array, index."""

    how: str
    tensor: int | None
    variable: int | None
    line: int
    outer: int
    at: int
    tapes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A `tf.function` traced: its name, the line of its def, and which trace of it this is."""

    name: str
    line: int
    at: int
    count: int


@dataclass(frozen=True, slots=True)
class Raised:
    """The exception that ended the run; frames are the learner's (line, function), outermost first.

    `operands` are the tensors, variables and numbers that the failing operation was given.
    """

    type: str
    message: str
    line: int
    outer: int
    frames: tuple[tuple[int, str], ...] = ()
    column: int | None = None
    operands: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """All that the recorder saw of one run, in order."""

    tensors: tuple[Tensor, ...] = ()
    ops: tuple[Op, ...] = ()
    variables: tuple[Variable, ...] = ()
    reads: tuple[Read, ...] = ()
    assigns: tuple[Assign, ...] = ()
    tapes: tuple[TapeEvent, ...] = ()
    calls: tuple[Call, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    traces: tuple[Trace, ...] = ()
    names: tuple[tuple[str, Ref], ...] = ()
    raised: Raised | None = None
    truncated: bool = False
    complete: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Resources:
    """Wall and CPU seconds and peak MiB of one submission."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mib: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """What the child is asked to run: nothing in it tells what is right.

    `replace` maps creations ("v0", "c2") to the values to put in their place; `mark` multiplies what the
    tape's gradient methods return (with `forward` also what forward mode does); `names` are the globals wanted back
    (empty: all plain ones, capped).
    """

    source: str
    filename: str = "submission.py"
    names: tuple[str, ...] = ()
    replace: tuple[tuple[str, Value], ...] = ()
    mark: float = 1.0
    seed: int = 0
    forward: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """One run as the parent saw it: outcome is ended, time_limit, memory_limit, output_limit, crashed,
    violation, tampered or rejected (`detail` says why, in words for the learner)."""

    outcome: str
    recording: Recording = field(default_factory=Recording)
    output: str = ""
    resources: Resources = field(default_factory=Resources)
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A submission's stated run, its probe runs and (only when it did not pass) its syntax tree."""

    stated: Finished
    hidden: tuple[Finished, ...] = ()
    marked: Finished | None = None
    tree: ast.Module | None = None
    syntax: Raised | None = None
    backend: str = "tensorflow"
