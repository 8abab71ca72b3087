"""The walk back over a tape's records, in each of the three lives of a rule.

Records lie in the order in which they were made, so the reversed list is a topological order: no sorting, no recursion.
`grads` holds what has arrived at the output of each record, as far as the walk has not come by: its last entry belongs
to the record that is next. Broadcasting is undone here, once for all rules.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import ndarray

from tfgrad_course.tf import _lives
from tfgrad_course.tf._declare import ELEMENTWISE, batched, raw, traced
from tfgrad_course.tf._parts import MANY, Diagonal, Group, Parts
from tfgrad_course.tf._slices import Rows, TracedRows
from tfgrad_course.tf._tensor import tensor


def plain(ops: list[Any], grads: list[Any], keep: Any) -> dict[int, Any]:
    """First-order gradients on NumPy values, by the id of each tensor that is followed or in `keep`."""
    F, arrived, kept, pop = raw, _arrived, {}, grads.pop
    # Between scalars of the seed's type nothing has to be looked at; shapes are made anew by NumPy each time.
    scalar = type(grads[-1]) if grads else None
    scalar = None if scalar is ndarray else scalar
    for z, x, i, vx, y, j, vy in reversed(ops):
        g = pop()
        if g is None:
            continue
        if keep and x is not None and id(z) in keep:
            kept[id(z)] = g
            g = _dense(g)
        if y is None:
            if vx is None:
                kept[id(z)] = g
                continue
            v = x._v
            d = vx(F, g, z._v, v)
            if type(d) is not scalar or type(v) is not scalar:
                d = arrived(d, x, ops[i], keep)
            old = grads[i]
            grads[i] = d if old is None else old + d
        elif vy is MANY:
            _several(ops, (z, x, i, vx, y, j, vy), g, grads, keep)
        else:
            if vx is not None:
                v = x._v
                d = vx(F, g, z._v, v, y._v)
                if type(d) is not scalar or type(v) is not scalar:
                    d = arrived(d, x, ops[i], keep)
                old = grads[i]
                grads[i] = d if old is None else old + d
            if vy is not None:
                v = y._v
                d = vy(F, g, z._v, x._v, v)
                if type(d) is not scalar or type(v) is not scalar:
                    d = arrived(d, y, ops[j], keep)
                old = grads[j]
                grads[j] = d if old is None else old + d
    return kept


def begun(ops: list[Any], grads: dict[int, Any]) -> tuple[list[Any], list[Any]]:
    """The records up to the last of some places, and what has arrived at each of them."""
    count = 1 + max(grads, default=-1)
    arrived: list[Any] = [None] * count
    for place, g in grads.items():
        arrived[place] = g
    return ops if count == len(ops) else ops[:count], arrived


def _arrived(d: Any, x: Any, record: Any, keep: Any) -> Any:
    """What a rule gives for an input: of its dtype and shape, and as rows only where that is asked for or begins."""
    if type(d) is Parts:
        return d
    v = x._v
    if d.dtype is not v.dtype and d.dtype != v.dtype:
        d = d.astype(v.dtype)  # bfloat16 beside Python's floats becomes float32
    if type(d) is Rows:
        return d if record[1] is None or id(x) in keep else d.dense()
    return d if d.shape == v.shape else _lives.sum_to(d, v.shape)


def _several(ops: Any, record: Any, g: Any, grads: list[Any], keep: Any) -> None:
    z, inputs, places, _, how, *_ = record
    for x, i, d in zip(inputs, places, cotangents(raw, z, inputs, places, how, g, _value), strict=True):
        if d is not None:
            d = _arrived(d, x, ops[i], keep)
            old = grads[i]
            grads[i] = d if old is None else old + d


def _value(tensor: Any) -> Any:
    return tensor._v


def cotangents(F: Any, z: Any, inputs: Any, places: Any, how: Any, g: Any, look: Any) -> list[Any]:
    """What goes to each input of a record with many inputs or outputs, None where `places` has none."""
    entry, attrs = how
    if type(z) is Group:
        some = next(iter(g.values()))
        zs = [look(t) for t in z.outputs]
        g = [g[i] if i in g else F.zero_part(t, some) for i, t in enumerate(zs)]
        g = [part.dense() if type(part) in (Rows, TracedRows) else part for part in g]
    else:
        zs = look(z)
    vjps = entry.complex_vjps if inputs and inputs[0].dtype.is_complex else entry.vjps
    values = [look(x) for x in inputs]
    if entry.inputs is None:
        found = vjps[0](F, g, zs, values, *attrs)
        return [None if place is None else d for d, place in zip(found, places, strict=True)]
    return [
        None if place is None or vjps[i] is None else vjps[i](F, g, zs, *values, *attrs)
        for i, place in enumerate(places)
    ]


def recorded(ops: list[Any], grads: list[Any], keep: Any) -> dict[int, Any]:
    """The same on tensors, through public operations, while another tape or an accumulator listens."""
    F, kept, pop = traced, {}, grads.pop
    for z, x, i, vx, y, j, vy in reversed(ops):
        g = pop()
        if g is None:
            continue
        if keep and id(z) in keep:
            kept[id(z)] = g
        if type(g) is TracedRows and x is not None:
            g = g.dense()
        if y is None:
            if vx is None:
                kept[id(z)] = g
            else:
                _put(grads, i, x, vx(F, g, z, x))
        elif vy is MANY:
            for one, place, d in zip(x, i, cotangents(F, z, x, i, y, g, _itself), strict=True):
                if d is not None:
                    _put(grads, place, one, d)
        else:
            if vx is not None:
                _put(grads, i, x, vx(F, g, z, x, y))
            if vy is not None:
                _put(grads, j, y, vy(F, g, z, x, y))
    return kept


def _put(grads: list[Any], place: int, one: Any, d: Any) -> None:
    v, kind = one._v, type(d._v)
    if (kind is ndarray or type(v) is not kind) and d._v.shape != v.shape:
        d = _down_to(d, v.shape)
    old = grads[place]
    grads[place] = d if old is None else old + d


def _itself(tensor: Any) -> Any:
    return tensor


def _down_to(d: Any, shape: tuple[int, ...]) -> Any:
    if d._v.ndim < len(shape):
        return traced.spread(d, shape)
    return traced.sum_to(d, shape)


def rows(ops: list[Any], grads: list[Any], keep: Any) -> dict[int, Any]:
    """Many gradients at once: each has one more leading axis, one row a gradient."""
    kept = {}
    for z, x, i, vx, y, j, vy in reversed(ops):
        g = grads.pop()
        if g is None:
            continue
        if x is None or id(z) in keep:
            kept[id(z)] = g
            if x is None:
                continue
        if vy is MANY:
            g = g.dense() if type(g) is Diagonal else g
            for one, place, d in zip(x, i, _row_cotangents(z, x, i, y, g), strict=True):
                if d is not None:
                    _put_rows(grads, place, one, d)
            continue
        if vx is not None:
            _put_rows(grads, i, x, _rows_of(vx, x, g, z, x, y))
        if vy is not None:
            _put_rows(grads, j, y, _rows_of(vy, y, g, z, x, y))
    return kept


def _put_rows(grads: list[Any], place: int, one: Any, d: Any) -> None:
    if type(d) is not Diagonal and d.shape[1:] != one._v.shape:
        d = _lives.sum_rows_to(d, one._v.shape) if d.shape else d
    old = grads[place]
    grads[place] = d if old is None else old + d


def _rows_of(vjp: Any, one: Any, g: Any, z: Any, x: Any, y: Any) -> Any:
    """What goes to `one`, an input of a record: rows, or a diagonal for as long as elements keep to themselves."""
    values = (x._v,) if y is None else (x._v, y._v)
    own = vjp in ELEMENTWISE
    if type(g) is Diagonal:
        if own and one._v.shape == z._v.shape:
            pair = vjp(batched, g.pair, z._v, *values)
            if pair.shape == g.pair.shape:
                return Diagonal(pair)
        g = g if getattr(vjp, "diagonal", False) else g.dense()
    if not own and getattr(vjp, "rows", False):
        return _by_row(vjp, g, z._v, *values)
    return vjp(batched, g, z._v, *values)


def _by_row(vjp: Any, g: Any, z: Any, *inputs: Any) -> Any:
    return np.stack([_dense(vjp(raw, row if row.shape else row[()], z, *inputs)) for row in g])


def _dense(d: Any) -> Any:
    return d.dense() if type(d) is Rows else d


def _row_cotangents(z: Any, inputs: Any, places: Any, how: Any, g: Any) -> list[Any]:
    entry, _ = how
    if entry.batched:
        return cotangents(batched, z, inputs, places, how, g, _value)
    count = len(next(iter(g.values()))) if type(z) is Group else len(g)
    each = []
    for i in range(count):
        row = type(g)({k: part[i] for k, part in g.items()}) if type(z) is Group else g[i]
        each.append([_dense(d) for d in cotangents(raw, z, inputs, places, how, row, _value)])
    return [
        None if column[0] is None else np.stack([_lives.sum_to(d, x._v.shape) for d in column])
        for x, column in zip(inputs, zip(*each, strict=True), strict=True)
    ]


def one(value: Any) -> Any:
    """The seed of a value."""
    return np.ones(value.shape, value.dtype) if type(value) is ndarray else type(value)(1)


def ones(target: Any) -> Any:
    """The seed of a target, as a tensor."""
    return tensor(_lives.ones_like(target._v), target.dtype)
