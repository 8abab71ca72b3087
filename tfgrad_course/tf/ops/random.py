"""Random tensors: TensorFlow's API, its rules for seeds, and for uniform and normal numbers also its numbers."""

from __future__ import annotations

import enum
import random as python_random
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf import _philox as philox
from tfgrad_course.tf._by_tensors import on_tensors
from tfgrad_course.tf._convert import convert, named
from tfgrad_course.tf._declare import PUBLIC, composite, missing, rule, traced
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._listening import NODES
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import Variable

_MOST = 2**31 - 1
_DEFAULT_SEED = 87654321  # TensorFlow's, when only the operation has a seed
_FLOATS = (dt.float16, dt.bfloat16, dt.float32, dt.float64)


# Seeds ---------------------------------------------------------------------------------------------


class Seeds:
    """The global seed, the seeds it gives operations that have none, and how far each operation has come."""

    def __init__(self) -> None:
        self.seed: Any = None
        self.source = python_random.Random()
        self.moved: dict[Any, int] = {}
        self.epoch = 0

    def set(self, seed: Any) -> None:
        """Start anew from a global seed."""
        seed = seed.item() if isinstance(seed, np.generic) else seed
        self.seed = seed
        try:
            hash(seed)
        except TypeError:
            seed = int(np.array(seed))
        self.source = python_random.Random(seed)
        self.moved = {}
        self.epoch += 1

    def pair(self, seed: Any, number: int | None = None) -> tuple[int, int] | None:
        """The two seeds of an operation; None if its numbers may be any. In a graph its number there is its seed."""
        if self.seed is not None:
            usual = self.source.randint(0, _MOST) if seed is None and number is None else number
            pair = _truncated(self.seed), _truncated(usual if seed is None else seed)
        elif seed is not None:
            pair = _DEFAULT_SEED, _truncated(seed)
        else:
            return None
        return (0, _MOST) if pair == (0, 0) else pair

    def stream(self, op: str, kind: Any, seed: Any, count: int) -> tuple[int, int]:
        """Key and counter for `count` numbers; an operation with a seed of its own goes on where it stopped."""
        nodes = NODES.get()
        if nodes is not None:
            return self._at_node(nodes, seed, count)
        pair = self.pair(seed)
        if pair is None:
            return philox.entropy()
        which = (op, kind, pair)
        moved = self.moved.get(which, 0)
        self.moved[which] = moved + count
        return pair[0], (pair[1] << 64) + moved

    def _at_node(self, nodes: list[Any], seed: Any, count: int) -> tuple[int, int]:
        """The same for an operation of a graph: it keeps the seeds of the time of tracing, and goes on by itself."""
        drawn, number = nodes
        nodes[1] = number + 1
        if number not in drawn:
            # Operations without a seed of their own are numbered.
            unseeded = sum(1 for one in drawn.values() if one[3])
            drawn[number] = [self.pair(seed, unseeded), 0, self.epoch, seed is None]
        node = drawn[number]
        if node[2] != self.epoch:
            node[1], node[2] = 0, self.epoch
        if node[0] is None:
            return philox.entropy()
        moved = node[1]
        node[1] = moved + count
        return node[0][0], (node[0][1] << 64) + moved


def _truncated(seed: Any) -> int:
    if isinstance(seed, str):
        raise TypeError("not all arguments converted during string formatting")
    return int(seed) % _MOST


SEEDS = Seeds()


@composite("random.set_seed")
def set_seed(seed: Any) -> None:
    """Set the global seed: the random operations after it repeat."""
    SEEDS.set(seed)


# Shapes and limits ---------------------------------------------------------------------------------


def sizes(shape: Any, op: str = "RandomStandardNormal") -> tuple[int, ...]:
    """A shape given as a list, a tensor or a TensorShape."""
    given = convert(shape, dt.int32) if isinstance(shape, list | tuple) and not len(shape) else convert(shape)
    if given.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, given.dtype.kernel, ["int32", "int64"], "T")
    if given.shape.rank != 1:
        raise invalid(op, f"shape must be a vector of {{int32,int64}}, got shape {_told(given)}")
    dims = tuple(int(n) for n in given._numpy())
    for n in dims:
        if n < 0:
            raise invalid(op, f"Dimension {n} must be >= 0")
    return dims


def _told(x: Any) -> str:
    return "[" + ",".join(map(str, x.shape)) + "]"


def _count(full: tuple[int, ...]) -> int:
    return int(np.prod(full, dtype=int))


def _shaped(values: Any, full: tuple[int, ...], kind: Any) -> Any:
    made = values.reshape(full)
    return tensor(made if made.shape else made[()], kind)


def _moved(drawn: Any, mean: Any, stddev: Any, kind: Any) -> Any:
    """drawn * stddev + mean, so that gradients reach both."""
    return drawn * convert(stddev, kind) + convert(mean, kind)


def _real(dtype: Any, op: str, attr: str = "dtype") -> Any:
    kind = as_dtype(dtype)
    if kind not in _FLOATS:
        raise errors.not_allowed(op, kind.kernel, ["half", "bfloat16", "float", "double"], attr)
    return kind


def _ends(low: Any, high: Any, kind: Any, op: str, drawn: bool = True) -> tuple[int, int]:
    """Limits of whole numbers as numbers; their order counts where something is drawn."""
    found = []
    for word, value in (("minval", low), ("maxval", high)):
        x = named(value, kind, word[:3])
        if x.shape.rank:
            raise invalid(op, f"{word} must be 0-D, got shape {_told(x)}")
        found.append(int(x._numpy()))
    if drawn and found[0] >= found[1]:
        raise invalid(op, f"Need minval < maxval, got {found[0]} >= {found[1]}")
    return found[0], found[1]


# With the global seed ------------------------------------------------------------------------------


@composite("random.normal")
def random_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dt.float32,
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Normal distribution."""
    return _normal(shape, mean, stddev, dtype, seed, "RandomStandardNormal", philox.bell)


@composite("random.truncated_normal")
def random_truncated_normal(
    shape: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dt.float32,
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Normal distribution without what lies beyond two standard deviations."""
    return _normal(shape, mean, stddev, dtype, seed, "TruncatedNormal", philox.bell_within_two)


def _normal(
    shape: Any, mean: Any, stddev: Any, dtype: Any, seed: Any, op: str, draw: Callable[..., Any]
) -> Any:
    wanted = as_dtype(dtype)
    mean, stddev = named(mean, wanted, "mean"), named(stddev, wanted, "stddev")
    kind, full = _real(wanted, op), sizes(shape, op)
    count = _count(full)
    key, counter = SEEDS.stream(op, kind, seed, philox.reserved(count))
    return _moved(_shaped(draw(key, counter, count, kind.np), full, kind), mean, stddev, kind)


_UNIFORM = (*_FLOATS, dt.int32, dt.int64)


def _accepted(dtype: Any, allowed: Any) -> Any:
    kind = as_dtype(dtype)
    if kind not in allowed:
        raise ValueError(
            f"Argument `dtype` got invalid value {kind}. Accepted dtypes are ({', '.join(map(repr, allowed))})."
        )
    return kind


@composite("random.uniform")
def random_uniform(
    shape: Any,
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = dt.float32,
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Uniform distribution from minval up to, and without, maxval."""
    kind = _accepted(dtype, _UNIFORM)
    if maxval is None:
        if kind.is_integer:
            raise ValueError(f"Must specify maxval for integer dtype {kind!r}")
        maxval = 1
    op = "RandomUniformInt" if kind.is_integer else "RandomUniform"
    full = sizes(shape, op)
    count = _count(full)
    if kind.is_integer:
        low, high = _ends(minval, maxval, kind, op, bool(count))
        key, counter = SEEDS.stream(op, kind, seed, philox.reserved(count))
        return _shaped(philox.whole(key, counter, count, kind.np, low, high), full, kind)
    key, counter = SEEDS.stream(op, kind, seed, philox.reserved(count))
    drawn = _shaped(philox.unit(key, counter, count, kind.np), full, kind)
    if isinstance(minval, int) and minval == 0:
        return drawn if isinstance(maxval, int) and maxval == 1 else drawn * convert(maxval, kind)
    low, high = named(minval, kind, "min"), named(maxval, kind, "max")
    return drawn * (high - low) + low


@composite("random.shuffle")
def random_shuffle(value: Any, seed: Any = None, name: Any = None) -> Any:
    """The same rows in a random order."""
    x = convert(value)
    rows = x.shape[0] if x.shape.rank else 0
    if rows < 2:
        return x
    key, counter = SEEDS.stream("RandomShuffle", x.dtype, seed, -(-rows // 4))
    return tf.gather(x, philox.order(key, counter, rows))


def _logits(logits: Any, num_samples: Any, op: str) -> tuple[Any, int]:
    x = convert(logits)
    many = convert(num_samples) if tf.is_tensor(num_samples) else convert(num_samples, dt.int32)
    if x.shape.rank != 2:
        raise invalid(op, f"logits should be a matrix, got shape {_told(x)}")
    if many.shape.rank:
        raise invalid(op, f"num_samples should be a scalar, got shape {_told(many)}")
    count = int(many._numpy())
    if count < 0:
        raise invalid(op, f"num_samples should be non-negative, got {count}")
    if x.shape[1] <= 0:
        raise invalid(op, f"num_classes should be positive, got {x.shape[1]}")
    if not x.dtype.is_floating:
        text = f"Could not find device for node: {{{{node {op}}}}} = {op}[T=DT_{x.dtype.kernel.upper()}]"
        raise errors.NotFoundError(None, None, text)
    return np.asarray(x._numpy(), np.float64), count


def _classes(values: Any, count: int, key: int, counter: int) -> Any:
    """Class numbers by the cumulated probabilities of each row."""
    top = values.max(-1, keepdims=True) if values.size else values
    weights = np.where(np.isfinite(values), np.exp(values - np.where(np.isfinite(top), top, 0)), 0)
    ends = weights.cumsum(-1)
    rows = len(values)
    drawn = philox.unit(key, counter, rows * count, np.float64).reshape(rows, count)
    found = [np.searchsorted(end, u * end[-1], side="right") for end, u in zip(ends, drawn, strict=True)]
    return np.array(found, np.int64).reshape(rows, count)


@composite("random.categorical")
def categorical(logits: Any, num_samples: Any, dtype: Any = None, seed: Any = None, name: Any = None) -> Any:
    """Class numbers drawn from unnormalised log-probabilities, row by row."""
    kind = _accepted(dtype or dt.int64, (dt.int32, dt.int64))
    values, count = _logits(logits, num_samples, "Multinomial")
    reserved = philox.reserved(len(values) * (-(-count // 4) * 4))
    key, counter = SEEDS.stream("Multinomial", kind, seed, reserved)
    return tensor(_classes(values, count, key, counter).astype(kind.np), kind)


def _other(key: int, counter: int) -> np.random.Generator:
    """NumPy's generator, for distributions whose numbers are not TensorFlow's."""
    return np.random.default_rng([key, counter >> 64, counter % 2**64])


def _gamma(lead: tuple[int, ...], alpha: Any, beta: Any, kind: Any, stream: Callable[[Any], Any]) -> Any:
    a, b = convert(alpha, kind), convert(1 if beta is None else beta, kind)
    if kind not in (dt.float16, dt.float32, dt.float64):
        raise errors.not_allowed("RandomGamma", kind.kernel, ["half", "float", "double"])
    full = lead + np.broadcast_shapes(tuple(a.shape), tuple(b.shape))
    shapes = np.broadcast_to(np.asarray(a._numpy(), float), full)
    # TensorFlow gives something for shapes below 0, too.
    drawn = np.where(shapes < 0, np.nan, stream(kind).gamma(np.maximum(shapes, 0), size=full))
    values = tensor(np.asarray(drawn).astype(kind.np)[()], kind)
    if kind is not dt.float16:
        # Its slope in the shapes (Figurnov et al. 2018): the value stays, only gradients see the rest.
        values = values + gamma_sloped(tf.broadcast_to(a, full), values)
    return tf.maximum(tf.constant(np.finfo(kind.np).tiny, kind), values / b)


def _gamma_slope(g: Any, z: Any, a: Any, x: Any) -> Any:
    """How a gamma number moves with its shape at the same probability."""
    density = tf.exp(-x + (a - 1) * tf.math.log(x) - tf.math.lgamma(a))
    return -g * traced.igamma_slope(a, x) / density


gamma_sloped = rule(
    "gamma_sloped", lambda a, x: np.zeros_like(x), on_tensors(_gamma_slope), None, dtypes=(dt.float32, dt.float64), op="RandomGamma",
    batched=False, doc="Zeros whose gradient is that of gamma numbers in their shapes.",
)  # fmt: skip


@composite("random.gamma")
def gamma(
    shape: Any, alpha: Any, beta: Any = None, dtype: Any = dt.float32, seed: Any = None, name: Any = None
) -> Any:
    """Gamma distribution; the shape stands before that of the parameters."""
    lead = sizes(named(shape, dt.int32, "shape"), "RandomGamma")
    kind = as_dtype(dtype)
    return _gamma(lead, alpha, beta, kind, lambda kind: _other(*SEEDS.stream("RandomGamma", kind, seed, 256)))


_COUNTED = (dt.float16, dt.float32, dt.float64, dt.int32, dt.int64)


def _discrete(dtype: Any, op: str) -> Any:
    kind = as_dtype(dtype)
    if kind not in _COUNTED:
        raise errors.not_allowed(op, kind.kernel, [d.kernel for d in _COUNTED], "dtype")
    return kind


@composite("random.poisson")
def poisson(shape: Any, lam: Any, dtype: Any = dt.float32, seed: Any = None, name: Any = None) -> Any:
    """Poisson distribution."""
    shape = named(shape, dt.int32, "shape")
    kind = _discrete(dtype, "RandomPoissonV2")
    given = convert(lam)
    rate = np.asarray(given._numpy(), float)
    full = sizes(shape, "RandomPoissonV2") + rate.shape
    drawn = _other(*SEEDS.stream("RandomPoissonV2", kind, seed, 256)).poisson(rate, full)
    made = tensor(np.asarray(drawn).astype(kind.np)[()], kind)
    if not kind.is_floating or given.dtype not in (dt.float32, dt.float64):
        return made
    return made + tf.cast(poisson_sloped(tf.broadcast_to(given, full)), kind)


poisson_sloped = rule(
    "poisson_sloped", lambda rate: np.zeros_like(rate), missing("RandomPoissonV2"), dtypes=(dt.float32, dt.float64),
    op="RandomPoissonV2", batched=False, doc="Zeros, so that gradients of Poisson numbers are refused.",
)  # fmt: skip


# Stateless -----------------------------------------------------------------------------------------


def _scrambled(seed: Any, alg: Any = "auto_select") -> tuple[int, int]:
    chosen = 3 if alg is None else _algorithm(alg)
    if _state_size(chosen) == 2:
        words = "counter must be a vector with length at least 2; got shape: [1]. (Note that batched counters are not supported yet.)"
        raise invalid("StatelessRandomNormalV2", words)
    given, op = convert(seed), "StatelessRandomGetKeyCounter"
    if given.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, given.dtype.kernel, ["int32", "int64"], "Tseed")
    if given.shape.as_list() != [2]:
        raise invalid(op, f"seed must have shape [2], not {_told(given)}")
    return philox.scrambled(given._numpy())


def _stateless_normal(
    shape: Any, seed: Any, mean: Any, stddev: Any, dtype: Any, op: str, draw: Callable[..., Any], alg: Any
) -> Any:
    wanted = as_dtype(dtype)
    mean, stddev = named(mean, wanted, "mean"), named(stddev, wanted, "stddev")
    key, counter = _scrambled(seed, alg)
    kind, full = _real(wanted, op), sizes(shape, op)
    return _moved(_shaped(draw(key, counter, _count(full), kind.np), full, kind), mean, stddev, kind)


@composite("random.stateless_normal")
def stateless_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dt.float32, name: Any = None,
    alg: Any = "auto_select",
) -> Any:  # fmt: skip
    """Normal distribution, a function of its seed."""
    return _stateless_normal(shape, seed, mean, stddev, dtype, "StatelessRandomNormalV2", philox.bell, alg)


@composite("random.stateless_truncated_normal")
def stateless_truncated_normal(
    shape: Any, seed: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dt.float32, name: Any = None,
    alg: Any = "auto_select",
) -> Any:  # fmt: skip
    """Truncated normal distribution, a function of its seed."""
    op = "StatelessTruncatedNormalV2"
    return _stateless_normal(shape, seed, mean, stddev, dtype, op, philox.bell_within_two, alg)


@composite("random.stateless_uniform")
def stateless_uniform(
    shape: Any, seed: Any, minval: Any = 0, maxval: Any = None, dtype: Any = dt.float32, name: Any = None,
    alg: Any = "auto_select",
) -> Any:  # fmt: skip
    """Uniform distribution, a function of its seed."""
    kind = _accepted(dtype, (*_UNIFORM, dt.uint32, dt.uint64))
    if kind.is_integer:
        if (minval is None) != (maxval is None):
            raise ValueError(
                f"For integer `dtype` argument {kind}, argument `minval` and `maxval` must be both None or not None. Got "
                f"`minval`={minval} and `maxval`={maxval}."
            )
        if minval is not None and kind.is_unsigned:
            raise ValueError(
                f"Argument `dtype` got invalid value {kind} when argument `minval` is not None. Please don't use unsigned "
                "integers in this case."
            )
    return _uniform_from(lambda count: _scrambled(seed, alg), shape, minval, maxval, kind)


def _whole(stream: tuple[int, int], count: int, kind: Any, ends: tuple[int, int]) -> Any:
    key, counter = stream
    return philox.whole(key, counter, count, kind.np, *ends)


def _uniform_from(stream: Callable[[int], Any], shape: Any, minval: Any, maxval: Any, kind: Any) -> Any:
    op = "StatelessRandomUniformIntV2" if kind.is_integer else "StatelessRandomUniformV2"
    full = sizes(shape, op)
    count = _count(full)
    if kind.is_integer and kind not in (dt.int32, dt.int64, dt.uint32, dt.uint64):
        raise errors.not_allowed(op, kind.kernel, ["int32", "int64", "uint32", "uint64"], "dtype")
    if kind.is_integer and minval is None:
        return _shaped(philox.bits(*stream(count), count=count, kind=kind.np), full, kind)  # type: ignore[misc]
    maxval = 1 if maxval is None else maxval
    low, high = named(minval, kind, "min"), named(maxval, kind, "max")
    if kind.is_integer:
        ends = _ends(low, high, kind, op)
        return _shaped(_whole(stream(count), count, kind, ends), full, kind)
    if kind not in _FLOATS:
        raise errors.not_allowed(op, kind.kernel, ["half", "bfloat16", "float", "double"], "dtype")
    return _shaped(philox.unit(*stream(count), count=count, kind=kind.np), full, kind) * (high - low) + low  # type: ignore[misc]


@composite("random.stateless_categorical")
def stateless_categorical(
    logits: Any, num_samples: Any, seed: Any, dtype: Any = dt.int64, name: Any = None
) -> Any:
    """Class numbers, a function of their seed."""
    kind = _accepted(dtype, (dt.int32, dt.int64))
    values, count = _logits(logits, num_samples, "StatelessMultinomial")
    return tensor(_classes(values, count, *_scrambled(seed)).astype(kind.np), kind)


@composite("random.stateless_gamma")
def stateless_gamma(
    shape: Any, seed: Any, alpha: Any, beta: Any = None, dtype: Any = dt.float32, name: Any = None
) -> Any:
    """Gamma distribution over the whole shape, a function of its seed."""
    kind = as_dtype(dtype)
    full, a = sizes(shape), convert(alpha, kind)
    b = convert(1 if beta is None else beta, kind)
    if kind not in (dt.float16, dt.float32, dt.float64):
        raise errors.not_allowed("StatelessRandomGammaV3", kind.kernel, ["half", "float", "double"], "dtype")
    if not _count(full):
        return tf.zeros(full, kind)
    lead = _ends_with(full, tuple(tf.broadcast_static_shape(a.shape, b.shape)), "StatelessRandomGammaV3")
    return _gamma(lead, a, b, kind, lambda kind: _other(*_scrambled(seed)))


@composite("random.stateless_poisson")
def stateless_poisson(shape: Any, seed: Any, lam: Any, dtype: Any = dt.int32, name: Any = None) -> Any:
    """Poisson distribution over the whole shape, a function of its seed."""
    kind, full = _discrete(dtype, "StatelessRandomPoisson"), sizes(shape)
    rate = np.asarray(convert(lam)._numpy(), float)
    if not _count(full):
        return tf.zeros(full, kind)
    _ends_with(full, rate.shape, "StatelessRandomPoisson")
    drawn = _other(*_scrambled(seed)).poisson(rate, full)
    return tensor(np.asarray(drawn).astype(kind.np)[()], kind)


@composite("random.stateless_binomial")
def stateless_binomial(
    shape: Any, seed: Any, counts: Any, probs: Any, output_dtype: Any = dt.int32, name: Any = None
) -> Any:
    """Binomial distribution over the whole shape, a function of its seed."""
    kind, full = _discrete(output_dtype, "StatelessRandomBinomial"), sizes(shape)
    return _binomial(_other(*_scrambled(seed)), counts, probs, full, kind)


def _ends_with(full: tuple[int, ...], shape: tuple[int, ...], op: str) -> tuple[int, ...]:
    """What stands before the shape of the parameters."""
    if shape and full[-len(shape) :] != shape:
        raise invalid(op, "Shape passed in must end with broadcasted shape.")
    return full[: len(full) - len(shape)]


@composite("random.stateless_parameterized_truncated_normal")
def stateless_parameterized_truncated_normal(
    shape: Any,
    seed: Any,
    means: Any = 0.0,
    stddevs: Any = 1.0,
    minvals: Any = -2.0,
    maxvals: Any = 2.0,
    name: Any = None,
) -> Any:
    """Normal distributions between limits, each with parameters of its own, functions of their seed."""
    full = sizes(shape, "StatelessParameterizedTruncatedNormal")
    mean, spread, low, high = (
        convert(p, dt.float32 if not tf.is_tensor(p) else None) for p in (means, stddevs, minvals, maxvals)
    )
    ends = [tf.cast(tf.math.erf((end - mean) / spread / np.sqrt(2.0)), dt.float64) for end in (low, high)]
    share = philox.unit(*_scrambled(seed), _count(full), np.float64).reshape(full)
    drawn = tf.cast(tf.math.erfinv(ends[0] + (ends[1] - ends[0]) * share), mean.dtype)
    return tf.clip_by_value(mean + spread * drawn * np.sqrt(2.0).astype(mean.dtype.np), low, high)


def _binomial(source: np.random.Generator, counts: Any, probs: Any, full: Any, kind: Any) -> Any:
    many, chance = (np.asarray(convert(x)._numpy(), float) for x in (counts, probs))
    _ends_with(full, np.broadcast_shapes(many.shape, chance.shape), "StatelessRandomBinomial")
    drawn = source.binomial(many.astype(np.int64), chance, full)
    return tensor(np.asarray(drawn).astype(kind.np)[()], kind)


@composite("random.experimental.stateless_shuffle")
def stateless_shuffle(value: Any, seed: Any, alg: Any = "auto_select", name: Any = None) -> Any:
    """The same rows in an order that is a function of the seed."""
    x = convert(value)
    return tf.gather(x, philox.order(*_scrambled(seed), x.shape[0])) if x.shape.rank else x


@composite("random.split random.experimental.stateless_split")
def split_seed(seed: Any, num: int = 2, alg: Any = "auto_select") -> Any:
    """Several seeds out of one."""
    given = convert(seed)
    return stateless_uniform([num, 2], given, None, None, given.dtype)


@composite("random.fold_in random.experimental.stateless_fold_in")
def fold_in(seed: Any, data: Any, alg: Any = "auto_select") -> Any:
    """A seed mixed with a number."""
    number = convert(data)
    return tf.stack([stateless_uniform([], seed, None, None, number.dtype), number])


# Generators ----------------------------------------------------------------------------------------


class Algorithm(enum.Enum):
    """Names of random number algorithms; only Philox runs without an accelerator."""

    PHILOX = 1
    THREEFRY = 2
    AUTO_SELECT = 3


_ALGORITHMS = {"philox": 1, "threefry": 2, "autoselect": 3}


def _algorithm(alg: Any) -> Any:
    if isinstance(alg, int | EagerTensor):
        return alg
    if isinstance(alg, Algorithm):
        return alg.value
    if not isinstance(alg, str):
        raise TypeError(f"Can't convert argument `alg` (of value {alg} and type {type(alg)}) to int.")
    found = _ALGORITHMS.get(alg.strip().lower().replace("-", "").replace("_", ""))
    if found is None:
        raise ValueError(
            f"Argument `alg` got unsupported value {alg}. Supported values are philox for the Philox algorithm, threefry for "
            "the ThreeFry algorithm, and auto_select for auto-selection."
        )
    return found


def _state_size(alg: Any) -> int:
    if int(alg) not in (1, 2, 3):
        raise ValueError(
            f"Argument `alg` got unsupported value {alg}. Supported values are 1 for the Philox algorithm, 2 for the "
            "ThreeFry algorithm, and 3 for auto-selection."
        )
    return 2 if int(alg) == 2 else 3


def _signed(n: Any) -> Any:
    return n - 2**64 if isinstance(n, int) and n > 2**63 - 1 else n


@composite("random.create_rng_state random.experimental.create_rng_state")
def create_rng_state(seed: Any, alg: Any) -> Any:
    """The state a seed stands for."""
    size = _state_size(_algorithm(alg))
    if isinstance(seed, int):
        seed = [_signed(seed >> 64 * i & (2**64 - 1)) for i in range(size)]
    words = tf.cast([_signed(n) for n in seed] if isinstance(seed, list | tuple) else seed, dt.int64)
    words = tf.reshape(words, [-1])[:size]
    return tf.concat([tf.zeros([size - words.shape[0]], dt.int64), words], 0)


def _state(value: Any) -> Any:
    value = [_signed(n) for n in value] if isinstance(value, list | tuple) else _signed(value)
    return tf.cast(value, dt.int64)


class Generator:
    """A stream of its own, with a state that can be read, copied and reset."""

    def __init__(self, copy_from: Any = None, state: Any = None, alg: Any = None) -> None:
        if copy_from is not None:
            assert alg is None and state is None
            self._alg, words = copy_from.algorithm, copy_from.state
        else:
            assert alg is not None and state is not None
            self._alg = _algorithm(alg)
            words = state if isinstance(state, Variable) else _state(state)
            words.shape.assert_is_compatible_with([_state_size(self._alg)])
        if isinstance(state, Variable):
            self._state = state
            return
        self._state = Variable(words, dtype=dt.int64, trainable=False, name="StateVar")

    @classmethod
    def from_seed(cls, seed: Any, alg: Any = None) -> Generator:
        """A generator that repeats."""
        chosen = _algorithm("philox" if alg is None else alg)
        return cls(state=create_rng_state(seed, chosen), alg=chosen)

    @classmethod
    def from_non_deterministic_state(cls, alg: Any = None) -> Generator:
        """A generator that does not."""
        chosen = _algorithm("philox" if alg is None else alg)
        key, counter = philox.entropy()
        return cls(state=[_signed(counter >> 64), 0, _signed(key)][-_state_size(chosen) :], alg=chosen)

    @classmethod
    def from_state(cls, state: Any, alg: Any) -> Generator:
        """A generator with a given state."""
        return cls(alg=alg, state=state)

    @classmethod
    def from_key_counter(cls, key: Any, counter: Any, alg: Any) -> Generator:
        """A generator with a given key and counter."""
        chosen = _algorithm(alg)
        return cls(state=_key_counter(key, counter, chosen), alg=chosen)

    @property
    def state(self) -> Any:
        """The state variable: two words of counter, one of key."""
        return self._state

    @property
    def key(self) -> Any:
        """The key: which stream this is."""
        return self._state[-1]

    @property
    def algorithm(self) -> Any:
        """The number of the algorithm."""
        return self._alg

    def reset(self, state: Any) -> None:
        """Set the state."""
        words = _state(state)
        words.shape.assert_is_compatible_with([_state_size(self._alg)])
        self._state.assign(words)

    def reset_from_seed(self, seed: Any) -> None:
        """Set the state by a seed."""
        self._state.assign(create_rng_state(seed, self._alg))

    def reset_from_key_counter(self, key: Any, counter: Any) -> None:
        """Set the state by key and counter."""
        self._state.assign(_key_counter(key, counter, self._alg))

    def skip(self, delta: Any) -> Any:
        """Move the counter on; gives the state before."""
        self._supported()
        before = self._state._numpy().astype(np.int64)
        step = philox.reserved(int(convert(delta)._numpy()))
        if len(before) == 2:
            after = [_signed((int(before[0]) + step) % 2**64), before[1]]
        else:
            counter = (int(before[0]) % 2**64 | int(before[1]) % 2**64 << 64) + step
            after = [_signed(counter % 2**64), _signed(counter >> 64 & (2**64 - 1)), before[2]]
        self._state.assign(np.array(after, np.int64))
        return tensor(np.concatenate([before, np.zeros(3 - len(before), np.int64)]), dt.int64)

    def _supported(self) -> None:
        if int(self._alg) == 2:
            words = "Non-XLA devices don't support the ThreeFry algorithm."
            raise errors.UnimplementedError(None, None, words)

    def _stream(self, count: int) -> tuple[int, int]:
        """Key and counter for `count` numbers, which are then used up."""
        self._supported()
        words = [int(n) % 2**64 for n in self._state._numpy()]
        self.skip(count)
        return words[2], words[0] | words[1] << 64

    def _normal(
        self, shape: Any, mean: Any, stddev: Any, dtype: Any, op: str, draw: Callable[..., Any]
    ) -> Any:
        wanted = as_dtype(dtype)
        full = sizes(shape, op)
        mean, stddev, count = named(mean, wanted, "mean"), named(stddev, wanted, "stddev"), _count(full)
        kind = _real(wanted, op)
        drawn = draw(*self._stream(count), count, kind.np)
        return _moved(_shaped(drawn, full, kind), mean, stddev, kind)

    def normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dt.float32, name: Any = None
    ) -> Any:
        """Normal distribution."""
        return self._normal(shape, mean, stddev, dtype, "StatelessRandomNormalV2", philox.bell)

    def truncated_normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dt.float32, name: Any = None
    ) -> Any:
        """Normal distribution without what lies beyond two standard deviations."""
        return self._normal(shape, mean, stddev, dtype, "StatelessTruncatedNormalV2", philox.bell_within_two)

    def uniform(
        self, shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = dt.float32, name: Any = None
    ) -> Any:
        """Uniform distribution."""
        kind = as_dtype(dtype)
        if kind.is_integer and (minval is None) != (maxval is None):
            raise ValueError(
                f"For integer dtype {kind}, minval and maxval must be both `None` or both non-`None`; got minval={minval} "
                f"and maxval={maxval}"
            )
        if kind in (dt.uint32, dt.uint64) and minval is not None:
            op = "StatelessRandomUniformIntV2"
            text = f"Could not find device for node: {{{{node {op}}}}} = {op}[dtype=DT_{kind.kernel.upper()}]"
            raise errors.NotFoundError(None, None, text)
        return _uniform_from(self._stream, shape, minval, maxval, kind)

    def uniform_full_int(self, shape: Any, dtype: Any = dt.uint64, name: Any = None) -> Any:
        """Whole numbers over the full range of the dtype."""
        kind, op = as_dtype(dtype), "StatelessRandomUniformFullIntV2"
        if kind not in (dt.int32, dt.int64, dt.uint32, dt.uint64):
            raise errors.not_allowed(op, kind.kernel, ["int32", "int64", "uint32", "uint64"], "dtype")
        full = sizes(shape, op)
        count = _count(full)
        return _shaped(philox.bits(*self._stream(count), count, kind.np), full, kind)

    def binomial(self, shape: Any, counts: Any, probs: Any, dtype: Any = dt.int32, name: Any = None) -> Any:
        """Binomial distribution."""
        kind, full = _discrete(dtype, "StatefulRandomBinomial"), sizes(shape)
        return _binomial(_other(*self._stream(_count(full))), counts, probs, full, kind)

    def make_seeds(self, count: int = 1) -> Any:
        """Seeds for the stateless functions, one a column."""
        keys = self.uniform_full_int([count], dt.int64)
        return tf.stack([keys, tf.zeros_like(keys)])

    def split(self, count: int = 1) -> list[Generator]:
        """Independent generators."""
        keys = self.uniform_full_int([count], dt.int64)._numpy()
        rest = [0] * (_state_size(self._alg) - 1)
        return [Generator(state=[*rest, int(key)], alg=self._alg) for key in keys]


Generator.__module__ = "tensorflow.python.ops.stateful_random_ops"


def _key_counter(key: Any, counter: Any, alg: Any) -> Any:
    high, low = _state(counter), _state(key)
    high.shape.assert_is_compatible_with([_state_size(alg) - 1])
    low.shape.assert_is_compatible_with([])
    return tf.concat([high, tf.reshape(low, [1])], 0)


class _Shared:
    def __init__(self) -> None:
        self.generator: Generator | None = None

    def get(self) -> Generator:
        """The global generator, made on first use."""
        if self.generator is None:
            self.generator = Generator.from_non_deterministic_state()
        return self.generator

    def set(self, generator: Generator) -> None:
        """Put another in its place."""
        self.generator = generator


_SHARED = _Shared()
PUBLIC["random.Generator"] = PUBLIC["random.experimental.Generator"] = Generator
PUBLIC["random.Algorithm"] = PUBLIC["random.experimental.Algorithm"] = Algorithm
for _path in ("random", "random.experimental"):
    PUBLIC[f"{_path}.get_global_generator"] = _SHARED.get
    PUBLIC[f"{_path}.set_global_generator"] = _SHARED.set
