"""Random tensors: TensorFlow's API and its rules for seeds, NumPy's numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._variable import Variable


class Streams:
    """The global seed and how often it (or an operation's own seed) was drawn from."""

    def __init__(self) -> None:
        self.seed: int | None = None
        self.drawn: dict[int | None, int] = {}

    def set(self, seed: int) -> None:
        """Start all streams anew from a global seed."""
        self.seed = int(seed)
        self.drawn = {}

    def generator(self, seed: Any = None) -> np.random.Generator:
        """The next generator: repeats only when the global or the operation's seed is given."""
        if self.seed is None and seed is None:
            return np.random.default_rng()
        key = None if seed is None else int(seed)
        count = self.drawn.get(key, 0)
        self.drawn[key] = count + 1
        entropy = [
            87654321 if self.seed is None else self.seed % 2**63,
            0 if key is None else key % 2**63 + 1,
            count,
        ]
        return np.random.default_rng(entropy)


STREAMS = Streams()


@composite("random.set_seed")
def set_seed(seed: Any) -> None:
    """Set the global seed: the random operations after it repeat."""
    STREAMS.set(int(seed))


def sizes(shape: Any) -> tuple[int, ...]:
    """A shape given as a list, a tensor, a TensorShape or a number of axes' sizes."""
    if hasattr(shape, "as_list"):
        shape = shape.as_list()
    array = np.asarray(shape.numpy() if hasattr(shape, "numpy") else shape)
    if array.size and array.dtype.kind not in "iu":
        array = np.asarray([int(n) for n in shape])
    return tuple(int(n) for n in array.reshape(-1))


def _tensor(values: Any, dtype: Any) -> Any:
    return convert(np.asarray(values).astype(as_dtype(dtype).as_numpy_dtype), dtype=as_dtype(dtype))


def _moved(drawn: Any, mean: Any, stddev: Any, dtype: Any) -> Any:
    """mean + stddev * drawn, so that gradients reach both."""
    tensor = _tensor(drawn, dtype)
    if not (isinstance(stddev, (int, float)) and stddev == 1):
        tensor = tensor * convert(stddev, as_dtype(dtype))
    if not (isinstance(mean, (int, float)) and mean == 0):
        tensor = tensor + convert(mean, as_dtype(dtype))
    return tensor


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
    return _moved(STREAMS.generator(seed).standard_normal(sizes(shape)), mean, stddev, dtype)


def _truncated(generator: np.random.Generator, shape: tuple[int, ...]) -> Any:
    drawn = generator.standard_normal(shape)
    while np.any(outside := np.abs(drawn) > 2):
        drawn = np.where(outside, generator.standard_normal(shape), drawn)
    return drawn


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
    return _moved(_truncated(STREAMS.generator(seed), sizes(shape)), mean, stddev, dtype)


def _uniform(generator: np.random.Generator, shape: Any, low: Any, high: Any, dtype: Any) -> Any:
    dtype = as_dtype(dtype)
    if dtype.is_integer:
        if high is None:
            raise ValueError("Must specify maxval for integer dtype " + repr(dtype))
        low, high = (np.asarray(v.numpy() if hasattr(v, "numpy") else v) for v in (low, high))
        return _tensor(generator.integers(low, high, sizes(shape)), dtype)
    drawn = _tensor(generator.random(sizes(shape)), dtype)
    high = 1 if high is None else high
    if isinstance(low, (int, float)) and isinstance(high, (int, float)):
        return drawn if (low, high) == (0, 1) else drawn * (high - low) + low
    low, high = convert(low, dtype), convert(high, dtype)
    return drawn * (high - low) + low


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
    return _uniform(STREAMS.generator(seed), shape, minval, maxval, dtype)


@composite("random.shuffle")
def random_shuffle(value: Any, seed: Any = None, name: Any = None) -> Any:
    """The same rows in a random order."""
    value = convert(value)
    if value.shape.rank == 0:
        return value
    return tf.gather(value, STREAMS.generator(seed).permutation(int(value.shape[0])))


@composite("random.categorical")
def categorical(logits: Any, num_samples: Any, dtype: Any = None, seed: Any = None, name: Any = None) -> Any:
    """Class numbers drawn from unnormalised log-probabilities, row by row."""
    values = np.asarray(convert(logits).numpy(), dtype=float)
    noise = STREAMS.generator(seed).gumbel(size=(values.shape[0], int(num_samples), values.shape[1]))
    return _tensor((values[:, None, :] + noise).argmax(-1), dtype or dt.int64)


def _parameter(value: Any) -> Any:
    return np.asarray(value.numpy() if hasattr(value, "numpy") else value, dtype=float)


@composite("random.gamma")
def gamma(
    shape: Any, alpha: Any, beta: Any = None, dtype: Any = dt.float32, seed: Any = None, name: Any = None
) -> Any:
    """Gamma distribution; the shape stands before that of the parameters."""
    a = _parameter(alpha)
    b = np.asarray(1.0) if beta is None else _parameter(beta)
    full = sizes(shape) + np.broadcast_shapes(a.shape, b.shape)
    return _tensor(STREAMS.generator(seed).gamma(np.broadcast_to(a, full)) / b, dtype)


@composite("random.poisson")
def poisson(shape: Any, lam: Any, dtype: Any = dt.float32, seed: Any = None, name: Any = None) -> Any:
    """Poisson distribution."""
    rate = _parameter(lam)
    return _tensor(STREAMS.generator(seed).poisson(rate, sizes(shape) + rate.shape), dtype)


def _stateless(seed: Any) -> np.random.Generator:
    pair = np.asarray(seed.numpy() if hasattr(seed, "numpy") else seed).astype(np.int64)
    if pair.shape != (2,):
        raise ValueError(f"seed must have shape [2], not {list(pair.shape)}")
    return np.random.default_rng([int(n) % 2**63 for n in pair])


@composite("random.stateless_normal")
def stateless_normal(
    shape: Any,
    seed: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dt.float32,
    name: Any = None,
    alg: Any = None,
) -> Any:
    """Normal distribution, a function of its seed."""
    return _moved(_stateless(seed).standard_normal(sizes(shape)), mean, stddev, dtype)


@composite("random.stateless_uniform")
def stateless_uniform(
    shape: Any,
    seed: Any,
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = dt.float32,
    name: Any = None,
    alg: Any = None,
) -> Any:
    """Uniform distribution, a function of its seed."""
    return _uniform(_stateless(seed), shape, minval, maxval, dtype)


@composite("random.stateless_truncated_normal")
def stateless_truncated_normal(
    shape: Any,
    seed: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = dt.float32,
    name: Any = None,
    alg: Any = None,
) -> Any:
    """Truncated normal distribution, a function of its seed."""
    return _moved(_truncated(_stateless(seed), sizes(shape)), mean, stddev, dtype)


@composite("random.split random.experimental.stateless_split")
def split_seed(seed: Any, num: int = 2, alg: Any = None) -> Any:
    """Several seeds out of one."""
    return _tensor(_stateless(seed).integers(-(2**31), 2**31, (int(num), 2)), dt.int32)


@composite("random.fold_in random.experimental.stateless_fold_in")
def fold_in(seed: Any, data: Any, alg: Any = None) -> Any:
    """A seed mixed with a number."""
    pair = np.asarray(seed.numpy() if hasattr(seed, "numpy") else seed).astype(np.int64)
    drawn = np.random.default_rng([*(int(n) % 2**63 for n in pair), int(data) % 2**63])
    return _tensor(drawn.integers(-(2**31), 2**31, 2), dt.int32)


class Algorithm:
    """Names of random number algorithms; NumPy's own serves for all of them."""

    PHILOX, THREEFRY, AUTO_SELECT = 1, 2, 3


class Generator:
    """A stream of its own, with a state that can be read, copied and reset."""

    def __init__(self, copy_from: Any = None, state: Any = None, alg: Any = None) -> None:
        words = copy_from.state.numpy() if copy_from is not None else state
        if words is None:
            words = np.random.default_rng().integers(0, 2**62, 3)
        words = np.resize(np.asarray(words.numpy() if hasattr(words, "numpy") else words).reshape(-1), 3)
        self._state = Variable(words.astype(np.int64), dtype=dt.int64, trainable=False, name="StateVar")
        self._algorithm = alg

    @classmethod
    def from_seed(cls, seed: Any, alg: Any = None) -> Generator:
        """A generator that repeats."""
        return cls(state=[0, 0, int(seed)], alg=alg)

    @classmethod
    def from_non_deterministic_state(cls, alg: Any = None) -> Generator:
        """A generator that does not."""
        return cls(alg=alg)

    @classmethod
    def from_state(cls, state: Any, alg: Any = None) -> Generator:
        """A generator with a given state."""
        return cls(state=state, alg=alg)

    @classmethod
    def from_key_counter(cls, key: Any, counter: Any, alg: Any = None) -> Generator:
        """A generator with a given key and counter."""
        return cls(state=[*np.asarray(counter).reshape(-1), int(key)], alg=alg)

    @property
    def state(self) -> Any:
        """The state variable: two words of counter, one of key."""
        return self._state

    @property
    def key(self) -> Any:
        """The key: which stream this is."""
        return self._state.read_value()[-1]

    @property
    def algorithm(self) -> Any:
        """The algorithm asked for."""
        return self._algorithm

    def reset(self, state: Any) -> None:
        """Set the state."""
        self._state.assign(np.asarray(state.numpy() if hasattr(state, "numpy") else state).astype(np.int64))

    def reset_from_seed(self, seed: Any) -> None:
        """Set the state by a seed."""
        self.reset([0, 0, int(seed)])

    def skip(self, delta: Any) -> None:
        """Move the counter on."""
        words = self._state.numpy().copy()
        words[0] += int(delta)
        self._state.assign(words)

    def _next(self, count: int) -> np.random.Generator:
        words = self._state.numpy()
        self.skip(max(count, 1) * 256)
        return np.random.default_rng([int(n) % 2**63 for n in words])

    def normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dt.float32, name: Any = None
    ) -> Any:
        """Normal distribution."""
        full = sizes(shape)
        return _moved(self._next(int(np.prod(full))).standard_normal(full), mean, stddev, dtype)

    def truncated_normal(
        self, shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = dt.float32, name: Any = None
    ) -> Any:
        """Normal distribution without what lies beyond two standard deviations."""
        full = sizes(shape)
        return _moved(_truncated(self._next(int(np.prod(full))), full), mean, stddev, dtype)

    def uniform(
        self, shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = dt.float32, name: Any = None
    ) -> Any:
        """Uniform distribution."""
        return _uniform(self._next(int(np.prod(sizes(shape)))), shape, minval, maxval, dtype)

    def uniform_full_int(self, shape: Any, dtype: Any = dt.uint64, name: Any = None) -> Any:
        """Whole numbers over the full range of the dtype."""
        info = np.iinfo(as_dtype(dtype).as_numpy_dtype)
        drawn = self._next(int(np.prod(sizes(shape)))).integers(
            info.min, info.max, sizes(shape), dtype=as_dtype(dtype).as_numpy_dtype, endpoint=True
        )
        return _tensor(drawn, dtype)

    def binomial(self, shape: Any, counts: Any, probs: Any, dtype: Any = dt.int32, name: Any = None) -> Any:
        """Binomial distribution."""
        full = sizes(shape)
        return _tensor(
            self._next(int(np.prod(full))).binomial(np.asarray(counts), np.asarray(probs), full), dtype
        )

    def make_seeds(self, count: int = 1) -> Any:
        """Seeds for the stateless functions, one a column."""
        return _tensor(self._next(count).integers(-(2**62), 2**62, (2, count)), dt.int64)

    def split(self, count: int = 1) -> list[Generator]:
        """Independent generators."""
        return [Generator(state=self._next(1).integers(0, 2**62, 3)) for _ in range(count)]


class _Shared:
    def __init__(self) -> None:
        self.generator: Generator | None = None

    def get(self) -> Generator:
        """The global generator, made on first use."""
        if self.generator is None:
            self.generator = Generator()
        return self.generator

    def set(self, generator: Generator) -> None:
        """Put another in its place."""
        self.generator = generator


_SHARED = _Shared()
PUBLIC["random.Generator"] = PUBLIC["random.experimental.Generator"] = Generator
PUBLIC["random.Algorithm"] = Algorithm
PUBLIC["random.get_global_generator"] = _SHARED.get
PUBLIC["random.set_global_generator"] = _SHARED.set
