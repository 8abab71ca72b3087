"""A file system that holds nothing but code to read and one small folder to write in: no /proc, no /tmp, no home."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from graders.sandbox import kernel

ADVICE = "mounting was refused (a container without the right to): give it user namespaces or CAP_SYS_ADMIN"
FOLDER = "/home/learner/course/work"  # deep, so that its neighbours above are empty
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_STAGE = "/tmp"  # only a place to mount on, in our own mount namespace: nothing is written there
_OLD = "/.old"
_MAX_FILES = 4096
_KEPT = {  # statvfs flag -> mount flag; a mount of someone else's may not lose these
    os.ST_NOSUID: kernel.MS_NOSUID,
    getattr(os, "ST_NODEV", 4): kernel.MS_NODEV,
    getattr(os, "ST_NOEXEC", 8): kernel.MS_NOEXEC,
    getattr(os, "ST_NOATIME", 1024): 1024,
    getattr(os, "ST_NODIRATIME", 2048): 2048,
    getattr(os, "ST_RELATIME", 4096): 1 << 21,
}


def available() -> bool:
    """Part of every Linux; whether we may, only trying shows."""
    return True


def build(readable: Sequence[str]) -> None:
    """In a mount namespace of our own: make the new root and move into it."""
    shown = _places(readable, read_only=True) | _places(DEVICES, read_only=False)
    program = os.path.realpath("/proc/self/exe")
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount(
        "tmpfs", _STAGE, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755,size=1m,nr_inodes=8192"
    )
    os.mkdir(_STAGE + _OLD)
    kernel.pivot_into(_STAGE, _OLD)
    for place, (source, read_only) in shown.items():
        _show(place, source, read_only=read_only)
    os.makedirs(FOLDER, 0o755, exist_ok=True)
    _link("/tmp", FOLDER)
    _link("/proc/self/exe", program)  # TensorFlow ends the process if it finds neither of these two
    Path("/proc/self/cmdline").write_bytes(b"python\0submission.py\0")
    _memory(FOLDER, "mode=755,size=16m")  # the zygote's own; each child mounts another one over it
    kernel.let_go(_OLD)
    os.rmdir(_OLD)
    kernel.mount("tmpfs", "/", None, kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | kernel.MS_NOSUID)


def _places(paths: Sequence[str], *, read_only: bool) -> dict[str, tuple[str, bool]]:
    """Where each path is to be seen, by its name and by its real name, and where it lies now."""
    found = {}
    for path in paths:
        real = os.path.realpath(path)
        if os.path.exists(real):
            found[path] = found[real] = (_OLD + real, read_only)
    return found


def _link(path: str, target: str) -> None:
    os.makedirs(os.path.dirname(path), 0o755, exist_ok=True)
    if not os.path.lexists(path):
        os.symlink(target, path)


def _show(place: str, source: str, *, read_only: bool) -> None:
    if os.path.lexists(place):
        return
    os.makedirs(os.path.dirname(place), 0o755, exist_ok=True)
    if os.path.isdir(source):
        os.mkdir(place, 0o755)
    else:
        Path(place).touch(0o644)
    kernel.mount(source, place, None, kernel.MS_BIND | kernel.MS_REC)
    if read_only:
        found = os.statvfs(place).f_flag
        kept = sum(mount for stat, mount in _KEPT.items() if found & stat)
        flags = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV
        kernel.mount(source, place, None, flags | kept)


def folder(size: int, uid: int) -> None:
    """In the child: its own work folder, in memory, bounded, gone with it."""
    kernel.unshare(kernel.CLONE_NEWNS)
    _memory(FOLDER, f"mode=755,uid={uid},gid={uid},size={size},nr_inodes={_MAX_FILES}")
    os.chdir(FOLDER)


def _memory(place: str, options: str) -> None:
    kernel.mount("tmpfs", place, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC, options)
