"""Makes the function behind each row: convert, check dtypes, compute, and tell whoever listens.

Each factory closes over one row's kernel and rules; that is quicker than any dispatch. What is recorded: `_taping`.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

from tfgrad_course.tf._convert import convert, hinted, number, operand
from tfgrad_course.tf._dtypes import DType, bool_
from tfgrad_course.tf._listening import LISTENING
from tfgrad_course.tf._refusals import misfit, refuse
from tfgrad_course.tf._taping import note, settled
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import ResourceVariable

_CACHE = 512
_listening = LISTENING.get


def make(entry: Any) -> Callable[..., Any]:
    """The function that runs the operation."""
    if entry.several:
        call = _many(entry)
    elif entry.inputs == 1:
        call = (_unary_attrs if entry.attrs else _unary)(entry)
    elif entry.inputs == 2:
        call = (_binary_attrs if entry.attrs else _binary)(entry)
    else:
        call = _many(entry)
    return _named(call, entry)


def _named(call: Any, entry: Any) -> Any:
    public = entry.names[0].rpartition(".")[2] if entry.names else entry.name
    if entry.args:
        # Renaming the parameters keeps TensorFlow's keywords without a wrapper around every call.
        names = entry.args + call.__code__.co_varnames[len(entry.args) :]
        code = call.__code__.replace(co_varnames=names)
        call = FunctionType(code, call.__globals__, public, call.__defaults__, call.__closure__)
    call.__name__ = call.__qualname__ = public
    call.__doc__ = entry.doc
    return call


def _rules(entry: Any) -> dict[DType, tuple[Any, ...]]:
    """By the dtype of the first input: the dtype of the result and the vjps, so that a call looks only once."""
    return {
        d: (result, *(entry.complex_vjps if d.is_complex else entry.vjps))
        for d, result in entry.dtypes.items()
    }


def _unary(entry: Any) -> Callable[..., Any]:
    kernel, rules = entry.kernel, _rules(entry)

    def call(x: Any, name: Any = None) -> Any:
        if type(x) is not EagerTensor:
            if type(x) is ResourceVariable:
                now = x._now
                for one in _listening():
                    tracked = one.tracked
                    if tracked is None or (id(now) not in tracked and now._tape is not tracked):
                        one.read(x, now)
                x = now
            elif hasattr(x, "_mapped"):
                return x._mapped(call)
            else:
                x = convert(x)
        try:
            result, vjp = rules[x.dtype]
        except KeyError:
            raise refuse(entry, x) from None
        z = EagerTensor()
        z._tape = None
        z._v = kernel(x._v)
        z.dtype = result
        for one in _listening():
            tracked = one.tracked
            if tracked is None:
                one.told(entry, (x,), (z,), ())
            elif vjp is not None:
                i = x._place if x._tape is tracked else tracked.get(id(x))
                if i is not None:
                    ops = one.ops
                    if z._tape is None:
                        z._tape, z._place = tracked, len(ops)
                    else:
                        tracked[id(z)] = len(ops)
                    ops.append((z, x, i, vjp, None, None, None))
        return z

    return call


def _binary(entry: Any, beside: Any = None, fallback: Any = None) -> Callable[..., Any]:
    kernel, rules, goes = entry.kernel, _rules(entry), entry.vjps != (None, None)
    beside, fallback = beside or (hinted if entry.side == "hinted" else operand), fallback or entry.fallback

    def call(x: Any, y: Any, name: Any = None) -> Any:
        kind = type(x)
        if kind is not EagerTensor:
            if kind is ResourceVariable:
                now = x._now
                for one in _listening():
                    tracked = one.tracked
                    if tracked is None or (id(now) not in tracked and now._tape is not tracked):
                        one.read(x, now)
                x = now
            elif (kind is float or kind is int) and type(y) is EagerTensor and y.dtype.is_floating:
                c = y.dtype.small.get(x)
                x = number(x, y.dtype) if c is None else c
            else:
                x = _rare(x, y, beside, (call, x, y))
                if type(x) is Found:
                    return x.value
        d, number_y = x.dtype, False
        if type(y) is not EagerTensor:
            kind = type(y)
            if (kind is int or kind is float) and d.is_floating:
                c = d.small.get(y)
                y, number_y = number(y, d) if c is None else c, True
            else:
                y = y._read() if kind is ResourceVariable else _rare(y, x, beside, (call, x, y))
        found = rules.get(d)
        if found is None or y.dtype is not d:
            return _otherwise(entry, x, y, fallback)
        result, vx, vy = found
        z = EagerTensor()
        try:
            z._v = kernel(x._v, y._v)
        except ValueError as problem:
            raise misfit(entry, x, y, problem) from None
        z.dtype, z._tape = result, None
        for one in _listening():
            tracked = one.tracked
            if tracked is None:
                one.told(entry, (x, y), (z,), ())
            elif goes:
                i = x._place if x._tape is tracked else tracked.get(id(x))
                j = None if number_y else y._place if y._tape is tracked else tracked.get(id(y))
                if i is not None or j is not None:
                    ops = one.ops
                    if z._tape is None:
                        z._tape, z._place = tracked, len(ops)
                    else:
                        tracked[id(z)] = len(ops)
                    ops.append((z, x, i, vx if i is not None else None, y, j, vy if j is not None else None))
        return z

    return call


def _rare(one: Any, other: Any, beside: Any, ragged: tuple[Any, ...]) -> Any:
    """An input that is neither a tensor nor a variable, as a tensor; or Found, where it computes by itself."""
    return Found(one._paired(*ragged)) if hasattr(one, "_paired") else beside(one, other)


def _unary_attrs(entry: Any) -> Callable[..., Any]:
    kernel, allowed, result_of = entry.kernel, entry.dtypes, entry.result
    varies = callable(result_of) and not isinstance(result_of, DType)
    bound = _bound(entry)

    def call(x: Any, *attrs: Any) -> Any:
        if type(x) is not EagerTensor:
            x = convert(x)
        d = x.dtype
        result = allowed.get(d)
        if result is None:
            raise refuse(entry, x)
        z = EagerTensor()
        z._tape = None
        z._v = kernel(x._v, *attrs)
        z.dtype = result_of(d, *attrs) if varies else result
        for one in _listening():
            tracked = one.tracked
            if tracked is None:
                one.told(entry, (x,), (z,), attrs)
            else:
                i = x._place if x._tape is tracked else tracked.get(id(x))
                if i is not None and z.dtype.trainable:
                    (vjp,) = bound(d.is_complex, attrs)
                    if vjp is not None:
                        settled(one, z)
                        one.ops.append((z, x, i, vjp, None, None, None))
        return z

    return call


def _binary_attrs(entry: Any) -> Callable[..., Any]:
    kernel, allowed = entry.kernel, entry.dtypes
    alike = entry.form in ("bilinear", "elementwise")
    bound = _bound(entry)

    def call(x: Any, y: Any, *attrs: Any) -> Any:
        if type(x) is not EagerTensor:
            x = operand(x, y if alike else None)
        if type(y) is not EagerTensor:
            y = operand(y, x if alike else None)
        d = x.dtype
        result = allowed.get(d)
        if result is None or (alike and y.dtype is not d):
            raise refuse(entry, x, y)
        z = EagerTensor()
        z._tape = None
        try:
            z._v = kernel(x._v, y._v, *attrs)
        except ValueError as problem:
            raise misfit(entry, x, y, problem) from None
        z.dtype = result
        for one in _listening():
            tracked = one.tracked
            if tracked is None:
                one.told(entry, (x, y), (z,), attrs)
            else:
                i = x._place if x._tape is tracked else tracked.get(id(x))
                j = y._place if y._tape is tracked else tracked.get(id(y))
                if i is not None or j is not None:
                    vx, vy = bound(d.is_complex, attrs)
                    vx, vy = vx if i is not None else None, vy if j is not None else None
                    if vx is not None or vy is not None:
                        settled(one, z)
                        one.ops.append((z, x, i, vx, y, j, vy))
        return z

    return call


def _many(entry: Any) -> Callable[..., Any]:
    kernel, listed, count = entry.kernel, entry.inputs is None, entry.inputs

    def call(*given: Any) -> Any:
        inputs, attrs = (tuple(given[0]), given[1:]) if listed else (given[:count], given[count:])
        inputs = tuple(x if type(x) is EagerTensor else convert(x) for x in inputs)
        values = [x._v for x in inputs]
        made = kernel(values, *attrs) if listed else kernel(*values, *attrs)
        return settle(entry, inputs, attrs, made)

    return call


def settle(entry: Any, inputs: tuple[Any, ...], attrs: tuple[Any, ...], made: Any) -> Any:
    """The tensor, or the list of tensors, of what a kernel of many inputs or outputs has made, duly recorded."""
    several = type(made) is tuple
    kinds = entry.result
    first = inputs[0].dtype if inputs else None
    if callable(kinds) and not isinstance(kinds, DType):
        kinds = kinds([x.dtype for x in inputs], *attrs)
    elif isinstance(kinds, dict):
        kinds = kinds.get(first, first)
    if several:
        kinds = kinds if isinstance(kinds, list | tuple) else [kinds or first] * len(made)
        outputs = tuple(tensor(v, d) for v, d in zip(made, kinds, strict=True))
    else:
        outputs = (tensor(made, kinds or first),)  # type: ignore[arg-type]
    note(entry, inputs, outputs, attrs, entry, several)
    return list(outputs) if several else outputs[0]


def _bound(entry: Any) -> Callable[..., Any]:
    """The vjps with attributes filled in, kept for the attributes seen lately."""
    kept: dict[Any, Any] = {}

    def bound(is_complex: bool, attrs: tuple[Any, ...]) -> Any:
        key = (is_complex, attrs)
        try:
            found = kept.get(key)
        except TypeError:
            return _bind(entry, is_complex, attrs)
        if found is None:
            if len(kept) >= _CACHE:
                kept.clear()
            found = kept[key] = _bind(entry, is_complex, attrs)
        return found

    return bound


def _bind(entry: Any, is_complex: bool, attrs: tuple[Any, ...]) -> tuple[Any, ...]:
    vjps = entry.complex_vjps if is_complex else entry.vjps
    return tuple(None if vjp is None else _with(vjp, attrs, entry) for vjp in vjps)


def _with(vjp: Any, attrs: tuple[Any, ...], entry: Any) -> Callable[..., Any]:
    def filled(F: Any, g: Any, z: Any, *inputs: Any) -> Any:
        return vjp(F, g, z, *inputs, *attrs)

    if not entry.batched:
        filled.rows = True  # type: ignore[attr-defined]
    elif entry.batched == "diagonal":
        filled.diagonal = True  # type: ignore[attr-defined]
    return filled


def operators(entry: Any, call: Callable[..., Any], fallback: Any) -> tuple[Any, Any]:
    """The methods behind an operator: with the tensor on the left, and on the right."""
    if entry.inputs == 1:
        return (lambda x: call(x)), None
    inner = {"hinted": hinted, "bools": _beside_bools}.get(entry.side, operand)
    mirror = f"__r{entry.operator}__"

    def beside(y: Any, x: Any) -> Any:
        try:
            return inner(y, x)
        except (TypeError, ValueError):
            # What cannot be a tensor may know how to stand beside one: 3 * "ab" and such.
            if hasattr(type(y), mirror):
                found = getattr(y, mirror)(x)
                if found is not NotImplemented:
                    return Found(found)
            raise

    forward = _binary(entry, beside, fallback)
    return forward, _mirrored(entry, forward)


def _mirrored(entry: Any, forward: Callable[..., Any]) -> Callable[..., Any]:
    """The operator with the tensor on the right; a number on the left is all there is to convert."""
    kernel, rules = entry.kernel, _rules(entry)

    def reflected(y: Any, x: Any) -> Any:
        kind = type(x)
        if type(y) is ResourceVariable:
            now = y._now
            for one in _listening():
                tracked = one.tracked
                if tracked is None or (id(now) not in tracked and now._tape is not tracked):
                    one.read(y, now)
            y = now
        elif type(y) is not EagerTensor:
            y = y._read()
        d = y.dtype
        found = rules.get(d)
        if (kind is not int and kind is not float) or not d.is_floating or found is None:
            return forward(operand(x, y), y)
        result, _, vjp = found
        c = d.small.get(x)
        if c is None:
            c = number(x, d)
        z = EagerTensor()
        z._tape = None
        z._v = kernel(c._v, y._v)
        z.dtype = result
        for one in _listening():
            tracked = one.tracked
            if tracked is None:
                one.told(entry, (c, y), (z,), ())
            elif vjp is not None:
                j = y._place if y._tape is tracked else tracked.get(id(y))
                if j is not None:
                    ops = one.ops
                    if z._tape is None:
                        z._tape, z._place = tracked, len(ops)
                    else:
                        tracked[id(z)] = len(ops)
                    ops.append((z, c, None, None, y, j, vjp))
        return z

    return reflected


class Found:
    """A result that came from the other operand's own operator."""

    __slots__ = ("value",)
    dtype = None

    def __init__(self, value: Any) -> None:
        self.value = value


def _beside_bools(y: Any, x: Any) -> Any:
    # Beside a boolean `*` takes anything: it is the logical and.
    return convert(y) if getattr(x, "dtype", None) is bool_ else operand(y, x)


def _otherwise(entry: Any, x: Any, y: Any, fallback: Any) -> Any:
    """What a row's fallback makes of inputs its kernel does not take, else the error."""
    if type(y) is Found:
        return y.value
    if fallback is not None:
        made = fallback(x, y)
        if made is not None:
            return made
    raise refuse(entry, x, y)
