"""Memory and threads counted by the kernel over the whole child: ends a glutton at once and says so.

Kept by the grader, in a group below its own: version 1 where the hierarchy is ours to write, version 2 where a
subtree was delegated. Groups are few and used again, because making one is slow.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from graders.sandbox import clock

ADVICE = "no memory group is delegated to this user: `systemd-run --user --scope -p Delegate=yes tfgrad ...`"
_DYING_S = 2.0
_V1 = {"memory": "memory.limit_in_bytes", "pids": "pids.max"}
_V2 = {"memory": "memory.max", "pids": "pids.max"}


@dataclass(frozen=True, slots=True)
class Group:
    """One child's groups: its folder in each hierarchy, and where deaths for want of memory are counted."""

    folders: tuple[Path, ...]
    deaths: Path

    def add(self, pid: int) -> bool:
        """Put a process in; False if it is gone already."""
        try:
            for folder in self.folders:
                _write(f"{folder}/cgroup.procs", str(pid))
        except OSError:
            return False
        return True

    def killed(self) -> int:
        """How often the kernel ended something here for want of memory."""
        with contextlib.suppress(OSError, ValueError):
            _, found, rest = clock.read(self.deaths).partition(b"oom_kill ")
            return int(rest.split(None, 1)[0]) if found else 0
        return 0


def _write(path: str, text: str) -> None:
    held = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(held, text.encode())
    finally:
        os.close(held)


class Groups:
    """Groups for as many children as live at once."""

    def __init__(self, tops: dict[str, Path], version: int, memory_bytes: int, threads: int) -> None:
        self._tops = tops
        self._names = _V1 if version == 1 else _V2
        self._deaths = "memory.oom_control" if version == 1 else "memory.events"
        self._limits = {"memory": memory_bytes, "pids": threads}
        self._free: list[Group] = []
        self._made = 0
        self._lock = threading.Lock()

    def take(self) -> Group:
        """An empty group; raises OSError if none can be made."""
        with self._lock:
            if self._free:
                return self._free.pop()
            self._made += 1
            number = self._made
        folders = tuple(dict.fromkeys(top / f"child-{number}" for top in self._tops.values()))
        for folder in folders:
            folder.mkdir()
        for kind, top in self._tops.items():
            (top / f"child-{number}" / self._names[kind]).write_text(str(self._limits[kind]))
        memory = self._tops["memory"] / f"child-{number}"
        for swap, value in (("memory.memsw.limit_in_bytes", self._limits["memory"]), ("memory.swap.max", 0)):
            with contextlib.suppress(OSError):
                if (memory / swap).exists():
                    (memory / swap).write_text(str(value))
        return Group(folders, memory / self._deaths)

    def give_back(self, group: Group) -> None:
        """Its process is dead."""
        with self._lock:
            self._free.append(group)

    def handles(self) -> list[tuple[int, str]]:
        """The folder above each of our groups, open, and the group's name: for whoever survives the grader."""
        return [
            (os.open(top.parent, os.O_RDONLY | os.O_DIRECTORY), top.name) for top in set(self._tops.values())
        ]

    def close(self) -> None:
        """Remove all groups."""
        for above, name in self.handles():
            remove(above, name)
            os.close(above)


def remove(above: int, name: str) -> None:
    """Remove a group and those in it; one whose process is still dying is waited for, shortly."""
    until = time.monotonic() + _DYING_S
    with contextlib.suppress(OSError):
        top = os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=above)
        for child in os.listdir(top):
            while child.startswith("child-"):
                try:
                    os.rmdir(child, dir_fd=top)
                except OSError:
                    if time.monotonic() < until:
                        time.sleep(0.01)
                        continue
                break
        os.close(top)
        os.rmdir(name, dir_fd=above)


def prepare(memory_bytes: int, threads: int) -> Groups | None:
    """Groups below our own, None where nothing is delegated to us."""
    places = _own_places()
    for version, kinds in ((1, ("memory", "pids")), (2, ("",))):
        found = {kind: places[kind] for kind in kinds if kind in places}
        if version == 2 and found:
            found = _delegated(found[""])
        tops: dict[str, Path] = {}
        for kind, place in found.items():
            with contextlib.suppress(OSError):
                top = place / f"tfgrad-{os.getpid()}-{os.urandom(3).hex()}" if version == 1 else place
                top.mkdir(exist_ok=True)
                tops[kind] = top
        if "memory" in tops:
            groups = Groups(tops, version, memory_bytes, threads)
            try:
                groups.give_back(groups.take())
            except OSError:
                groups.close()
                continue
            return groups
    return None


def _own_places() -> dict[str, Path]:
    """The folder of our own group, by controller ("" for version 2)."""
    mounts: dict[str, str] = {}
    places: dict[str, Path] = {}
    with contextlib.suppress(OSError, ValueError, IndexError):
        for row in (line.split() for line in Path("/proc/self/mounts").read_text().splitlines()):
            if row[2] == "cgroup":
                mounts.update(dict.fromkeys(row[3].split(","), row[1]))
            elif row[2] == "cgroup2":
                mounts[""] = row[1]
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            for kind in controllers.split(","):
                place = Path(mounts[kind] + path) if kind in mounts else None
                if place is not None and os.access(place, os.W_OK):
                    places[kind] = place
    return places


def _delegated(own: Path) -> dict[str, Path]:
    """In version 2 a group with children may hold no process itself: we move into a child of our own group."""
    try:
        if "memory" not in (own / "cgroup.controllers").read_text().split():
            return {}
        home = own / f"tfgrad-grader-{os.getpid()}"
        home.mkdir(exist_ok=True)
        (home / "cgroup.procs").write_text(str(os.getpid()))
    except OSError:
        return {}
    try:
        (own / "cgroup.subtree_control").write_text("+memory +pids")
    except OSError:  # others live in our group as well: it is not ours alone, so leave it as it was
        with contextlib.suppress(OSError):
            (own / "cgroup.procs").write_text(str(os.getpid()))
            home.rmdir()
        return {}
    top = own / f"tfgrad-{os.getpid()}"
    try:
        top.mkdir(exist_ok=True)
        (top / "cgroup.subtree_control").write_text("+memory +pids")
    except OSError:
        return {}
    return {"memory": top, "pids": top}
