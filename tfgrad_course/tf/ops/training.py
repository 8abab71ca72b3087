"""What training loops call: cross entropies, moments, normalisation, clipping, embeddings, dropout."""

from __future__ import annotations

import math
from collections import namedtuple
from collections.abc import Sequence
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import batched, composite, raw, rule, traced
from tfgrad_course.tf._dtypes import FLOATS, NUMBERS, NUMPYS_OWN, as_dtype
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._variable import Variable
from tfgrad_course.tf.ops.layout import Places, pick
from tfgrad_course.tf.ops.nn import _log_softmax
from tfgrad_course.tf.ops.reduce import scan_axis
from tfgrad_course.tf.ops.shape import M23

_HALVES = (dt.float16, dt.bfloat16, dt.float32, dt.float64)
_P23 = ((0.2, 0.3, 0.5), (0.6, 0.1, 0.3))


def _both(name: str, labels: Any, logits: Any) -> None:
    if labels is None or logits is None:
        raise ValueError(
            f"Both `labels` and `logits` must be provided for {name}Received: labels={labels} and logits={logits}"
        )


def _same_shape(first: str, a: Any, second: str, b: Any) -> None:
    if not a.shape.is_compatible_with(b.shape):
        raise ValueError(
            f"`{first}` and `{second}` must have the same shape, received ({a.shape} vs {b.shape})."
        )


# Cross entropies -----------------------------------------------------------------------------------


@composite("nn.sigmoid_cross_entropy_with_logits", sample=[(_P23, M23)])
def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: Any = None) -> Any:
    """-z log(sigmoid(x)) - (1 - z) log(1 - sigmoid(x)), computed so that nothing overflows."""
    _both("sigmoid_cross_entropy_with_logits", labels, logits)
    x, z = convert(logits), convert(labels)
    _same_shape("logits", x, "labels", z)
    zeros = tf.zeros_like(x)
    above = x >= zeros
    return tf.where(above, x, zeros) - x * z + tf.math.log1p(tf.exp(tf.where(above, -x, x)))


@composite("nn.weighted_cross_entropy_with_logits", sample=[(_P23, M23, 2.0)])
def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any, name: Any = None) -> Any:
    """The sigmoid cross entropy in which positive labels weigh more."""
    x, z = convert(logits), convert(labels)
    _same_shape("logits", x, "labels", z)
    weight = 1 + (pos_weight - 1) * z
    return (1 - z) * x + weight * (tf.math.log1p(tf.exp(-tf.abs(x))) + tf.nn.relu(-x))


softmax_loss = rule(
    "softmax_loss", lambda x, p: -np.add.reduce(p * _log_softmax(x, -1), -1, x.dtype),
    # TensorFlow takes the labels to sum to one, and no slope of softmax - labels in the labels.
    lambda F, g, z, x, p: g[..., None] * (F.softmax(x, -1) - F.stop_gradient(p) + 0 * p),
    lambda F, g, z, x, p: -(g[..., None] * F.log_softmax(x, -1)),
    dtypes=_HALVES, op="SoftmaxCrossEntropyWithLogits", sample=[(M23, _P23)], doc="The cross entropy of each row.",
)  # fmt: skip


@composite("nn.softmax_cross_entropy_with_logits", sample=[(_P23, M23)])
def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: Any = -1, name: Any = None) -> Any:
    """The cross entropy between labels and the softmax of logits."""
    _both("softmax_cross_entropy_with_logits", labels, logits)
    given = convert(logits)
    x = tf.cast(given, dt.float32) if given.dtype in (dt.float16, dt.bfloat16) else given
    p = tf.cast(convert(labels), x.dtype)
    if axis != -1:
        if axis < 0:
            raise invalid("Range", f"Requires start <= limit when delta > 0: 0/{axis}")
        if axis >= x.shape.rank:
            raise invalid("Range", f"Requires start <= limit when delta > 0: {axis + 1}/{x.shape.rank}")
        x, p = _to_the_end(x, axis), _to_the_end(p, axis)
    shape = x.shape.as_list()
    x, p = (tf.reshape(t, [-1, t.shape[-1]]) if t.shape.rank > 2 else t for t in (x, p))
    try:
        wide = np.broadcast_shapes(tuple(x.shape), tuple(p.shape))
    except ValueError:
        raise invalid(
            "SoftmaxCrossEntropyWithLogits",
            f"logits and labels must be broadcastable: logits_size={_listed(x)} labels_size={_listed(p)}",
        ) from None
    wide = wide if len(wide) > 1 else (1, *wide)
    cost = softmax_loss(tf.broadcast_to(x, wide), tf.broadcast_to(p, wide))
    # The costs keep the shape of the logits: labels may not broadcast them.
    cost = tf.reshape(cost, shape[:-1])
    return tf.cast(cost, given.dtype)


def _to_the_end(x: Any, axis: int) -> Any:
    order = [i for i in range(x.shape.rank) if i != axis % x.shape.rank]
    return tf.transpose(x, [*order, axis % x.shape.rank])


@composite("nn.sparse_softmax_cross_entropy_with_logits", sample=[((2, 0), M23)])
def sparse_softmax_cross_entropy_with_logits(labels: Any, logits: Any, name: Any = None) -> Any:
    """The cross entropy between class numbers and the softmax of logits."""
    _both("sparse_softmax_cross_entropy_with_logits", labels, logits)
    numbers, given = convert(labels), convert(logits)
    shape, rank = numbers._v.shape, given._v.ndim
    if rank == 0:
        raise ValueError(f"`logits` cannot be a scalar. Received logits={given}`")
    if len(shape) != rank - 1:
        raise ValueError(
            "`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: labels.shape="
            f"{numbers.shape} of rank {numbers.shape.rank} and logits.shape={given.shape} of rank {rank}"
        )
    if shape != given._v.shape[:-1]:
        raise ValueError(
            "`labels.shape` must equal `logits.shape` except for the last dimension. Received: labels.shape="
            f"{numbers.shape} and logits.shape={given.shape}"
        )
    op = "SparseSoftmaxCrossEntropyWithLogits"
    if numbers.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, numbers.dtype.kernel, ["int32", "int64"], "Tlabels")
    x = tf.cast(given, dt.float32) if given.dtype is dt.float16 else given
    classes = x._v.shape[-1]
    flat = np.asarray(numbers._numpy()).reshape(-1)
    if classes == 0:
        raise invalid(op, "Must have at least one class, but got logits shape " + _listed(x))
    if flat.size and (flat.min() < 0 or flat.max() >= classes):
        bad = int(flat[(flat < 0) | (flat >= classes)][0])
        raise invalid(
            op, f"Received a label value of {bad} which is outside the valid range of [0, {classes}).  Label values: "
            + " ".join(map(str, flat.tolist())),
        )  # fmt: skip
    # Where each example's own class stands among the logits.
    at = np.unravel_index(np.arange(0, flat.size * classes, classes) + flat, x._v.shape)
    places = Places(np.stack(at, -1).reshape(*shape, rank))
    cost = -pick(tf.nn.log_softmax(x), places)
    return cost if cost.dtype is given.dtype else tf.cast(cost, given.dtype)


def _listed(x: Any) -> str:
    return "[" + ",".join(map(str, x.shape)) + "]"


@composite("nn.log_poisson_loss", sample=[((1.5, 0.5), (0.3, -0.2))])
def log_poisson_loss(targets: Any, log_input: Any, compute_full_loss: bool = False, name: Any = None) -> Any:
    """exp(c) - c z, with Stirling's approximation of log(z!) if the full loss is asked for."""
    c, z = convert(log_input), convert(targets)
    if not z.shape.is_compatible_with(c.shape):
        raise ValueError(
            f"`log_input` and `targets` must have the same shape, received ({c.shape} vs {z.shape})."
        )
    found = tf.exp(c) - c * z
    if not compute_full_loss:
        return found
    stirling = z * tf.math.log(z) - z + 0.5 * tf.math.log(2 * math.pi * z)
    small = tf.logical_and(z >= tf.zeros_like(z), z <= tf.ones_like(z))
    return found + tf.where(small, tf.zeros_like(z), stirling)


def _half_square(x: Any) -> Any:
    return np.add.reduce(np.ravel(x * x), dtype=x.dtype) * x.dtype.type(0.5)


half_square = rule(
    "half_square", lambda x: _half_square(x.astype(np.float32)).astype(x.dtype) if x.dtype.num > NUMPYS_OWN else _half_square(x),
    lambda F, g, z, x: F.upto(g, x) * x,
    dtypes=_HALVES, op="L2Loss", names="nn.l2_loss", args="t", sample=[(M23,)], doc="Half the sum of squares.",
)  # fmt: skip
raw.upto = traced.upto = lambda g, x: g  # type: ignore[attr-defined]
# One row of g for each gradient: it is spread over all axes of x.
batched.upto = lambda g, x: g.reshape((-1,) + (1,) * np.ndim(x))  # type: ignore[attr-defined]


@composite("nn.compute_average_loss")
def compute_average_loss(
    per_example_loss: Any, sample_weight: Any = None, global_batch_size: Any = None
) -> Any:
    """The sum of losses over the size of the batch."""
    losses = convert(per_example_loss)
    kind = losses.dtype
    if losses.shape.rank == 0:
        raise ValueError(
            "Invalid value passed for `per_example_loss`. Expected a tensor with at least rank 1. Received "
            f"per_example_loss={losses} with rank 0"
        )
    if sample_weight is not None:
        losses = tf.cast(
            _weighted(tf.cast(losses, dt.float32), tf.cast(convert(sample_weight), dt.float32)), kind
        )
    if global_batch_size is None:
        global_batch_size = losses.shape[0]
    size = convert(global_batch_size)
    tf.debugging.assert_scalar(size, message="global_batch_size must be scalar.")
    tf.debugging.assert_integer(size, message="global_batch_size must be an integer.")
    tf.debugging.assert_non_negative(size, message="global_batch_size must be non-negative.")
    return tf.math.divide_no_nan(tf.reduce_sum(losses), tf.cast(size, kind))


def _weighted(losses: Any, weight: Any) -> Any:
    if weight.shape.rank and weight.shape.rank - losses.shape.rank == 1:
        weight = tf.squeeze(weight, [-1])
    elif weight.shape.rank and losses.shape.rank - weight.shape.rank == 1:
        weight = tf.expand_dims(weight, -1)
    return losses * weight


@composite("nn.scale_regularization_loss")
def scale_regularization_loss(regularization_loss: Any) -> Any:
    """The sum of the losses: there is one replica."""
    return tf.reduce_sum(regularization_loss) / 1


# Moments -------------------------------------------------------------------------------------------


@composite("nn.moments", sample=[(M23, [0])])
def moments(
    x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: Any = None
) -> tuple[Any, Any]:
    """Mean and variance over axes."""
    x.dtype  # noqa: B018 - TensorFlow asks for it before it converts: lists have none
    given = convert(x)
    y = tf.cast(given, dt.float32) if given.dtype is dt.float16 else given
    mean = tf.reduce_mean(y, axes, keepdims=True)
    variance = tf.reduce_mean(tf.math.squared_difference(y, tf.stop_gradient(mean)), axes, keepdims=True)
    return _finished(mean, variance, axes, keepdims, given.dtype)


def _finished(mean: Any, variance: Any, axes: Any, keepdims: bool, kind: Any) -> tuple[Any, Any]:
    if not keepdims:
        mean, variance = tf.squeeze(mean, axes), tf.squeeze(variance, axes)
    if kind is dt.float16:
        return tf.cast(mean, kind), tf.cast(variance, kind)
    return mean, variance


@composite("nn.weighted_moments", sample=[(M23, [0], (1.0, 2.0, 0.5))])
def weighted_moments(
    x: Any, axes: Any, frequency_weights: Any, keepdims: bool = False, name: Any = None
) -> tuple[Any, Any]:
    """Mean and variance over axes, entries counting as often as their weights say."""
    given, weights = convert(x), convert(frequency_weights)
    y = tf.cast(given, dt.float32) if given.dtype is dt.float16 else given
    weights = tf.cast(weights, y.dtype)
    total = tf.reduce_sum(weights * y, axes, keepdims=True)
    count = tf.reduce_sum(weights + tf.zeros_like(y), axes, keepdims=True)
    mean = tf.math.divide_no_nan(total, count)
    spread = tf.reduce_sum(weights * tf.math.squared_difference(y, mean), axes, keepdims=True)
    return _finished(mean, tf.math.divide_no_nan(spread, count), axes, keepdims, given.dtype)


@composite("nn.sufficient_statistics", sample=[(M23, [0])])
def sufficient_statistics(
    x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: Any = None
) -> tuple[Any, Any, Any, Any]:
    """Count, sum and sum of squares over axes."""
    y = convert(x)
    count = convert(math.prod(y.shape[a] for a in axes), y.dtype)
    moved = y if shift is None else y - convert(shift, y.dtype)
    squares = tf.square(y) if shift is None else tf.math.squared_difference(y, shift)
    sums = tf.reduce_sum(moved, axes, keepdims=keepdims)
    shift = None if shift is None else convert(shift, y.dtype)
    return count, sums, tf.reduce_sum(squares, axes, keepdims=keepdims), shift


@composite("nn.normalize_moments", sample=[(4.0, 2.0, 3.0, None)])
def normalize_moments(
    counts: Any, mean_ss: Any, variance_ss: Any, shift: Any, name: Any = None
) -> tuple[Any, Any]:
    """Mean and variance out of sufficient statistics."""
    divisor = tf.math.reciprocal(convert(counts))
    moved = tf.multiply(mean_ss, divisor)
    mean = moved if shift is None else tf.add(moved, shift)
    return mean, tf.subtract(tf.multiply(variance_ss, divisor), tf.square(moved))


@composite("nn.batch_normalization", sample=[(M23, 0.1, 1.5, 0.2, 2.0, 0.01)])
def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: Any = None
) -> Any:
    """scale (x - mean) / sqrt(variance + epsilon) + offset."""
    x = convert(x)
    inv = tf.math.rsqrt(variance + variance_epsilon)
    if scale is not None:
        inv = inv * scale
    moved = offset - mean * inv if offset is not None else -mean * inv
    return x * tf.cast(inv, x.dtype) + tf.cast(moved, x.dtype)


@composite("nn.batch_norm_with_global_normalization")
def batch_norm_with_global_normalization(
    input: Any, mean: Any, variance: Any, beta: Any, gamma: Any, variance_epsilon: Any,
    scale_after_normalization: bool, name: Any = None,
) -> Any:  # fmt: skip
    """Batch normalisation, with the scale only if asked for."""
    scale = gamma if scale_after_normalization else None
    return batch_normalization(input, mean, variance, beta, scale, variance_epsilon)


@composite("nn.local_response_normalization nn.lrn")
def local_response_normalization(
    input: Any, depth_radius: Any = 5, bias: Any = 1, alpha: Any = 1, beta: Any = 0.5, name: Any = None
) -> Any:
    """Each entry over a power of the squares of its neighbours along the channels."""
    x = convert(input)
    if x.dtype not in FLOATS or x.dtype is dt.float64:
        raise errors.not_allowed("LRN", x.dtype.kernel, ["half", "bfloat16", "float"])
    if x.dtype is dt.bfloat16:
        raise errors.no_kernel("LRN", x.dtype)
    if x.shape.rank != 4:
        raise invalid("LRN", "in must be 4-dimensional")
    if int(depth_radius) < 0:
        raise invalid("LRN", f"depth_radius = {depth_radius} larger than int max")
    depth = x.shape[-1]
    near = np.abs(np.arange(depth)[:, None] - np.arange(depth)) <= int(depth_radius)
    summed = tf.tensordot(tf.square(x), tf.constant(near.astype(x.dtype.np)), 1)
    return x * tf.pow(bias + alpha * summed, -beta)


# Adding a bias ---------------------------------------------------------------------------------------


@composite("nn.bias_add", sample=[(M23, (0.1, 0.2, 0.3))])
def bias_add(value: Any, bias: Any, data_format: Any = None, name: Any = None) -> Any:
    """A vector added along the channels."""
    first = False
    if data_format is not None:
        first = data_format.startswith("NC")
        if not first and not (data_format.startswith("N") and data_format.endswith("C")):
            raise ValueError(
                f"`data_format` must be of the form `N...C` or `NC...`. Received: data_format={data_format}"
            )
    x = operand(value, bias)
    b = operand(bias, x)
    if x.dtype is not b.dtype:
        raise errors.mismatch("BiasAdd", 1, x.dtype.kernel, b.dtype.kernel)
    if x.dtype not in NUMBERS:
        raise errors.not_allowed("BiasAdd", x.dtype.kernel, [d.kernel for d in NUMBERS])
    if x.shape.rank < 2:
        raise invalid("BiasAdd", f"Input tensor must be at least 2D: {_listed(x)}")
    if b.shape.rank != 1:
        raise invalid("BiasAdd", f"Biases must be 1D: {_listed(b)}")
    at = 1 if first else x.shape.rank - 1
    if b.shape[0] != x.shape[at]:
        raise invalid(
            "BiasAdd", f"Must provide as many biases as the {'channel' if first else 'last'} dimension of the input "
            f"tensor: {_listed(b)} vs. {_listed(x)}" + (" in channel dimension" if first else ""),
        )  # fmt: skip
    if first and x.shape.rank > 2:
        b = tf.reshape(b, [b.shape[0], *(1,) * (x.shape.rank - 2)])
    return x + b


# Clipping ------------------------------------------------------------------------------------------


def _values(t: Any) -> Any:
    return convert(t.values if isinstance(t, tf.IndexedSlices) else t)


@composite("clip_by_norm", sample=[((3.0, 4.0), 2.0)])
def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: Any = None) -> Any:
    """A tensor scaled down to a norm it must not exceed."""
    x = _values(t)
    plain = isinstance(clip_norm, int | float | np.generic)
    clip_norm = max(clip_norm, 0) if plain else tf.cast(tf.maximum(clip_norm, 0), x.dtype)
    squares = tf.reduce_sum(x * x, axes, keepdims=True)
    positive = squares > 0
    # Twice where, so that the slope of the root at 0 is never taken.
    safe = tf.where(positive, squares, tf.ones_like(squares))
    norm = tf.where(positive, tf.sqrt(safe), squares)
    scaled = x * clip_norm
    x.shape.assert_is_compatible_with(scaled.shape)
    clipped = tf.identity(scaled / tf.maximum(norm, clip_norm))
    return tf.IndexedSlices(clipped, t.indices, t.dense_shape) if isinstance(t, tf.IndexedSlices) else clipped


def _sequence(t_list: Any) -> list[Any]:
    if not isinstance(t_list, Sequence) or isinstance(t_list, str):
        raise TypeError(f"`t_list` should be a sequence of tensors. Received {type(t_list)}.")
    return list(t_list)


@composite("linalg.global_norm", sample=[([(3.0, 4.0), (1.0,)],)])
def global_norm(t_list: Any, name: Any = None) -> Any:
    """The norm of all tensors together."""
    halves = [half_square(_values(t)) for t in _sequence(t_list) if t is not None]
    return tf.sqrt(tf.reduce_sum(tf.stack(halves)) * 2.0)


@composite("clip_by_global_norm", sample=[([(3.0, 4.0), (1.0,)], 2.0)])
def clip_by_global_norm(
    t_list: Any, clip_norm: Any, use_norm: Any = None, name: Any = None
) -> tuple[Any, Any]:
    """Tensors scaled down together to a norm they must not exceed, and the norm they had."""
    tensors = _sequence(t_list)
    norm = global_norm(tensors) if use_norm is None else use_norm
    scale = clip_norm * tf.minimum(1.0 / norm, tf.constant(1.0, norm.dtype) / clip_norm)
    # Infinite and undefined norms make everything nan.
    scale = scale + (norm - norm)
    made: list[Any] = []
    for t in tensors:
        if t is None:
            made.append(None)
            continue
        x = _values(t)
        clipped = tf.identity(x * tf.cast(scale, x.dtype))
        made.append(
            tf.IndexedSlices(clipped, t.indices, t.dense_shape)
            if isinstance(t, tf.IndexedSlices)
            else clipped
        )
    return made, norm


# Embeddings and dropout ------------------------------------------------------------------------------


@composite("nn.embedding_lookup", sample=[(M23, [1, 0, 1])])
def embedding_lookup(params: Any, ids: Any, max_norm: Any = None, name: Any = None) -> Any:
    """Rows of a table, or of a table in several parts, by number."""
    if params is None:
        raise ValueError("params must be specified")
    if isinstance(params, list | tuple) and not params:
        raise ValueError("Length of params is currently 0. Need at least one param.")
    parts = params if isinstance(params, list) else [params]
    places = convert(ids)
    if len(parts) == 1:
        return tf.identity(_row_clipped(tf.gather(parts[0], places), places, max_norm))
    numbers = np.asarray(places._numpy()).reshape(-1)
    parts = [_shaped(part) for part in parts]
    owner, within = _by_blocks(numbers, [int(part.shape[0]) for part in parts])
    pieces = [tf.gather(part, within[owner == i].astype(numbers.dtype)) for i, part in enumerate(parts)]
    order = np.argsort(np.argsort(owner, kind="stable"), kind="stable")
    rows = tf.gather(tf.concat(pieces, 0), order.astype(np.int32))
    found = tf.reshape(rows, [*places.shape.as_list(), *parts[0].shape.as_list()[1:]])
    return _row_clipped(found, places, max_norm)


def _shaped(part: Any) -> Any:
    return part if isinstance(part, Variable) else convert(part)


def _by_blocks(numbers: Any, sizes: list[int]) -> tuple[Any, Any]:
    """Which part holds each row, and where: parts are consecutive blocks, the first ones longer by one."""
    each, extra = divmod(sum(sizes), len(sizes))
    owner = np.maximum(numbers // (each + 1), (numbers - extra) // max(each, 1))
    within = np.where(owner < extra, numbers % (each + 1), (numbers - extra) % max(each, 1))
    return owner, within


def _row_clipped(rows: Any, ids: Any, max_norm: Any) -> Any:
    if max_norm is None:
        return rows
    return clip_by_norm(rows, max_norm, axes=list(range(ids.shape.rank, rows.shape.rank)))


@composite("nn.dropout")
def dropout(x: Any, rate: Any, noise_shape: Any = None, seed: Any = None, name: Any = None) -> Any:
    """Some entries set to 0 at random, the others scaled up."""
    return _dropped(
        x, rate, noise_shape, lambda shape, dtype: tf.random.uniform(shape, dtype=dtype, seed=seed)
    )


@composite("nn.experimental.stateless_dropout")
def stateless_dropout(
    x: Any, rate: Any, seed: Any, rng_alg: Any = "auto_select", noise_shape: Any = None, name: Any = None
) -> Any:
    """dropout as a function of its seed."""
    return _dropped(
        x, rate, noise_shape, lambda shape, dtype: tf.random.stateless_uniform(shape, seed, dtype=dtype)
    )


@composite("nn.experimental.general_dropout")
def general_dropout(
    x: Any, rate: Any, uniform_sampler: Any, noise_shape: Any = None, name: Any = None
) -> Any:
    """dropout with a sampler of one's own."""
    return _dropped(x, rate, noise_shape, lambda shape, dtype: uniform_sampler(shape=shape, dtype=dtype))


def _dropped(x: Any, rate: Any, noise_shape: Any, sampler: Any) -> Any:
    plain = isinstance(rate, int | float | np.floating | np.integer)
    if plain and not 0 <= rate < 1:
        raise ValueError(
            f"`rate` must be a scalar tensor or a float in the range [0, 1). Received: rate={rate}"
        )
    x = convert(x)
    if not x.dtype.is_floating:
        raise ValueError(
            f"`x.dtype` must be a floating point tensor as `x` will be scaled. Received: x_dtype={x.dtype}"
        )
    if plain and rate == 0:
        return x
    if plain:
        kept = x * convert(1 / (1 - rate), x.dtype)
    elif tf.is_tensor(rate):
        rate = convert(rate)
        rate.shape.assert_has_rank(0)
        if rate.dtype is not x.dtype:
            raise ValueError(
                "`x.dtype` must be compatible with `rate.dtype`. Received: x.dtype="
                f"{x.dtype} and rate.dtype={rate.dtype}"
            )
        kept = x / (1 - rate)
    else:
        raise ValueError(f"`rate` must be a scalar or scalar tensor. Received: rate={rate}")
    shape = tf.shape(x) if noise_shape is None else _noise_shape(x, noise_shape)
    return tf.where(sampler(shape, x.dtype) >= rate, kept, convert(0, x.dtype))


def _noise_shape(x: Any, noise_shape: Any) -> Any:
    if not isinstance(noise_shape, list | tuple) and not hasattr(noise_shape, "as_list"):
        return noise_shape
    wanted = list(noise_shape)
    if len(wanted) == x.shape.rank:
        return [x.shape[i] if n is None else n for i, n in enumerate(wanted)]
    return wanted


# Logarithms of sums of exponentials --------------------------------------------------------------------


@composite("reduce_logsumexp math.reduce_logsumexp", sample=[(M23,)])
def reduce_logsumexp(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: Any = None) -> Any:
    """log(sum(exp(x))) over axes, without overflow."""
    x = convert(input_tensor)
    top = tf.reduce_max(x, axis=axis, keepdims=True)
    top = tf.stop_gradient(tf.where(tf.math.is_finite(top), top, tf.zeros_like(top)))
    found = tf.math.log(tf.reduce_sum(tf.exp(x - top), axis=axis, keepdims=keepdims))
    return found + (top if keepdims else tf.reshape(top, found.shape))


def _cumulative(x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
    x = np.flip(x, axis) if reverse else x
    with np.errstate(all="ignore"):
        made = np.logaddexp.accumulate(x, axis=axis) if x.size else x
    if exclusive and x.size:
        start = np.full([1 if i == axis % x.ndim else n for i, n in enumerate(x.shape)], -np.inf, x.dtype)
        made = np.concatenate([start, np.take(made, range(x.shape[axis] - 1), axis)], axis)
    return (np.flip(made, axis) if reverse else made).astype(x.dtype)


def _cumulative_vjp(F: Any, g: Any, z: Any, x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
    # TensorFlow's: positive and negative parts of g go back in logarithms, so that nothing overflows.
    low = float(as_dtype(F.value(x).dtype).min)
    parts = []
    for part in (g, -g):
        logs = F.select(
            part > 0, F.log(F.select(part > 0, part, F.ones_like(part))), F.zeros_like(part) + low
        )
        back = F.cumulative_logsumexp_row(logs - z, axis, exclusive, not reverse)
        parts.append(F.exp(back + x))
    return parts[0] - parts[1]


cumulative_row = rule(
    "cumulative_logsumexp_row", _cumulative, _cumulative_vjp, dtypes=(dt.float16, dt.bfloat16, dt.float32, dt.float64),
    op="CumulativeLogsumexp", attrs=True, sample=[(M23, -1, False, False)], doc="Running log(sum(exp(x))).",
)  # fmt: skip


@composite("math.cumulative_logsumexp", sample=[(M23,)])
def cumulative_logsumexp(
    x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: Any = None
) -> Any:
    """log(sum(exp(x))) of everything up to each entry along an axis."""
    x = convert(x)
    return cumulative_row(x, scan_axis(x, axis, "CumulativeLogsumexp"), bool(exclusive), bool(reverse))


# Isotonic regression -----------------------------------------------------------------------------------


def _pooled(row: Any) -> tuple[Any, Any]:
    """The non-increasing vector nearest to a row, by pooling neighbours that violate the order; and its blocks."""
    means: list[float] = []
    sizes: list[int] = []
    for value in row.tolist():
        means.append(float(value))
        sizes.append(1)
        while len(means) > 1 and means[-2] < means[-1]:
            total = sizes[-2] + sizes[-1]
            means[-2] = (means[-2] * sizes[-2] + means[-1] * sizes[-1]) / total
            sizes[-2] = total
            del means[-1], sizes[-1]
    return np.repeat(means, sizes), np.repeat(np.arange(len(sizes)), sizes)


IsotonicRegression = namedtuple("IsotonicRegression", ["output", "segments"])


@composite("nn.isotonic_regression", sample=[((1.0, 3.0, 2.0),)])
def isotonic_regression(inputs: Any, decreasing: bool = True, axis: Any = -1) -> tuple[Any, Any]:
    """The nearest monotonous vectors, and which of their entries are equal by force."""
    x = convert(inputs)
    kind = x.dtype if x.dtype in (dt.float32, dt.float16, dt.bfloat16) else (
        dt.float32 if x.dtype in (dt.int8, dt.int16) else dt.float64)  # fmt: skip
    if not x.shape.rank or not x.shape.num_elements():
        # Nothing to order: each entry is a block of its own.
        return IsotonicRegression(tf.cast(x, kind), tf.zeros(x.shape, dt.int32))
    moved = _to_the_end(tf.cast(x, kind), axis) if x.shape.rank > 1 else tf.cast(x, kind)
    shape = moved.shape.as_list()
    values = (
        moved._numpy().astype(float).reshape(-1, shape[-1])
        if moved.shape.num_elements()
        else np.zeros((0, 0))
    )
    pairs = [_pooled(row if decreasing else -row) for row in values]
    blocks = np.array([b for _, b in pairs], np.int32).reshape(shape)
    offsets = blocks.reshape(-1, shape[-1] if shape else 1) + np.arange(len(pairs))[:, None] * (
        shape[-1] if shape else 1
    )
    flat = tf.reshape(moved, [-1])
    ids = offsets.reshape(-1).astype(np.int32)
    if ids.size:
        means = tf.math.unsorted_segment_mean(flat, ids, int(ids.max()) + 1)
        fitted = tf.reshape(tf.gather(means, ids), shape)
    else:
        fitted = moved
    segments = tf.constant(blocks)
    if x.shape.rank > 1 and axis % x.shape.rank != x.shape.rank - 1:
        back = list(range(x.shape.rank - 1))
        back.insert(axis % x.shape.rank, x.shape.rank - 1)
        return tf.transpose(fitted, back), tf.transpose(segments, back)
    return IsotonicRegression(fitted, segments) if decreasing else (fitted, segments)
