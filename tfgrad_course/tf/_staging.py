"""What rewritten code calls: decides at each condition, loop and call whether it is Python's or a graph's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._called import called, staged
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._dry import connected, dry_run, follows, is_dry, watched
from tfgrad_course.tf._errors import InvalidArgumentError
from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._loop_checks import (
    Undefined,
    UndefinedReturnValue,
    check_after_a_round,
    check_branches,
    check_defined,
    check_initial,
    condition,
    placeholder,
)
from tfgrad_course.tf._tracing import silent_printing, tracing

__all__ = [
    "Undefined", "UndefinedReturnValue", "and_", "called", "for_stmt", "if_exp", "if_stmt", "known", "ld", "ldu", "not_",
    "or_", "ret", "while_stmt",
]  # fmt: skip
_NUMBERS = (bool, int, float, str, np.ndarray, np.generic)
_LIMITS = (
    "\nSee https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/limitations.md"
    "#consistency-of-control-flow-types for more info."
)
LOOPS: list[dict[str, Any]] = []


def _noted() -> bool:
    """Whether a graph is being made, which then has conditions or loops."""
    trace = tracing()
    if trace is not None:
        trace.staged = True
    return trace is not None


def known(value: Any) -> bool:
    """Whether it is a value at all."""
    return not isinstance(value, Undefined)


def ld(value: Any) -> Any:
    """A name as it is read."""
    return value.read() if isinstance(value, Undefined) else value


def ldu(load: Callable[[], Any], name: str) -> Any:
    """An attribute or item, where there is one."""
    try:
        return load()
    except (UnboundLocalError, NameError, AttributeError, KeyError, IndexError, TypeError):
        return Undefined(name)


def ret(value: Any, done: Any) -> Any:
    """What a function returns in the end."""
    return None if isinstance(value, UndefinedReturnValue) else value


def _tensors(values: Any) -> Any:
    """Python's numbers as the tensors which a graph has in their place."""
    return _nest.map_structure(lambda v: convert(v) if isinstance(v, _NUMBERS) else v, values)


# Conditions ----------------------------------------------------------------------------------------


def if_stmt(cond: Any, body: Any, orelse: Any, get: Any, put: Any, names: Any, outputs: int) -> None:
    """An `if` statement."""
    if not staged(cond):
        (body if cond else orelse)()
        return
    holds = condition(cond, "if statement")
    initial = get()

    def branch(run: Any) -> Any:
        def entered() -> Any:
            put(initial)
            run()
            return get()[:outputs]

        return entered

    found = both(holds, branch(body), branch(orelse), names[:outputs])
    put(tuple(found) + tuple(initial[outputs:]))


def both(holds: bool, body: Any, orelse: Any, names: Any) -> Any:
    """The values of the branch that holds; the other is traced only, for what Python says and does in it."""
    looked_at = _noted()
    if looked_at or follows():
        taken, other = (body, orelse) if holds else (orelse, body)
        if holds:
            values, seen = watched(taken)
            dry, more = dry_run(other)
        else:
            dry, more = dry_run(other)
            values, seen = watched(taken)
        main, alternative = (values, dry) if holds else (dry, values)
        if looked_at:
            for vars_, told in ((main, "main"), (alternative, "else")):
                if vars_ is not None:
                    check_defined(vars_, names, told)
            if main is not None and alternative is not None:
                check_branches(main, alternative, names)
        return connected(_tensors(values), [*seen, *more])
    return _tensors((body if holds else orelse)())


def if_exp(cond: Any, body: Any, orelse: Any, shown: str) -> Any:
    """A conditional expression."""
    if not staged(cond):
        return body() if cond else orelse()
    holds = condition(cond, "if statement")
    return both(holds, lambda: (body(),), lambda: (orelse(),), (shown,))[0]


def and_(a: Any, b: Any) -> Any:
    """`a and b`."""
    first = a()
    if not staged(first):
        return first and b()
    return both(bool(condition(first, "if statement")), lambda: (b(),), lambda: (first,), ("and",))[0]


def or_(a: Any, b: Any) -> Any:
    """`a or b`."""
    first = a()
    if not staged(first):
        return first or b()
    return both(bool(condition(first, "if statement")), lambda: (first,), lambda: (b(),), ("or",))[0]


def not_(a: Any) -> Any:
    """`not a`."""
    if not staged(a):
        return not a
    from tfgrad_course import tf

    late: Any = tf
    return late.logical_not(a)


# Loops ---------------------------------------------------------------------------------------------


def while_stmt(test: Any, body: Any, get: Any, put: Any, names: Any, options: Any) -> None:
    """A `while` statement."""
    goes_on = test()
    if staged(goes_on):
        _loop(test, lambda: body(), get, put, names, goes_on)
        return
    while _plainly(goes_on):
        body()
        goes_on = test()


def _plainly(goes_on: Any) -> bool:
    if staged(goes_on):
        raise NotImplementedError(
            "The condition of while loop started as non-Tensor, then changed to Tensor. This may happen either because "
            "variables changed type, or when a break or return statement inside the loop depends on a Tensor condition. In "
            "both cases, changing to a TF loop should remove the error." + _LIMITS
        )
    return bool(goes_on)


def for_stmt(elements: Any, extra: Any, body: Any, get: Any, put: Any, names: Any, options: Any) -> None:
    """A `for` statement."""
    if not (staged(elements) or (hasattr(elements, "element_spec") and TRACING.get() is not None)):
        _python_for(elements, extra, body)
        return
    items = _items(elements)
    now: list[Any] = []

    def test() -> Any:
        goes_on = True if extra is None else extra()
        if is_dry() or not condition(goes_on, "while loop"):
            return goes_on
        now[:] = [next(items, _END)]
        return now[0] is not _END

    def round_() -> None:
        if not now or now[0] is _END:
            now[:] = [_first(elements)]
        body(now[0])

    _loop(test, round_, get, put, names, None)


_END: Any = object()


def _items(elements: Any) -> Any:
    if not staged(elements):
        return iter(elements)
    if not elements.shape.rank:
        raise ValueError(f"len requires a non-scalar tensor, got one of shape {elements.shape}")
    return (_named(elements[i]) for i in range(int(elements.shape[0])))


def _first(elements: Any) -> Any:
    """Something like the elements there are none of, for tracing the body."""
    from tfgrad_course import tf

    late: Any = tf
    if staged(elements):
        return _named(late.zeros(elements.shape[1:], elements.dtype))
    return _nest.map_structure(
        lambda spec: late.zeros([n or 0 for n in spec.shape], spec.dtype), elements.element_spec
    )


def _named(element: Any) -> Any:
    trace = tracing()
    if trace is not None:
        trace.names[id(element)] = (element, "while/Placeholder")
    return element


def _python_for(elements: Any, extra: Any, body: Any) -> None:
    if extra is None:
        for element in elements:
            body(element)
        return

    def goes_on() -> bool:
        found = extra()
        if staged(found):
            raise NotImplementedError(
                "break and return statements which depend on a TF condition are not supported in Python for loops. Did you "
                "intend to make it a TF loop?" + _LIMITS
            )
        return bool(found)

    if goes_on():
        for element in elements:
            body(element)
            if not goes_on():
                break


def _loop(test: Any, body: Any, get: Any, put: Any, names: Any, goes_on: Any) -> None:
    """A loop that a graph has: its body is traced once, its variables are tensors which stay alike."""
    _noted()
    initial, options = get(), dict[str, Any]()
    LOOPS.append(options)
    try:
        initial, guessed = _placed(initial, body, get, put, names)
        initial = _tensors(initial)
        put(initial)
        options["state"] = initial
        rounds, seen = _rounds(test, body, get, put, names, initial, goes_on, options)
        if not rounds and (tracing() is not None or follows()):
            seen += _looked_at(body, get, put, names, initial, options)
        if guessed and not rounds and not is_dry():
            raise InvalidArgumentError(
                None,
                None,
                f"assertion failed: [loop must iterate at least once to initialize {', '.join(guessed)}]",
            )
        put(connected(_tensors(get()), seen))
    finally:
        LOOPS.pop()


def _rounds(
    test: Any, body: Any, get: Any, put: Any, names: Any, initial: Any, goes_on: Any, options: Any
) -> Any:
    rounds = 0
    seen: list[Any] = []
    with ExitStack() as quiet:
        while True:
            goes_on = test() if goes_on is None else goes_on
            if not condition(goes_on, "while loop") and not (is_dry() and not rounds):
                return rounds, seen
            goes_on = None
            options["round"] = rounds
            if rounds:
                body()
            else:
                _, seen = watched(body)
            found = get()
            if not rounds:
                check_after_a_round(initial, found, names, options)
                quiet.enter_context(silent_printing())
            put(_tensors(found))
            rounds += 1
            if is_dry() or rounds == options.get("maximum_iterations"):
                return rounds, seen


def _looked_at(body: Any, get: Any, put: Any, names: Any, initial: Any, options: Any) -> list[Any]:
    """The body of a loop of no rounds is traced all the same."""
    options["round"] = 0

    def once() -> Any:
        body()
        return get()

    found, seen = dry_run(once)
    if found is not None and tracing() is not None:
        check_after_a_round(initial, found, names, options)
    put(initial)
    return seen


def _placed(initial: Any, body: Any, get: Any, put: Any, names: Any) -> tuple[Any, list[str]]:
    """Values for those variables that only the body of the loop sets."""
    missing = [v is None or isinstance(v, Undefined | UndefinedReturnValue) for v in initial]
    if not any(missing):
        return initial, []
    failure, found = None, None
    try:
        put(_tensors(initial))
        found, _ = dry_run(lambda: (body(), get())[1])
    except (UnboundLocalError, TypeError, ValueError, KeyError) as problem:
        failure = f"Note: AutoGraph tried to define it automatically, but ran into a {type(problem).__name__}: {problem}"
    finally:
        put(initial)
    made = initial
    if found is not None:
        made = tuple(placeholder(f, v) if m else v for v, m, f in zip(initial, missing, found, strict=True))
    check_initial(made, names, found, failure)
    called = [
        "the function return value" if isinstance(v, UndefinedReturnValue) else name
        for name, v, m in zip(names, initial, missing, strict=True)
        if m
    ]
    return made, called


def set_loop_options(
    parallel_iterations: Any = None,
    swap_memory: Any = None,
    maximum_iterations: Any = None,
    shape_invariants: Any = None,
) -> None:
    """Options of the loop this is called in."""
    if not LOOPS:
        return
    options = LOOPS[-1]
    if maximum_iterations is not None:
        options["maximum_iterations"] = int(convert(maximum_iterations)._numpy())
    if shape_invariants is not None and not options.get("round"):
        wanted = {id(value): shape for value, shape in shape_invariants}
        options["invariants"] = [wanted.get(id(v)) for v in options.get("state", ())]
