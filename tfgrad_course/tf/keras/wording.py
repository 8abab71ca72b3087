"""Layers that turn words and numbers into whole numbers by a vocabulary, and those into rows of counts."""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.layer import Layer


class _Lookup(Layer):
    """Places in a vocabulary; what is not in it has the first place after the one for nothing."""

    unknown: Any = None

    def __init__(
        self, max_tokens: int | None = None, num_oov_indices: int = 1, mask_token: Any = None, oov_token: Any = None,
        vocabulary: Any = None, invert: bool = False, output_mode: str = "int", **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.max_tokens, self.num_oov_indices, self.mask_token = max_tokens, num_oov_indices, mask_token
        self.oov_token = self.unknown if oov_token is None else oov_token
        self.invert, self.output_mode = invert, output_mode
        self._words: list[Any] = []
        self.built = True
        if vocabulary is not None:
            self.set_vocabulary(vocabulary)

    def _special(self) -> list[Any]:
        masked = [] if self.mask_token is None else [self.mask_token]
        return masked + [self.oov_token] * self.num_oov_indices

    def set_vocabulary(self, vocabulary: Any, idf_weights: Any = None) -> None:
        """The words, in order."""
        if isinstance(vocabulary, str):
            with open(vocabulary, encoding="utf-8") as file:
                vocabulary = file.read().split("\n")
        words = [_plain(word) for word in np.asarray(vocabulary).reshape(-1).tolist()]
        self._words = (
            words[len(self._special()) :] if words[: len(self._special())] == self._special() else words
        )

    def adapt(self, data: Any, batch_size: Any = None, steps: Any = None) -> None:
        """Learn the words from data, the frequent ones first."""
        seen: Counter[Any] = Counter()
        for value in data if hasattr(data, "cardinality") else [data]:
            seen.update(_plain(word) for word in _flat(value))
        for one in self._special():
            seen.pop(one, None)
        order = sorted(seen, reverse=True)  # of the equally frequent the last in the alphabet comes first
        ranked = sorted(order, key=lambda word: -seen[word])
        self._words = ranked[: self.max_tokens - len(self._special()) if self.max_tokens else None]

    def get_vocabulary(self, include_special_tokens: bool = True) -> list[Any]:
        """The words, in order."""
        return (self._special() if include_special_tokens else []) + self._words

    def vocabulary_size(self) -> int:
        """How many words there are, those for nothing and the unknown included."""
        return len(self.get_vocabulary())

    vocab_size = vocabulary_size

    def call(self, inputs: Any) -> Any:
        """The places of the words, or the words of the places."""
        known = self.get_vocabulary()
        if self.invert:
            return tf.gather(tf.constant(known), inputs)
        first = 0 if self.mask_token is None else 1
        places = {word: i + len(self._special()) for i, word in enumerate(self._words)}
        if self.mask_token is not None:
            places[self.mask_token] = 0
        array = np.asarray(inputs.numpy(), dtype=object)
        found = np.array([places.get(_plain(word), first) for word in array.reshape(-1)], "int64").reshape(
            array.shape
        )
        return counted(tf.constant(found), len(known), self.output_mode)

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(_as_data(inputs), *args, **kwargs)


class StringLookup(_Lookup):
    """Places of strings in a vocabulary."""

    unknown = "[UNK]"


class IntegerLookup(_Lookup):
    """Places of whole numbers in a vocabulary."""

    unknown = -1


class TextVectorization(_Lookup):
    """Texts in small letters without punctuation, cut into words, as places in a vocabulary."""

    unknown = "[UNK]"

    def __init__(
        self, max_tokens: int | None = None, standardize: Any = "lower_and_strip_punctuation", split: Any = "whitespace",
        ngrams: Any = None, output_mode: str = "int", output_sequence_length: int | None = None, vocabulary: Any = None,
        **options: Any,
    ) -> None:  # fmt: skip
        self.standardize, self.split, self.ngrams = standardize, split, ngrams
        self.output_sequence_length = output_sequence_length
        mask = "" if output_mode == "int" else None
        super().__init__(max_tokens, 1, mask, None, vocabulary, output_mode=output_mode, **options)

    def _tokens(self, text: Any) -> list[str]:
        text = _plain(text)
        if callable(self.standardize):
            text = _plain(self.standardize(tf.constant(text)).numpy())
        elif self.standardize is not None:
            text = text.lower() if "lower" in self.standardize else text
            if "strip" in self.standardize:
                text = re.sub(f"[{re.escape(string.punctuation)}]", "", text)
        if callable(self.split):
            words = [_plain(word) for word in _flat(self.split(tf.constant(text)))]
        else:
            words = text.split() if self.split == "whitespace" else list(text) if self.split else [text]
        most = self.ngrams if isinstance(self.ngrams, int) else 1
        return [" ".join(words[i : i + n]) for n in range(1, most + 1) for i in range(len(words) - n + 1)]

    def adapt(self, data: Any, batch_size: Any = None, steps: Any = None) -> None:
        """Learn the words from texts."""
        parts = data if hasattr(data, "cardinality") else [data]
        words = [word for part in parts for text in _flat(part) for word in self._tokens(text)]
        super().adapt(np.array(words or [""], dtype=object))

    def call(self, inputs: Any) -> Any:
        """The places of the words of each text."""
        array = np.asarray(inputs.numpy(), dtype=object)
        rows = [self._tokens(text) for text in array.reshape(-1)]
        places = {word: i for i, word in enumerate(self.get_vocabulary())}
        first = 0 if self.mask_token is None else 1
        if self.output_mode != "int":
            found = [[places.get(word, first) for word in row] for row in rows]
            made = [counted(tf.constant(row, tf.int64), len(places), self.output_mode) for row in found]
            return tf.reshape(tf.stack(made), (*array.shape[:1], -1)) if array.ndim else made[0]
        length = self.output_sequence_length or max(map(len, rows), default=0)
        found = [([places.get(word, first) for word in row] + [0] * length)[:length] for row in rows]
        made = tf.constant(np.array(found, "int64").reshape(len(rows), length))
        return made if array.ndim else made[0]


class CategoryEncoding(Layer):
    """Whole numbers as rows of zeros with ones, or counts."""

    def __init__(
        self, num_tokens: int | None = None, output_mode: str = "multi_hot", sparse: bool = False, **options: Any
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.num_tokens, self.output_mode, self.sparse = num_tokens, output_mode, sparse
        self.built = True

    def call(self, inputs: Any, count_weights: Any = None) -> Any:
        """The rows."""
        return counted(tf.cast(inputs, tf.int64), int(self.num_tokens or 0), self.output_mode)

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(_as_data(inputs), *args, **kwargs)


class Discretization(Layer):
    """Numbers as the number of the interval they lie in."""

    def __init__(
        self, bin_boundaries: Any = None, num_bins: int | None = None, epsilon: float = 0.01, output_mode: str = "int",
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.bin_boundaries, self.num_bins, self.output_mode = bin_boundaries, num_bins, output_mode
        self.built = True

    def adapt(self, data: Any, batch_size: Any = None, steps: Any = None) -> None:
        """Learn bounds that cut the data into equal parts."""
        shares = np.arange(1, int(self.num_bins or 2)) / int(self.num_bins or 2)
        self.bin_boundaries = np.quantile(np.asarray(data, "float32"), shares).tolist()

    def call(self, inputs: Any) -> Any:
        """The numbers of the intervals."""
        found = np.digitize(np.asarray(inputs.numpy(), "float32"), np.asarray(self.bin_boundaries, "float32"))
        return counted(tf.constant(found.astype("int64")), len(self.bin_boundaries) + 1, self.output_mode)

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(_as_data(inputs), *args, **kwargs)


def counted(places: Any, count: int, mode: str) -> Any:
    """Places as they are, or the rows of zeros, ones and counts that stand for them."""
    if mode == "int":
        return places
    if mode == "one_hot":
        places = tf.squeeze(places, -1) if len(places.shape) > 1 and places.shape[-1] == 1 else places
        return tf.one_hot(places, count)
    hot = tf.one_hot(places, count)
    axis = -2 if len(hot.shape) > 1 else 0
    return tf.reduce_sum(hot, axis=axis) if mode == "count" else tf.reduce_max(hot, axis=axis)


def _plain(word: Any) -> Any:
    return word.decode("utf-8") if isinstance(word, bytes) else word


def _flat(value: Any) -> list[Any]:
    value = value.numpy() if hasattr(value, "numpy") else value
    return list(np.asarray(value, dtype=object).reshape(-1))


def _as_data(inputs: Any) -> Any:
    return tf.convert_to_tensor(inputs) if isinstance(inputs, (list, tuple, str, int, float)) else inputs
