"""The wire between grader and child: a length-prefixed JSON header and raw bytes, read as hostile data.

Nothing here unpickles, evaluates or allocates what a length field merely claims.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from typing import Any

from graders.evidence import Run, Value

HEAD = struct.Struct("<II")
FRAME_BYTES = 1 << 20
RUN_BYTES = 16 << 20
RUN_FRAMES = 4096

Frame = tuple[dict[str, Any], bytes]


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


_ENCODER = json.JSONEncoder(
    separators=(",", ":"), allow_nan=False
)  # `dumps` and `loads` would make one each time
_DECODER = json.JSONDecoder(parse_constant=_refuse)


class BrokenFrame(Exception):
    """Bytes that are no frame."""


def pack(header: Mapping[str, Any], raw: bytes = b"") -> bytes:
    """One frame; raises BrokenFrame if it is larger than a frame may be or holds what JSON cannot carry."""
    try:
        text = _ENCODER.encode(header).encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise BrokenFrame(str(error)) from None
    if HEAD.size + len(text) + len(raw) > FRAME_BYTES:
        raise BrokenFrame(f"a frame of {len(text) + len(raw)} bytes is more than {FRAME_BYTES}")
    return HEAD.pack(len(text), len(raw)) + text + raw


class Inbox:
    """Bytes as they come in; whole frames as they go out."""

    def __init__(self) -> None:
        self._held = bytearray()
        self.bytes = 0

    def feed(self, data: bytes) -> None:
        """Add what was read."""
        self._held += data
        self.bytes += len(data)

    def take(self) -> Frame | None:
        """The next whole frame, None if it has not come yet; raises BrokenFrame."""
        if len(self._held) < HEAD.size:
            return None
        header, raw = HEAD.unpack_from(self._held)
        end = HEAD.size + header + raw
        if header < 2 or end > FRAME_BYTES:
            raise BrokenFrame(f"a frame claims {header} + {raw} bytes")
        if len(self._held) < end:
            return None
        text = bytes(self._held[HEAD.size : HEAD.size + header])
        body = bytes(self._held[HEAD.size + header : end])
        del self._held[:end]
        return _header(text), body

    def empty(self) -> bool:
        """Whether nothing is left over."""
        return not self._held


def _header(text: bytes) -> dict[str, Any]:
    try:
        header = _DECODER.decode(text.decode("utf-8"))
    except (ValueError, RecursionError, MemoryError) as error:
        raise BrokenFrame(f"a header is not JSON ({type(error).__name__})") from None
    if type(header) is not dict or type(header.get("k")) is not str:
        raise BrokenFrame("a header without its kind")
    return header


def run_frame(run: Run, nonce: str) -> bytes:
    """A run as the child is asked for it: the source travels raw, values as JSON.

    Every answer carries the nonce, so none can be written before the question was asked.
    """
    header = {
        "k": "run",
        "run": nonce,
        "filename": run.filename,
        "names": list(run.names),
        "replace": [
            [name, value.dtype, list(value.shape), [_plain(item) for item in value.data]]
            for name, value in run.replace
        ],
        "mark": run.mark,
        "seed": run.seed,
        "forward": run.forward,
    }
    return pack(header, run.source.encode())


def end_of_printing(nonce: str) -> bytes:
    """What stands after the last printed byte of a run, for a grader that reads printing and frames apart."""
    return f"\0{nonce}\0".encode()


def read_run(header: Mapping[str, Any], raw: bytes) -> Run:
    """The run that a frame asks for (trusted: it comes from the grader)."""
    replace = tuple(
        (name, Value(dtype, tuple(shape), tuple(_number(item) for item in data)))
        for name, dtype, shape, data in header["replace"]
    )
    names, mark, seed, forward = (header[key] for key in ("names", "mark", "seed", "forward"))
    return Run(raw.decode(), header["filename"], tuple(names), replace, mark, seed, forward)


def _plain(item: float | complex | bool | str) -> Any:
    if isinstance(item, complex):
        return {"c": [_plain(item.real), _plain(item.imag)]}
    if isinstance(item, float) and not math.isfinite(item):
        return {"f": repr(item)}
    return item if isinstance(item, (bool, str)) else float(item) if isinstance(item, float) else int(item)


def _number(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    if "f" in item:
        return float(item["f"])
    real, imaginary = (_number(part) for part in item["c"])
    return complex(real, imaginary)
