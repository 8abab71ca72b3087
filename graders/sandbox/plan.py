"""What a child is walled in with, written down by the grader before any child exists: paths and numbers, no secrets."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass

from graders.sandbox.limits import Limits

RUNS_AHEAD = 8  # runs of one submission which the kernel's own CPU limit must leave room for


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the layers need to know; `apart` asks for namespaces, `warm` for TensorFlow's one-time work."""

    backend: str
    layers: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()
    listable: tuple[str, ...] = ()
    memory_bytes: int = 1536 << 20
    file_bytes: int = 16 << 20
    folder_bytes: int = 64 << 20
    cpu_s: int = 80
    threads: int = 256
    uid: int | None = None
    apart: bool = True
    warm: bool = True
    groups: tuple[tuple[int, str], ...] = ()

    def text(self) -> str:
        """As one JSON line, for the command line or the zygote's socket."""
        return json.dumps(asdict(self))


def read_plan(text: str) -> Plan:
    """The plan that `Plan.text` wrote."""
    data = json.loads(text)
    groups = tuple((descriptor, name) for descriptor, name in data["groups"])
    lists = {name: tuple(data[name]) for name in ("layers", "readable", "listable")}
    return Plan(**{**data, **lists, "groups": groups})


def plan_for(backend: str, limits: Limits, layers: tuple[str, ...] = ()) -> Plan:
    """A plan with these limits and layers."""
    return Plan(
        backend,
        layers,
        memory_bytes=limits.memory_mib << 20,
        file_bytes=limits.file_bytes,
        folder_bytes=limits.folder_bytes,
        cpu_s=math.ceil(limits.cpu_s) * RUNS_AHEAD,
        threads=limits.threads,
    )
