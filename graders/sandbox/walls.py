"""All layers together: what the zygote sets up once, what a child goes through before any learner code, in order."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from graders.sandbox import kernel
from graders.sandbox.layers import (
    capabilities,
    landlock,
    mounts,
    namespaces,
    no_new_privs,
    rlimits,
    seccomp,
    uid,
)
from graders.sandbox.plan import Plan
from graders.sandbox.probe import trial
from graders.sandbox.readable import ours

CHANNEL = 3


@dataclass(slots=True)
class Walls:
    """What holds here, and what the children need for it."""

    plan: Plan
    held: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    home: int | None = None
    statm: int | None = None
    smaps: int | None = None
    allowed: tuple[landlock.Allowed, ...] = ()
    program: bytes = b""
    users_threads: int = 0

    def note(self, layer: str, why: str) -> bool:
        """Write down whether a layer holds."""
        if why:
            self.missing[layer] = why
        else:
            self.held.append(layer)
        return not why

    def apart(self) -> bool:
        """Whether children have a world of their own."""
        return "namespaces" in self.held


def prepare(plan: Plan) -> Walls:
    """Try every layer in a scrap process, then set up what holds; to be called before there is any thread."""
    walls = Walls(plan)
    walls.users_threads = rlimits.threads_of_user()
    _step_aside(walls)
    if os.geteuid() == 0:
        walls.note("uid", trial(lambda: _other_user(plan)))
    for layer, attempt in _attempts(walls).items():
        walls.note(layer, trial(attempt))
    if "landlock" in walls.held:
        names = (*plan.listable, *ours()) if walls.apart() else plan.listable
        walls.allowed = landlock.prepare(plan.readable, names, mounts.DEVICES)
    if "seccomp" in walls.held:
        owner = not walls.apart() or (os.geteuid() == 0 and "uid" not in walls.held)
        walls.program = seccomp.program(owner, landlock.version())
    return walls


def _step_aside(walls: Walls) -> None:
    why = "not asked for"
    if walls.plan.apart:
        why = trial(lambda: _world(walls.plan)) if namespaces.available() else "this kernel has none"
    if walls.note("namespaces", why):
        walls.held.append("mounts")
        walls.home = namespaces.enter()
    else:
        walls.missing["mounts"] = why
    walls.statm, walls.smaps = (
        os.open(f"/proc/self/{name}", os.O_RDONLY | os.O_CLOEXEC) for name in ("statm", "smaps")
    )
    if walls.apart():
        mounts.build(walls.plan.readable)


def _world(plan: Plan) -> bool:
    """The whole way once: a world of our own, and a child in it with its folder."""
    home = namespaces.enter()
    mounts.build(plan.readable)
    why = trial(lambda: _alone(plan), lambda: namespaces.fork(home))
    if why:
        raise RuntimeError(why)
    return True


def _alone(plan: Plan) -> bool:
    mounts.folder(plan.folder_bytes, plan.uid or os.geteuid())
    return os.getpid() == 1 and not os.path.exists("/proc/1") and not os.path.exists("/etc/passwd")


def _other_user(plan: Plan) -> bool:
    uid.enter(plan.uid or 0)
    return uid.holds() and uid.can_read(plan.readable)


def _attempts(walls: Walls) -> dict[str, Callable[[], bool]]:
    plan = walls.plan

    def rlimits_hold() -> bool:
        rlimits.enter(plan, rlimits.address_space(walls.statm))
        return rlimits.holds()

    def capabilities_hold() -> bool:
        capabilities.enter(plan)
        return capabilities.holds()

    def privileges_hold() -> bool:
        no_new_privs.enter(plan)
        return no_new_privs.holds()

    def landlock_holds() -> bool:
        no_new_privs.enter(plan)
        landlock.enter(landlock.ruleset((), os.open("/dev", os.O_PATH)))
        return landlock.holds()

    def seccomp_holds() -> bool:
        no_new_privs.enter(plan)
        seccomp.enter(seccomp.program())
        return seccomp.holds()

    attempts = {
        "rlimits": rlimits_hold,
        "capabilities": capabilities_hold,
        "no_new_privs": privileges_hold,
        "landlock": landlock_holds,
        "seccomp": seccomp_holds,
    }
    modules = {"rlimits": rlimits, "landlock": landlock, "seccomp": seccomp}
    return {
        name: attempt if name not in modules or modules[name].available() else _nothing
        for name, attempt in attempts.items()
    }


def _nothing() -> bool:
    raise RuntimeError("this kernel has none")


def enter(walls: Walls, work: int | None, own_uid: int | None, channel: int) -> None:
    """In a fresh child: through every layer that holds; the channel ends up as descriptor 3.

    `work` is its folder where it has no mounts of its own.
    """
    plan, held = walls.plan, walls.held
    uid_now = own_uid if own_uid is not None and "uid" in held else os.geteuid()
    if work is not None:
        os.fchdir(work)
    elif walls.apart():
        mounts.folder(plan.folder_bytes, uid_now)
    folder = os.open(".", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    rules = landlock.ruleset(walls.allowed, folder) if "landlock" in held else None
    counted_apart = uid_now != os.geteuid()
    if counted_apart:
        uid.enter(uid_now)
    elif walls.apart():
        counted_apart = namespaces.leave_user()
    if "rlimits" in held:
        threads = plan.threads if counted_apart else plan.threads * 8 + walls.users_threads
        rlimits.enter(plan, rlimits.address_space(walls.statm), threads)
    if "capabilities" in held:
        capabilities.enter(plan)
    if "no_new_privs" in held:
        no_new_privs.enter(plan)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.die_with_parent(signal.SIGKILL)
    if rules is not None:
        landlock.enter(rules)
    _close_all_but(channel)
    if "seccomp" in held:
        seccomp.enter(walls.program)


def _close_all_but(channel: int) -> None:
    """No descriptor of the zygote's reaches learner code."""
    os.closerange(3, channel)
    os.closerange(channel + 1, 1 << 16)
    if channel != CHANNEL:
        os.dup2(channel, CHANNEL)
        os.close(channel)
