"""No set-user-id program can give back what was dropped; the kernel also demands this before a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.sandbox import kernel

if TYPE_CHECKING:
    from graders.sandbox.plan import Plan

ADVICE = "needs Linux 3.5 or later"


def available() -> bool:
    """Whether the kernel knows it."""
    try:
        return kernel.prctl(kernel.PR_GET_NO_NEW_PRIVS) >= 0
    except OSError:
        return False


def enter(plan: Plan) -> None:
    """For this process and whatever comes of it."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def holds() -> bool:
    """Whether it is set."""
    return kernel.prctl(kernel.PR_GET_NO_NEW_PRIVS) == 1
