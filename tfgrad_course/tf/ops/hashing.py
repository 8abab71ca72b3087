"""Fingerprints of bytes: FarmHash's, and what TensorFlow makes of them for buckets of strings and for crossed features."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import invalid, refused
from tfgrad_course.tf._tensor import tensor

_ALL = (1 << 64) - 1
_K0, _K1, _K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F
_M = 0xC6A4A7935BD1E995
_SEED = 0xDECAFCAFFE


def _at(s: bytes, i: int, size: int = 8) -> int:
    return int.from_bytes(s[i : i + size], "little")


def _turn(x: int, by: int) -> int:
    x &= _ALL
    return (x >> by | x << (64 - by)) & _ALL


def _mix(x: int) -> int:
    x &= _ALL
    return x ^ x >> 47


def _pair(u: int, v: int, mul: int) -> int:
    a = _mix(((u ^ v) & _ALL) * mul)
    return _mix(((v ^ a) & _ALL) * mul) * mul & _ALL


def fingerprint64(s: bytes) -> int:
    """FarmHash's fingerprint of 64 bits."""
    n = len(s)
    if n > 64:
        return _long(s)
    mul = _K2 + n * 2
    if n < 8:
        return _short(s, mul)
    if n <= 16:
        a, b = _at(s, 0) + _K2, _at(s, n - 8)
        return _pair(_turn(b, 37) * mul + a & _ALL, (_turn(a, 25) + b) * mul & _ALL, mul)
    a, b = _at(s, 0) * (_K1 if n <= 32 else _K2), _at(s, 8)
    c, d = _at(s, n - 8) * mul, _at(s, n - 16) * _K2
    y = _turn(a + b, 43) + _turn(c, 30) + d & _ALL
    z = _pair(y, a + _turn(b + _K2, 18) + c & _ALL, mul)
    if n <= 32:
        return z
    e, f = _at(s, 16) * mul, _at(s, 24)
    g, h = (y + _at(s, n - 32)) * mul, (z + _at(s, n - 24)) * mul
    return _pair(_turn(e + f, 43) + _turn(g, 30) + h & _ALL, e + _turn(f + a, 18) + g & _ALL, mul)


def _short(s: bytes, mul: int) -> int:
    n = len(s)
    if n >= 4:
        return _pair(n + (_at(s, 0, 4) << 3), _at(s, n - 4, 4), mul)
    if not n:
        return _K2
    return _mix((s[0] + (s[n >> 1] << 8)) * _K2 ^ (n + (s[-1] << 2)) * _K0) * _K2 & _ALL


def _weak(s: bytes, i: int, a: int, b: int) -> tuple[int, int]:
    w, x, y, z = (_at(s, i + j) for j in (0, 8, 16, 24))
    a += w
    b, c = _turn(b + a + z, 21), a
    a += x + y
    return (a + z) & _ALL, (b + _turn(a, 44) + c) & _ALL


def _long(s: bytes) -> int:
    x, y = 81, 81 * _K1 + 113 & _ALL
    z = _mix(y * _K2 + 113) * _K2
    v, w = (0, 0), (0, 0)
    x = x * _K2 + _at(s, 0)
    last = (len(s) - 1) // 64 * 64
    for i in [*range(0, last, 64), None]:
        if i is not None:
            mul, nine, at = _K1, 1, i
        else:
            mul, nine, at = _K1 + ((z & 0xFF) << 1), 9, len(s) - 64
            w = (w[0] + (len(s) - 1 & 63), w[1])
            v = (v[0] + w[0], v[1])
            w = (w[0] + v[0], w[1])
        x = _turn(x + y + v[0] + _at(s, at + 8), 37) * mul
        y = _turn(y + v[1] + _at(s, at + 48), 42) * mul
        x = (x ^ w[1] * nine) & _ALL
        y += v[0] * nine + _at(s, at + 40)
        z = _turn(z + w[0], 33) * mul
        v = _weak(s, at, v[1] * mul, x + w[0])
        w = _weak(s, at + 32, z + w[1], y + _at(s, at + 16))
        z, x = x & _ALL, z & _ALL
    first = _pair(v[0], w[0], mul) + _mix(y) * _K0 + z & _ALL
    return _pair(first, _pair(v[1], w[1], mul) + x & _ALL, mul)


def _murmur(s: bytes, seed: int = _SEED) -> int:
    """The older hash of TensorFlow, 64 bits of MurmurHash."""
    h = seed ^ len(s) * _M & _ALL
    whole = len(s) // 8 * 8
    for i in range(0, whole, 8):
        k = _at(s, i) * _M & _ALL
        h = (h ^ (k ^ k >> 47) * _M & _ALL) * _M & _ALL
    if s[whole:]:
        h = (h ^ _at(s, whole)) * _M & _ALL
    h = (h ^ h >> 47) * _M & _ALL
    return h ^ h >> 47


def _join(a: int, b: int) -> int:
    """Two fingerprints as one."""
    made = (a ^ _M ^ _mix(b * _M) * _M & _ALL) * _M
    return _mix(_mix(made) * _M)


@composite("fingerprint")
def fingerprint(data: Any, method: Any = "farmhash64", name: Any = None) -> Any:
    """Eight bytes for each row."""
    x, how = convert(data), np.asarray(convert(method, dt.string)._v).item()
    if how != b"farmhash64":
        raise invalid("Fingerprint", f"Unsupported fingerprint method: {bytes(how).decode()}")
    if not x.shape.rank:
        raise invalid("Fingerprint", "`data` should have at least one dimension: []")
    rows = x._v.reshape(x.shape[0], -1)
    if x.dtype is dt.string and x.shape.rank > 1:
        texts = [b"".join(fingerprint64(one).to_bytes(8, "little") for one in row) for row in rows]
    else:
        texts = [row[0] if x.dtype is dt.string else row.tobytes() for row in rows]
    made = [list(fingerprint64(text).to_bytes(8, "little")) for text in texts]
    return tensor(np.array(made, np.uint8).reshape(-1, 8), dt.uint8)


def _bucketed(x: Any, buckets: Any, hashed: Callable[[bytes], int], op: str) -> Any:
    if hasattr(x, "_mapped"):
        return x._mapped(lambda flat: _bucketed(flat, buckets, hashed, op))
    texts = convert(x, dt.string)
    if int(buckets) < 1:
        raise refused(op, f"Value for attr 'num_buckets' of {int(buckets)} must be at least minimum 1")
    flat = [hashed(one) % int(buckets) for one in np.asarray(texts._v, object).reshape(-1)]
    made = np.array(flat, np.int64).reshape(np.shape(texts._v))
    return tensor(made[()], dt.int64)


@composite("strings.to_hash_bucket_fast")
def to_hash_bucket_fast(input: Any, num_buckets: Any, name: Any = None) -> Any:
    """Each string's bucket, by FarmHash."""
    return _bucketed(input, num_buckets, fingerprint64, "StringToHashBucketFast")


@composite("strings.to_hash_bucket")
def to_hash_bucket(input: Any, num_buckets: Any, name: Any = None) -> Any:
    """Each string's bucket, by TensorFlow's older hash."""
    return _bucketed(input, num_buckets, _murmur, "StringToHashBucket")


# Crossed features ----------------------------------------------------------------------------------------


def _by_rows(x: Any) -> list[list[Any]]:
    """The values of each row of a sparse, ragged or dense matrix."""
    if isinstance(x, tf.SparseTensor):
        rows: list[list[Any]] = [[] for _ in range(int(x.dense_shape._v[0]))]
        for place, value in zip(x.indices._v[:, 0], x.values._v, strict=True):
            rows[int(place)].append(value)
        return rows
    if hasattr(x, "to_list"):
        return list(x.to_list())
    dense = convert(x)
    if dense.shape.rank != 2:
        raise ValueError("Dense inputs of a cross must be matrices.")
    return [list(row) for row in dense._v]


def _crossed(
    inputs: Any, made: Callable[[Any], Any], kind: Any, ragged: bool = False
) -> tuple[list[list[Any]], Any]:
    if not isinstance(inputs, list | tuple):
        raise TypeError("Inputs must be a list")
    if not ragged and not all(isinstance(one, tf.SparseTensor) or tf.is_tensor(one) for one in inputs):
        raise TypeError("All inputs must be Tensor or SparseTensor.")
    rows = zip(*map(_by_rows, inputs), strict=True)
    return [[made(one) for one in itertools.product(*row)] for row in rows], kind


def _spelled(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(int(value)).encode()


def _sparse_of(rows: list[list[Any]], kind: Any) -> Any:
    places = [[i, j] for i, row in enumerate(rows) for j in range(len(row))]
    flat = np.array([one for row in rows for one in row], object if kind is dt.string else kind.np)
    shape = [len(rows), max(map(len, rows), default=0)]
    return tf.SparseTensor(
        np.array(places, np.int64).reshape(-1, 2), tensor(flat, kind), np.array(shape, np.int64)
    )


def _hashing(buckets: int, key: Any) -> Callable[[Any], int]:
    def hashed(values: Any) -> int:
        total = _SEED if key is None else int(key)
        for value in values:
            one = fingerprint64(value) if isinstance(value, bytes) else int(value) & _ALL
            total = _join(total, one)
        return total % buckets if buckets > 0 else total % (2**63 - 1)

    return hashed


@composite("sparse.cross")
def cross(inputs: Any, name: Any = None, separator: Any = None) -> Any:
    """All ways to take one value of each input, row by row, written as one string."""
    between = b"_X_" if separator is None else bytes(convert(separator, dt.string)._v)
    return _sparse_of(*_crossed(inputs, lambda values: between.join(map(_spelled, values)), dt.string))


@composite("sparse.cross_hashed")
def cross_hashed(inputs: Any, num_buckets: int = 0, hash_key: Any = None, name: Any = None) -> Any:
    """All ways to take one value of each input, row by row, hashed."""
    return _sparse_of(*_crossed(inputs, _hashing(num_buckets, hash_key), dt.int64))


@composite("ragged.cross")
def ragged_cross(inputs: Any, name: Any = None) -> Any:
    """All ways to take one value of each input, row by row, as a ragged tensor of strings."""
    rows, kind = _crossed(inputs, lambda values: b"_X_".join(map(_spelled, values)), dt.string, True)
    return tf.ragged.constant(rows, dtype=kind)


@composite("ragged.cross_hashed")
def ragged_cross_hashed(inputs: Any, num_buckets: int = 0, hash_key: Any = None, name: Any = None) -> Any:
    """All ways to take one value of each input, row by row, hashed into a ragged tensor."""
    rows, kind = _crossed(inputs, _hashing(num_buckets, hash_key), dt.int64, True)
    return tf.ragged.constant(rows, dtype=kind)
