"""What holds on this machine, tried and not guessed: for `tfgrad doctor`."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass, replace
from importlib import util

from graders.sandbox.limits import MINIMUM, PATIENCE, Limits, SandboxError
from graders.sandbox.plan import plan_for

_TITLES = {
    "namespaces": "a world of its own: processes, network, names",
    "mounts": "sees code and an empty work folder in memory, no /proc",
    "uid": "a user id of its own",
    "rlimits": "memory, processor, files and threads are bounded",
    "capabilities": "no power of root is left",
    "no_new_privs": "no set-user-id program can give one back",
    "landlock": "the kernel checks every path",
    "seccomp": "no process, program or socket; attacks end it",
    "cgroup": "memory counted by the kernel, a glutton is ended at once",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing that holds or does not, and what it is or what to do."""

    name: str
    holds: bool
    says: str


@dataclass(frozen=True, slots=True)
class Found:
    """The sandbox of this machine; `enough` for strangers' code."""

    mode: str
    layers: tuple[Layer, ...]
    enough: bool
    advice: str


def inspect() -> Found:
    """Everything but what needs TensorFlow (a fraction of a second)."""
    if sys.platform != "linux":
        return _portable()
    from graders.sandbox.child import TREES
    from graders.sandbox.readable import paths
    from graders.sandbox.zygotes import Zygotes

    readable, listable = paths()
    plan = replace(plan_for(TREES, Limits()), readable=readable, listable=listable)
    try:
        nursery = Zygotes(plan, 0)
    except SandboxError as error:
        return Found("limits-only", (Layer("sandbox", False, str(error)),), False, str(error).splitlines()[0])
    try:
        held, missing, advice, mode = nursery.layers, nursery.missing, nursery.advice(), nursery.mode
    finally:
        nursery.close()
    layers = [Layer(name, True, _TITLES[name]) for name in held]
    layers += [Layer(name, False, f"{why}: {advice[name]}") for name, why in missing.items()]
    order = list(_TITLES)
    layers.sort(key=lambda layer: order.index(layer.name))
    layers.append(_limits())
    return Found(mode, tuple(layers), set(MINIMUM) <= set(held), _ADVICE[mode])


def examine() -> Found:
    """Everything, with the try whether a fork of the warm TensorFlow is safe (some seconds)."""
    found = inspect()
    if sys.platform != "linux" or util.find_spec("tensorflow") is None:
        return found
    layer = Layer("fork-safety", *_fork_safety())
    return Found(found.mode, (*found.layers, layer), found.enough, found.advice)


def _fork_safety() -> tuple[bool, str]:
    from graders.sandbox.pool import open_pool

    try:
        with open_pool("tensorflow", own_code=True, standby=1) as pool:
            pool.give_back(pool.take())
            if pool.warm:
                return True, "a fork of the warm TensorFlow computes, in loops, pipelines and on threads"
            return (
                False,
                "this TensorFlow does not survive a fork once used: it is only imported (slower, still correct)",
            )
    except SandboxError as error:
        return False, str(error).replace("\n", " ")


_ADVICE = {
    "full": "Everything holds: strangers' code may be graded here.",
    "no-namespaces": "Enough for strangers' code; with namespaces it would not even see that other files exist.",
    "limits-only": "For your own code only: `grade` needs Landlock, seccomp and rlimits, or --trusted.",
}


def _limits() -> Layer:
    limits = Limits()
    return Layer(
        "limits",
        True,
        f"{limits.wall_s:g} s (waits for a busy processor come on top, {PATIENCE * limits.wall_s:g} s at most), "
        f"{limits.cpu_s:g} s of processor, {limits.memory_mib} MiB, "
        f"{limits.output_bytes:,} bytes printed, {limits.folder_bytes >> 20} MiB of files",
    )


def _portable() -> Found:
    says = f"{platform.system()} has no walls for a process; a Linux container or WSL2 has them"
    layers = [Layer("sandbox", False, says), _limits()]
    if os.name == "posix":
        layers.insert(1, Layer("rlimits", True, "processor and file sizes are bounded"))
    return Found("limits-only", tuple(layers), False, _ADVICE["limits-only"])
