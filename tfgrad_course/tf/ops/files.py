"""`tf.io` and `tf.io.gfile`: files read and written, tensors as bytes; `tf.profiler`, `tf.lookup`, `tf.sysconfig`."""

from __future__ import annotations

import glob
import os
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._errors import NotFoundError, invalid
from tfgrad_course.tf._records import framed


def _path(name: Any) -> str:
    return os.fsdecode(name.numpy() if hasattr(name, "numpy") else name)


@contextmanager
def _finding(name: Any) -> Iterator[str]:
    path = _path(name)
    try:
        yield path
    except FileNotFoundError:
        raise NotFoundError(None, None, f"{path}; No such file or directory") from None


@composite("io.read_file")
def read_file(filename: Any, name: Any = None) -> Any:
    """The bytes of a file."""
    with _finding(filename) as path, open(path, "rb") as file:
        return tf.constant(file.read())


@composite("io.write_file")
def write_file(filename: Any, contents: Any, name: Any = None) -> None:
    """Bytes into a file."""
    path = _path(filename)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    given = contents.numpy() if hasattr(contents, "numpy") else contents
    with open(path, "wb") as file:
        file.write(given.encode() if isinstance(given, str) else given)


@composite("io.matching_files")
def matching_files(pattern: Any, name: Any = None) -> Any:
    """The files that fit a pattern."""
    given = pattern.numpy() if hasattr(pattern, "numpy") else pattern
    patterns = given if isinstance(given, (list, tuple, np.ndarray)) else [given]
    return tf.constant(
        sorted(path for one in patterns for path in glob.glob(os.fsdecode(one))), dtype=tf.string
    )


# Tensors as bytes: TensorProto with the dtype, the shape and the content ---------------------------------


def _varint(number: int) -> bytes:
    found = b""
    while number > 127:
        found += bytes([number & 127 | 128])
        number >>= 7
    return found + bytes([number])


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


@composite("io.serialize_tensor")
def serialize_tensor(tensor: Any, name: Any = None) -> Any:
    """A tensor as bytes."""
    made = tf.convert_to_tensor(tensor)
    shape = b"".join(_field(2, b"\x08" + _varint(int(n)) if int(n) else b"") for n in made.shape)
    told = b"\x08" + _varint(made.dtype.as_datatype_enum) + _field(2, shape)
    if made.dtype.name == "string":
        content = b"".join(_field(8, one) for one in np.asarray(made.numpy(), dtype=object).reshape(-1))
    else:
        content = _field(4, np.asarray(made.numpy()).tobytes())
    return tf.constant(told + content)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(data):
        key, at = _read_varint(data, at)
        if key & 7 == 2:
            size, at = _read_varint(data, at)
            yield key >> 3, data[at : at + size]
            at += size
        elif key & 7 == 0:
            value, at = _read_varint(data, at)
            yield key >> 3, value
        else:
            size = 8 if key & 7 == 1 else 4
            yield key >> 3, struct.unpack("<d" if size == 8 else "<f", data[at : at + size])[0]
            at += size


@composite("io.parse_tensor")
def parse_tensor(serialized: Any, out_type: Any, name: Any = None) -> Any:
    """The tensor that bytes stand for."""
    data = serialized.numpy() if hasattr(serialized, "numpy") else serialized
    kind, shape, content, texts = 0, [], b"", []
    for number, value in _fields(data):
        if number == 1:
            kind = value
        elif number == 2:
            shape = [next((v for n, v in _fields(dim) if n == 1), 0) for n, dim in _fields(value) if n == 2]
        elif number == 4:
            content = value
        elif number == 8:
            texts.append(value)
    wanted = tf.as_dtype(out_type)
    if kind != wanted.as_datatype_enum:
        raise invalid(
            "ParseTensor",
            f"Type mismatch between parsed tensor ({tf.as_dtype(kind).name}) and dtype ({wanted.name})",
        )
    if wanted.name == "string":
        return tf.reshape(tf.constant(texts), shape)
    return tf.constant(np.frombuffer(content, wanted.as_numpy_dtype).reshape(shape).copy())


# Files as TensorFlow names what one does with them ---------------------------------------------------------


class GFile:
    """A file, opened when it is first used."""

    def __init__(self, name: Any, mode: str = "r", encoding: str = "utf-8") -> None:
        self.name, self.mode = _path(name), mode
        text = None if "b" in mode else encoding
        with _finding(name) as path:
            self._file = open(path, mode, encoding=text)  # noqa: SIM115 - closed by who opened it

    def __enter__(self) -> GFile:
        return self

    def __exit__(self, *problem: Any) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def size(self) -> int:
        """How many bytes it has."""
        return os.path.getsize(self.name)


def _copy(src: Any, dst: Any, overwrite: bool = False) -> None:
    if os.path.exists(_path(dst)) and not overwrite:
        raise tf.errors.AlreadyExistsError(None, None, "file already exists")
    with _finding(src) as path:
        shutil.copyfile(path, _path(dst))


def _listdir(path: Any) -> list[str]:
    with _finding(path) as found:
        return os.listdir(found)


def _remove(path: Any) -> None:
    with _finding(path) as found:
        os.remove(found)


def _rmtree(path: Any) -> None:
    with _finding(path) as found:
        shutil.rmtree(found)


def _rename(src: Any, dst: Any, overwrite: bool = False) -> None:
    if os.path.exists(_path(dst)) and not overwrite:
        raise tf.errors.AlreadyExistsError(None, None, "file already exists")
    with _finding(src) as path:
        os.replace(path, _path(dst))


PUBLIC |= {
    "io.gfile.GFile": GFile,
    "io.gfile.exists": lambda path: os.path.exists(_path(path)),
    "io.gfile.isdir": lambda path: os.path.isdir(_path(path)),
    "io.gfile.listdir": _listdir,
    "io.gfile.glob": lambda pattern: sorted(
        p for one in (pattern if isinstance(pattern, list) else [pattern]) for p in glob.glob(_path(one))
    ),
    "io.gfile.makedirs": lambda path: os.makedirs(_path(path), exist_ok=True),
    "io.gfile.mkdir": lambda path: os.mkdir(_path(path)),
    "io.gfile.join": lambda path, *paths: os.path.join(_path(path), *map(_path, paths)),
    "io.gfile.copy": _copy,
    "io.gfile.remove": _remove,
    "io.gfile.rename": _rename,
    "io.gfile.rmtree": _rmtree,
    "io.gfile.walk": lambda top, topdown=True, onerror=None: os.walk(_path(top), topdown),
    "io.gfile.stat": lambda path: os.stat(_path(path)),
}


class TFRecordWriter:
    """A file of records."""

    def __init__(self, path: Any, options: Any = None) -> None:
        self._file = open(_path(path), "wb")  # noqa: SIM115 - closed by who opened it

    def write(self, record: Any) -> None:
        """One more record."""
        given = record.numpy() if hasattr(record, "numpy") else record
        self._file.write(framed(given.encode() if isinstance(given, str) else given))

    def flush(self) -> None:
        """All so far is in the file."""
        self._file.flush()

    def close(self) -> None:
        """The file is complete."""
        self._file.close()

    def __enter__(self) -> TFRecordWriter:
        return self

    def __exit__(self, *problem: Any) -> None:
        self.close()


PUBLIC["io.TFRecordWriter"] = TFRecordWriter


# Tables of words ---------------------------------------------------------------------------------------------


class KeyValueTensorInitializer:
    """Keys with their values."""

    def __init__(self, keys: Any, values: Any, key_dtype: Any = None, value_dtype: Any = None, name: Any = None) -> None:  # fmt: skip
        self.keys = tf.convert_to_tensor(keys, dtype=key_dtype)
        self.values = tf.convert_to_tensor(values, dtype=value_dtype)


class StaticHashTable:
    """Values by key; what is not in it has a value of its own."""

    def __init__(
        self, initializer: Any, default_value: Any, num_oov_buckets: Any = None, name: Any = None
    ) -> None:
        self._values = dict(
            zip(initializer.keys.numpy().tolist(), initializer.values.numpy().tolist(), strict=True)
        )
        self.key_dtype, self.value_dtype = initializer.keys.dtype, initializer.values.dtype
        given = tf.convert_to_tensor(default_value, dtype=self.value_dtype)
        self.default_value, self._otherwise = given, given.numpy()

    def lookup(self, keys: Any, name: Any = None) -> Any:
        """The values of keys."""
        array = np.asarray(tf.convert_to_tensor(keys, dtype=self.key_dtype).numpy(), dtype=object)
        found = [self._values.get(key, self._otherwise) for key in array.reshape(-1).tolist()]
        return tf.reshape(tf.constant(found, dtype=self.value_dtype), array.shape)

    __getitem__ = lookup

    def size(self, name: Any = None) -> Any:
        """How many keys there are."""
        return tf.constant(len(self._values), dtype=tf.int64)


PUBLIC |= {
    "lookup.KeyValueTensorInitializer": KeyValueTensorInitializer,
    "lookup.StaticHashTable": StaticHashTable,
}


# Around a program --------------------------------------------------------------------------------------------


class _Profile:
    """Measures inside; here nothing is written down."""

    def __init__(self, *_: Any, **__: Any) -> None:
        return None

    def __enter__(self) -> None:
        return None

    def __exit__(self, *problem: Any) -> None:
        return None


PUBLIC |= {
    "profiler.experimental.start": lambda logdir, options=None: os.makedirs(_path(logdir), exist_ok=True),
    "profiler.experimental.stop": lambda save=True: None,
    "profiler.experimental.Profile": _Profile,
    "profiler.experimental.Trace": _Profile,
    "profiler.experimental.ProfilerOptions": _Profile,
    "sysconfig.get_build_info": lambda: {
        "is_cuda_build": False,
        "is_rocm_build": False,
        "cpu_compiler": "numpy",
    },
    "sysconfig.get_include": lambda: "",
    "sysconfig.get_lib": lambda: "",
}
