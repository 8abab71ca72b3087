"""Classes drawn as negative examples, and the losses that use them instead of all classes."""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import invalid

Sampled = namedtuple("Sampled", ["sampled_candidates", "true_expected_count", "sampled_expected_count"])
_LEAST = -float(np.finfo(np.float32).max)


def _checked(
    true_classes: Any, num_true: int, num_sampled: int, unique: bool, range_max: int, op: str
) -> Any:
    classes = convert(true_classes, dt.int64) if not tf.is_tensor(true_classes) else convert(true_classes)
    if classes.dtype is not dt.int64:
        raise errors.mismatch(op, 0, "int64", classes.dtype.kernel)
    if classes.shape.rank != 2:
        raise invalid(op, "true_classes must be a matrix")
    if classes.shape[1] != num_true:
        raise invalid(
            op, f"true_classes must have num_true columns, expected: {classes.shape[1]} was: {num_true}"
        )
    if unique and num_sampled > range_max:
        raise invalid(op, "Sampler's range is too small.")
    return classes


def _source(seed: Any, op: str) -> np.random.Generator:
    from tfgrad_course.tf.ops.random import SEEDS  # whose table may be the one that is being loaded

    key, counter = SEEDS.stream(op, dt.int64, seed, 2048)
    return np.random.default_rng([key, counter >> 64, counter % 2**64])


def _drawn(weights: Any, count: int, unique: bool, seed: Any, op: str) -> tuple[Any, int]:
    """Class numbers by their probabilities, and how many tries they took."""
    source = _source(seed, op)
    if not unique:
        return source.choice(len(weights), count, p=weights), count
    found: dict[int, None] = {}
    tries = 0
    while len(found) < count:
        tries += 1
        found.setdefault(int(source.choice(len(weights), p=weights)))
    return np.array(list(found), np.int64), tries


def _expected(chance: Any, count: int, tries: int) -> Any:
    """How often a class of this probability was to be expected."""
    if tries == count:
        return (chance * count).astype(np.float32)
    return (-np.expm1(tries * np.log1p(-chance))).astype(np.float32)


def _sampled(
    weights: Any, true_classes: Any, num_true: int, num_sampled: int, unique: bool, seed: Any, op: str
) -> Any:
    classes = _checked(true_classes, num_true, num_sampled, unique, len(weights), op)
    numbers, tries = _drawn(weights, num_sampled, unique, seed, op)
    true_chance = weights[classes._numpy()]
    return Sampled(
        tf.constant(numbers.astype(np.int64)),
        tf.constant(_expected(true_chance, num_sampled, tries)),
        tf.constant(_expected(weights[numbers], num_sampled, tries)),
    )


@composite("random.uniform_candidate_sampler")
def uniform_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Classes drawn with equal chances."""
    weights = np.full(range_max, 1 / range_max)
    return _sampled(weights, true_classes, num_true, num_sampled, unique, seed, "UniformCandidateSampler")


@composite("random.log_uniform_candidate_sampler")
def log_uniform_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Classes drawn with chances that fall as those of words ordered by frequency do."""
    ranks = np.arange(range_max, dtype=float)
    weights = np.log((ranks + 2) / (ranks + 1)) / math.log(range_max + 1)
    return _sampled(
        weights / weights.sum(),
        true_classes,
        num_true,
        num_sampled,
        unique,
        seed,
        "LogUniformCandidateSampler",
    )


@composite("random.learned_unigram_candidate_sampler nn.learned_unigram_candidate_sampler")
def learned_unigram_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: Any = None,
    name: Any = None,
) -> Any:
    """Classes drawn by how often they were seen: here each call sees the classes it is given."""
    counts = np.ones(range_max)
    np.add.at(counts, convert(true_classes)._numpy().reshape(-1), 1)
    op = "LearnedUnigramCandidateSampler"
    return _sampled(counts / counts.sum(), true_classes, num_true, num_sampled, unique, seed, op)


@composite("random.fixed_unigram_candidate_sampler nn.fixed_unigram_candidate_sampler")
def fixed_unigram_candidate_sampler(
    true_classes: Any, num_true: int, num_sampled: int, unique: bool, range_max: int, vocab_file: str = "",
    distortion: float = 1.0, num_reserved_ids: int = 0, num_shards: int = 1, shard: int = 0, unigrams: Any = (),
    seed: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """Classes drawn by frequencies that are given."""
    if vocab_file:
        raise errors.UnimplementedError(
            None, None, "tfgrad's NumPy stand-in reads no vocabulary files: give `unigrams`"
        )
    counts = np.zeros(range_max)
    counts[num_reserved_ids : num_reserved_ids + len(unigrams)] = np.asarray(unigrams, float) ** distortion
    op = "FixedUnigramCandidateSampler"
    return _sampled(counts / counts.sum(), true_classes, num_true, num_sampled, unique, seed, op)


AllCandidateSampler = namedtuple(
    "AllCandidateSampler", ["sampled_candidates", "true_expected_count", "sampled_expected_count"]
)


@composite("random.all_candidate_sampler nn.all_candidate_sampler")
def all_candidate_sampler(
    true_classes: Any, num_true: int, num_sampled: int, unique: bool, seed: Any = None, name: Any = None
) -> Any:
    """All classes."""
    classes = _checked(true_classes, num_true, num_sampled, unique, num_sampled, "AllCandidateSampler")
    return AllCandidateSampler(
        tf.range(num_sampled, dtype=dt.int64), tf.ones(classes.shape), tf.ones([num_sampled])
    )


ComputeAccidentalHits = namedtuple("ComputeAccidentalHits", ["indices", "ids", "weights"])


@composite("nn.compute_accidental_hits")
def compute_accidental_hits(
    true_classes: Any, sampled_candidates: Any, num_true: int, seed: Any = None, name: Any = None
) -> Any:
    """Which of the sampled classes are true ones, and a weight that takes them out."""
    classes, numbers = convert(true_classes)._numpy(), convert(sampled_candidates)._numpy()
    hits = [
        (row, place)
        for row, mine in enumerate(classes)
        for one in mine
        for place in np.flatnonzero(numbers == one)
    ]
    rows, places = np.array(hits, np.int64).reshape(-1, 2).T
    weights = np.full(len(hits), _LEAST, np.float32)
    return ComputeAccidentalHits(
        tf.constant(rows.astype(np.int32)), tf.constant(places), tf.constant(weights)
    )


# Losses ------------------------------------------------------------------------------------------------


def _logits(
    weights: Any,
    biases: Any,
    labels: Any,
    inputs: Any,
    sampled: Any,
    num_true: int,
    subtract: bool,
    remove: bool,
) -> tuple[Any, Any]:
    """Logits of the true classes and of the sampled ones side by side, and the labels that go with them."""
    numbers, true_count, sampled_count = (tf.stop_gradient(one) for one in sampled)
    tables = weights if isinstance(weights, list) else [weights]
    flat = tf.reshape(labels, [-1])
    everything = tf.concat([flat, tf.cast(numbers, dt.int64)], 0)
    rows = tf.nn.embedding_lookup(tables, everything)
    shifts = tf.nn.embedding_lookup(biases, everything)
    rows, shifts = tf.cast(rows, inputs.dtype), tf.cast(shifts, inputs.dtype)
    count = flat.shape[0]
    true_rows = tf.reshape(rows[:count], [-1, num_true, rows.shape[-1]])
    true_logits = tf.reduce_sum(tf.expand_dims(inputs, 1) * true_rows, -1) + tf.reshape(
        shifts[:count], [-1, num_true]
    )
    sampled_logits = tf.matmul(inputs, rows[count:], transpose_b=True) + shifts[count:]
    if remove:
        sampled_logits += _without_hits(labels, numbers, sampled_logits)
    if subtract:
        true_logits -= tf.math.log(tf.cast(true_count, true_logits.dtype))
        sampled_logits -= tf.math.log(tf.cast(sampled_count, sampled_logits.dtype))
    ones = tf.ones_like(true_logits) / num_true
    return (
        tf.concat([true_logits, sampled_logits], 1),
        tf.concat([tf.stop_gradient(ones), tf.zeros_like(sampled_logits)], 1),
    )


def _without_hits(labels: Any, numbers: Any, logits: Any) -> Any:
    rows, places, weights = compute_accidental_hits(labels, numbers, labels.shape[1])
    mask = np.zeros(tuple(logits.shape), np.float32)
    np.add.at(mask, (rows._numpy(), places._numpy()), weights._numpy())
    return tf.cast(tf.constant(mask), logits.dtype)


def _prepared(
    labels: Any, inputs: Any, num_true: int, sampled: Any, num_sampled: int, classes: int, seed: Any
) -> Any:
    labels = convert(labels)
    labels = tf.cast(labels, dt.int64) if labels.dtype is not dt.int64 else labels
    labels = tf.reshape(labels, [-1, 1]) if labels.shape.rank == 1 else labels
    if sampled is None:
        sampled = log_uniform_candidate_sampler(labels, num_true, num_sampled, True, classes, seed)
    return labels, convert(inputs), sampled


@composite("nn.sampled_softmax_loss")
def sampled_softmax_loss(
    weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: int, num_classes: int, num_true: int = 1,
    sampled_values: Any = None, remove_accidental_hits: bool = True, seed: Any = None, name: str = "sampled_softmax_loss",
) -> Any:  # fmt: skip
    """The softmax cross entropy over the true classes and some sampled ones."""
    labels, inputs, sampled = _prepared(
        labels, inputs, num_true, sampled_values, num_sampled, num_classes, seed
    )
    logits, targets = _logits(
        weights, biases, labels, inputs, sampled, num_true, True, remove_accidental_hits
    )
    return tf.nn.softmax_cross_entropy_with_logits(tf.stop_gradient(targets), logits)


@composite("nn.nce_loss")
def nce_loss(
    weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: int, num_classes: int, num_true: int = 1,
    sampled_values: Any = None, remove_accidental_hits: bool = False, name: str = "nce_loss",
) -> Any:  # fmt: skip
    """The loss of noise-contrastive estimation: each class against the sampled ones, by sigmoids."""
    labels, inputs, sampled = _prepared(
        labels, inputs, num_true, sampled_values, num_sampled, num_classes, None
    )
    logits, targets = _logits(
        weights, biases, labels, inputs, sampled, num_true, True, remove_accidental_hits
    )
    losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=targets, logits=logits)
    return tf.reduce_sum(losses, 1)
