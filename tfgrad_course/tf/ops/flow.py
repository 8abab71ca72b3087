"""Control flow as functions: branches, loops, and Python called from within."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, traced
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError, kernel_text
from tfgrad_course.tf._listening import LISTENING, TRACING, silence
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import silent_printing
from tfgrad_course.tf._variable import TENSORS


@composite("cond")
def cond(pred: Any, true_fn: Any = None, false_fn: Any = None, name: str | None = None) -> Any:
    """true_fn() if the predicate holds, else false_fn()."""
    if not callable(true_fn):
        raise TypeError("'true_fn' must be callable.")
    if not callable(false_fn):
        raise TypeError("'false_fn' must be callable.")
    return _unpacked(true_fn() if bool(_value(pred)) else false_fn())


def _value(x: Any) -> Any:
    return x._numpy() if isinstance(x, TENSORS) else x


def _unpacked(result: Any) -> Any:
    if isinstance(result, list | tuple) and len(result) == 1 and not hasattr(result, "_fields"):
        return result[0]
    return result


@composite("case")
def case(
    pred_fn_pairs: Any, default: Any = None, exclusive: bool = False, strict: bool = False, name: str = "case"
) -> Any:
    """The function of the first predicate that holds."""
    if not isinstance(pred_fn_pairs, list | tuple):
        raise TypeError("'pred_fn_pairs' must be a list, tuple, or dict.")
    held = [fn for pred, fn in pred_fn_pairs if bool(_value(pred))]
    if exclusive and len(held) > 1:
        raise InvalidArgumentError(
            None, None, "Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true."
        )
    if held:
        return held[0]()
    if default is None:
        raise InvalidArgumentError(None, None, "None of the conditions evaluated as True.")
    return default()


@composite("switch_case")
def switch_case(branch_index: Any, branch_fns: Any, default: Any = None, name: str = "switch_case") -> Any:
    """The function with this number; the default, or the last, for numbers there is none of."""
    index = int(_value(branch_index))
    pairs = list(branch_fns.items()) if isinstance(branch_fns, dict) else list(branch_fns)
    if pairs and callable(pairs[0]):
        pairs = list(enumerate(pairs))
    table = dict(pairs)
    chosen = table.get(index)
    if chosen is None:
        chosen = default if default is not None else table[max(table)]
    return _unpacked(chosen())


@composite("while_loop")
def while_loop(
    cond: Any,
    body: Any,
    loop_vars: Any,
    shape_invariants: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    maximum_iterations: Any = None,
    name: str | None = None,
) -> Any:
    """The loop variables after `body` has run for as long as `cond` holds."""
    if not callable(cond):
        raise TypeError("'cond' must be callable.")
    if not callable(body):
        raise TypeError("'body' must be callable.")
    if not loop_vars and loop_vars != 0:
        raise ValueError("'loop_vars' must be provided.")
    alone = isinstance(loop_vars, list | tuple) and len(loop_vars) == 1
    state = _nest.map_structure(_as_tensor, loop_vars)
    kind = type(loop_vars)
    limit = None if maximum_iterations is None else int(_value(maximum_iterations))
    count = 0
    with ExitStack() as quiet:  # a traced loop runs its Python once, so it prints once
        while (limit is None or count < limit) and bool(_value(cond(*state))):
            found = body(*state)
            if not isinstance(found, list | tuple) or (alone and not isinstance(found, list | tuple)):
                found = (found,)
            _nest.assert_same_structure(list(state), list(found), check_types=False)
            state = _nest.pack_sequence_as(
                loop_vars, _nest.flatten(_nest.map_structure(_as_tensor, list(found)))
            )
            count += 1
            if count == 1 and TRACING.get() is not None:
                quiet.enter_context(silent_printing())
    return kind(state) if kind in (list, tuple) else state


def _as_tensor(value: Any) -> Any:
    if (
        value is None
        or hasattr(value, "_flow")
        or hasattr(value, "_tensors")
        or isinstance(value, EagerTensor)
    ):
        return value
    return convert(value)


def _rows(elems: Any) -> tuple[list[Any], int]:
    """The elements along the first axis, each in the structure of the whole."""
    flat = [convert(e) if not hasattr(e, "_tensors") else e for e in _nest.flatten(elems)]
    for one in flat:
        if not one.shape.rank:
            raise ValueError("elems must be a 1+ dimensional Tensor, not a scalar")
    count = flat[0].shape[0] or 0
    parts = [traced.unstack(e) if isinstance(e, EagerTensor) else list(e) for e in flat]
    return [_nest.pack_sequence_as(elems, [p[i] for p in parts]) for i in range(count)], count


def _piled(rows: list[Any]) -> Any:
    return _nest.pack_sequence_as(
        rows[0], [traced.stack(list(each)) for each in zip(*(_nest.flatten(r) for r in rows), strict=True)]
    )


@composite("map_fn")
def map_fn(
    fn: Callable[..., Any],
    elems: Any,
    dtype: Any = None,
    parallel_iterations: Any = None,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    name: str | None = None,
    fn_output_signature: Any = None,
) -> Any:
    """`fn` of each element along the first axis, stacked."""
    if not callable(fn):
        raise TypeError(f"The provided function {fn} is not callable.fn must be callable.")
    wanted = fn_output_signature if fn_output_signature is not None else dtype
    rows, _ = _rows(elems)
    given = wanted if wanted is not None else _nest.map_structure(lambda e: convert(e).dtype, elems)
    made = []
    for row in rows:
        found = fn(row)
        if wanted is None:
            _nest.assert_same_structure(elems, found)
        found = _nest.pack_sequence_as(given, [convert(f) for f in _nest.flatten(found)])
        for one, spec in zip(_nest.flatten(found), _nest.flatten(given), strict=True):
            expected = as_dtype(getattr(spec, "dtype", spec))
            if one.dtype is not expected:
                raise InvalidArgumentError(
                    None, None,
                    f"TensorArray dtype is {expected.name} but Op is trying to write dtype {one.dtype.name} ",
                )  # fmt: skip
        made.append(found)
    if not made:
        return _nest.map_structure(lambda s: traced.zeros([0], as_dtype(getattr(s, "dtype", s))), given)
    return _piled(made)


@composite("vectorized_map")
def vectorized_map(
    fn: Callable[..., Any], elems: Any, fallback_to_while_loop: bool = True, warn: bool = True
) -> Any:
    """`fn` of each element along the first axis, stacked."""
    sizes = {convert(e)._v.shape[0] for e in _nest.flatten(elems)}
    count = max(sizes)
    flat = [convert(e) for e in _nest.flatten(elems)]
    rows = [
        _nest.pack_sequence_as(elems, [e[i if e._v.shape[0] != 1 or count == 1 else 0] for e in flat])
        for i in range(count)
    ]
    return _piled([_nest.map_structure(convert, fn(row)) for row in rows])


def _fold(fn: Any, elems: Any, initializer: Any, backwards: bool) -> tuple[list[Any], Any]:
    rows, _ = _rows(elems)
    if backwards:
        rows = rows[::-1]
    if initializer is None:
        return rows[1:], rows[0]
    return rows, _nest.map_structure(convert, initializer)


@composite("foldl")
def foldl(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """`fn(so far, element)` from the first element to the last."""
    if not callable(fn):
        raise TypeError(f"{fn.__name__} is not callable.")
    rows, total = _fold(fn, elems, initializer, False)
    for row in rows:
        total = fn(total, row)
    return total


@composite("foldr")
def foldr(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """`fn(so far, element)` from the last element to the first."""
    if not callable(fn):
        raise TypeError(f"{fn.__name__} is not callable.")
    rows, total = _fold(fn, elems, initializer, True)
    for row in rows:
        total = fn(total, row)
    return total


@composite("scan")
def scan(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
         swap_memory: bool = False, infer_shape: bool = True, reverse: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """All the intermediate results of a fold, stacked."""
    if not callable(fn):
        raise TypeError(f"{fn.__name__} is not callable.")
    rows, total = _fold(fn, elems, initializer, reverse)
    found = [total] if initializer is None else []
    for row in rows:
        total = _nest.map_structure(convert, fn(total, row))
        found.append(total)
    return _piled(found[::-1] if reverse else found)


def _called(op: str, func: Any, inp: Any, outputs: Any, convert_args: Any) -> Any:
    token = TRACING.set(None)
    try:
        found = func(*[convert_args(convert(x)) for x in inp])
        if isinstance(outputs, list | tuple):
            found = (
                [] if found is None and not outputs else found if isinstance(found, list | tuple) else [found]
            )
            return [_returned(f, t) for f, t in zip(found, outputs, strict=True)]
        return _returned(found, outputs)
    except Exception as problem:
        from tfgrad_course.tf._errors import ERRORS

        kinds = {ValueError: "InvalidArgumentError", TypeError: "InvalidArgumentError", StopIteration: "OutOfRangeError",
                 MemoryError: "ResourceExhaustedError", NotImplementedError: "UnimplementedError"}  # fmt: skip
        name = next((n for k, n in kinds.items() if isinstance(problem, k)), "UnknownError")
        kind = ERRORS["InvalidArgumentError" if isinstance(problem, InvalidArgumentError) else name]
        words = f"{type(problem).__name__}: {problem}"
        raise kind(None, None, kernel_text(op, words)) from problem
    finally:
        TRACING.reset(token)


def _returned(value: Any, spec: Any) -> Any:
    wanted = as_dtype(getattr(spec, "dtype", spec))
    if isinstance(value, TENSORS):
        return convert(value, wanted)
    return (
        convert(np.asarray(value), wanted)
        if isinstance(value, np.ndarray | np.generic)
        else convert(value, wanted)
    )


@composite("py_function")
def py_function(func: Any = None, inp: Any = None, Tout: Any = None, name: str | None = None) -> Any:
    """A Python function called with eager tensors; gradients go through it."""
    return _called("EagerPyFunc", func, inp or [], Tout, lambda x: x)


@composite("numpy_function")
def numpy_function(
    func: Any = None, inp: Any = None, Tout: Any = None, stateful: bool = True, name: str | None = None
) -> Any:
    """A Python function called with NumPy arrays; no gradients go through it."""
    token = silence()
    try:
        return _called("PyFunc", func, inp or [], Tout, lambda x: x._numpy())
    finally:
        LISTENING.reset(token)
