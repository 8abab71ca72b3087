"""A world with nothing else in it: own processes, network, mounts, users, names; and a way to fork into it."""

from __future__ import annotations

import os
import signal

from graders.sandbox import kernel

ADVICE = (
    "user namespaces are switched off here (Docker's default profile, Ubuntu's AppArmor): as root, or "
    "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
)
_APART = (
    kernel.CLONE_NEWNS
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
    | kernel.CLONE_NEWCGROUP
    | kernel.CLONE_NEWPID
)


def available() -> bool:
    """Whether the kernel was built with them; whether we may use them, only trying shows."""
    return os.path.exists("/proc/self/ns/user")


def enter() -> int:
    """Leave everything shared behind; goes on as process 1 of the new world, whose process namespace is returned.

    Root simply leaves; an ordinary user gets the right to by a user namespace of its own.
    """
    try:
        if os.geteuid() != 0:
            raise PermissionError
        kernel.unshare(_APART)
    except PermissionError:  # also root without its powers, as in a container
        _enter_user()
        kernel.unshare(_APART)
    _become_first()
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def _enter_user() -> None:
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def _become_first() -> None:
    """Go on as the first process of the new namespace; the process that was here stays only to be waited for."""
    pid = os.fork()
    if pid:
        os.closerange(0, 1 << 16)
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    kernel.die_with_parent(signal.SIGKILL)


def fork(home: int) -> int:
    """Fork a child that is process 1 of a namespace of its own; `home` is ours, to which the next one returns."""
    kernel.unshare(kernel.CLONE_NEWPID)
    pid = -1
    try:
        pid = kernel.fork()
        return pid
    finally:
        if pid:
            kernel.setns(home, kernel.CLONE_NEWPID)


def leave_user() -> bool:
    """In the child: a user namespace of its own, so that its threads are counted apart; whether it came to that."""
    try:
        kernel.unshare(kernel.CLONE_NEWUSER)
    except OSError:
        return False
    return True
