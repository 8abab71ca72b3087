"""No part of root's power is left, and none can be had back."""

from __future__ import annotations

import contextlib
import errno
import struct
from typing import TYPE_CHECKING

from graders.sandbox import kernel

if TYPE_CHECKING:
    from graders.sandbox.plan import Plan

ADVICE = "dropping capabilities was refused: run the grader as an ordinary user"
_VERSION_3 = 0x20080522
_ALL_SECURE_BITS_LOCKED = (
    0xEF  # no root, no set-uid fixup, no ambient: each with its lock, keep-caps locked off
)
_MOST = 64


def available() -> bool:
    """Every Linux has them."""
    return True


def enter(plan: Plan) -> None:
    """Drop all: bounding, ambient, inheritable, permitted and effective."""
    with contextlib.suppress(OSError):  # needs a capability itself, so an ordinary user has nothing to lock
        kernel.prctl(kernel.PR_SET_SECUREBITS, _ALL_SECURE_BITS_LOCKED)
    for capability in range(_MOST):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.EPERM):  # beyond the last one, or never had any
                break
            raise
    with contextlib.suppress(OSError):
        kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)
    kernel.capset(struct.pack("<Ii", _VERSION_3, 0), struct.pack("<6I", *[0] * 6))


def holds() -> bool:
    """Whether a privileged call is refused (chroot to where we are changes nothing if it is not)."""
    import os

    try:
        os.chroot("/")
    except PermissionError:
        return True
    return False
