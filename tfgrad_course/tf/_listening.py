"""Who is told of each operation: the tapes and accumulators of this thread, and observers from outside.

`LISTENING.get()` is the sequence every operation looks at, once, after it has computed. It is the list `OBSERVERS`
itself while no tape is active (so an idle tape costs one look at an empty list), else a tuple of observers and tapes,
outermost first. A context variable holds it: threads and tasks do not hear one another.

To watch a whole run from outside, subclass `Observer`, override what is wanted, and call `observe(observer)` before the
program starts, `unobserve(observer)` after it. Nothing is slowed when nobody observes. What an observer is told:

    told(entry, inputs, outputs, attrs)      one operation ran. `entry.op` is TensorFlow's kernel name ("AddV2"),
                                             inputs/outputs tuples of tensors (`id(t)` tells them apart while they
                                             live: hold them), attrs a tuple (for "Cast": the target dtype first).
                                             Between call_begins and call_ends it was made by the backward pass;
                                             the common first-order backward pass runs on plain numbers and makes none.
    constant(tensor, value)                  tf.constant / tf.convert_to_tensor made a tensor from a Python value
    variable(variable, initial)              a variable was created, from what was given as its initial value
    read(variable, tensor)                   a variable was read as this tensor (same tensor until assigned)
    assigned(variable, how, tensor)          how: assign, assign_add, assign_sub, scatter; tensor: what was given
    tape(tape, what, ref)                    what: new, enter, exit, watch, pause, resume, reset; ref: what was watched
    call_begins(tape, how, target, sources)  how: gradient, jacobian, batch_jacobian, jvp
    call_ends(tape, how, result, error)      error: the exception raised, or None
    converted(thing, how)                    a tensor or variable became a plain value; how: numpy, float, int, bool,
                                             complex, array, index, str
    traced(function, inside)                 the body of a tf.function begins (True) or ends (False) being run

In `constant` and `variable` an observer may put another value in place before the program sees it:
`tensor._v = value` (same dtype and shape; a NumPy scalar at rank 0), `variable._now = tensor`.
In `call_ends` it may change what the caller gets by returning a replacement; returning None keeps the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any


class Observer:
    """One who is told everything and records nothing for gradients; every method may be overridden."""

    # Tapes keep a dict here; None sends the operation to `told` instead.
    tracked: Any = None
    passive = True

    def told(
        self, entry: Any, inputs: tuple[Any, ...], outputs: tuple[Any, ...], attrs: tuple[Any, ...]
    ) -> None:
        """An operation ran."""

    def constant(self, tensor: Any, value: Any) -> None:
        """A tensor was made from a Python value."""

    def variable(self, variable: Any, initial: Any = None) -> None:
        """A variable was created."""

    def read(self, variable: Any, tensor: Any) -> None:
        """A variable was read."""

    def assigned(self, variable: Any, how: str, tensor: Any) -> None:
        """A variable was changed."""

    def tape(self, tape: Any, what: str, ref: Any = None) -> None:
        """A tape was made, entered, left, paused, told to watch, or reset."""

    def call_begins(self, tape: Any, how: str, target: Any, sources: Any) -> None:
        """A gradient was asked for."""

    def call_ends(self, tape: Any, how: str, result: Any, error: BaseException | None) -> Any:
        """A gradient was given, or failed; what is returned here replaces it unless None."""

    def converted(self, thing: Any, how: str) -> None:
        """A tensor or variable was turned into a plain value."""

    def traced(self, function: Any, inside: bool) -> None:
        """The body of a tf.function begins or ends."""


OBSERVERS: list[Any] = []
LISTENING: ContextVar[Sequence[Any]] = ContextVar("listening", default=OBSERVERS)

# Inside a tf.function this holds its trace (or the function, once it has been traced).
TRACING: ContextVar[Any] = ContextVar("tracing", default=None)

# Inside a tf.function: what its graph remembers, and how many random operations this run of it has come by.
NODES: ContextVar[Any] = ContextVar("nodes", default=None)


def observe(observer: Observer) -> None:
    """Tell `observer` everything from now on."""
    OBSERVERS.append(observer)


def unobserve(observer: Observer) -> None:
    """Tell `observer` nothing more."""
    OBSERVERS[:] = [o for o in OBSERVERS if o is not observer]


def begin(listener: Any) -> None:
    """Let a tape or accumulator hear what this thread computes."""
    LISTENING.set((*LISTENING.get(), listener))


def end(listener: Any) -> None:
    """Let it hear no more."""
    now = LISTENING.get()
    if len(now) == 1 and now[0] is listener:
        LISTENING.set(OBSERVERS)
        return
    rest = tuple(one for one in LISTENING.get() if one is not listener)
    LISTENING.set(OBSERVERS if all(one.passive for one in rest) else rest)


def silence() -> Any:
    """Suspend every tape and accumulator; give the token to `LISTENING.reset` to wake them."""
    return LISTENING.set(OBSERVERS)


def recording() -> bool:
    """Whether a tape or accumulator of this thread listens."""
    for one in LISTENING.get():  # noqa: SIM110 - `any` over a generator costs more than the look
        if not one.passive:
            return True
    return False


def observed(tape: Any, how: str, target: Any, sources: Any, ask: Any) -> Any:
    """Ask, telling the observers before and after; one of them may put another result in its place."""
    observers = list(OBSERVERS)
    for one in observers:
        one.call_begins(tape, how, target, sources)
    result, error = None, None
    try:
        result = ask()
    except BaseException as problem:
        error = problem
        raise
    finally:
        for one in observers:
            changed = one.call_ends(tape, how, result, error)
            result = result if changed is None else changed
    return result
