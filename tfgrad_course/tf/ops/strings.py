"""tf.strings and the raw bytes of tf.io: texts measured, cut, joined, turned into numbers and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._ragged import RaggedTensor, ends, made
from tfgrad_course.tf._tensor import tensor


def _text(value: Any) -> Any:
    return convert(
        value, None if hasattr(value, "dtype") and not isinstance(value, np.ndarray) else dt.string
    )


def _array(values: Any, shape: Any, kind: Any) -> Any:
    made_array = np.empty(len(values), kind.np)
    made_array[:] = values
    made_array = made_array.reshape(shape)
    return tensor(made_array if shape or kind is dt.string else made_array[()], kind)


def _each(x: Any, function: Callable[[bytes], Any], kind: Any = dt.string) -> Any:
    """A function of each text."""
    if hasattr(x, "_mapped"):
        return x._mapped(lambda flat: _each(flat, function, kind))
    given = _text(x)
    return _array([function(one) for one in given._v.reshape(-1).tolist()], given._v.shape, kind)


def _rows(x: Any, function: Callable[[bytes], list[Any]], kind: Any = dt.string) -> Any:
    """The parts of each text: a vector for one text, else ragged rows."""
    if isinstance(x, RaggedTensor):
        return x.with_flat_values(_rows(x.flat_values, function, kind))
    given = _text(x)
    parts = [function(one) for one in given._v.reshape(-1).tolist()]
    flat = [p for row in parts for p in row]
    found: Any = _array(flat, (len(flat),), kind)
    if not given._v.ndim:
        return found
    found = made(found, ends([len(row) for row in parts]))
    for size in reversed(given._v.shape[1:]):
        count = (len(found._splits) - 1) // size if size else 0
        found = made(found, np.arange(count + 1) * size, found, size)
    return found


_ENCODINGS = {"UTF-8": "utf-8", "UTF-16-BE": "utf-16-be", "UTF-32-BE": "utf-32-be"}


def _decoded(text: bytes, encoding: str = "UTF-8", errors: str = "replace") -> str:
    return text.decode(_ENCODINGS.get(encoding, encoding), "strict" if errors == "strict" else errors)


@composite("strings.length")
def length(input: Any, unit: str = "BYTE", name: Any = None) -> Any:
    """How many bytes or characters each text has."""
    return _each(input, lambda s: len(_decoded(s)) if unit == "UTF8_CHAR" else len(s), dt.int32)


@composite("strings.lower")
def lower(input: Any, encoding: str = "", name: Any = None) -> Any:
    """Small letters."""
    return _each(input, lambda s: _decoded(s).lower().encode() if encoding else s.lower())


@composite("strings.upper")
def upper(input: Any, encoding: str = "", name: Any = None) -> Any:
    """Capital letters."""
    return _each(input, lambda s: _decoded(s).upper().encode() if encoding else s.upper())


@composite("strings.strip")
def strip(input: Any, name: Any = None) -> Any:
    """Texts without space around them."""
    return _each(input, lambda s: s.strip())


@composite("strings.substr")
def substr(input: Any, pos: Any, len: Any, unit: str = "BYTE", name: Any = None) -> Any:
    """The part of each text from a position on."""
    if hasattr(input, "_mapped"):
        return input._mapped(substr, pos, len, unit)
    x = _text(input)
    first, many = (np.broadcast_to(np.asarray(convert(v)._v), x._v.shape).reshape(-1) for v in (pos, len))
    found = []
    for i, (text, at, size) in enumerate(
        zip(x._v.reshape(-1).tolist(), first.tolist(), many.tolist(), strict=True)
    ):
        whole: Any = _decoded(text) if unit == "UTF8_CHAR" else text
        count = whole.__len__()
        if not -count <= at <= count:
            raise invalid("Substr", f"pos {at} out of range for string b'{_decoded(text)}' at index {i}")
        start = at + count if at < 0 else at
        part = whole[start : start + size]
        found.append(part.encode() if isinstance(part, str) else part)
    return _array(found, x._v.shape, dt.string)


# Joined and split ------------------------------------------------------------------------------------------------------


@composite("strings.join")
def join(inputs: Any, separator: str = "", name: Any = None) -> Any:
    """Texts one after the other, entry by entry."""
    given = [_text(x) for x in inputs]
    shapes = [x._v.shape for x in given if x._v.ndim]
    for shape in shapes[1:]:
        if shape != shapes[0]:
            told = [str(list(s)).replace(" ", "") for s in (shapes[0], shape)]
            raise invalid("StringJoin", f"Input shapes do not match: {told[0]} vs. {told[1]}")
    shape = shapes[0] if shapes else ()
    columns = [np.broadcast_to(x._v, shape).reshape(-1).tolist() for x in given]
    return _array([separator.encode().join(row) for row in zip(*columns, strict=True)], shape, dt.string)


@composite("strings.reduce_join")
def reduce_join(
    inputs: Any, axis: Any = None, keepdims: bool = False, separator: str = "", name: Any = None
) -> Any:
    """Texts along axes, one after the other."""
    x = _text(inputs)._v
    axes = (
        list(range(x.ndim))[::-1]
        if axis is None
        else [int(a) % x.ndim for a in np.asarray(convert(axis)._v).reshape(-1)]
    )
    rest = [i for i in range(x.ndim) if i not in axes]
    moved = x.transpose([*rest, *axes[::-1]]).reshape(*[x.shape[i] for i in rest], -1)
    shape = [1 if i in axes else n for i, n in enumerate(x.shape)] if keepdims else [x.shape[i] for i in rest]
    rows = moved.reshape(-1, moved.shape[-1]).tolist()
    return _array([separator.encode().join(row) for row in rows], tuple(shape), dt.string)


@composite("strings.split")
def split(input: Any, sep: Any = None, maxsplit: int = -1, name: Any = None) -> Any:
    """The words of each text, or its parts between separators."""
    mark = None if sep in (None, "", b"") else _text(sep)._v.item()
    return _rows(input, lambda s: s.split(mark, maxsplit))


@composite("strings.bytes_split")
def bytes_split(input: Any, name: Any = None) -> Any:
    """The bytes of each text."""
    return _rows(input, lambda s: [s[i : i + 1] for i in range(len(s))])


@composite("strings.ngrams")
def ngrams(
    data: Any, ngram_width: Any, separator: str = " ", pad_values: Any = None, padding_width: Any = None,
    preserve_short_sequences: bool = False, name: Any = None,
) -> Any:  # fmt: skip
    """Runs of neighbouring texts."""
    if pad_values is not None or preserve_short_sequences:
        raise NotImplementedError("tfgrad's NumPy tape makes ngrams without padding only.")
    widths = [ngram_width] if isinstance(ngram_width, int) else list(ngram_width)

    def runs(row: list[bytes]) -> list[bytes]:
        return [separator.encode().join(row[i : i + w]) for w in widths for i in range(len(row) - w + 1)]

    if isinstance(data, RaggedTensor):
        parts = [runs(row) for row in data.to_list()]
        flat = [p for row in parts for p in row]
        return made(_array(flat, (len(flat),), dt.string), ends([len(row) for row in parts]))
    x = _text(data)._v
    if x.ndim == 1:
        found = runs(x.tolist())
        return _array(found, (len(found),), dt.string)
    parts = [runs(row) for row in x.tolist()]
    return _array([p for row in parts for p in row], (len(parts), -1), dt.string)


@composite("strings.unsorted_segment_join")
def unsorted_segment_join(
    inputs: Any, segment_ids: Any, num_segments: Any, separator: str = "", name: Any = None
) -> Any:
    """The texts of each group, one after the other."""
    x, ids, count = _text(inputs)._v, np.asarray(convert(segment_ids)._v), int(num_segments)
    inner = x.shape[ids.ndim :]
    columns = x.reshape(ids.size, -1)
    groups: list[list[list[bytes]]] = [[[] for _ in range(columns.shape[1])] for _ in range(count)]
    for row, at in zip(columns.tolist(), ids.reshape(-1).tolist(), strict=True):
        for column, text in enumerate(row if at >= 0 else ()):
            groups[at][column].append(text)
    return _array([separator.encode().join(c) for g in groups for c in g], (count, *inner), dt.string)


# Patterns ------------------------------------------------------------------------------------------------------------


@composite("strings.regex_replace")
def regex_replace(
    input: Any, pattern: Any, rewrite: Any, replace_global: bool = True, name: Any = None
) -> Any:
    """What matches a pattern, rewritten."""
    rule, new = re.compile(_text(pattern)._v.item()), _text(rewrite)._v.item()
    return _each(input, lambda s: rule.sub(new.replace(rb"\0", rb"\g<0>"), s, 0 if replace_global else 1))


@composite("strings.regex_full_match")
def regex_full_match(input: Any, pattern: Any, name: Any = None) -> Any:
    """Whether the whole text matches a pattern."""
    rule = re.compile(_text(pattern)._v.item())
    return _each(input, lambda s: rule.fullmatch(s) is not None, dt.bool_)


# Code points -----------------------------------------------------------------------------------------------------------


@composite("strings.unicode_split")
def unicode_split(
    input: Any, input_encoding: str, errors: str = "replace", replacement_char: int = 65533, name: Any = None
) -> Any:
    """The characters of each text."""
    encoding = _ENCODINGS.get(input_encoding, input_encoding)
    return _rows(input, lambda s: [c.encode(encoding) for c in _decoded(s, input_encoding, errors)])


@composite("strings.unicode_decode")
def unicode_decode(
    input: Any, input_encoding: str, errors: str = "replace", replacement_char: int = 65533,
    replace_control_characters: bool = False, name: Any = None,
) -> Any:  # fmt: skip
    """The numbers of the characters of each text."""
    return _rows(input, lambda s: [ord(c) for c in _decoded(s, input_encoding, errors)], dt.int32)


@composite("strings.unicode_encode")
def unicode_encode(
    input: Any, output_encoding: str, errors: str = "replace", replacement_char: int = 65533, name: Any = None
) -> Any:
    """Texts of the numbers of their characters."""
    encoding = _ENCODINGS.get(output_encoding, output_encoding)

    def encoded(row: list[int]) -> bytes:
        return "".join(map(chr, row)).encode(encoding)

    x = input if isinstance(input, RaggedTensor) else convert(input)
    if not isinstance(x, RaggedTensor) and x._v.ndim == 1:
        return _array([encoded(x._v.tolist())], (), dt.string)
    rows = x.to_list() if isinstance(x, RaggedTensor) else x._v.tolist()
    return _array([encoded(row) for row in rows], (len(rows),), dt.string)


@composite("strings.unicode_transcode")
def unicode_transcode(
    input: Any, input_encoding: str, output_encoding: str, errors: str = "replace", replacement_char: int = 65533,
    replace_control_characters: bool = False, name: Any = None,
) -> Any:  # fmt: skip
    """Texts in another encoding."""
    encoding = _ENCODINGS.get(output_encoding, output_encoding)
    return _each(input, lambda s: _decoded(s, input_encoding, errors).encode(encoding))


# Numbers and bytes -----------------------------------------------------------------------------------------------------


@composite("strings.to_number")
def to_number(input: Any, out_type: Any = dt.float32, name: Any = None) -> Any:
    """The number each text shows."""
    wanted = as_dtype(out_type)

    def number(text: bytes) -> Any:
        try:
            return int(text) if wanted.is_integer else float(text)
        except ValueError:
            raise invalid(
                "StringToNumber", f"StringToNumberOp could not correctly convert string: {_decoded(text)}"
            ) from None

    return _each(input, number, wanted)


@composite("strings.as_string as_string")
def as_string(
    input: Any, precision: int = -1, scientific: bool = False, shortest: bool = False, width: int = -1, fill: str = "",
    name: Any = None,
) -> Any:  # fmt: skip
    """Numbers as texts."""
    x = convert(input)
    size = "" if width < 0 else f"{fill}{'' if fill else '>'}{width}"
    digits = f".{6 if precision < 0 else precision}"
    form = f"{size}{digits}{'e' if scientific else 'g' if shortest else 'f'}"

    def shown(v: Any) -> bytes:
        if isinstance(v, bytes):
            return v
        if isinstance(v, bool):
            return b"true" if v else b"false"
        if isinstance(v, int):
            return format(v, f"{size}d").encode()
        if isinstance(v, complex):
            return f"({format(v.real, form)},{format(v.imag, form)})".encode()
        return format(v, form).encode()

    return _array([shown(v) for v in x._v.reshape(-1).tolist()], x._v.shape, dt.string)


@composite("io.decode_raw")
def decode_raw(
    input_bytes: Any, out_type: Any, little_endian: bool = True, fixed_length: Any = None, name: Any = None
) -> Any:
    """The bytes of texts as numbers."""
    x, wanted = _text(input_bytes), as_dtype(out_type)
    rows = x._v.reshape(-1).tolist()
    if fixed_length is not None:
        rows = [text[: int(fixed_length)].ljust(int(fixed_length), b"\0") for text in rows]
    for text in rows:
        if len(text) % wanted.size:
            raise invalid(
                "DecodeRaw", f"Input to DecodeRaw has length {len(text)} that is not a multiple of {wanted.size}, the size "
                f"of {wanted.kernel}",
            )  # fmt: skip
    numbers = np.frombuffer(b"".join(rows), np.dtype(wanted.np).newbyteorder("<" if little_endian else ">"))
    return tensor(numbers.astype(wanted.np).reshape(*x._v.shape, -1), wanted)
