"""What the reference tape keeps as attributes, as the tensors that TensorFlow passes: axes, permutations, slices."""

from __future__ import annotations

from typing import Any

_END = 2**31 - 1
_AXES = ("Sum", "Mean", "Prod", "Max", "Min", "All", "Any", "EuclideanNorm", "Transpose")
_AXIS = ("GatherV2", "ConcatV2", "Cumsum", "Cumprod")


def settings(name: str, attrs: tuple[Any, ...]) -> tuple[Any, ...]:
    """The further inputs that TensorFlow's operation of this name has; none where they cannot be told."""
    if not attrs:
        return ()
    if name in _AXES and type(attrs[0]) is tuple:
        return (list(attrs[0]),)
    if name in _AXIS and type(attrs[0]) is int:
        return (attrs[0],)
    if name == "StridedSlice" and type(attrs[0]) is tuple:
        return _slices(attrs[0])
    return ()


def _slices(picked: tuple[Any, ...]) -> tuple[Any, ...]:
    """Begin, end and step along each axis."""
    begin, end, step = [], [], []
    for item in picked:
        if item is Ellipsis:
            break
        if type(item) is tuple and len(item) == 3:
            start, stop, stride = item
            begin.append(0 if start is None else start)
            end.append(_END if stop is None else stop)
            step.append(1 if stride is None else stride)
        elif type(item) is int:
            begin.append(item)
            end.append(item + 1)
            step.append(1)
        else:
            return ()
    return begin, end, step
