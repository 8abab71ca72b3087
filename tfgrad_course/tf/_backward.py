"""The walk back over a tape's records, in each of the three lives of a rule.

Records lie in the order in which they were made, so the reversed list is a topological order: no sorting, no recursion.
`grads` maps the id of a tensor to what has arrived there; broadcasting is undone here, once for all rules.
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


def plain(ops: list[Any], grads: dict[int, Any], keep: dict[int, Any], kept: dict[int, Any]) -> None:
    """First-order gradients on NumPy values; what arrives at a tensor of `keep` is put in `kept`."""
    F, arrived, sliced = raw, _arrived, False
    pop = grads.pop
    for z, x, vx, y, vy in reversed(ops):
        g = pop(id(z), None)
        if g is None:
            continue
        if keep and id(z) in keep:
            kept[id(z)] = g
        if sliced and type(g) is Rows:
            g = g.dense()
        if y is None:
            v = x._v
            d = vx(F, g, z._v, v)
            kind, key = type(v), id(x)
            # Scalars of one type need no look at shapes, which NumPy makes anew each time.
            if kind is ndarray or type(d) is not kind:
                d = arrived(d, v)
                sliced = sliced or type(d) is Rows
            grads[key] = grads[key] + d if key in grads else d
        elif vy is MANY:
            _several(F, z, x, vx, y, g, grads)
            sliced = True
        else:
            if vx is not None:
                v = x._v
                d = vx(F, g, z._v, v, y._v)
                kind, key = type(v), id(x)
                if kind is ndarray or type(d) is not kind:
                    d = arrived(d, v)
                    sliced = sliced or type(d) is Rows
                grads[key] = grads[key] + d if key in grads else d
            if vy is not None:
                v = y._v
                d = vy(F, g, z._v, x._v, v)
                kind, key = type(v), id(y)
                if kind is ndarray or type(d) is not kind:
                    d = arrived(d, v)
                    sliced = sliced or type(d) is Rows
                grads[key] = grads[key] + d if key in grads else d


def _arrived(d: Any, v: Any) -> Any:
    if type(d) is Parts:
        return d
    if d.dtype is not v.dtype and d.dtype != v.dtype:
        d = d.astype(v.dtype)  # bfloat16 beside Python's floats becomes float32
    return d if d.shape == v.shape else _lives.sum_to(d, v.shape)


def _several(F: Any, z: Any, inputs: Any, wanted: Any, how: Any, g: Any, grads: dict[int, Any]) -> None:
    for x, d in zip(inputs, cotangents(F, z, inputs, wanted, how, g, lambda t: t._v), strict=True):
        if d is not None:
            if d.shape != x._v.shape:
                d = _lives.sum_to(d, x._v.shape)
            old = grads.get(id(x))
            grads[id(x)] = d if old is None else old + d


def cotangents(F: Any, z: Any, inputs: Any, wanted: Any, how: Any, g: Any, look: Any) -> list[Any]:
    """What goes to each input of a record with many inputs or outputs."""
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
        return [d if want else None for d, want in zip(found, wanted, strict=True)]
    return [
        vjps[i](F, g, zs, *values, *attrs) if want and vjps[i] is not None else None
        for i, want in enumerate(wanted)
    ]


def recorded(ops: list[Any], grads: dict[int, Any], keep: dict[int, Any], kept: dict[int, Any]) -> None:
    """The same on tensors, through public operations, while another tape or an accumulator listens."""

    F, pop = traced, grads.pop
    for z, x, vx, y, vy in reversed(ops):
        g = pop(id(z), None)
        if g is None:
            continue
        if keep and id(z) in keep:
            kept[id(z)] = g
        if type(g) is TracedRows:
            g = g.dense()
        if y is None:
            found = ((x, vx(F, g, z, x)),)
        elif vy is MANY:
            found = zip(x, cotangents(F, z, x, vx, y, g, _itself), strict=True)  # type: ignore[assignment]
        elif vy is None:
            found = ((x, vx(F, g, z, x, y)),)
        elif vx is None:
            found = ((y, vy(F, g, z, x, y)),)
        else:
            found = ((x, vx(F, g, z, x, y)), (y, vy(F, g, z, x, y)))  # type: ignore[assignment]
        for one, d in found:
            if d is None:
                continue
            v, kind, key = one._v, type(d._v), id(one)
            if (kind is ndarray or type(v) is not kind) and d._v.shape != v.shape:
                d = _down_to(d, v.shape)
            grads[key] = grads[key] + d if key in grads else d


def _itself(tensor: Any) -> Any:
    return tensor


def _down_to(d: Any, shape: tuple[int, ...]) -> Any:
    if d._v.ndim < len(shape):
        return traced.spread(d, shape)
    return traced.sum_to(d, shape)


def rows(ops: list[Any], grads: dict[int, Any], keep: dict[int, Any], kept: dict[int, Any]) -> None:
    """Many gradients at once: each has one more leading axis, one row a gradient."""
    for z, x, vx, y, vy in reversed(ops):
        g = grads.pop(id(z), None)
        if g is None:
            continue
        if id(z) in keep:
            kept[id(z)] = g
        if vy is MANY:
            g = g.dense() if type(g) is Diagonal else g
            found = zip(x, _row_cotangents(z, x, vx, y, g), strict=True)
        elif y is None:
            found = ((x, _rows_of(vx, x, g, z, x)),)  # type: ignore[assignment]
        else:
            found = ((x, _rows_of(vx, x, g, z, x, y)), (y, _rows_of(vy, y, g, z, x, y)))  # type: ignore[assignment]
        for one, d in found:
            if d is None:
                continue
            if type(d) is not Diagonal and d.shape[1:] != one._v.shape:
                d = _lives.sum_rows_to(d, one._v.shape) if d.shape else d
            key = id(one)
            grads[key] = grads[key] + d if key in grads else d


def _rows_of(vjp: Any, one: Any, g: Any, z: Any, *inputs: Any) -> Any:
    """What goes to `one`, an input of a record: rows, or a diagonal for as long as elements keep to themselves."""
    if vjp is None:
        return None
    values = [x._v for x in inputs]
    if type(g) is Diagonal:
        if vjp in ELEMENTWISE and one._v.shape == z._v.shape:
            pair = vjp(batched, g.pair, z._v, *values)
            if pair.shape == g.pair.shape:
                return Diagonal(pair)
        g = g if getattr(vjp, "diagonal", False) else g.dense()
    if getattr(vjp, "rows", False):
        return _by_row(vjp, g, z._v, *values)
    return vjp(batched, g, z._v, *values)


def _by_row(vjp: Any, g: Any, z: Any, *inputs: Any) -> Any:
    return np.stack([_dense(vjp(raw, row if row.shape else row[()], z, *inputs)) for row in g])


def _dense(d: Any) -> Any:
    return d.dense() if type(d) is Rows else d


def _row_cotangents(z: Any, inputs: Any, wanted: Any, how: Any, g: Any) -> list[Any]:
    entry, _ = how
    if entry.batched:
        return cotangents(batched, z, inputs, wanted, how, g, lambda t: t._v)
    count = len(next(iter(g.values()))) if type(z) is Group else len(g)
    each = []
    for i in range(count):
        row = type(g)({k: part[i] for k, part in g.items()}) if type(z) is Group else g[i]
        each.append([_dense(d) for d in cotangents(raw, z, inputs, wanted, how, row, lambda t: t._v)])
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
