"""Control flow as plain Python: the branch that holds is run, a loop is a loop, and tapes record what happens."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._branches import run_branches
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._dry import connected, dry_run, follows, is_dry, watched
from tfgrad_course.tf._dtypes import bool_
from tfgrad_course.tf._errors import InvalidArgumentError
from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._shape import as_shape
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import silent_printing, tracing
from tfgrad_course.tf._variable import TENSORS, Variable


@composite("cond")
def cond(pred: Any, true_fn: Any = None, false_fn: Any = None, name: str | None = None) -> Any:
    """true_fn() if the predicate holds, else false_fn()."""
    for called, function in (("true_fn", true_fn), ("false_fn", false_fn)):
        if function is None:
            raise TypeError(f"cond(): '{called}' argument required")
    for called, function in (("true_fn", true_fn), ("false_fn", false_fn)):
        if not callable(function):
            raise TypeError(f"'{called}' must be callable.")
    if TRACING.get() is None:
        return true_fn() if _holds(pred) else false_fn()
    if isinstance(pred, bool):
        raise TypeError("pred must not be a Python bool", pred)
    made = convert(pred)
    if made.dtype is not bool_:
        raise InvalidArgumentError(
            None,
            None,
            f"Input 'pred' passed {made.dtype.kernel} expected bool while building NodeDef 'cond/switch_pred/_2' using "
            "Op<name=Switch; signature=data:T, pred:bool -> output_false:T, output_true:T; attr=T:type>",
        )
    return run_branches([true_fn, false_fn], 0 if _holds(pred) else 1, "tf.cond")


def _holds(pred: Any) -> bool:
    value = pred if isinstance(pred, bool) else convert(pred)
    if TRACING.get() is not None and isinstance(value, EagerTensor) and value.dtype is not bool_:
        if not value.dtype.is_numeric:
            return bool(value)
        return bool(value != 0) if not value._v.ndim else bool(value)
    return bool(value._numpy()) if isinstance(value, EagerTensor) else value


def _value(x: Any) -> Any:
    return x._numpy() if isinstance(x, TENSORS) else x


def _unpacked(result: Any) -> Any:
    alone = isinstance(result, list | tuple) and len(result) == 1
    return result[0] if alone else result


def _assert(condition: Any, data: list[Any], summarize: Any = None) -> None:
    from tfgrad_course import tf

    late: Any = tf
    late.debugging.Assert(condition, data, summarize)


@composite("case")
def case(
    pred_fn_pairs: Any, default: Any = None, exclusive: bool = False, strict: bool = False, name: str = "case"
) -> Any:
    """The function of the first predicate that holds."""
    preds, actions = zip(*_cases(pred_fn_pairs, exclusive), strict=True)
    held = [_holds(pred) for pred in preds]
    # Without a default the last function is one, and its predicate is not counted.
    counted = held[:-1] if default is None else held
    if exclusive and sum(counted) > 1:
        names = ", ".join("?" for _ in counted)
        said = f"Input error: exclusive=True: more than 1 conditions ({names}) evaluated as True:"
        _assert(convert(False), [said, convert(counted)], len(counted))
    if default is not None and not callable(default):
        raise TypeError("'false_fn' must be callable.")
    chosen = next((action for pred, action in zip(held, actions, strict=True) if pred), default)
    if chosen is None:
        said = "Input error: None of conditions evaluated as True:"
        _assert(preds[-1], [said, convert(held) if len(held) > 1 else convert(held[0])])
    if TRACING.get() is None:
        result = chosen()
    else:
        last = actions[-1] if default is None else default
        result = _nested(held if default is not None else held[:-1], actions, last)
    return result if strict else _unpacked(result)


def _nested(held: list[bool], actions: Any, last: Any) -> Any:
    """The actions of a graph: each the first branch of a condition, what follows the other."""
    if not held:
        return last()
    return run_branches(
        [actions[0], lambda: _nested(held[1:], actions[1:], last)], 0 if held[0] else 1, "tf.cond"
    )


def _cases(pairs: Any, exclusive: bool) -> list[tuple[Any, Any]]:
    if not isinstance(pairs, list | tuple | dict):
        raise TypeError(f"'pred_fn_pairs' must be a list, tuple, or dict. Received: {type(pairs)}")
    if isinstance(pairs, dict):
        if not isinstance(pairs, OrderedDict) and not exclusive:
            raise ValueError(
                "Unordered dictionaries are not supported for the 'pred_fn_pairs' argument when `exclusive=False` and "
                "eager mode is enabled."
            )
        pairs = list(pairs.items())
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"Each entry in 'pred_fn_pairs' must be a 2-tuple. Received {pair}.")
        pred: Any = pair[0]
        named, action = pred, pair[1]
        if not isinstance(pred, EagerTensor):
            raise TypeError(f"pred must be a Tensor, got: {pred!s}")
        if pred.dtype is not bool_:
            raise TypeError(f"pred must be Tensor of type bool: {named.name}")
        if not callable(action):
            raise TypeError(f"fn for pred {named.name} must be callable.")
    if not pairs:
        raise ValueError("not enough values to unpack (expected 2, got 0)")
    return list(pairs)


@composite("switch_case")
def switch_case(branch_index: Any, branch_fns: Any, default: Any = None, name: str = "switch_case") -> Any:
    """The function with this number; the default, or the last, for numbers there is none of."""
    if not isinstance(branch_index, EagerTensor):
        raise TypeError(f"'branch_index' must be a Tensor, got {type(branch_index)}")
    if not branch_index.dtype.is_integer:
        raise TypeError(f"'branch_index' must be an integer Tensor, got {branch_index.dtype!s}")
    actions = _branches(branch_fns)
    if default is not None:
        actions.append(default)
    index = int(_value(branch_index))
    index = index if 0 <= index < len(actions) else len(actions) - 1
    return actions[index]() if TRACING.get() is None else run_branches(actions, index, "tf.switch_case")


def _branches(branch_fns: Any) -> list[Callable[..., Any]]:
    if not branch_fns:
        raise ValueError("Must provide at least one item in 'branch_fns'")
    if not isinstance(branch_fns, list | tuple | dict):
        raise TypeError("'branch_fns' must be a list, tuple, or dict")
    pairs = list(branch_fns.items()) if isinstance(branch_fns, dict) else list(branch_fns)
    if all(callable(function) for function in pairs):
        pairs = list(enumerate(pairs))
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"Each entry in 'branch_fns' must be a 2-tuple. Received {pair}.")
        key, function = pair
        if not isinstance(key, int):
            raise TypeError(f"key must be a Python `int`, got {type(key)}")
        if not callable(function):
            raise TypeError(f"fn for key {key} must be callable.")
    keys = sorted(pair[0] for pair in pairs)
    if keys != list(range(len(keys))):
        raise ValueError(
            f"branch indices (keys) must form contiguous range of [0 to {len(keys)}) but found "
            f"{{{','.join(map(str, keys))}}}"
        )
    table = dict(pairs)
    return [table[key] for key in keys]


# Loops ---------------------------------------------------------------------------------------------


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
    if parallel_iterations < 1:
        raise TypeError("'parallel_iterations' must be a positive integer.")
    loop_vars = _nest.map_structure(lambda v: v._read() if isinstance(v, Variable) else v, loop_vars)
    limit = _limit(maximum_iterations)
    if TRACING.get() is not None:
        return _traced_loop(cond, body, loop_vars, shape_invariants, limit)
    if not loop_vars:
        raise ValueError("'loop_vars' must be provided.")
    wrapped = limit is not None
    expected = [0, loop_vars] if wrapped else list(loop_vars)
    _nest.map_structure(_as_tensor, list(loop_vars))
    count = 0
    while (limit is None or count < limit) and cond(*loop_vars):
        loop_vars = body(*loop_vars)
        count += 1
        _nest.assert_same_structure(expected, [count, loop_vars] if wrapped else list(loop_vars))
    return _nest.map_structure(_as_tensor, loop_vars)


def _limit(maximum_iterations: Any) -> int | None:
    if maximum_iterations is None:
        return None
    limit = convert(maximum_iterations)
    if limit.shape.rank:
        raise ValueError(f"'maximum_iterations' must be a scalar. Received shape: {limit.shape}")
    return int(limit._numpy())


def _traced_loop(cond: Any, body: Any, loop_vars: Any, shape_invariants: Any, limit: int | None) -> Any:
    """A loop inside a tf.function: always tensors, and each keeps its dtype and shape."""
    if not isinstance(loop_vars, list | tuple | dict):
        raise TypeError(f"object of type {type(loop_vars).__name__!r} has no len()")
    state = _nest.map_structure(_as_tensor, list(loop_vars))
    if shape_invariants is not None and len(shape_invariants) != len(state):
        _nest.assert_same_structure(state, list(shape_invariants))
    entered, open_shapes = _nest.flatten(state), _shapes(shape_invariants)
    count = 0
    seen: list[Any] = []

    def round_() -> Any:
        found = body(*state)
        found = found if _nest.is_nested(found) and not isinstance(found, dict) else [found]
        _nest.assert_same_structure(list(found), list(state), check_types=False)
        leaves = [_as_tensor(leaf) for leaf in _nest.flatten(found)]
        _check_kept(entered, leaves, open_shapes)
        return _nest.pack_sequence_as(state, leaves)

    with ExitStack() as quiet:  # a traced loop runs its Python once, so it prints once
        while (limit is None or count < limit) and (_holds(cond(*state)) or (is_dry() and not count)):
            if count:
                state = round_()
            else:
                state, seen = watched(round_)
            count += 1
            if count == 1:
                quiet.enter_context(silent_printing())
            if is_dry():
                break
    if not count and (tracing() is not None or follows()):
        _, seen = dry_run(round_)
    return _nest.pack_sequence_as(loop_vars, connected(_nest.flatten(state), seen))


def _shapes(shape_invariants: Any) -> list[Any] | None:
    if shape_invariants is None:
        return None
    return [getattr(one, "shape", one) for one in _nest.flatten(shape_invariants)]


def _check_kept(entered: list[Any], leaves: list[Any], open_shapes: list[Any] | None) -> None:
    """Refuse a loop variable that changes its dtype, or its shape where no invariant allows that."""
    for i, (before, after) in enumerate(zip(entered, leaves, strict=True)):
        if not isinstance(before, EagerTensor) or not isinstance(after, EagerTensor):
            continue
        called = _called_inside(before)
        if before.dtype is not after.dtype:
            raise TypeError(
                f"Loop var {called} enters the loop with type {before.dtype!r} but has type {after.dtype!r} after 1 "
                f"iteration. {called} type should remain constant."
            )
        allowed = before.shape if open_shapes is None else as_shape(open_shapes[i])
        if not allowed.is_compatible_with(after.shape):
            raise ValueError(
                f"Input tensor `{called}` enters the loop with shape {before.shape}, but has shape {after.shape} after one "
                "iteration. To allow the shape to vary across iterations, use the `shape_invariants` argument of "
                "tf.while_loop to specify a less-specific shape."
            )


def _called_inside(one: Any) -> str:
    trace = TRACING.get()
    name = trace.name_of(one) if hasattr(trace, "name_of") else None
    return f"{name or 'Const'}:0"


def _as_tensor(value: Any) -> Any:
    """A loop variable as a tensor; arrays of tensors, slices and the like stay what they are."""
    if isinstance(value, EagerTensor) or hasattr(value, "flow") or hasattr(value, "_components"):
        return value
    try:
        return convert_to_tensor(value)
    except ValueError:
        if value is None or isinstance(value, str | int | float | list | tuple):
            raise
        raise TypeError(
            f"Could not build a TypeSpec for {value} of unsupported type {type(value)}."
        ) from None
