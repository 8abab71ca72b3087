"""Diagonals, bands, traces, norms and Einstein sums: matrices without any decomposition."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf.ops.shape import M23


def _whole(value: Any) -> int:
    return int(value.numpy()) if hasattr(value, "numpy") else int(value)


def _mask(array: Any) -> Any:
    return tensor(np.ascontiguousarray(array), dt.bool_)


def _matrix(x: Any, op: str) -> Any:
    x = convert(x)
    if x.shape.rank < 2:
        raise errors.InvalidArgumentError(
            None, None, f"input must be at least 2-dim, received shape: {x.shape} [Op:{op}]"
        )
    return x


@composite("linalg.band_part", sample=[(M23, 0, 1)])
def band_part(input: Any, num_lower: Any, num_upper: Any, name: Any = None) -> Any:
    """A matrix with everything outside a band around the diagonal set to 0; -1 keeps a whole side."""
    x = _matrix(input, "MatrixBandPart")
    rows, columns = x.shape[-2], x.shape[-1]
    low, high = _whole(num_lower), _whole(num_upper)
    if low > rows or high > columns:
        side, value, limit = ("lower", low, rows) if low > rows else ("upper", high, columns)
        raise errors.InvalidArgumentError(
            None,
            None,
            f"num_{side} must be negative or less or equal to number of {'rows' if low > rows else 'columns'} ({limit}) got: {value} [Op:MatrixBandPart]",
        )
    below = np.arange(rows)[:, None] - np.arange(columns)
    keep = ((low < 0) | (below <= low)) & ((high < 0) | (-below <= high))
    full = np.broadcast_to(keep, tuple(x.shape.as_list()))
    return tf.where(_mask(full), x, tf.zeros_like(x))


def _band(k: Any) -> tuple[int, int]:
    ends = np.asarray(k.numpy() if hasattr(k, "numpy") else k).reshape(-1)
    return int(ends[0]), int(ends[-1])


def _offset(align: str, d: int, length: int, longest: int) -> int:
    """Where a diagonal starts in its row of the packed form."""
    above, below = align.split("_")
    side = above if d >= 0 else below
    return longest - length if side == "RIGHT" else 0


def _lengths(rows: int, columns: int, low: int, high: int) -> dict[int, int]:
    return {d: min(rows + min(d, 0), columns - max(d, 0)) for d in range(high, low - 1, -1)}


@composite("linalg.diag_part", sample=[(M23,)])
def diag_part(
    input: Any, name: Any = "diag_part", k: Any = 0, padding_value: Any = 0, align: str = "RIGHT_LEFT"
) -> Any:
    """The diagonals from k[0] to k[1] (or the one k), packed into rows of equal length."""
    x = _matrix(input, "MatrixDiagPartV3")
    rows, columns = x.shape[-2], x.shape[-1]
    low, high = _band(k)
    if low > high:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"lower_diag_index must not be larger than upper_diag_index: {low} > {high} [Op:MatrixDiagPartV3]",
        )
    if not (-rows < low < columns or low == 0) or not (-rows < high < columns or high == 0):
        raise errors.InvalidArgumentError(
            None,
            None,
            f"lower_diag_index is out of bound: {low}. It must be between {-rows} and {columns} [Op:MatrixDiagPartV3]",
        )
    lengths = _lengths(rows, columns, low, high)
    longest = max(lengths.values())
    index = np.full((len(lengths), longest), -1)
    for row, (d, length) in enumerate(lengths.items()):
        start = _offset(align, d, length, longest)
        i = np.arange(length)
        index[row, start : start + length] = (i - min(d, 0)) * columns + i + max(d, 0)
    flat = tf.reshape(x, [*x.shape.as_list()[:-2], rows * columns])
    padded = tf.concat([flat, tf.fill([*x.shape.as_list()[:-2], 1], tf.cast(padding_value, x.dtype))], -1)
    packed = tf.gather(padded, np.where(index < 0, rows * columns, index).astype(np.int32), axis=-1)
    return tf.squeeze(packed, -2) if low == high else packed


def _scattered(diagonal: Any, rows: int, columns: int, low: int, high: int, align: str) -> tuple[Any, Any]:
    """For each cell of the matrix, which number of the packed diagonals it is (or the one past the end)."""
    lengths = _lengths(rows, columns, low, high)
    longest = diagonal.shape[-1]
    index = np.full((rows, columns), len(lengths) * longest)
    for row, (d, length) in enumerate(lengths.items()):
        start = _offset(align, d, length, longest)
        i = np.arange(length)
        index[i - min(d, 0), i + max(d, 0)] = row * longest + start + i
    return index, index < len(lengths) * longest


@composite("linalg.diag", sample=[((1.0, 2.0),)])
def diag(
    diagonal: Any, name: Any = "diag", k: Any = 0, num_rows: Any = -1, num_cols: Any = -1, padding_value: Any = 0,
    align: str = "RIGHT_LEFT",
) -> Any:  # fmt: skip
    """Matrices with the given diagonals."""
    x = convert(diagonal)
    if x.shape.rank < 1:
        raise errors.InvalidArgumentError(
            None, None, f"diagonal must be at least 1-dim, received shape: {x.shape} [Op:MatrixDiagV3]"
        )
    low, high = _band(k)
    packed = tf.expand_dims(x, -2) if low == high else x
    longest = x.shape[-1]
    rows, columns = _whole(num_rows), _whole(num_cols)
    least_rows, least_columns = longest - min(high, 0), longest + max(low, 0)
    if rows == -1 and columns == -1:
        rows = columns = max(least_rows, least_columns)
    rows = least_rows if rows == -1 else rows
    columns = least_columns if columns == -1 else columns
    if rows < least_rows or columns < least_columns:
        raise errors.InvalidArgumentError(
            None, None, f"The number of rows is too small: {rows} or of columns: {columns} [Op:MatrixDiagV3]"
        )
    index, _ = _scattered(packed, rows, columns, low, high, align)
    return _filled(packed, index, tf.cast(padding_value, x.dtype))


def _filled(packed: Any, index: Any, padding: Any) -> Any:
    lead = packed.shape.as_list()[:-2]
    count = packed.shape[-2] * packed.shape[-1]
    flat = tf.concat([tf.reshape(packed, [*lead, count]), tf.fill([*lead, 1], padding)], -1)
    return tf.gather(flat, index.astype(np.int32), axis=-1)


@composite("linalg.set_diag", sample=[(M23, (1.0, 2.0))])
def set_diag(input: Any, diagonal: Any, name: Any = "set_diag", k: Any = 0, align: str = "RIGHT_LEFT") -> Any:
    """A matrix with some of its diagonals replaced."""
    x = _matrix(input, "MatrixSetDiagV3")
    d = convert(diagonal, x.dtype)
    low, high = _band(k)
    packed = tf.expand_dims(d, -2) if low == high else d
    longest = max(_lengths(x.shape[-2], x.shape[-1], low, high).values())
    if packed.shape[-1] != longest or packed.shape.as_list()[:-2] != x.shape.as_list()[:-2]:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Expected diagonal is of shape [..., {longest}], but got {d.shape} [Op:MatrixSetDiagV3]",
        )
    index, inside = _scattered(packed, x.shape[-2], x.shape[-1], low, high, align)
    fresh = _filled(packed, index, tf.zeros([], x.dtype))
    return tf.where(_mask(np.broadcast_to(inside, tuple(x.shape.as_list()))), fresh, x)


@composite("linalg.tensor_diag", sample=[((1.0, 2.0),)])
def tensor_diag(diagonal: Any, name: Any = None) -> Any:
    """A tensor of twice the rank with the given one on its diagonal."""
    x = convert(diagonal)
    if x.shape.rank < 1:
        raise errors.InvalidArgumentError(None, None, "Input must be at least rank 1, got 0 [Op:Diag]")
    shape = x.shape.as_list()
    return tf.reshape(diag(tf.reshape(x, [-1])), shape + shape)


@composite("linalg.tensor_diag_part", sample=[(((1.0, 2.0), (3.0, 4.0)),)])
def tensor_diag_part(input: Any, name: Any = None) -> Any:
    """The diagonal of a tensor of even rank."""
    x = convert(input)
    shape = x.shape.as_list()
    half = len(shape) // 2
    if len(shape) % 2 or not shape or shape[:half] != shape[half:]:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"The rank of the tensor should be even and positive with equal halves, got shape {x.shape} [Op:DiagPart]",
        )
    size = int(np.prod(shape[:half]))
    return tf.reshape(diag_part(tf.reshape(x, [size, size])), shape[:half])


@composite("linalg.trace", sample=[(M23,)])
def trace(x: Any, name: Any = None) -> Any:
    """The sum of the main diagonal."""
    return tf.reduce_sum(diag_part(convert(x)), axis=-1)


@composite("math.reduce_euclidean_norm", sample=[((3.0, 4.0),)])
def reduce_euclidean_norm(
    input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None
) -> Any:
    """The root of the sum of squares."""
    x = convert(input_tensor)
    squares = x * tf.math.conj(x) if x.dtype.is_complex else tf.square(x)
    summed = tf.reduce_sum(squares, axis=axis, keepdims=keepdims)
    if x.dtype.is_integer:
        return tf.cast(tf.sqrt(tf.cast(summed, dt.float64)), x.dtype)
    return tf.sqrt(summed)


@composite("linalg.normalize", sample=[((3.0, 4.0),)])
def normalize(tensor: Any, ord: Any = "euclidean", axis: Any = None, name: Any = None) -> tuple[Any, Any]:
    """The tensor divided by its norm, and the norm."""
    x = convert(tensor)
    norm = tf.cast(tf.norm(x, ord=ord, axis=axis, keepdims=True), x.dtype)
    return x / norm, norm


@composite("math.l2_normalize nn.l2_normalize linalg.l2_normalize", sample=[((3.0, 4.0),)])
def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12, name: Any = None, dim: Any = None) -> Any:
    """x over the root of its sum of squares, that sum being at least epsilon."""
    x = convert(x)
    axis = dim if axis is None else axis
    summed = tf.reduce_sum(tf.square(x), axis=axis, keepdims=True)
    return x * tf.math.rsqrt(tf.maximum(summed, tf.cast(epsilon, x.dtype)))


def _parsed(equation: str, ranks: list[int]) -> tuple[list[str], str]:
    """Subscripts of inputs and output with ellipses spelled out in capital Greek letters."""
    text = equation.replace(" ", "")
    left, arrow, right = text.partition("->")
    inputs = left.split(",")
    if len(inputs) != len(ranks):
        raise ValueError(f'Got {len(ranks)} arguments for equation "{equation}", expecting {len(inputs)}.')
    spare = "ΑΒΓΔΕΖΗΘΙΚΛΜ"
    wide = max(
        (r - len(s.replace("...", "")) for s, r in zip(inputs, ranks, strict=True) if "..." in s), default=0
    )
    spelled = []
    for subscript, rank in zip(inputs, ranks, strict=True):
        own = rank - len(subscript.replace("...", "")) if "..." in subscript else 0
        spelled.append(subscript.replace("...", spare[wide - own : wide]))
        if len(spelled[-1]) != rank:
            raise ValueError(
                f"Expected rank {len(subscript)} for subscript {subscript!r} of {equation!r}, got rank {rank}"
            )
    if not arrow:
        letters = sorted({c for c in "".join(inputs) if c.isalpha() and "".join(inputs).count(c) == 1})
        right = ("..." if "..." in left else "") + "".join(letters)
    return spelled, right.replace("...", spare[:wide])


def _summed_alone(x: Any, own: str, kept: set[str]) -> tuple[Any, str]:
    """Repeated letters taken along their diagonal, letters nobody else has summed away."""
    for letter in dict.fromkeys(own):
        while own.count(letter) > 1:
            i = own.index(letter)
            j = own.index(letter, i + 1)
            order = [a for a in range(len(own)) if a not in (i, j)] + [i, j]
            x = diag_part(tf.transpose(x, order))
            own = "".join(own[a] for a in order[:-2]) + letter
    lost = [i for i, letter in enumerate(own) if letter not in kept]
    if lost:
        x = tf.reduce_sum(x, axis=lost)
        own = "".join(letter for letter in own if letter in kept)
    return x, own


def _contracted(x: Any, left: str, y: Any, right: str, kept: set[str]) -> tuple[Any, str]:
    """Two factors as one batched matrix product."""
    both = [c for c in left if c in right]
    batch = [c for c in both if c in kept]
    inner = [c for c in both if c not in kept]
    mine = [c for c in left if c not in right]
    others = [c for c in right if c not in left]
    size = {
        c: n
        for own, t in ((left, x), (right, y))
        for c, n in zip(own, t.shape.as_list(), strict=True)
        if n != 1
    }
    for c in left + right:
        size.setdefault(c, 1)
    x = _axes(x, left, batch + mine + inner, size)
    y = _axes(y, right, batch + inner + others, size)
    count = lambda letters: int(np.prod([size[c] for c in letters], dtype=int))
    a = tf.reshape(x, [*(size[c] for c in batch), count(mine), count(inner)])
    b = tf.reshape(y, [*(size[c] for c in batch), count(inner), count(others)])
    product = tf.matmul(a, b)
    letters = batch + mine + others
    return tf.reshape(product, [size[c] for c in letters]), "".join(letters)


def _axes(x: Any, have: str, want: list[str], size: dict[str, int]) -> Any:
    x = tf.transpose(x, [have.index(c) for c in want])
    shape = [size[c] for c in want]
    return x if x.shape.as_list() == shape else tf.broadcast_to(x, shape)


@composite("einsum linalg.einsum", sample=[("ij,jk->ik", M23, ((0.5, 1.0), (-1.0, 2.0), (0.25, -0.5)))])
def einsum(equation: str, *inputs: Any, **kwargs: Any) -> Any:
    """Sums of products over the letters an equation does not keep."""
    first = next((x for x in inputs if hasattr(x, "dtype")), None)
    tensors = [
        convert(x) if first is None or hasattr(x, "dtype") else convert(x, first.dtype) for x in inputs
    ]
    names, out = _parsed(equation, [t.shape.rank for t in tensors])
    result, own = tensors[0], names[0]
    for i in range(len(tensors)):
        later = set(out).union(*names[i + 1 :])
        if i:
            y, other = _summed_alone(tensors[i], names[i], later | set(own))
            result, own = _contracted(result, own, y, other, later)
        else:
            result, own = _summed_alone(result, own, later)
    return tf.transpose(result, [own.index(c) for c in out]) if own != out else result


@composite("math.polyval")
def polyval(coeffs: Any, x: Any, name: Any = None) -> Any:
    """A polynomial with the highest coefficient first, by Horner's rule."""
    if not isinstance(coeffs, list):
        raise ValueError(f"Argument coeffs must be list type. Received type {type(coeffs)}.")
    x = convert(x)
    if not coeffs:
        return tf.zeros_like(x)
    total = convert(coeffs[0], x.dtype)
    for c in coeffs[1:]:
        total = convert(c, x.dtype) + total * x
    return total


@composite("math.scalar_mul scalar_mul")
def scalar_mul(scalar: Any, x: Any, name: Any = None) -> Any:
    """A scalar times a tensor."""
    x = convert(x) if not isinstance(x, tf.IndexedSlices) else x
    factor = convert(scalar, x.dtype)
    if factor.shape.rank:
        raise ValueError(f"The input scalar must be a 0-D value. Received shape {factor.shape}.")
    if isinstance(x, tf.IndexedSlices):
        return tf.IndexedSlices(factor * x.values, x.indices, x.dense_shape)
    return factor * x
