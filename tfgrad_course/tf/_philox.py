"""Philox 4x32-10 (Salmon et al. 2011), drawn from as TensorFlow does: the same seeds give the same numbers."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

_LOW32 = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL = 0x9E3779B9, 0xBB67AE85
_WORDS = 1 << 128
_RESERVED = 256  # what TensorFlow sets aside for each number that may need several tries
_LEAST = 1e-7  # the smallest number Box's and Muller's logarithm is taken of


def blocks(key: int, counter: int, count: int, step: int = 1) -> Any:
    """`count` blocks of four 32-bit words, the counter growing by `step` from one to the next."""
    low, high = counter & (2**64 - 1), (counter >> 64) & (2**64 - 1)
    lows = np.uint64(low) + np.arange(count, dtype=np.uint64) * np.uint64(step)
    highs = np.uint64(high) + (lows < np.uint64(low)).astype(np.uint64)
    c = [lows & _LOW32, lows >> _SHIFT, highs & _LOW32, highs >> _SHIFT]
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    for _ in range(10):
        first, second = _MULTIPLIERS[0] * c[0], _MULTIPLIERS[1] * c[2]
        c = [
            (second >> _SHIFT) ^ c[1] ^ np.uint64(k0), second & _LOW32,
            (first >> _SHIFT) ^ c[3] ^ np.uint64(k1), first & _LOW32,
        ]  # fmt: skip
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return np.stack(c, -1).astype(np.uint32)


def words(key: int, counter: int, count: int) -> Any:
    """`count` 32-bit words in a row."""
    return blocks(key, counter, -(-count // 4)).reshape(-1)[:count]


def _pairs(drawn: Any) -> Any:
    """64-bit words out of pairs of 32-bit ones, the low half first."""
    wide = drawn.astype(np.uint64)
    return wide[0::2] | (wide[1::2] << _SHIFT)


def _unit_float(drawn: Any) -> Any:
    return ((drawn & np.uint32(0x7FFFFF)) | np.uint32(127 << 23)).view(np.float32) - np.float32(1)


def _unit_double(drawn: Any) -> Any:
    # The first word of a pair gives the high bits.
    high, low = drawn[0::2].astype(np.uint64), drawn[1::2].astype(np.uint64)
    bits = ((high & np.uint64(0xFFFFF)) << _SHIFT) | low | np.uint64(1023 << 52)
    return bits.view(np.float64) - 1.0


def unit(key: int, counter: int, count: int, kind: Any) -> Any:
    """Numbers from 0 up to 1."""
    name = np.dtype(kind).name
    if name == "float64":
        return _unit_double(words(key, counter, 2 * count + count % 2 * 2))[:count]
    drawn = words(key, counter, count)
    if name == "float16":
        bits = (drawn & np.uint32(0x3FF)).astype(np.uint16) | np.uint16(15 << 10)
        return bits.view(np.float16) - np.float16(1)
    if name == "bfloat16":
        bits = (drawn & np.uint32(0x7F)).astype(np.uint16) | np.uint16(127 << 7)
        return bits.view(kind) - np.dtype(kind).type(1)
    return _unit_float(drawn)


def _bell_float(drawn: Any) -> Any:
    """Box's and Muller's transform of pairs of words."""
    # Each function in double precision and rounded: NumPy's own for single precision are off by a bit or two.
    u, v = _unit_float(drawn[0::2]), _unit_float(drawn[1::2])
    log = np.log(np.maximum(u, np.float32(_LEAST)).astype(np.float64)).astype(np.float32)
    radius = np.sqrt(np.float32(-2) * log)
    angle = (2 * np.pi * v.astype(np.float64)).astype(np.float32).astype(np.float64)
    waves = np.stack([np.sin(angle), np.cos(angle)], -1).astype(np.float32)
    return (waves * radius[:, None]).reshape(-1)


def _bell_double(drawn: Any) -> Any:
    both = _unit_double(drawn)
    u, v = both[0::2], both[1::2]
    radius = np.sqrt(-2 * np.log(np.maximum(u, _LEAST)))
    angle = 2 * np.pi * v
    return np.stack([np.sin(angle) * radius, np.cos(angle) * radius], -1).reshape(-1)


def bell(key: int, counter: int, count: int, kind: Any) -> Any:
    """Normally distributed numbers."""
    if np.dtype(kind) == np.float64:
        return _bell_double(words(key, counter, -(-count // 2) * 4))[:count]
    return _bell_float(words(key, counter, -(-count // 4) * 4))[:count].astype(kind)


def bell_within_two(key: int, counter: int, count: int, kind: Any) -> Any:
    """Normally distributed numbers between -2 and 2, drawn group by group until there are enough."""
    double = np.dtype(kind) == np.float64
    size = 2 if double else 4
    groups = -(-count // size)
    found = np.zeros((groups, size), np.float64 if double else np.float32)
    have = np.zeros(groups, int)
    for tries in range(_RESERVED // 4):
        open_ = np.flatnonzero(have < size)
        if not open_.size:
            break
        drawn = blocks(key, counter + tries, groups, size * _RESERVED // 4)[open_].reshape(-1)
        candidates = (_bell_double if double else _bell_float)(drawn).reshape(open_.size, -1)
        for column in candidates.T:
            fits = (np.abs(column) < 2) & (have[open_] < size)
            rows = open_[fits]
            found[rows, have[rows]] = column[fits]
            have[rows] += 1
    return found.reshape(-1)[:count].astype(kind)


def whole(key: int, counter: int, count: int, kind: Any, low: int, high: int) -> Any:
    """Whole numbers from low up to high, by the remainder."""
    if np.dtype(kind).itemsize == 8:
        bits, wide = _pairs(words(key, counter, 2 * count)), np.uint64
    else:
        bits, wide = words(key, counter, count), np.uint32
    rest = bits % wide(high - low)
    return (rest + wide(low % 2 ** (8 * np.dtype(wide).itemsize))).astype(kind)


def bits(key: int, counter: int, count: int, kind: Any) -> Any:
    """Whole numbers of all bits."""
    if np.dtype(kind).itemsize == 8:
        return _pairs(words(key, counter, 2 * count)).view(kind)
    return words(key, counter, count).view(kind)


def order(key: int, counter: int, count: int) -> Any:
    """A random order of `count` things."""
    drawn = words(key, counter, max(count - 1, 0)).tolist()
    found = list(range(count))
    for i in range(count - 1):
        j = i + drawn[i] % (count - i)
        found[i], found[j] = found[j], found[i]
    return np.array(found, np.int64)


def scrambled(seed: Any) -> tuple[int, int]:
    """Key and counter of the stateless operations for a pair of seeds."""
    first, second = (int(n) % 2**64 for n in seed)
    mixed = [int(n) for n in blocks(0x02461E293EC8F720, first | second << 64, 1)[0]]
    return mixed[0] | mixed[1] << 32, (mixed[2] | mixed[3] << 32) << 64


def entropy() -> tuple[int, int]:
    """Key and counter nobody can know."""
    return int.from_bytes(os.urandom(8), "little"), int.from_bytes(os.urandom(8), "little") << 64


def reserved(count: int) -> int:
    """How far the counter moves when `count` numbers are asked for."""
    return count * _RESERVED
