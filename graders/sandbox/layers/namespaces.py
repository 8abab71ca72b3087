"""A world with nothing else in it: own processes, network, mounts, users, names; and a way to fork into it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from graders.sandbox import kernel

ADVICE = (
    "user namespaces are switched off here (Docker's default profile, Ubuntu's AppArmor): as root, or "
    "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
)
_APART = kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWCGROUP


def available() -> bool:
    """Whether the kernel was built with them; whether we may use them, only trying shows."""
    return os.path.exists("/proc/self/ns/user")


@dataclass(frozen=True, slots=True)
class Own:
    """Our own /proc entry and process namespace, held open before /proc is left behind."""

    proc: int
    processes: int


def hold() -> Own:
    """Open what is needed later."""
    proc = os.open("/proc/self", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    return Own(proc, os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC))


def enter(own: Own) -> None:
    """Leave everything shared behind; an ordinary user gets the right to by a user namespace of its own."""
    if os.geteuid() == 0:
        try:
            kernel.unshare(kernel.CLONE_NEWNS | _APART)
            return
        except PermissionError:  # root without its powers, as in a container
            pass
    _enter_user(own)
    kernel.unshare(_APART)


def _enter_user(own: Own) -> None:
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        descriptor = os.open(name, os.O_WRONLY, dir_fd=own.proc)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def fork(own: Own) -> int:
    """Fork a child that is alone: process 1 of its own process namespace. The numbers we see stay ours."""
    kernel.unshare(kernel.CLONE_NEWPID)
    try:
        return os.fork()
    finally:
        if os.getpid() != 1:
            kernel.setns(own.processes, kernel.CLONE_NEWPID)


def leave_user() -> bool:
    """In the child: a user namespace of its own, so that its threads are counted apart; whether it came to that."""
    try:
        kernel.unshare(kernel.CLONE_NEWUSER)
    except OSError:
        return False
    return True
