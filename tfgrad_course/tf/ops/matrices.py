"""Diagonals, bands, traces, norms and Einstein sums: matrices without any decomposition."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert, named, operand
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._of_operators import or_operator
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf.ops.reduce import axes_of, complex_norm
from tfgrad_course.tf.ops.shape import M23


def _whole(value: Any, name: str, op: str, default: Any = dt.int32) -> Any:
    """A whole number given as a number or a tensor."""
    found = value if tf.is_tensor(value) or isinstance(value, np.generic) else convert(value, default)
    found = convert(found)
    if found.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, found.dtype.kernel, ["int32", "int64"], "Tindex")
    if found.shape.rank:
        raise invalid(
            op,
            f"{name} must be "
            + ("a scalar" if op == "MatrixDiagV3" else f"scalar, got shape {_told(found)}"),
        )
    return found


def _told(x: Any) -> str:
    return "[" + ",".join(map(str, x.shape)) + "]"


def _mask(array: Any) -> Any:
    return tensor(np.ascontiguousarray(array), dt.bool_)


def _matrix(x: Any, op: str) -> Any:
    x = convert(x)
    if x.shape.rank < 2:
        raise invalid(op, f"input must be at least 2-dim, received shape: {_told(x)}")
    return x


@composite("linalg.band_part", sample=[(M23, 0, 1)])
def band_part(input: Any, num_lower: Any, num_upper: Any, name: Any = None) -> Any:
    """A matrix with everything outside a band around the diagonal set to 0; -1 keeps a whole side."""
    op = "MatrixBandPart"
    x = _matrix(input, op)
    rows, columns = x.shape[-2], x.shape[-1]
    # A float is refused by whoever converts it: strictly beside a tensor, by the kernel otherwise.
    usual = getattr(num_upper, "dtype", dt.int64) if tf.is_tensor(input) else None
    first = _whole(num_lower, "num_lower", op, usual)
    second = _whole(num_upper, "num_upper", op, first.dtype)
    if first.dtype is not second.dtype:
        raise errors.mismatch(op, 2, first.dtype.kernel, second.dtype.kernel)
    if x.dtype is dt.string:
        raise errors.no_kernel(op, x.dtype, Tindex="DT_INT64")
    low, high = int(first._numpy()), int(second._numpy())
    if low > rows:
        raise invalid(
            op, f"num_lower must be negative or less or equal to number of rows ({rows}) got: {low}"
        )
    if high > columns:
        raise invalid(
            op, f"num_upper must be negative or less or equal to number of columns ({columns}) got: {high}"
        )
    below = np.arange(rows)[:, None] - np.arange(columns)
    keep = ((low < 0) | (below <= low)) & ((high < 0) | (-below <= high))
    full = np.broadcast_to(keep, tuple(x.shape.as_list()))
    return tf.where(_mask(full), x, tf.zeros_like(x))


_ALIGNS = ("LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT")


def _band(k: Any, align: str, op: str, number: int = 1) -> tuple[int, int]:
    """The lowest and the highest diagonal meant."""
    if align not in _ALIGNS:
        allowed = ", ".join(f'"{one}"' for one in _ALIGNS)
        raise errors.refused(
            op, f"Value for attr 'align' of \"{align}\" is not in the list of allowed values: {allowed}"
        )
    ends = convert(k) if tf.is_tensor(k) or isinstance(k, np.ndarray) else convert(k, dt.int32)
    if ends.dtype is not dt.int32:
        raise errors.mismatch(op, number, "int32", ends.dtype.kernel)
    if ends.shape.rank > 1:
        raise invalid(op, f"diag_index must be a scalar or vector, received shape: {_told(ends)}")
    given = np.atleast_1d(ends._numpy())
    if not 0 < len(given) < 3:
        raise invalid(op, f"diag_index must have only one or two elements, received {len(given)} elements.")
    return int(given[0]), int(given[-1])


def _padding(value: Any, given: Any, x: Any, op: str, number: int) -> Any:
    if tf.is_tensor(value) and value.dtype is not x.dtype:
        raise errors.mismatch(op, number, x.dtype.kernel, value.dtype.kernel)
    if x.dtype is dt.string and not isinstance(value, str | bytes):
        raise TypeError(f"Cannot convert {value} to EagerTensor of dtype string")
    # Of what has a dtype only TensorFlow sees in time that 0 has to be False.
    return convert(bool(value) if getattr(given, "dtype", None) == "bool" else value, x.dtype)


def _inside(x: Any, low: int, high: int, op: str, stop: str = "") -> None:
    """InvalidArgumentError unless the matrix has these diagonals."""
    rows, columns = x.shape[-2], x.shape[-1]
    for side, d, mark in (("lower", low, stop), ("upper", high, "")):
        if d and not -rows < d < columns:
            raise invalid(
                op, f"{side}_diag_index is out of bound: {d}{mark} It must be between {-rows} and {columns}"
            )
    _ordered(low, high, op)


def _ordered(low: int, high: int, op: str) -> None:
    if low > high:
        raise invalid(op, f"lower_diag_index must not be larger than upper_diag_index: {low} > {high}")


def _offset(align: str, d: int, length: int, longest: int) -> int:
    """Where a diagonal starts in its row of the packed form."""
    above, below = align.split("_")
    side = above if d >= 0 else below
    return longest - length if side == "RIGHT" else 0


def _lengths(rows: int, columns: int, low: int, high: int) -> dict[int, int]:
    return {d: min(rows + min(d, 0), columns - max(d, 0)) for d in range(high, low - 1, -1)}


@composite("linalg.diag_part", sample=[(M23,)])
@or_operator("input", lambda operator, *rest, **more: operator.diag_part())
def diag_part(
    input: Any, name: Any = "diag_part", k: Any = 0, padding_value: Any = 0, align: str = "RIGHT_LEFT"
) -> Any:
    """The diagonals from k[0] to k[1] (or the one k), packed into rows of equal length."""
    x = _matrix(input, "MatrixDiagPartV3")
    rows, columns = x.shape[-2], x.shape[-1]
    low, high = _band(k, align, "MatrixDiagPartV3")
    padding = _padding(padding_value, input, x, "MatrixDiagPartV3", 2)
    _inside(x, low, high, "MatrixDiagPartV3", ".")
    lengths = _lengths(rows, columns, low, high)
    longest = max(lengths.values())
    index = np.full((len(lengths), longest), -1)
    for row, (d, length) in enumerate(lengths.items()):
        start = _offset(align, d, length, longest)
        i = np.arange(length)
        index[row, start : start + length] = (i - min(d, 0)) * columns + i + max(d, 0)
    flat = tf.reshape(x, [*x.shape.as_list()[:-2], rows * columns])
    padded = tf.concat([flat, tf.fill([*x.shape.as_list()[:-2], 1], padding)], -1)
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
    op = "MatrixDiagV3"
    x = convert(diagonal)
    if x.shape.rank < 1:
        raise invalid(op, f"diagonal must be at least 1-dim, received shape: {_told(x)}")
    low, high = _band(k, align, op)
    padding = _padding(padding_value, diagonal, x, op, 4)
    _ordered(low, high, op)
    packed = tf.expand_dims(x, -2) if low == high else x
    if packed.shape.rank < 2 or packed.shape[-2] != high - low + 1:
        raise invalid(
            op, "The number of diagonals provided in the input does not match the lower_diag_index and upper_diag_index range."
        )  # fmt: skip
    longest = x.shape[-1]
    rows, columns = (
        int(_whole(n, word, op)._numpy()) for n, word in ((num_rows, "num_rows"), (num_cols, "num_cols"))
    )
    least_rows, least_columns = longest - min(high, 0), longest + max(low, 0)
    if rows == -1 and columns == -1:
        rows = columns = max(least_rows, least_columns)
    rows = least_rows if rows == -1 else rows
    columns = least_columns if columns == -1 else columns
    if rows < least_rows:
        raise invalid(op, "The number of rows is too small.")
    if columns < least_columns:
        raise invalid(op, "The number of columns is too small.")
    if rows != least_rows and columns != least_columns:
        raise invalid(
            op, "The number of rows or columns is not consistent with the specified d_lower, d_upper, and diagonal."
        )  # fmt: skip
    index, _ = _scattered(packed, rows, columns, low, high, align)
    return _filled(packed, index, padding)


def _filled(packed: Any, index: Any, padding: Any) -> Any:
    lead = packed.shape.as_list()[:-2]
    count = packed.shape[-2] * packed.shape[-1]
    flat = tf.concat([tf.reshape(packed, [*lead, count]), tf.fill([*lead, 1], padding)], -1)
    return tf.gather(flat, index.astype(np.int32), axis=-1)


@composite("linalg.set_diag", sample=[(M23, (1.0, 2.0))])
def set_diag(input: Any, diagonal: Any, name: Any = "set_diag", k: Any = 0, align: str = "RIGHT_LEFT") -> Any:
    """A matrix with some of its diagonals replaced."""
    op = "MatrixSetDiagV3"
    x = _matrix(operand(input, diagonal), op)
    d = operand(diagonal, x)
    if d.dtype is not x.dtype:
        raise errors.mismatch(op, 1, x.dtype.kernel, d.dtype.kernel)
    low, high = _band(k, align, op, 2)
    if x.dtype is dt.string:
        raise errors.no_kernel(op, x.dtype, align=f'"{align}"')
    _inside(x, low, high, op)
    if d.shape.rank < 1:
        raise invalid(op, f"diagonal must be at least 1-dim, received shape: {_told(d)}")
    if low != high and (d.shape.rank < 2 or d.shape[-2] != high - low + 1):
        words = "The number of diagonals provided in `diag` is not consistent with `lower_diag_index` and `upper_diag_index`"
        raise invalid(op, words)
    longest = max(_lengths(x.shape[-2], x.shape[-1], low, high).values())
    wanted = [*x.shape.as_list()[:-2], *([] if low == high else [high - low + 1]), longest]
    if d.shape.as_list() != wanted:
        raise invalid(
            op, "Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the "
            "longests diagonal in range [lower_diag_index:upper_diag_index].\nInput shape: "
            f"{_told(x)}\nDiagonal shape: {_told(d)}\nExpected diagonal shape: [{','.join(map(str, wanted))}]",
        )  # fmt: skip
    packed = tf.expand_dims(d, -2) if low == high else d
    index, inside = _scattered(packed, x.shape[-2], x.shape[-1], low, high, align)
    fresh = _filled(packed, index, tf.zeros([], x.dtype))
    return tf.where(_mask(np.broadcast_to(inside, tuple(x.shape.as_list()))), fresh, x)


_TENSOR_DIAG = (
    dt.bfloat16,
    dt.float16,
    dt.float32,
    dt.float64,
    dt.int32,
    dt.int64,
    dt.complex64,
    dt.complex128,
)


def _diagonal_kind(x: Any, op: str) -> None:
    if x.dtype not in _TENSOR_DIAG:
        raise errors.not_allowed(op, x.dtype.kernel, [d.kernel for d in _TENSOR_DIAG])
    if x.dtype is dt.bfloat16:
        raise errors.no_kernel(op, x.dtype)


@composite("linalg.tensor_diag", sample=[((1.0, 2.0),)])
def tensor_diag(diagonal: Any, name: Any = None) -> Any:
    """A tensor of twice the rank with the given one on its diagonal."""
    x = convert(diagonal)
    _diagonal_kind(x, "Diag")
    if x.shape.rank < 1:
        raise errors.InvalidArgumentError(None, None, "Input must be at least rank 1, got 0 [Op:Diag]")
    shape = x.shape.as_list()
    return tf.reshape(diag(tf.reshape(x, [-1])), shape + shape)


@composite("linalg.tensor_diag_part", sample=[(((1.0, 2.0), (3.0, 4.0)),)])
def tensor_diag_part(input: Any, name: Any = None) -> Any:
    """The diagonal of a tensor of even rank."""
    x = convert(input)
    _diagonal_kind(x, "DiagPart")
    shape = x.shape.as_list()
    half = len(shape) // 2
    if len(shape) % 2:
        raise invalid(
            "DiagPart",
            f"The rank of the tensor should be                                          even and positive, got shape {_told(x)}",
        )
    for i in range(half):
        if shape[i] != shape[i + half]:
            raise invalid(
                "DiagPart", f"Invalid shape {_told(x)}: dimensions {i} and {i + half} do not match."
            )
    if not shape:
        return tf.identity(x)
    size = int(np.prod(shape[:half]))
    return tf.reshape(diag_part(tf.reshape(x, [size, size])), shape[:half])


@composite("linalg.trace", sample=[(M23,)])
@or_operator("x", lambda operator, name=None: operator.trace())
def trace(x: Any, name: Any = None) -> Any:
    """The sum of the main diagonal."""
    return tf.reduce_sum(diag_part(convert(x)), axis=-1)


@composite("math.reduce_euclidean_norm", sample=[((3.0, 4.0),)])
def reduce_euclidean_norm(
    input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None
) -> Any:
    """The root of the sum of squares."""
    x = convert(input_tensor)
    if x.dtype.is_complex:
        return complex_norm(x, axes_of(x, axis, "EuclideanNorm"), bool(keepdims))
    summed = tf.reduce_sum(tf.square(x), axis=axis, keepdims=keepdims)
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
    if x.dtype.is_complex:
        squared = tf.square(tf.math.real(x)) + tf.square(tf.math.imag(x))
        summed = tf.reduce_sum(squared, axis=axis, keepdims=True)
        inverse = tf.math.rsqrt(tf.maximum(summed, tf.cast(epsilon, summed.dtype)))
        return tf.complex(tf.math.real(x) * inverse, tf.math.imag(x) * inverse)
    summed = tf.reduce_sum(tf.square(x), axis=axis, keepdims=True)
    return x * tf.math.rsqrt(tf.maximum(summed, epsilon))


_FORM = re.compile(r"^(?:[a-zA-Z]|\.\.\.)*(?:,(?:[a-zA-Z]|\.\.\.)*)*(?:->(?:[a-zA-Z]|\.\.\.)*)?$")


def _parsed(equation: str, shapes: list[list[int]]) -> tuple[list[str], str]:
    """Subscripts of inputs and output with ellipses spelled out in capital Greek letters."""
    text = equation.replace(" ", "")
    left, arrow, right = text.partition("->")
    inputs = left.split(",")
    if not _FORM.match(text) or any(part.count("...") > 1 for part in (*inputs, right)):
        raise ValueError(f"Subscripts have incorrect format: {equation}")
    if len(inputs) != len(shapes):
        raise ValueError(f'Got {len(shapes)} inputs for equation "{equation}", expecting {len(inputs)}')
    if not arrow:
        counts = left.replace("...", "").replace(",", "")
        right = "".join(sorted(c for c in set(counts) if counts.count(c) == 1))
    letters = right.replace("...", "")
    if len(set(letters)) < len(letters):
        raise ValueError(f"Output subscripts contain a label appearing more than once: {equation}")
    for c in letters:
        if c not in left:
            raise ValueError(f"Output subscripts contain the label {c} not present in the input subscripts.")
    return _spelled(inputs, right, shapes)


def _spelled(inputs: list[str], right: str, shapes: list[list[int]]) -> tuple[list[str], str]:
    spare = "ΑΒΓΔΕΖΗΘΙΚΛΜ"
    own = [len(s) - len(part.replace("...", "")) for part, s in zip(inputs, shapes, strict=True)]
    for i, (part, extra, shape) in enumerate(zip(inputs, own, shapes, strict=True)):
        rank = len(part.replace("...", ""))
        if extra < 0 or (extra and "..." not in part):
            least = "at least " if "..." in part else ""
            raise invalid("Einsum", f"Expected input {i} to have rank {least}{rank} but got: {len(shape)}")
    wide = max(own, default=0)
    if wide and "..." not in right:
        raise invalid(
            "Einsum", f"Output contains {wide} broadcasting dimension(s) but no ellipsis (...) was found in the output "
            "subscripts.",
        )  # fmt: skip
    names = [part.replace("...", spare[wide - extra : wide]) for part, extra in zip(inputs, own, strict=True)]
    _same_sizes(names, shapes, spare)
    return names, right.replace("...", spare[:wide])


def _same_sizes(names: list[str], shapes: list[list[int]], spare: str) -> None:
    known: dict[str, int] = {}
    for name, shape in zip(names, shapes, strict=True):
        for axis, (c, n) in enumerate(zip(name, shape, strict=True)):
            size = known.setdefault(c, n)
            if c in spare and 1 in (size, n):
                known[c] = max(size, n)
            elif c in spare and size != n:
                told = [str(s).replace(" ", "") for s in shapes]
                raise invalid("Einsum", f"Invalid broadcasting dimensions: {' vs. '.join(told)}")
            elif size != n:
                told_shape = str(shape).replace(" ", "")
                raise invalid(
                    "Einsum",
                    f"Expected dimension {size} at axis {axis} of the input shaped {told_shape} but got dimension {n}",
                )


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


def _einsum_kind(tensors: list[Any], equation: str) -> None:
    kind = tensors[0].dtype if tensors else dt.float32
    if kind in (dt.bool_, dt.string) or (kind.is_integer and kind not in (dt.int32, dt.int64, dt.int16)):
        raise errors.no_kernel("Einsum", kind, N=len(tensors), equation=f'"{equation}"')


_PATHS = (
    "greedy", "eager", "branch-2", "random-greedy-128", "opportunistic", "dynamic-programming", "auto-hq", "optimal",
    "branch-all", "branch-1", "auto", "dp", "random-greedy",
)  # fmt: skip


@composite("einsum linalg.einsum", sample=[("ij,jk->ik", M23, ((0.5, 1.0), (-1.0, 2.0), (0.25, -0.5)))])
def einsum(equation: str, *inputs: Any, **kwargs: Any) -> Any:
    """Sums of products over the letters an equation does not keep."""
    odd = [key for key in kwargs if key not in ("name", "optimize")]
    if odd:
        raise TypeError(
            f"Invalid keyword arguments for einsum: {', '.join(odd)}. Valid arguments: name, optimize, greedy."
        )
    if len(inputs) > 2 and isinstance(kwargs.get("optimize"), str) and kwargs["optimize"] not in _PATHS:
        raise KeyError(f"Path optimizer '{kwargs['optimize']}' not found, valid options are {set(_PATHS)}.")
    for x in inputs:
        x.shape  # noqa: B018 - TensorFlow asks for it before it converts: lists have none
    first = next((x for x in inputs if hasattr(x, "dtype")), None)
    tensors = [
        convert(x) if first is None or hasattr(x, "dtype") else convert(x, first.dtype) for x in inputs
    ]
    _einsum_kind(tensors, equation)
    names, out = _parsed(equation, [t.shape.as_list() for t in tensors])
    for i, t in enumerate(tensors):
        if t.dtype is not tensors[0].dtype:
            raise errors.mismatch(
                "_MklEinsum" if tensors[0].dtype in (dt.float32, dt.bfloat16) else "Einsum",
                i,
                tensors[0].dtype.kernel,
                t.dtype.kernel,
            )
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
    total, *rest = [convert(c) for c in coeffs]
    for c in rest:
        total = c + total * x
    return total


@composite("math.scalar_mul scalar_mul")
def scalar_mul(scalar: Any, x: Any, name: Any = None) -> Any:
    """A scalar times a tensor."""
    if not hasattr(x, "dtype"):
        raise AttributeError(f"'{type(x).__name__}' object has no attribute 'dtype'")
    x = convert(x) if not isinstance(x, tf.IndexedSlices) else x
    factor = named(scalar, x.dtype, "scalar")
    if factor.shape.rank:
        raise ValueError(f"The input scalar must be a 0-D value. Received shape {factor.shape}.")
    if isinstance(x, tf.IndexedSlices):
        return tf.IndexedSlices(factor * x.values, x.indices, x.dense_shape)
    return factor * x
