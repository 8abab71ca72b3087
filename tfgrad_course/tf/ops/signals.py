"""Signals cut into frames, windows, cosine transforms and what speech is described with."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._dtypes import as_dtype

# Windows -----------------------------------------------------------------------------------------------


def _size(window_length: Any) -> int:
    return int(convert(window_length)._numpy())


def _kind(dtype: Any) -> Any:
    kind = as_dtype(dtype)
    if not kind.is_floating:
        raise ValueError(f"dtype must be a floating point type. Found {kind}")
    return kind


def _raised_cosine(length: int, periodic: bool, dtype: Any, a: float, b: float) -> Any:
    kind = _kind(dtype)
    if length == 1:
        return tf.ones([1], kind)
    n = length + (1 - length % 2 if periodic else 0) - 1
    return tf.cast(tf.constant(a - b * np.cos(2 * np.pi * np.arange(length) / n)), kind)


@composite("signal.hann_window")
def hann_window(window_length: Any, periodic: Any = True, dtype: Any = dt.float32, name: Any = None) -> Any:
    """A raised cosine down to 0."""
    return _raised_cosine(_size(window_length), bool(periodic), dtype, 0.5, 0.5)


@composite("signal.hamming_window")
def hamming_window(
    window_length: Any, periodic: Any = True, dtype: Any = dt.float32, name: Any = None
) -> Any:
    """A raised cosine that stays above 0."""
    return _raised_cosine(_size(window_length), bool(periodic), dtype, 0.54, 0.46)


@composite("signal.vorbis_window")
def vorbis_window(window_length: Any, dtype: Any = dt.float32, name: Any = None) -> Any:
    """The window of the Vorbis codec."""
    n = _size(window_length)
    inner = np.sin(np.pi * (np.arange(n) + 0.5) / n)
    return tf.cast(tf.constant(np.sin(np.pi / 2 * inner**2)), _kind(dtype))


def _kaiser(n: int, beta: float) -> Any:
    half = (n - 1) / 2
    if n == 1:
        return np.ones(1)
    at = np.linspace(-half, half, n) / half
    return np.i0(beta * np.sqrt(np.maximum(1 - at**2, 0))) / np.i0(beta)


@composite("signal.kaiser_window")
def kaiser_window(window_length: Any, beta: Any = 12.0, dtype: Any = dt.float32, name: Any = None) -> Any:
    """The window whose energy lies mostly in its main lobe."""
    return tf.cast(tf.constant(_kaiser(_size(window_length), float(beta))), _kind(dtype))


@composite("signal.kaiser_bessel_derived_window")
def kaiser_bessel_derived_window(
    window_length: Any, beta: Any = 12.0, dtype: Any = dt.float32, name: Any = None
) -> Any:
    """The Kaiser window summed up, so that halves overlapping give 1."""
    total = np.cumsum(_kaiser(_size(window_length) // 2 + 1, float(beta)))
    half = np.sqrt(total[:-1] / total[-1])
    return tf.cast(tf.constant(np.concatenate([half, half[::-1]])), _kind(dtype))


# Frames ------------------------------------------------------------------------------------------------


@composite("signal.frame")
def frame(
    signal: Any, frame_length: Any, frame_step: Any, pad_end: bool = False, pad_value: Any = 0, axis: Any = -1,
    name: Any = None,
) -> Any:  # fmt: skip
    """Overlapping pieces of a signal, along a new axis."""
    x = convert(signal)
    length, step, at = _size(frame_length), _size(frame_step), int(axis) % x.shape.rank
    n = x.shape[at]
    count = -(-n // step) if pad_end else max(0, 1 + (n - length) // step)
    missing = max(0, length + step * (count - 1) - n) if pad_end else 0
    if missing:
        pads = [[0, missing if i == at else 0] for i in range(x.shape.rank)]
        x = tf.pad(x, pads, constant_values=tf.cast(pad_value, x.dtype))
    places = np.arange(count)[:, None] * step + np.arange(length)
    # The identity makes the gradient of a signal dense.
    return tf.gather(tf.identity(x), places.astype(np.int32), axis=at)


@composite("signal.overlap_and_add")
def overlap_and_add(signal: Any, frame_step: Any, name: Any = None) -> Any:
    """Frames put together again, added where they overlap."""
    x = convert(signal)
    if x.shape.rank < 2:
        raise ValueError("Input shape should have rank at least 2.")
    step = _size(frame_step)
    count, length = x.shape.as_list()[-2:]
    size = length + step * (count - 1) if count else 0
    places = (np.arange(count)[:, None] * step + np.arange(length)).reshape(-1)
    lead = x.shape.as_list()[:-2]
    rows = tf.transpose(tf.reshape(x, [int(np.prod(lead)), count * length]))
    summed = tf.math.unsorted_segment_sum(rows, places.astype(np.int32), size)
    return tf.reshape(tf.transpose(summed), [*lead, size])


def _enclosing(n: int) -> int:
    return 1 << max(n - 1, 0).bit_length()


def _windowed(frames: Any, window_fn: Any, length: int) -> Any:
    return frames if window_fn is None else frames * window_fn(length, dtype=frames.dtype)


@composite("signal.stft")
def stft(
    signals: Any, frame_length: Any, frame_step: Any, fft_length: Any = None, window_fn: Any = hann_window,
    pad_end: bool = False, name: Any = None,
) -> Any:  # fmt: skip
    """The Fourier transform of each frame of a signal."""
    length = _size(frame_length)
    wide = _enclosing(length) if fft_length is None else _size(fft_length)
    frames = frame(signals, length, frame_step, pad_end)
    return tf.signal.rfft(_windowed(frames, window_fn, length), [wide])


@composite("signal.inverse_stft")
def inverse_stft(
    stfts: Any,
    frame_length: Any,
    frame_step: Any,
    fft_length: Any = None,
    window_fn: Any = hann_window,
    name: Any = None,
) -> Any:
    """A signal out of the transforms of its frames."""
    length = _size(frame_length)
    wide = _enclosing(length) if fft_length is None else _size(fft_length)
    frames = tf.signal.irfft(stfts, [wide])[..., :length]
    if frames.shape[-1] < length:
        frames = tf.pad(frames, [[0, 0]] * (frames.shape.rank - 1) + [[0, length - frames.shape[-1]]])
    return overlap_and_add(_windowed(frames, window_fn, length), frame_step)


@composite("signal.inverse_stft_window_fn")
def inverse_stft_window_fn(frame_step: Any, forward_window_fn: Any = hann_window, name: Any = None) -> Any:
    """The window with which inverse_stft gives the signal back."""
    step = _size(frame_step)

    def inverse(frame_length: Any, dtype: Any) -> Any:
        length = _size(frame_length)
        window = forward_window_fn(length, dtype=dtype)
        overlaps = -(-length // step)
        squares = tf.pad(tf.square(window), [[0, overlaps * step - length]])
        total = tf.reduce_sum(tf.reshape(squares, [overlaps, step]), 0, keepdims=True)
        return window / tf.reshape(tf.tile(total, [overlaps, 1]), [-1])[:length]

    return inverse


# Cosine transforms ----------------------------------------------------------------------------------------


def _cosines(kind: int, n: int, norm: Any) -> Any:
    """The matrix of a cosine transform: rows are entries, columns frequencies."""
    at, k = np.arange(n)[:, None], np.arange(n)
    if kind == 1:
        made = 2 * np.cos(np.pi * at * k / (n - 1))
        made[[0, -1]] *= 0.5
        return made
    if kind == 2:
        made = 2 * np.cos(np.pi * k * (2 * at + 1) / (2 * n))
        if norm == "ortho":
            made *= np.where(k == 0, 0.5, np.sqrt(0.5)) / np.sqrt(n)
        return made
    if kind == 3:
        made = 2 * np.cos(np.pi * at * (2 * k + 1) / (2 * n))
        made[0] *= 0.5
        if norm == "ortho":
            made *= np.where(at == 0, 1.0, np.sqrt(0.5)) / np.sqrt(n)
        return made
    made = 2 * np.cos(np.pi * (2 * at + 1) * (2 * k + 1) / (4 * n))
    return made / np.sqrt(2 * n) if norm == "ortho" else made


def _checked(kind: Any, n: Any, axis: Any, norm: Any, size: int) -> None:
    if axis != -1:
        raise NotImplementedError(f"axis must be -1. Got: {axis}")
    if n is not None and n < 1:
        raise ValueError("n should be a positive integer or None")
    if kind not in (1, 2, 3, 4):
        raise ValueError("Types I, II, III and IV (I)DCT are supported.")
    if kind == 1:
        if norm == "ortho":
            raise ValueError("Normalization is not supported for the Type-I DCT.")
        if size < 2:
            raise ValueError("Type-I DCT requires the dimension to be greater than one.")
    if norm not in (None, "ortho"):
        raise ValueError(f"Unknown normalization. Expected None or 'ortho', got: {norm}")


@composite("signal.dct")
def dct(input: Any, type: int = 2, n: Any = None, axis: int = -1, norm: Any = None, name: Any = None) -> Any:
    """The discrete cosine transform of a type."""
    x = convert(input)
    _checked(type, n, axis, norm, x.shape[-1])
    if n is not None:
        x = x[..., :n]
        x = tf.pad(x, [[0, 0]] * (x.shape.rank - 1) + [[0, n - x.shape[-1]]])
    cosines = tf.cast(tf.constant(_cosines(type, x.shape[-1], norm)), x.dtype)
    return tf.tensordot(x, cosines, 1)


@composite("signal.idct")
def idct(input: Any, type: int = 2, n: Any = None, axis: int = -1, norm: Any = None, name: Any = None) -> Any:
    """The cosine transform that undoes that of a type, up to a factor unless norm is "ortho"."""
    _checked(type, n, axis, norm, convert(input).shape[-1])
    return dct(input, {1: 1, 2: 3, 3: 2, 4: 4}[type], n, axis, norm)


@composite("signal.mdct")
def mdct(
    signals: Any, frame_length: Any, window_fn: Any = vorbis_window, pad_end: bool = False, norm: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """The modified discrete cosine transform of half overlapping frames."""
    length = _size(frame_length)
    if length % 4:
        raise ValueError("The frame length must be a multiple of 4.")
    frames = frame(signals, length, length // 2, pad_end)
    frames = frames * (window_fn(length, dtype=frames.dtype) if window_fn is not None else 1.0 / np.sqrt(2))
    a, b, c, d = tf.split(frames, 4, -1)
    return dct(tf.concat([-tf.reverse(c, [-1]) - d, a - tf.reverse(b, [-1])], -1), type=4, norm=norm)


@composite("signal.inverse_mdct")
def inverse_mdct(mdcts: Any, window_fn: Any = vorbis_window, norm: Any = None, name: Any = None) -> Any:
    """A signal out of its modified cosine transforms."""
    x = convert(mdcts)
    half = x.shape[-1]
    frames = dct(x, type=4, norm=norm) * (0.5 / half if norm is None else 1.0)
    a, b = tf.split(frames, 2, -1)
    frames = tf.concat([b, -tf.reverse(b, [-1]), -tf.reverse(a, [-1]), -a], -1)
    frames = frames * (window_fn(2 * half, dtype=x.dtype) if window_fn is not None else 1.0 / np.sqrt(2))
    return overlap_and_add(frames, half)


# Speech --------------------------------------------------------------------------------------------------


def _mel(hertz: Any) -> Any:
    return 1127.0 * np.log(1.0 + np.asarray(hertz, float) / 700.0)


@composite("signal.linear_to_mel_weight_matrix")
def linear_to_mel_weight_matrix(
    num_mel_bins: int = 20, num_spectrogram_bins: int = 129, sample_rate: Any = 8000, lower_edge_hertz: float = 125.0,
    upper_edge_hertz: float = 3800.0, dtype: Any = dt.float32, name: Any = None,
) -> Any:  # fmt: skip
    """Triangles on the mel scale, to weigh the bins of a spectrogram with."""
    if num_mel_bins <= 0:
        raise ValueError(f"num_mel_bins must be positive. Got: {num_mel_bins}")
    if not 0 <= lower_edge_hertz < upper_edge_hertz:
        raise ValueError(
            f"lower_edge_hertz {lower_edge_hertz:.1f} >= upper_edge_hertz {upper_edge_hertz:.1f}"
        )
    bins = _mel(np.linspace(0.0, float(sample_rate) / 2, num_spectrogram_bins)[1:])[:, None]
    edges = np.linspace(_mel(lower_edge_hertz), _mel(upper_edge_hertz), num_mel_bins + 2)
    low, center, high = edges[:-2], edges[1:-1], edges[2:]
    weights = np.maximum(0.0, np.minimum((bins - low) / (center - low), (high - bins) / (high - center)))
    return tf.cast(tf.constant(np.pad(weights, [[1, 0], [0, 0]])), _kind(dtype))


@composite("signal.mfccs_from_log_mel_spectrograms")
def mfccs_from_log_mel_spectrograms(log_mel_spectrograms: Any, name: Any = None) -> Any:
    """Cepstral coefficients, scaled as HTK does."""
    x = convert(log_mel_spectrograms)
    if x.shape[-1] == 0:
        raise ValueError(f"num_mel_bins must be positive. Got: {x}")
    return dct(x, type=2) * float(np.float32(1.0 / np.sqrt(x.shape[-1] * 2.0)))
