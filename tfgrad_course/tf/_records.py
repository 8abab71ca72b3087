"""Files of records as TensorFlow writes them: each with its length, both with a check sum."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def _table() -> list[int]:
    found = []
    for byte in range(256):
        for _ in range(8):
            byte = (byte >> 1) ^ (0x82F63B78 if byte & 1 else 0)
        found.append(byte)
    return found


def _checksum(data: bytes) -> int:
    value, table = 0xFFFFFFFF, _table()
    for byte in data:
        value = table[(value ^ byte) & 0xFF] ^ (value >> 8)
    value ^= 0xFFFFFFFF
    return (((value >> 15) | (value << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def framed(data: bytes) -> bytes:
    """A record as it stands in a file."""
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", _checksum(length)) + data + struct.pack("<I", _checksum(data))


def records(path: Any) -> Iterator[bytes]:
    """The records of a file."""
    with open(os.fsdecode(path), "rb") as file:
        while head := file.read(12):
            (length,) = struct.unpack("<Q", head[:8])
            data = file.read(length)
            file.read(4)
            yield data
