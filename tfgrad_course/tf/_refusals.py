"""The errors for inputs an operation does not take: dtypes, pairs of dtypes, shapes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._errors import (
    InvalidArgumentError,
    NotFoundError,
    OpError,
    invalid,
    mismatch,
    not_allowed,
)


def refuse(entry: Any, x: Any, y: Any = None) -> OpError:
    """The error for inputs of a dtype the operation does not take, or of two dtypes."""
    if x.dtype in entry.no_kernel:
        return NotFoundError(
            None,
            None,
            f"Could not find device for node: {{{{node {entry.op}}}}} = {entry.op}[T=DT_{x.dtype.kernel.upper()}]\n"
            f"All kernels registered for op {entry.op}:\n [Op:{entry.op}] name: ",
        )
    if len(entry.dtypes) == 1:
        # An input without a dtype to be chosen: the kernel's one dtype is what it wants.
        (only,) = entry.dtypes
        number, odd = (0, x) if x.dtype is not only else (1, y)
        return mismatch(entry.op, number, only.kernel, odd.dtype.kernel)
    # The first input decides the dtype of the operation: if there is no such operation, the second is not looked at.
    if y is not None and y.dtype is not x.dtype and x.dtype in entry.dtypes:
        return mismatch(entry.op, 1, x.dtype.kernel, y.dtype.kernel)
    return not_allowed(entry.op, x.dtype.kernel, [d.kernel for d in entry.dtypes])


def misfit(entry: Any, x: Any, y: Any, problem: ValueError) -> Exception:
    """The error for shapes that do not go together."""
    if isinstance(problem, InvalidArgumentError):
        return problem
    try:
        np.broadcast_shapes(x._v.shape, y._v.shape)
    except ValueError:
        return invalid(entry.op, f"Incompatible shapes: {listed(x)} vs. {listed(y)}")
    if "negative integer powers" in str(problem):
        return invalid(entry.op, "Integers to negative integer powers are not allowed")
    return invalid(entry.op, str(problem))


def listed(x: Any) -> str:
    """A shape as kernels write it: [2,3]."""
    return "[" + ",".join(map(str, x._v.shape)) + "]"
