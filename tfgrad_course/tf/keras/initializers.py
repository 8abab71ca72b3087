"""Starting values of weights; the same distributions as Keras, not the same numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfgrad_course import tf


class Initializer:
    """A function of shape and dtype; `seed` makes it repeat."""

    def __init__(self, seed: int | None = None) -> None:
        self.seed = seed

    def __call__(self, shape: Any, dtype: Any = None, **_: Any) -> Any:
        """A tensor of the shape (dtype float32 when none is given)."""
        shape = tuple(int(n) for n in shape)
        return tf.constant(np.asarray(self.draw(shape)), dtype=dtype or "float32", shape=shape)

    def draw(self, shape: tuple[int, ...]) -> Any:
        """The values as an array; each initializer has its own."""
        raise NotImplementedError

    def generator(self) -> np.random.Generator:
        """NumPy's generator: of the own seed, else of `tf.random.set_seed`'s stream."""
        if self.seed is not None:
            return np.random.default_rng(self.seed)
        return np.random.default_rng(int(tf.random.uniform([], 0, 2**31 - 1, dtype=tf.int32).numpy()))


class Zeros(Initializer):
    """All 0."""

    def draw(self, shape: tuple[int, ...]) -> Any:
        return np.zeros(shape)


class Ones(Initializer):
    """All 1."""

    def draw(self, shape: tuple[int, ...]) -> Any:
        return np.ones(shape)


class Constant(Initializer):
    """All the same value, or a given array."""

    def __init__(self, value: Any = 0.0) -> None:
        super().__init__()
        self.value = value

    def draw(self, shape: tuple[int, ...]) -> Any:
        return np.broadcast_to(np.asarray(self.value), shape)


class Identity(Initializer):
    """The unit matrix times a gain."""

    def __init__(self, gain: float = 1.0) -> None:
        super().__init__()
        self.gain = gain

    def draw(self, shape: tuple[int, ...]) -> Any:
        rows, columns = shape
        return self.gain * np.eye(rows, columns)


class RandomNormal(Initializer):
    """Normal distribution."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None) -> None:
        super().__init__(seed)
        self.mean, self.stddev = mean, stddev

    def draw(self, shape: tuple[int, ...]) -> Any:
        return self.generator().normal(self.mean, self.stddev, shape)


class RandomUniform(Initializer):
    """Uniform distribution."""

    def __init__(self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None) -> None:
        super().__init__(seed)
        self.minval, self.maxval = minval, maxval

    def draw(self, shape: tuple[int, ...]) -> Any:
        return self.generator().uniform(self.minval, self.maxval, shape)


class TruncatedNormal(RandomNormal):
    """Normal distribution without what lies beyond two standard deviations."""

    def draw(self, shape: tuple[int, ...]) -> Any:
        return _truncated(self.generator(), self.mean, self.stddev, shape)


class VarianceScaling(Initializer):
    """Variance `scale / n`, n being the fan in, fan out or their mean."""

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
    ) -> None:
        super().__init__(seed)
        self.scale, self.mode, self.distribution = scale, mode, distribution

    def draw(self, shape: tuple[int, ...]) -> Any:
        fan_in, fan_out = _fans(shape)
        n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        variance = self.scale / max(1.0, n)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * variance)
            return self.generator().uniform(-limit, limit, shape)
        if self.distribution == "untruncated_normal":
            return self.generator().normal(0.0, math.sqrt(variance), shape)
        return _truncated(self.generator(), 0.0, math.sqrt(variance) / 0.87962566103423978, shape)


def _scaled(name: str, scale: float, mode: str, distribution: str) -> type[VarianceScaling]:
    def init(self: VarianceScaling, seed: int | None = None) -> None:
        VarianceScaling.__init__(self, scale, mode, distribution, seed)

    return type(name, (VarianceScaling,), {"__init__": init, "__doc__": f"{name}: {distribution}, {mode}."})


GlorotUniform = _scaled("GlorotUniform", 1.0, "fan_avg", "uniform")
GlorotNormal = _scaled("GlorotNormal", 1.0, "fan_avg", "truncated_normal")
HeUniform = _scaled("HeUniform", 2.0, "fan_in", "uniform")
HeNormal = _scaled("HeNormal", 2.0, "fan_in", "truncated_normal")
LecunUniform = _scaled("LecunUniform", 1.0, "fan_in", "uniform")
LecunNormal = _scaled("LecunNormal", 1.0, "fan_in", "truncated_normal")


class Orthogonal(Initializer):
    """A matrix with orthonormal rows or columns."""

    def __init__(self, gain: float = 1.0, seed: int | None = None) -> None:
        super().__init__(seed)
        self.gain = gain

    def draw(self, shape: tuple[int, ...]) -> Any:
        rows, columns = int(np.prod(shape[:-1])), shape[-1]
        drawn = self.generator().normal(size=(max(rows, columns), min(rows, columns)))
        q, r = np.linalg.qr(drawn)
        q = q * np.sign(np.diag(r))
        return self.gain * (q if rows >= columns else q.T).reshape(shape)


def _fans(shape: tuple[int, ...]) -> tuple[float, float]:
    if len(shape) < 2:
        size = float(shape[0]) if shape else 1.0
        return size, size
    field = float(np.prod(shape[:-2]))
    return shape[-2] * field, shape[-1] * field


def _truncated(generator: np.random.Generator, mean: float, stddev: float, shape: tuple[int, ...]) -> Any:
    drawn = generator.normal(size=shape)
    while (outside := np.abs(drawn) > 2).any():
        drawn = np.where(outside, generator.normal(size=shape), drawn)
    return mean + stddev * drawn


NAMED: dict[str, type[Initializer]] = {
    "zeros": Zeros,
    "ones": Ones,
    "constant": Constant,
    "identity": Identity,
    "random_normal": RandomNormal,
    "normal": RandomNormal,
    "random_uniform": RandomUniform,
    "uniform": RandomUniform,
    "truncated_normal": TruncatedNormal,
    "variance_scaling": VarianceScaling,
    "glorot_uniform": GlorotUniform,
    "glorot_normal": GlorotNormal,
    "he_uniform": HeUniform,
    "he_normal": HeNormal,
    "lecun_uniform": LecunUniform,
    "lecun_normal": LecunNormal,
    "orthogonal": Orthogonal,
}
zeros, ones, constant = Zeros, Ones, Constant
glorot_uniform, glorot_normal = GlorotUniform, GlorotNormal


def get(identifier: Any) -> Any:
    """The initializer for a name, a class or an initializer."""
    if identifier is None:
        return None
    if isinstance(identifier, str):
        key = identifier if identifier in NAMED else _snake(identifier)
        if key not in NAMED:
            raise ValueError(f"Could not interpret initializer identifier: {identifier}")
        return NAMED[key]()
    return identifier() if isinstance(identifier, type) else identifier


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
