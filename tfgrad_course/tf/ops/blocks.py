"""Pictures and sequences cut into blocks: space moved into the batch and back, patches."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import invalid, not_allowed, refused

_PICTURE = (((1.0,), (2.0,)), ((3.0,), (4.0,)))


def _told(shape: Any) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


def _numbers(value: Any, op: str, attr: str) -> Any:
    given = convert(value)
    if given.dtype not in (dt.int32, dt.int64):
        raise not_allowed(op, given.dtype.kernel, ["int32", "int64"], attr)
    return np.asarray(given._numpy()).astype(int)


def _plan(x: Any, block: Any, ends: Any, op: str, word: str) -> tuple[list[int], list[list[int]]]:
    """Block sizes and what is added or cut at both ends of each blocked axis."""
    sizes, pairs = _numbers(block, op, "Tblock_shape"), _numbers(ends, op, f"T{word}")
    if sizes.ndim != 1:
        raise invalid(op, f"block_shape rank should be 1 instead of {sizes.ndim}")
    count = len(sizes)
    if pairs.shape != (count, 2):
        raise invalid(op, f"{word} should have shape [{count}, 2] instead of {_told(pairs.shape)}")
    if x.shape.rank < 1 + count:
        raise invalid(op, f"input rank should be >= {1 + count} instead of {x.shape.rank}")
    for at, size in enumerate(sizes):
        if size < 1:
            raise invalid(op, f"All values in block_shape must be positive, got value, {size} at index {at}.")
    if (pairs < 0).any():
        raise invalid(op, f"{word.capitalize()} must be non-negative")
    return sizes.tolist(), pairs.tolist()


@composite("space_to_batch_nd", sample=[((_PICTURE,), [2, 2], [[0, 0], [0, 0]])])
def space_to_batch_nd(input: Any, block_shape: Any, paddings: Any, name: Any = None) -> Any:
    """Blocks of the spatial axes, after padding, as further rows of the batch."""
    op, x = "SpaceToBatchND", convert(input)
    block, pads = _plan(x, block_shape, paddings, op, "paddings")
    count, rank = len(block), x.shape.rank
    x = tf.pad(x, [[0, 0], *pads, *[[0, 0]] * (rank - 1 - count)])
    batch, *space = x.shape.as_list()
    apart = [batch]
    for at, size in enumerate(block):
        if space[at] % size:
            raise invalid(op, f"padded_shape[{at}]={space[at]} is not divisible by block_shape[{at}]={size}")
        apart += [space[at] // size, size]
    rest = list(range(2 * count + 1, rank + count))
    order = [*range(2, 2 * count + 1, 2), 0, *range(1, 2 * count, 2), *rest]
    moved = tf.transpose(tf.reshape(x, [*apart, *space[count:]]), order)
    shape = [
        batch * int(np.prod(block)),
        *(s // b for s, b in zip(space, block, strict=False)),
        *space[count:],
    ]
    return tf.reshape(moved, shape)


@composite("space_to_batch nn.space_to_batch")
def space_to_batch(input: Any, block_shape: Any, paddings: Any, name: Any = None) -> Any:
    """The same under its older name."""
    return space_to_batch_nd(input, block_shape, paddings, name)


@composite("batch_to_space", sample=[(((_PICTURE[0],), (_PICTURE[1],)), [2], [[0, 0]])])
def batch_to_space(input: Any, block_shape: Any, crops: Any, name: Any = None) -> Any:
    """Rows of the batch put back as blocks of the spatial axes, these then cropped."""
    op, x = "BatchToSpaceND", convert(input)
    if isinstance(block_shape, int):
        block_shape = [block_shape, block_shape]
    block, cuts = _plan(x, block_shape, crops, op, "crops")
    count, rank = len(block), x.shape.rank
    batch, *space = x.shape.as_list()
    volume = int(np.prod(block))
    if batch % volume:
        raise invalid(
            op, f"Input batch dimension ({batch}) is not divisible by product of block sizes ({volume})"
        )
    order = [count]
    for at in range(count):
        order += [count + 1 + at, at]
    order += range(2 * count + 1, rank + count)
    moved = tf.transpose(tf.reshape(x, [*block, batch // volume, *space]), order)
    wide = [s * b for s, b in zip(space, block, strict=False)]
    made = tf.reshape(moved, [batch // volume, *wide, *space[count:]])
    sizes = []
    for at, (low, high) in enumerate(cuts):
        if low + high > wide[at]:
            raise invalid(op, f"cropped_shape[{at}]={wide[at] - low - high} must be non-negative")
        sizes.append(wide[at] - low - high)
    return tf.slice(
        made,
        [0, *(low for low, _ in cuts), *[0] * (rank - 1 - count)],
        [batch // volume, *sizes, *space[count:]],
    )


@composite("required_space_to_batch_paddings")
def required_space_to_batch_paddings(
    input_shape: Any, block_shape: Any, base_paddings: Any = None, name: Any = None
) -> tuple[Any, Any]:
    """The paddings that make a shape divide into blocks, and the crops that undo them."""
    shape, block = (np.asarray(convert(v)._numpy()).astype(int) for v in (input_shape, block_shape))
    base = (
        np.zeros((len(block), 2), int)
        if base_paddings is None
        else np.asarray(convert(base_paddings)._numpy()).astype(int)
    )
    full = shape + base[:, 0] + base[:, 1]
    extra = (block - full % block) % block
    pads = np.stack([base[:, 0], base[:, 1] + extra], 1)
    crops = np.stack([0 * extra, extra], 1)
    return convert(pads.astype(np.int32)), convert(crops.astype(np.int32))


def _same_pads(size: int, window: int, stride: int) -> tuple[int, int]:
    total = max((-(-size // stride) - 1) * stride + window - size, 0)
    return total // 2, total - total // 2


def _patches(x: Any, sizes: Any, strides: Any, rates: Any, padding: str, op: str) -> Any:
    """Windows of the middle axes, flattened into the last one."""
    middle, rank = range(1, x.shape.rank - 1), x.shape.rank
    for word, given in (("ksizes", sizes), ("strides", strides), ("rates", rates)):
        if len(given) < rank:
            raise refused(op, f"Length for attr '{word}' of {len(given)} must be at least minimum {rank}")
    if padding.upper() not in ("VALID", "SAME"):
        raise invalid(
            op,
            f'Value for attr \'padding\' of "{padding}" is not in the list of allowed values: "SAME", "VALID"',
        )
    pads, index = [[0, 0]], []
    for at in middle:
        reach = (sizes[at] - 1) * rates[at] + 1
        low, high = _same_pads(x.shape[at], reach, strides[at]) if padding.upper() == "SAME" else (0, 0)
        count = int((x.shape[at] + low + high - reach + strides[at]) / strides[at])
        if count < 0:
            raise invalid(
                op, f"Computed output size would be negative: {count} [input_size: {x.shape[at]}, effective_filter_size: "
                f"{reach}, stride: {strides[at]}]",
            )  # fmt: skip
        pads.append([low, high])
        starts = np.arange(0, x.shape[at] + low + high - reach + 1, strides[at])
        index.append(starts[:, None] + np.arange(sizes[at]) * rates[at])
    x = tf.pad(x, [*pads, [0, 0]])
    for number, places in enumerate(index):
        # Each axis becomes two: where the window stands, and the place within it.
        x = tf.gather(x, places.astype(np.int32), axis=1 + 2 * number)
    count = len(index)
    order = [0, *range(1, 2 * count, 2), *range(2, 2 * count + 1, 2), 2 * count + 1]
    moved = tf.transpose(x, order)
    shape = moved.shape.as_list()
    return tf.reshape(moved, [*shape[: count + 1], int(np.prod(shape[count + 1 :]))])


@composite("image.extract_patches")
def extract_patches(images: Any, sizes: Any, strides: Any, rates: Any, padding: str, name: Any = None) -> Any:
    """The windows of pictures, each as one row of numbers."""
    x = convert(images)
    if x.shape.rank != 4:
        raise invalid("ExtractImagePatches", f"input must be 4-dimensional{_told(x.shape)}")
    return _patches(x, list(sizes), list(strides), list(rates), padding, "ExtractImagePatches")


@composite("extract_volume_patches")
def extract_volume_patches(input: Any, ksizes: Any, strides: Any, padding: str, name: Any = None) -> Any:
    """The windows of volumes, each as one row of numbers."""
    x = convert(input)
    if x.shape.rank != 5:
        raise invalid("ExtractVolumePatches", f"input must be 5-dimensional{_told(x.shape)}")
    return _patches(x, list(ksizes), list(strides), [1] * 5, padding, "ExtractVolumePatches")
