"""tf.image, as far as arrays go: crops, flips, colours, sizes; no files are decoded."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError
from tfgrad_course.tf.ops.fourier import unsloped

_GREY = (0.2989, 0.587, 0.114)


class ResizeMethod:
    """How pixels between pixels are found."""

    BILINEAR, NEAREST_NEIGHBOR, BICUBIC, AREA = "bilinear", "nearest", "bicubic", "area"
    LANCZOS3, LANCZOS5, GAUSSIAN, MITCHELLCUBIC = "lanczos3", "lanczos5", "gaussian", "mitchellcubic"


PUBLIC["image.ResizeMethod"] = ResizeMethod


# Parts -------------------------------------------------------------------------------------------------------------


def _cropped(value: Any, size: Any, draw: Any) -> Any:
    x = convert(value)
    shape, wanted = np.array(x.shape.as_list()), np.asarray(convert(size)._v).astype(int)
    if not (shape >= wanted).all():
        raise InvalidArgumentError(
            None, None, "Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true. Summarized data: "
            f"b'Need value.shape >= size, got '\n{shape}\n{wanted}",
        )  # fmt: skip
    offset = np.asarray(draw([len(shape)])._v).astype(np.int64) % (shape - wanted + 1)
    return tf.slice(x, offset, wanted)


@composite("image.stateless_random_crop")
def stateless_random_crop(value: Any, size: Any, seed: Any, name: Any = None) -> Any:
    """A part of a size, from a place the seed decides."""
    most = dt.int32.max
    return _cropped(
        value, size, lambda shape: tf.random.stateless_uniform(shape, seed, maxval=most, dtype=dt.int32)
    )


@composite("image.random_crop")
def random_crop(value: Any, size: Any, seed: Any = None, name: Any = None) -> Any:
    """A part of a size, from a random place."""
    most = dt.int32.max
    return _cropped(
        value, size, lambda shape: tf.random.uniform(shape, maxval=most, dtype=dt.int32, seed=seed)
    )


@composite("image.crop_to_bounding_box")
def crop_to_bounding_box(
    image: Any, offset_height: int, offset_width: int, target_height: int, target_width: int
) -> Any:
    """The part of pictures in a box."""
    x = convert(image)
    for word, bad in (
        ("offset_height must be >= 0.", offset_height < 0),
        ("offset_width must be >= 0.", offset_width < 0),
    ):
        if bad:
            raise ValueError(word)
    height, width = x.shape[-3], x.shape[-2]
    if offset_height + target_height > height:
        raise ValueError("height must be >= target + offset.")
    if offset_width + target_width > width:
        raise ValueError("width must be >= target + offset.")
    rows, columns = (
        slice(offset_height, offset_height + target_height),
        slice(offset_width, offset_width + target_width),
    )
    return x[..., rows, columns, :]


@composite("image.pad_to_bounding_box")
def pad_to_bounding_box(
    image: Any, offset_height: int, offset_width: int, target_height: int, target_width: int
) -> Any:
    """Pictures within zeros."""
    x = convert(image)
    below = target_height - offset_height - x.shape[-3]
    right = target_width - offset_width - x.shape[-2]
    for word, size in (("height", below), ("width", right)):
        if size < 0:
            raise ValueError(f"{word} must be <= target - offset")
    return tf.pad(x, [[0, 0]] * (x.shape.rank - 3) + [[offset_height, below], [offset_width, right], [0, 0]])


@composite("image.central_crop")
def central_crop(image: Any, central_fraction: float) -> Any:
    """The middle of pictures."""
    if not 0 < central_fraction <= 1:
        raise ValueError("central_fraction must be within (0, 1]")
    x = convert(image)
    if central_fraction == 1.0:
        return x
    starts = [int((n - n * central_fraction) / 2) for n in (x.shape[-3], x.shape[-2])]
    ends = [n - 2 * s for n, s in zip((x.shape[-3], x.shape[-2]), starts, strict=True)]
    return crop_to_bounding_box(x, *starts, *ends)


@composite("image.resize_with_crop_or_pad")
def resize_with_crop_or_pad(image: Any, target_height: int, target_width: int) -> Any:
    """The middle of pictures, or pictures in the middle of zeros."""
    x = convert(image)
    gaps = [target_height - x.shape[-3], target_width - x.shape[-2]]
    cut = [max(-gap // 2, 0) for gap in gaps]
    kept = [min(target_height, x.shape[-3]), min(target_width, x.shape[-2])]
    x = crop_to_bounding_box(x, *cut, *kept)
    return pad_to_bounding_box(x, *(max(gap // 2, 0) for gap in gaps), target_height, target_width)


@composite("image.flip_left_right")
def flip_left_right(image: Any) -> Any:
    """Pictures as in a mirror."""
    x = convert(image)
    return tf.reverse(x, [x.shape.rank - 2])


@composite("image.flip_up_down")
def flip_up_down(image: Any) -> Any:
    """Pictures as in water."""
    x = convert(image)
    return tf.reverse(x, [x.shape.rank - 3])


@composite("image.transpose")
def transpose(image: Any, name: Any = None) -> Any:
    """Rows for columns."""
    x = convert(image)
    rank = x.shape.rank
    return tf.transpose(x, [*range(rank - 3), rank - 2, rank - 3, rank - 1])


@composite("image.rot90")
def rot90(image: Any, k: int = 1, name: Any = None) -> Any:
    """Pictures turned counter-clockwise by quarters."""
    turns = int(k) % 4
    if turns == 1:
        return flip_up_down(transpose(image))
    if turns == 2:
        return flip_up_down(flip_left_right(image))
    return transpose(flip_up_down(image)) if turns == 3 else convert(image)


# Colours -------------------------------------------------------------------------------------------------------------


@composite("image.convert_image_dtype")
def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False, name: Any = None) -> Any:
    """Pictures of another dtype, scaled to its range."""
    x, wanted = convert(image), as_dtype(dtype)
    if x.dtype is wanted:
        return tf.identity(x)
    if x.dtype.is_floating and wanted.is_floating:
        return tf.cast(x, wanted)
    cast = tf.saturate_cast if saturate else tf.cast
    if wanted.is_floating:
        return tf.cast(x, wanted) * (1.0 / x.dtype.max)
    if x.dtype.is_floating:
        return cast(x * (wanted.max + 0.5), wanted)
    if x.dtype.max > wanted.max:
        return cast(x // ((x.dtype.max + 1) // (wanted.max + 1)), wanted)
    return tf.cast(x, wanted) * ((wanted.max + 1) // (x.dtype.max + 1))


def _in_floats(x: Any, function: Any) -> Any:
    """A function of pictures, of float32 if they are of whole numbers."""
    x = convert(x)
    if x.dtype.is_floating:
        return function(x)
    return convert_image_dtype(function(convert_image_dtype(x, dt.float32)), x.dtype, saturate=True)


@composite("image.adjust_brightness")
def adjust_brightness(image: Any, delta: Any) -> Any:
    """Pictures made brighter by `delta`."""
    return _in_floats(image, lambda x: x + tf.cast(delta, x.dtype))


@composite("image.adjust_contrast")
def adjust_contrast(images: Any, contrast_factor: Any) -> Any:
    """Pictures whose pixels are moved away from the mean of their channel."""

    def adjusted(x: Any) -> Any:
        mean = tf.reduce_mean(x, axis=[-3, -2], keepdims=True)
        made = (x - mean) * tf.cast(contrast_factor, x.dtype) + mean
        return unsloped(made, "AdjustContrastv2") if made.dtype.name in ("float32", "float64") else made

    return _in_floats(images, adjusted)


@composite("image.adjust_gamma")
def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Any:
    """Pictures to the power of gamma."""
    if gamma < 0:
        raise ValueError("Gamma should be a non-negative real number.")
    return _in_floats(image, lambda x: gain * x**gamma)


@composite("image.rgb_to_grayscale")
def rgb_to_grayscale(images: Any, name: Any = None) -> Any:
    """Grey pictures of coloured ones."""
    return _in_floats(images, lambda x: tf.reduce_sum(x * tf.constant(_GREY, x.dtype), -1, keepdims=True))


@composite("image.grayscale_to_rgb")
def grayscale_to_rgb(images: Any, name: Any = None) -> Any:
    """Three equal channels of a grey one."""
    x = convert(images)
    return tf.tile(x, [1] * (x.shape.rank - 1) + [3])


@composite("image.per_image_standardization")
def per_image_standardization(image: Any) -> Any:
    """Pictures of mean 0 and deviation 1."""
    x = convert(image)
    x = x if x.dtype.is_floating else tf.cast(x, dt.float32)
    axes = [-3, -2, -1]
    count = int(np.prod(x.shape.as_list()[-3:]))
    mean = tf.reduce_mean(x, axes, keepdims=True)
    deviation = tf.maximum(tf.math.reduce_std(x, axes, keepdims=True), 1 / np.sqrt(count).astype(x.dtype.np))
    return (x - mean) / deviation


# Measures --------------------------------------------------------------------------------------------------------------


@composite("image.psnr")
def psnr(a: Any, b: Any, max_val: Any, name: Any = None) -> Any:
    """How strong the signal is against the difference of two pictures, in decibels."""
    x, y = (convert_image_dtype(convert(v), dt.float32) for v in (a, b))
    most = convert_image_dtype(tf.cast(max_val, convert(a).dtype), dt.float32)
    error = tf.reduce_mean(tf.math.squared_difference(x, y), [-3, -2, -1])
    return 20 * tf.math.log(most) / np.log(10.0) - np.float32(10 / np.log(10)) * tf.math.log(error)


@composite("image.total_variation")
def total_variation(images: Any, name: Any = None) -> Any:
    """The sum of differences between neighbours."""
    x = convert(images)
    if x.shape.rank not in (3, 4):
        raise ValueError("'images' must be either 3 or 4-dimensional.")
    axes = [1, 2, 3] if x.shape.rank == 4 else None
    down, right = x[..., 1:, :, :] - x[..., :-1, :, :], x[..., :, 1:, :] - x[..., :, :-1, :]
    return tf.reduce_sum(tf.abs(down), axes) + tf.reduce_sum(tf.abs(right), axes)


@composite("image.image_gradients")
def image_gradients(image: Any) -> tuple[Any, Any]:
    """Differences to the next row and the next column."""
    x = convert(image)
    if x.shape.rank != 4:
        raise ValueError(f"image_gradients expects a 4D tensor [batch_size, h, w, d], not {x.shape}.")
    down, right = x[:, 1:] - x[:, :-1], x[:, :, 1:] - x[:, :, :-1]
    return tf.pad(down, [[0, 0], [0, 1], [0, 0], [0, 0]]), tf.pad(right, [[0, 0], [0, 0], [0, 1], [0, 0]])


def _between(size: int, wanted: int) -> tuple[Any, Any, Any]:
    """For each new pixel the old ones on both sides, and how far it is from the first."""
    at = np.maximum((np.arange(wanted) + 0.5) * (size / wanted) - 0.5, 0)
    low = np.minimum(np.floor(at).astype(np.int32), size - 1)
    return low, np.minimum(low + 1, size - 1), (at - low).astype(np.float32)


@composite("image.resize")
def resize(
    images: Any, size: Any, method: Any = ResizeMethod.BILINEAR, preserve_aspect_ratio: bool = False,
    antialias: bool = False, name: Any = None,
) -> Any:  # fmt: skip
    """Pictures of another size, by the nearest pixels or between them."""
    x = convert(images)
    if x.shape.rank not in (3, 4):
        raise ValueError("'images' must have either 3 or 4 dimensions.")
    sizes = np.asarray(convert(size)._v).astype(int).tolist()
    if len(sizes) != 2:
        raise ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width")
    have = [x.shape[-3], x.shape[-2]]
    if preserve_aspect_ratio:
        least = min(s / h for s, h in zip(sizes, have, strict=True))
        sizes = [round(h * least) for h in have]
    if method not in ("bilinear", "nearest", 0, 1) or antialias:
        raise NotImplementedError(
            f"tfgrad's NumPy tape resizes by 'bilinear' and 'nearest' without antialiasing, not by {method!r}."
        )
    rank = x.shape.rank
    for axis, old, new in ((rank - 3, have[0], sizes[0]), (rank - 2, have[1], sizes[1])):
        if method in ("nearest", 1):
            at = np.minimum(((np.arange(new) + 0.5) * (old / new)).astype(np.int32), old - 1)
            x = tf.gather(x, at, axis=axis - x.shape.rank) if old != new else x
            continue
        x = tf.cast(x, dt.float32)
        low, high, part = _between(old, new)
        weight = part.reshape([-1] + [1] * (rank - 1 - axis))
        first = tf.gather(x, low, axis=axis - x.shape.rank)
        x = first + (tf.gather(x, high, axis=axis - x.shape.rank) - first) * weight
    return x


# Colours by hue, and by chance ------------------------------------------------------------------------------------------


@composite("image.rgb_to_hsv")
def rgb_to_hsv(images: Any, name: Any = None) -> Any:
    """Hue, saturation and value of colours."""
    red, green, blue = tf.unstack(convert(images), axis=-1)
    value = tf.maximum(tf.maximum(red, green), blue)
    span = value - tf.minimum(tf.minimum(red, green), blue)
    part = tf.math.divide_no_nan(tf.constant(1 / 6, span.dtype), span)
    hue = tf.where(
        red >= value,
        part * (green - blue),
        tf.where(green >= value, part * (blue - red) + 2 / 6, part * (red - green) + 4 / 6),
    )
    hue = tf.where(span > 0, hue, tf.zeros_like(hue))
    return tf.stack([tf.where(hue < 0, hue + 1, hue), tf.math.divide_no_nan(span, value), value], -1)


@composite("image.hsv_to_rgb")
def hsv_to_rgb(images: Any, name: Any = None) -> Any:
    """Colours of their hue, saturation and value."""
    hue, saturation, value = tf.unstack(convert(images), axis=-1)
    turned = hue * 6
    sides = [tf.abs(turned - 3) - 1, 2 - tf.abs(turned - 2), 2 - tf.abs(turned - 4)]
    kept = [1 - saturation * (1 - tf.clip_by_value(side, 0.0, 1.0)) for side in sides]
    return tf.stack([value * part for part in kept], -1)


def _hued(image: Any, change: Any) -> Any:
    def changed(x: Any) -> Any:
        return hsv_to_rgb(tf.stack(change(*tf.unstack(rgb_to_hsv(x), axis=-1)), -1))

    return _in_floats(image, changed)


@composite("image.adjust_saturation")
def adjust_saturation(image: Any, saturation_factor: Any, name: Any = None) -> Any:
    """Pictures more or less colourful."""
    return _hued(image, lambda h, s, v: [h, tf.clip_by_value(s * saturation_factor, 0.0, 1.0), v])


@composite("image.adjust_hue")
def adjust_hue(image: Any, delta: Any, name: Any = None) -> Any:
    """Pictures of other hues."""
    return _hued(image, lambda h, s, v: [tf.math.floormod(h + delta, 1.0), s, v])


_TO_YIQ = [[0.299, 0.59590059, 0.2115], [0.587, -0.27455667, -0.52273617], [0.114, -0.32134392, 0.31119955]]
_TO_YUV = [
    [0.299, -0.14714119, 0.61497538],
    [0.587, -0.28886916, -0.51496512],
    [0.114, 0.43601035, -0.10001026],
]
_FROM_YUV = [[1, 1, 1], [0, -0.394642334, 2.03206185], [1.13988303, -0.58062185, 0]]
_FROM_YIQ = [[1, 1, 1], [0.95598634, -0.27201283, -1.10674021], [0.6208248, -0.64720424, 1.70423049]]


def _mixed(name: str, kernel: Any, words: str) -> None:
    def mix(images: Any) -> Any:
        x = convert(images)
        return tf.tensordot(x, tf.constant(kernel, x.dtype), [[x.shape.rank - 1], [0]])

    mix.__name__, mix.__doc__ = name, words
    composite(f"image.{name}")(mix)


_mixed("rgb_to_yiq", _TO_YIQ, "Colours as televisions had them in America.")
_mixed("yiq_to_rgb", _FROM_YIQ, "Colours of what televisions had in America.")
_mixed("rgb_to_yuv", _TO_YUV, "Colours as televisions had them in Europe.")
_mixed("yuv_to_rgb", _FROM_YUV, "Colours of what televisions had in Europe.")


@composite("image.sobel_edges")
def sobel_edges(image: Any) -> Any:
    """How steeply pictures change down and across."""
    x = convert(image)
    down = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], np.float32)
    wide = tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], "REFLECT")
    height, width = x.shape[1], x.shape[2]

    def along(kernel: Any) -> Any:
        return tf.add_n([
            kernel[i, j] * wide[:, i : i + height, j : j + width] for i in range(3) for j in range(3)
        ])  # fmt: skip

    return tf.stack([along(down), along(down.T)], -1)


def _by_chance(name: str, change: Any, bounds: Any) -> None:
    """`random_NAME` and `stateless_random_NAME`: a change by a number drawn between bounds."""

    def random(image: Any, *limits: Any, seed: Any = None, **named: Any) -> Any:
        low, high = bounds(*limits, **named)
        return change(image, tf.random.uniform([], low, high, seed=seed))

    def stateless(image: Any, *limits: Any, seed: Any = None, **named: Any) -> Any:
        if seed is None:
            limits, seed = limits[:-1], limits[-1]
        low, high = bounds(*limits, **named)
        return change(image, tf.random.stateless_uniform([], seed, low, high))

    for function, prefix in ((random, ""), (stateless, "stateless_")):
        function.__name__, function.__doc__ = f"{prefix}random_{name}", f"adjust_{name} by a random amount."
        composite(f"image.{prefix}random_{name}")(function)


def _around(max_delta: float) -> tuple[float, float]:
    if max_delta < 0:
        raise ValueError("max_delta must be non-negative.")
    return -max_delta, max_delta


def _from_to(lower: float, upper: float) -> tuple[float, float]:
    if upper <= lower:
        raise ValueError("upper must be > lower.")
    if lower < 0:
        raise ValueError("lower must be non-negative.")
    return lower, upper


_by_chance("brightness", adjust_brightness, _around)
_by_chance("hue", adjust_hue, _around)
_by_chance("contrast", adjust_contrast, _from_to)
_by_chance("saturation", adjust_saturation, _from_to)


def _flipped(image: Any, flip: Any, draw: Any) -> Any:
    x = convert(image)
    if x.shape.rank == 3:
        return flip(x) if draw([]) < 0.5 else x
    turn = tf.cast(tf.reshape(tf.round(draw([x.shape[0]])), [-1, 1, 1, 1]), x.dtype)
    return turn * flip(x) + (1 - turn) * x


for _name, _flip in (("left_right", flip_left_right), ("up_down", flip_up_down)):

    def _random(image: Any, seed: Any = None, flip: Any = _flip) -> Any:
        """Pictures as they are or flipped, by chance."""
        return _flipped(image, flip, lambda shape: tf.random.uniform(shape, seed=seed))

    def _stateless(image: Any, seed: Any, flip: Any = _flip) -> Any:
        """Pictures as they are or flipped, as the seed decides."""
        return _flipped(image, flip, lambda shape: tf.random.stateless_uniform(shape, seed))

    _random.__name__, _stateless.__name__ = f"random_flip_{_name}", f"stateless_random_flip_{_name}"
    composite(f"image.random_flip_{_name}")(_random)
    composite(f"image.stateless_random_flip_{_name}")(_stateless)
