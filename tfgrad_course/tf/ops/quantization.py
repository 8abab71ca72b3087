"""tf.quantization: numbers rounded as whole numbers of few bits would have them, and those whole numbers."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import composite, rule
from tfgrad_course.tf._dtypes import DTYPES, as_dtype
from tfgrad_course.tf._errors import UnimplementedError, invalid, kernel_text
from tfgrad_course.tf._tensor import tensor

_KINDS = tuple(DTYPES[name] for name in ("qint8", "quint8", "qint32", "qint16", "quint16"))


def _between(x: Any, low: Any, high: Any) -> Any:
    return (x >= low) & (x <= high)


# Quantised and back, as a straight-through estimator -----------------------------------------------------------


def _there_and_back(x: Any, low: Any, high: Any, form: tuple[Any, ...]) -> Any:
    signed, bits, given, half_up, narrow, axis = form
    kind = x.dtype.type
    if not x.size:
        return x
    if not given:
        axes = tuple(i for i in range(x.ndim) if i != axis)
        low, high = x.min(axes, keepdims=axis >= 0), x.max(axes, keepdims=axis >= 0)
    elif axis >= 0 and np.ndim(low):
        wide = [1] * x.ndim
        wide[axis] = -1
        low, high = np.reshape(low, wide), np.reshape(high, wide)
    least = (-(1 << (bits - 1)) + narrow) if signed else 0
    most = (1 << (bits - 1)) - 1 if signed else (1 << bits) - 1
    huge = np.finfo(kind).max
    with np.errstate(all="ignore"):
        from_low = np.where(least * low > 0, least / np.where(low == 0, kind(1), low), huge).astype(kind)
        from_high = np.where(most * high > 0, most / np.where(high == 0, kind(1), high), huge).astype(kind)
        by_low = from_low < from_high
        scale = np.where(by_low, from_low, from_high)
        back = np.where(by_low, low / kind(least or 1), high / kind(most)).astype(kind)
        low, high = np.where(by_low, low, least * back), np.where(by_low, most * back, high)
        if given:
            x = np.clip(x, low, high)
        whole = np.minimum(np.floor(x * scale + kind(0.5)), most) if half_up else np.rint(x * scale)
        return (whole * back).astype(kind)[()]


def _kept(F: Any, g: Any, z: Any, x: Any, low: Any, high: Any, form: Any) -> Any:
    return F.mask(_between(F.value(x), F.value(low), F.value(high)), g)


there_and_back = rule(
    "there_and_back", _there_and_back, _kept,
    # TensorFlow gives zeros for the ends of the range, though its documentation says otherwise.
    lambda F, g, z, x, low, high, form: F.zeros_like(g), lambda F, g, z, x, low, high, form: F.zeros_like(g),
    inputs=3, attrs=True, dtypes=dt.FLOATS, op="QuantizeAndDequantizeV4", doc="Rounded to few bits; its slope is 1 inside.",
)  # fmt: skip


@composite("quantization.quantize_and_dequantize_v2")
def quantize_and_dequantize_v2(
    input: Any, input_min: Any, input_max: Any, signed_input: bool = True, num_bits: int = 8, range_given: bool = False,
    round_mode: str = "HALF_TO_EVEN", name: Any = None, narrow_range: bool = False, axis: Any = None,
) -> Any:  # fmt: skip
    """Numbers rounded to those that few bits can tell apart; the gradient goes through within the range."""
    x, op = convert(input), "QuantizeAndDequantizeV4"
    low, high = operand(input_min, x), operand(input_max, x)
    at = -1 if axis is None else int(axis)
    if at < -1:
        at += x.shape.rank
    if not 1 <= num_bits <= 63:
        raise invalid(op, f"num_bits is out of range: {num_bits} with signed_input_ {int(signed_input)}")
    if at == -1 and (low.shape.rank or high.shape.rank):
        raise invalid(op, f"input_{'min' if low.shape.rank else 'max'} must be a scalar.")
    if range_given and np.any(low._v > high._v):
        raise invalid(op, f"Invalid range: input_min {np.max(low._v):g} > input_max {np.min(high._v):g}")
    form = (bool(signed_input), num_bits, bool(range_given), round_mode == "HALF_UP", bool(narrow_range), at)
    return there_and_back(x, low, high, form)


@composite("quantization.quantize_and_dequantize")
def quantize_and_dequantize(
    input: Any, input_min: Any, input_max: Any, signed_input: bool = True, num_bits: int = 8, range_given: bool = False,
    round_mode: str = "HALF_TO_EVEN", name: Any = None, narrow_range: bool = False, axis: Any = None,
) -> Any:  # fmt: skip
    """The older name of quantize_and_dequantize_v2."""
    return quantize_and_dequantize_v2(
        input, input_min, input_max, signed_input, num_bits, range_given, round_mode, name, narrow_range, axis
    )


def _nudged(low: Any, high: Any, bits: int, narrow: bool) -> tuple[Any, Any, Any]:
    """The range moved so that 0 is one of its steps, and the step."""
    least, most = np.float32(narrow), np.float32((1 << bits) - 1)
    with np.errstate(all="ignore"):
        step = ((high - low) / (most - least)).astype(np.float32)
        zero = np.clip(np.floor(least - low / step + np.float32(0.5)), least, most)
    return (least - zero) * step, (most - zero) * step, step


def _faked(x: Any, low: Any, high: Any, bits: int, narrow: bool) -> Any:
    bottom, top, step = _nudged(low, high, bits, narrow)
    with np.errstate(all="ignore"):
        made = np.floor((np.clip(x, bottom, top) - bottom) / step + np.float32(0.5)) * step + bottom
    return np.where((low == 0) & (high == 0), np.float32(0), made).astype(np.float32)[()]


def _ends(F: Any, low: Any, high: Any, bits: int, narrow: bool) -> tuple[Any, Any]:
    return _nudged(F.value(low), F.value(high), bits, narrow)[:2]


fake_quantised = rule(
    "fake_quantised", _faked,
    lambda F, g, z, x, low, high, *form: F.mask(_between(F.value(x), *_ends(F, low, high, *form)), g),
    lambda F, g, z, x, low, high, *form: F.mask(F.value(x) < _ends(F, low, high, *form)[0], g),
    lambda F, g, z, x, low, high, *form: F.mask(F.value(x) > _ends(F, low, high, *form)[1], g),
    inputs=3, attrs=True, dtypes=(dt.float32,), op="FakeQuantWithMinMaxVars", doc="Rounded to few bits of a given range.",
)  # fmt: skip


def _fake(inputs: Any, low: Any, high: Any, bits: int, narrow: bool, op: str) -> Any:
    x, a, b = (convert(v, None if hasattr(v, "dtype") else dt.float32) for v in (inputs, low, high))
    if not 2 <= bits <= 16:
        raise invalid(op, f"num_bits must be between 2 and 16, got {bits}")
    if "Args" in op and not np.all(a._v < b._v):
        raise invalid(op, f"min has to be smaller than max, was: {float(a._v):g} >= {float(b._v):g}")
    return fake_quantised(x, a, b, int(bits), bool(narrow))


@composite("quantization.fake_quant_with_min_max_args")
def fake_quant_with_min_max_args(
    inputs: Any,
    min: float = -6,
    max: float = 6,
    num_bits: int = 8,
    narrow_range: bool = False,
    name: Any = None,
) -> Any:
    """Numbers rounded to steps of a fixed range."""
    return _fake(inputs, float(min), float(max), num_bits, narrow_range, "FakeQuantWithMinMaxArgs")


@composite("quantization.fake_quant_with_min_max_vars")
def fake_quant_with_min_max_vars(
    inputs: Any, min: Any, max: Any, num_bits: int = 8, narrow_range: bool = False, name: Any = None
) -> Any:
    """Numbers rounded to steps of a range that can be learnt."""
    return _fake(inputs, min, max, num_bits, narrow_range, "FakeQuantWithMinMaxVars")


@composite("quantization.fake_quant_with_min_max_vars_per_channel")
def fake_quant_with_min_max_vars_per_channel(
    inputs: Any, min: Any, max: Any, num_bits: int = 8, narrow_range: bool = False, name: Any = None
) -> Any:
    """The same with a range for each entry of the last axis."""
    return _fake(inputs, min, max, num_bits, narrow_range, "FakeQuantWithMinMaxVarsPerChannel")


def _pulled_back(
    gradients: Any, inputs: Any, low: Any, high: Any, bits: int, narrow: bool, op: str
) -> list[Any]:
    xs = [convert(v, None if hasattr(v, "dtype") else dt.float32) for v in (inputs, low, high)]
    with tf.GradientTape() as tape:
        tape.watch(xs)
        made = _fake(xs[0], xs[1], xs[2], bits, narrow, op)
    return tape.gradient(made, xs, convert(gradients))  # type: ignore[no-any-return]


@composite("quantization.fake_quant_with_min_max_args_gradient")
def fake_quant_with_min_max_args_gradient(
    gradients: Any, inputs: Any, min: float = -6, max: float = 6, num_bits: int = 8, narrow_range: bool = False,
    name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of fake_quant_with_min_max_args."""
    op = "FakeQuantWithMinMaxArgs"
    return _pulled_back(gradients, inputs, float(min), float(max), num_bits, narrow_range, op)[0]


FakeQuantWithMinMaxVarsGradient = namedtuple(
    "FakeQuantWithMinMaxVarsGradient", ["backprops_wrt_input", "backprop_wrt_min", "backprop_wrt_max"]
)
FakeQuantWithMinMaxVarsPerChannelGradient = namedtuple(
    "FakeQuantWithMinMaxVarsPerChannelGradient",
    ["backprops_wrt_input", "backprop_wrt_min", "backprop_wrt_max"],
)


@composite("quantization.fake_quant_with_min_max_vars_gradient")
def fake_quant_with_min_max_vars_gradient(
    gradients: Any,
    inputs: Any,
    min: Any,
    max: Any,
    num_bits: int = 8,
    narrow_range: bool = False,
    name: Any = None,
) -> Any:
    """The gradients of fake_quant_with_min_max_vars."""
    found = _pulled_back(gradients, inputs, min, max, num_bits, narrow_range, "FakeQuantWithMinMaxVars")
    return FakeQuantWithMinMaxVarsGradient(*found)


@composite("quantization.fake_quant_with_min_max_vars_per_channel_gradient")
def fake_quant_with_min_max_vars_per_channel_gradient(
    gradients: Any,
    inputs: Any,
    min: Any,
    max: Any,
    num_bits: int = 8,
    narrow_range: bool = False,
    name: Any = None,
) -> Any:
    """The gradients of fake_quant_with_min_max_vars_per_channel."""
    found = _pulled_back(
        gradients, inputs, min, max, num_bits, narrow_range, "FakeQuantWithMinMaxVarsPerChannel"
    )
    return FakeQuantWithMinMaxVarsPerChannelGradient(*found)


# Whole numbers ---------------------------------------------------------------------------------------------------

QuantizeV2 = namedtuple("QuantizeV2", ["output", "output_min", "output_max"])


def _limits(kind: Any) -> tuple[float, float]:
    info = np.iinfo(kind.np)
    return float(info.min), float(info.max)


def _rounded(x: Any, mode: str) -> Any:
    return np.rint(x) if mode == "HALF_TO_EVEN" else np.trunc(x + np.copysign(0.5, x))


def _symmetric(low: float, high: float, kind: Any, narrow: bool) -> float:
    """How many steps a unit has when 0 stays 0."""
    least, most = _limits(kind)
    least += narrow
    sides = [q / v for q, v in ((least, low), (most, high)) if q * v > 0]
    return min(sides, default=1.0)


@composite("quantization.quantize")
def quantize(
    input: Any, min_range: Any, max_range: Any, T: Any, mode: str = "MIN_COMBINED",
    round_mode: str = "HALF_AWAY_FROM_ZERO", name: Any = None, narrow_range: bool = False, axis: Any = None,
    ensure_minimum_range: float = 0.01,
) -> Any:  # fmt: skip
    """Whole numbers of few bits for the numbers of a range, and the range they stand for."""
    kind, op = as_dtype(T), "QuantizeV2"
    if kind not in _KINDS:
        raise invalid(op, f"Value for attr 'T' of {kind.kernel} is not in the list of allowed values")
    x = convert(input, dt.float32)
    at, lows, highs = (
        -1 if axis is None else int(axis),
        convert(min_range, dt.float32),
        convert(max_range, dt.float32),
    )
    if at >= x.shape.rank:
        raise invalid(
            op, "Axis is on a zero-based index, so its value must always be less than number of input's dims, but given "
            f"axis value was {at} and input's dims was {x.shape.rank}",
        )  # fmt: skip
    how = (mode, round_mode, narrow_range, ensure_minimum_range, kind)
    if at < 0:
        made, low, high = _quantised(np.asarray(x._v), float(lows._v), float(highs._v), how)
        ends = [tensor(np.float32(v), dt.float32) for v in (low, high)]
        return QuantizeV2(tensor(made if made.shape else made[()], kind), *ends)
    if mode == "MIN_FIRST":
        text = kernel_text(op, "MIN_FIRST mode is not implemented for Quantize with axis != -1.")
        raise UnimplementedError(None, None, text)
    parts = [
        _quantised(part, float(low), float(high), how)
        for part, low, high in zip(np.moveaxis(x._v, at, 0), lows._v, highs._v, strict=True)
    ]
    whole = np.moveaxis(np.stack([part[0] for part in parts]), 0, at)
    ends = [convert(np.array([part[i] for part in parts], np.float32)) for i in (1, 2)]
    return QuantizeV2(tensor(whole, kind), *ends)


def _quantised(x: Any, low: float, high: float, how: tuple[Any, ...]) -> tuple[Any, float, float]:
    """Whole numbers for those of one range, and the range they stand for; computed with 24 bits, as TensorFlow does."""
    mode, round_mode, narrow, ensure, kind = how
    low = min(0.0, low)
    if low > high:
        raise invalid("QuantizeV2", "input_max_range must be larger than input_min_range.")
    least, most = _limits(kind)
    high = max(0.0, high, low + max(1.0, abs(low), abs(high)) * ensure)
    f = np.float32
    if mode == "SCALED":
        scale = _symmetric(low, high, kind, narrow)
        low, high = (least + narrow) / scale, most / scale
        made = _rounded(np.clip(x, f(low), f(high)) * f(scale), round_mode)
    elif mode == "MIN_FIRST":
        scale = (most - least) / (high - low)
        wide = np.asarray(x, np.float64)
        made = np.floor(wide * scale + 0.5) - np.floor(low * scale + 0.5) + least
        return np.clip(made, least, most).astype(kind.np), low, high
    else:
        made = (np.clip(x, f(low), f(high)) - f(low)) * f((most - least) / (high - low))
        made = _rounded(made + f(least), round_mode)
    with np.errstate(all="ignore"):
        # (what is just too large becomes the least number of all, as C has it)
        return made.astype(np.int64).astype(kind.np), low, high


@composite("quantization.dequantize")
def dequantize(
    input: Any, min_range: Any, max_range: Any, mode: str = "MIN_COMBINED", name: Any = None, axis: Any = None,
    narrow_range: bool = False, dtype: Any = dt.float32,
) -> Any:  # fmt: skip
    """The numbers that whole numbers of few bits stand for."""
    x, wanted = convert(input), as_dtype(dtype)
    low, high = float(min_range), float(max_range)
    (least, most), numbers = _limits(x.dtype), np.asarray(x._v, np.float64)
    if mode == "SCALED":
        made = numbers / _symmetric(low, high, x.dtype, narrow_range)
    else:
        step = (high - low) / (most - least)
        start = np.floor(low / step + 0.5) * step if mode == "MIN_FIRST" else low
        made = (numbers - least) * step + start
    made = made.astype(wanted.np)
    return tensor(made if made.shape else made[()], wanted)
