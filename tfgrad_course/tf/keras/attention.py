"""Layers that weigh values by how well keys answer queries."""

from __future__ import annotations

import math
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import initializers, random
from tfgrad_course.tf.keras.layer import Layer


class Attention(Layer):
    """Values weighed by the products of queries and keys."""

    def __init__(
        self, use_scale: bool = False, score_mode: str = "dot", dropout: float = 0.0, seed: Any = None, **options: Any
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.use_scale, self.score_mode, self.dropout = use_scale, score_mode, dropout
        self.seed_generator = random.SeedGenerator(seed) if dropout > 0 else None
        self.scale: Any = None

    def build(self, input_shape: Any = None) -> None:
        """A factor for the scores, if asked for."""
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(), initializer="ones")

    def scores(self, query: Any, key: Any) -> Any:
        """How well each key answers each query."""
        found = tf.matmul(query, key, transpose_b=True)
        return found if self.scale is None else found * self.scale

    def call(
        self, inputs: Any, mask: Any = None, training: bool = False, return_attention_scores: bool = False,
        use_causal_mask: bool = False,
    ) -> Any:  # fmt: skip
        """The weighed values."""
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        weights = tf.nn.softmax(_masked(self.scores(query, key), None, use_causal_mask), axis=-1)
        if training and self.seed_generator is not None:
            weights = random.dropout(weights, self.dropout, None, self.seed_generator)
        found = tf.matmul(weights, value)
        return (found, weights) if return_attention_scores else found


class AdditiveAttention(Attention):
    """Values weighed by sums of tanh(query + key)."""

    def __init__(self, use_scale: bool = True, dropout: float = 0.0, **options: Any) -> None:
        super().__init__(use_scale=use_scale, dropout=dropout, **options)

    def build(self, input_shape: Any = None) -> None:
        """A factor for each feature, if asked for."""
        if self.use_scale:
            size = int(input_shape[0][-1])
            self.scale = self.add_weight(name="scale", shape=(size,), initializer="glorot_uniform")

    def scores(self, query: Any, key: Any) -> Any:
        """How well each key answers each query."""
        mixed = tf.tanh(tf.expand_dims(query, -2) + tf.expand_dims(key, -3))
        return tf.reduce_sum(mixed if self.scale is None else mixed * self.scale, axis=-1)


class MultiHeadAttention(Layer):
    """Several attentions side by side, each with its own view of queries, keys and values."""

    def __init__(
        self, num_heads: int, key_dim: int, value_dim: int | None = None, dropout: float = 0.0, use_bias: bool = True,
        output_shape: Any = None, kernel_initializer: Any = "glorot_uniform", bias_initializer: Any = "zeros",
        seed: Any = None, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.num_heads, self.key_dim, self.value_dim = num_heads, key_dim, value_dim or key_dim
        self.dropout, self.use_bias, self._output = dropout, use_bias, output_shape
        self._start = (kernel_initializer, bias_initializer)
        self.seed_generator = random.SeedGenerator(seed) if dropout > 0 else None

    def build(self, query_shape: Any, value_shape: Any = None, key_shape: Any = None) -> None:
        """Kernels for queries, keys, values and the result."""
        size = int(query_shape[-1])
        features = int((value_shape or query_shape)[-1])
        sizes = (size, self.key_dim), (features, self.key_dim), (features, self.value_dim)
        self._parts = [
            self._part(name, (wide, self.num_heads, deep), (self.num_heads, deep))
            for name, (wide, deep) in zip(("query", "key", "value"), sizes, strict=True)
        ]
        self._last = self._part("attention_output", (self.num_heads, self.value_dim, self._output or size), (self._output or size,))  # fmt: skip

    def _part(self, name: str, kernel: tuple[int, ...], bias: tuple[int, ...]) -> tuple[Any, Any]:
        made, zero = map(initializers.get, self._start)
        return (
            self.add_weight(name="kernel", shape=kernel, initializer=made),
            self.add_weight(name="bias", shape=bias, initializer=zero) if self.use_bias else None,
        )

    def call(
        self, query: Any, value: Any, key: Any = None, attention_mask: Any = None, training: bool = False,
        return_attention_scores: bool = False, use_causal_mask: bool = False, **_: Any,
    ) -> Any:  # fmt: skip
        """The views met with each other, put together again."""
        views = zip((query, value if key is None else key, value), self._parts, strict=True)
        q, k, v = (self._seen("btd,dnh->btnh", x, part) for x, part in views)
        scores = tf.einsum("btnh,bsnh->bnts", q * (1.0 / math.sqrt(self.key_dim)), k)
        weights = tf.nn.softmax(_masked(scores, attention_mask, use_causal_mask), axis=-1)
        used = weights
        if training and self.seed_generator is not None:
            used = random.dropout(weights, self.dropout, None, self.seed_generator)
        found = self._seen("btnh,nhd->btd", tf.einsum("bnts,bsnh->btnh", used, v), self._last)
        return (found, weights) if return_attention_scores else found

    def _seen(self, equation: str, x: Any, part: tuple[Any, Any]) -> Any:
        kernel, bias = part
        found = tf.einsum(equation, x, kernel)
        return found if bias is None else found + bias

    def _prepare(self, args: tuple[Any, ...]) -> None:
        self.build(tuple(args[0].shape), tuple(args[1].shape) if len(args) > 1 else None)
        self.built = True


def _masked(scores: Any, mask: Any, causal: bool) -> Any:
    if causal:
        rows, columns = (int(n) for n in scores.shape[-2:])
        below = tf.linalg.band_part(tf.ones((rows, columns)), -1, 0)
        scores = scores - 1e9 * (1.0 - below)
    if mask is not None:
        wide = tf.cast(mask, scores.dtype)
        while len(wide.shape) < len(scores.shape):
            wide = tf.expand_dims(wide, 1)
        scores = scores - 1e9 * (1.0 - wide)
    return scores
