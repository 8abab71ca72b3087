"""Starting values of weights; from the same seed the same numbers as Keras."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.configured import Configured
from tfgrad_course.tf.keras.serializing import deserialize, serialize

__all__ = ["deserialize", "serialize"]


class Initializer(Configured):
    """A function of shape and dtype; `seed` makes it repeat."""

    def __init__(self, seed: Any = None) -> None:
        # Keras draws a missing seed from Python's generator, when the initializer is made.
        self.seed = self.missing_seed() if seed is None else seed

    def missing_seed(self) -> Any:
        """A seed for who gave none."""
        return None

    def __call__(self, shape: Any, dtype: Any = None, **_: Any) -> Any:
        """A tensor of the shape (dtype float32 when none is given)."""
        return self.draw(tuple(int(n) for n in shape), tf.as_dtype(dtype or "float32"))

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """The values as a tensor; each initializer has its own."""
        raise NotImplementedError


class _Random(Initializer):
    def missing_seed(self) -> Any:
        """What Keras draws."""
        return random.randint(1, int(1e9))

    def drawn(self, kind: str, shape: tuple[int, ...], dtype: Any, low: float, high: float) -> Any:
        """Numbers of a distribution with its two parameters."""
        seed = self.seed.next() if hasattr(self.seed, "next") else [self.seed % (2**31 - 2), 0]
        function = getattr(tf.random, f"stateless_{kind}")
        return function(shape, tf.cast(seed, "int32"), low, high, dtype=dtype)


class Zeros(Initializer):
    """All 0."""

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Zeros."""
        return tf.zeros(shape, dtype)


class Ones(Initializer):
    """All 1."""

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Ones."""
        return tf.ones(shape, dtype)


class Constant(Initializer):
    """All the same value, or a given array."""

    def __init__(self, value: Any = 0.0) -> None:
        super().__init__()
        self.value = value

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """The value everywhere."""
        return tf.constant(np.broadcast_to(np.asarray(self.value), shape), dtype=dtype)


class Identity(Initializer):
    """The unit matrix times a gain."""

    def __init__(self, gain: float = 1.0) -> None:
        super().__init__()
        self.gain = gain

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Ones on the diagonal."""
        rows, columns = shape
        return tf.constant(self.gain * np.eye(rows, columns), dtype=dtype)


class RandomNormal(_Random):
    """Normal distribution."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None) -> None:
        super().__init__(seed)
        self.mean, self.stddev = mean, stddev

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Normal numbers."""
        return self.drawn("normal", shape, dtype, self.mean, self.stddev)


class RandomUniform(_Random):
    """Uniform distribution."""

    def __init__(self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None) -> None:
        super().__init__(seed)
        self.minval, self.maxval = minval, maxval

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Uniform numbers."""
        return self.drawn("uniform", shape, dtype, self.minval, self.maxval)


class TruncatedNormal(RandomNormal):
    """Normal distribution without what lies beyond two standard deviations."""

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Normal numbers without the far ones."""
        return self.drawn("truncated_normal", shape, dtype, self.mean, self.stddev)


class VarianceScaling(_Random):
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

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """Numbers of the variance that fits the shape."""
        fan_in, fan_out = _fans(shape)
        n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        scale = self.scale / max(1.0, n)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * scale)
            return self.drawn("uniform", shape, dtype, -limit, limit)
        if self.distribution == "untruncated_normal":
            return self.drawn("normal", shape, dtype, 0.0, math.sqrt(scale))
        return self.drawn("truncated_normal", shape, dtype, 0.0, math.sqrt(scale) / 0.87962566103423978)


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


class Orthogonal(_Random):
    """A matrix with orthonormal rows or columns."""

    def __init__(self, gain: float = 1.0, seed: int | None = None) -> None:
        super().__init__(seed)
        self.gain = gain

    def draw(self, shape: tuple[int, ...], dtype: Any) -> Any:
        """The first factor of a random matrix, its signs settled."""
        rows, columns = int(np.prod(shape[:-1])), shape[-1]
        q, r = tf.linalg.qr(self.drawn("normal", (max(rows, columns), min(rows, columns)), dtype, 0.0, 1.0))
        q = q * tf.sign(tf.linalg.diag_part(r))
        return self.gain * tf.reshape(q if rows >= columns else tf.transpose(q), shape)


def _fans(shape: tuple[int, ...]) -> tuple[float, float]:
    if len(shape) < 2:
        size = float(shape[0]) if shape else 1.0
        return size, size
    field = float(np.prod(shape[:-2]))
    return shape[-2] * field, shape[-1] * field


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
OrthogonalInitializer, IdentityInitializer = Orthogonal, Identity
zeros, ones, constant, identity, orthogonal = Zeros, Ones, Constant, Identity, Orthogonal
random_normal, random_uniform, truncated_normal = RandomNormal, RandomUniform, TruncatedNormal
variance_scaling = VarianceScaling
glorot_uniform, glorot_normal = GlorotUniform, GlorotNormal
he_uniform, he_normal, lecun_uniform, lecun_normal = HeUniform, HeNormal, LecunUniform, LecunNormal


def get(identifier: Any) -> Any:
    """The initializer for a name, a class or an initializer."""
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, str):
        key = identifier if identifier in NAMED else _snake(identifier)
        if key not in NAMED:
            raise ValueError(f"Could not interpret initializer identifier: {identifier}")
        return NAMED[key]()
    return identifier() if isinstance(identifier, type) else identifier


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
