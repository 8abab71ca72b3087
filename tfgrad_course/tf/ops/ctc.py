"""Connectionist temporal classification: the loss of label sequences without alignment, and its decoders."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import FailedPreconditionError, invalid, kernel_text
from tfgrad_course.tf._sparse import SparseTensor

_NEVER = -1e30  # the logarithm of what cannot happen; finite, so that slopes stay 0 instead of nan


def _dense_labels(labels: Any, label_length: Any) -> tuple[Any, Any]:
    """Labels as rows of numbers, and how many count in each."""
    if not isinstance(labels, SparseTensor):
        return convert(labels)._numpy(), convert(label_length)._numpy()
    places, values = labels.indices._numpy(), labels.values._numpy()
    shape = [int(n) for n in labels.dense_shape._numpy()]
    rows = np.zeros(shape, np.int64)
    rows[tuple(places.T)] = values
    return rows, np.bincount(places[:, 0], minlength=shape[0])


def _extended(labels: Any, length: int, blank: int) -> Any:
    """Blanks before, between and after the labels."""
    made = np.full(2 * length + 1, blank)
    made[1::2] = labels[:length]
    return made


def _one_loss(log_probs: Any, symbols: Any) -> Any:
    """-log of the probability of all alignments of one sequence (Graves et al. 2006, section 4.1)."""
    count = len(symbols)
    skips = np.full(count, _NEVER)
    skips[2:] = np.where(symbols[2:] != symbols[:-2], 0.0, _NEVER)
    skips[::2] = _NEVER
    kind = log_probs.dtype
    start = np.full(count, _NEVER)
    start[:2] = 0.0
    rows = tf.gather(log_probs, symbols.astype(np.int32), axis=1)
    alpha = tf.constant(start, kind) + rows[0]
    for t in range(1, rows.shape[0]):
        one = tf.concat([tf.constant([_NEVER], kind), alpha[:-1]], 0)
        two = tf.concat([tf.constant([_NEVER] * min(2, count), kind), alpha[:-2]], 0)[:count]
        ways = tf.stack([alpha, one, two + tf.constant(skips, kind)])
        alpha = tf.maximum(tf.reduce_logsumexp(ways, 0), _NEVER) + rows[t]
    return -tf.reduce_logsumexp(alpha[-2:])


@composite("nn.ctc_loss")
def ctc_loss(
    labels: Any, logits: Any, label_length: Any, logit_length: Any, logits_time_major: bool = True, unique: Any = None,
    blank_index: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """For each sequence -log of the probability of its labels, however they are aligned."""
    if isinstance(labels, SparseTensor) and blank_index is None:
        raise ValueError("Argument `blank_index` must be provided when labels is a SparseTensor.")
    x = convert(logits)
    x = x if logits_time_major else tf.transpose(x, [1, 0, 2])
    times, batch, classes = x.shape.as_list()
    blank = int(blank_index or 0) % classes
    rows, counts = _dense_labels(labels, label_length)
    lengths = np.full(batch, times) if logit_length is None else convert(logit_length)._numpy()
    log_probs = tf.nn.log_softmax(x)
    losses = [
        _one_loss(log_probs[: int(lengths[i]), i], _extended(rows[i], int(counts[i]), blank))
        for i in range(batch)
    ]
    return tf.stack(losses) if losses else tf.zeros([0], x.dtype)


def _as_sparse(sequences: list[Any], batch: int) -> SparseTensor:
    places = [(i, j) for i, row in enumerate(sequences) for j in range(len(row))]
    values = [int(v) for row in sequences for v in row]
    longest = max((len(row) for row in sequences), default=0)
    indices = np.array(places, np.int64).reshape(-1, 2)
    return SparseTensor(
        indices, tf.constant(np.array(values, np.int64)), np.array([batch, longest], np.int64)
    )


def _precondition(op: str, text: str) -> FailedPreconditionError:
    return FailedPreconditionError(None, None, kernel_text(op, text))


def _decodable(inputs: Any, sequence_length: Any, op: str) -> tuple[Any, Any]:
    x, lengths = convert(inputs), convert(sequence_length)._numpy()
    if x.shape.rank != 3:
        raise invalid(op, "inputs is not a 3-Tensor")
    if lengths.shape != (x.shape[1],):
        raise _precondition(
            op,
            f"len(sequence_length) != batch_size.  len(sequence_length):  {lengths.size} batch_size: {x.shape[1]}",
        )
    if (lengths > x.shape[0]).any():
        bad = int(np.argmax(lengths > x.shape[0]))
        raise _precondition(op, f"sequence_length({bad}) <= {x.shape[0]}")
    return x, lengths


@composite("nn.ctc_greedy_decoder")
def ctc_greedy_decoder(
    inputs: Any, sequence_length: Any, merge_repeated: bool = True, blank_index: Any = None
) -> Any:
    """The best class at each step, repetitions merged and blanks left out, and minus the sum of their logits."""
    x, lengths = _decodable(inputs, sequence_length, "CTCGreedyDecoder")
    values, classes = x._numpy(), x.shape[2]
    blank = classes - 1 if blank_index is None else int(blank_index) % classes
    found, scores = [], []
    for i, length in enumerate(lengths):
        best = values[:length, i].argmax(-1)
        scores.append(-values[:length, i].max(-1).sum() if length else 0.0)
        kept = [
            c for t, c in enumerate(best) if c != blank and not (merge_repeated and t and best[t - 1] == c)
        ]
        found.append(kept)
    return [_as_sparse(found, len(lengths))], tf.constant(np.array(scores).reshape(-1, 1), x.dtype)


def _beams(log_probs: Any, blank: int, width: int) -> list[tuple[tuple[int, ...], float]]:
    """Prefixes by their probability, those ending in a blank and those not counted apart."""
    beams: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, -np.inf)}
    for row in log_probs:
        grown: dict[tuple[int, ...], list[float]] = {}
        for prefix, (ends, goes) in beams.items():
            both = np.logaddexp(ends, goes)
            for c, p in enumerate(row):
                if c == blank:
                    _more(grown, prefix, 0, both + p)
                elif prefix and prefix[-1] == c:
                    _more(grown, prefix, 1, goes + p)
                    _more(grown, (*prefix, c), 1, ends + p)
                else:
                    _more(grown, (*prefix, c), 1, both + p)
        best = sorted(grown.items(), key=lambda item: -np.logaddexp(item[1][0], item[1][1]))[:width]
        beams = {prefix: (pair[0], pair[1]) for prefix, pair in best}
    return [(prefix, float(np.logaddexp(pair[0], pair[1]))) for prefix, pair in beams.items()]


def _more(grown: dict[tuple[int, ...], list[float]], prefix: tuple[int, ...], which: int, log: float) -> None:
    pair = grown.setdefault(prefix, [-np.inf, -np.inf])
    pair[which] = np.logaddexp(pair[which], log)


@composite("nn.ctc_beam_search_decoder")
def ctc_beam_search_decoder(
    inputs: Any, sequence_length: Any, beam_width: int = 100, top_paths: int = 1
) -> Any:
    """The likeliest sequences, found by a search that keeps so many, and the logarithms of their probabilities."""
    x, lengths = _decodable(inputs, sequence_length, "CTCBeamSearchDecoder")
    if top_paths > beam_width:
        raise invalid("CTCBeamSearchDecoder", "requested more paths than the beam width.")
    log_probs = tf.nn.log_softmax(x)._numpy().astype(float)
    blank = x.shape[2] - 1
    ranked = [
        _beams(log_probs[:length, i], blank, beam_width)[:top_paths] for i, length in enumerate(lengths)
    ]
    paths = [
        _as_sparse([list(one[k][0]) if k < len(one) else [] for one in ranked], len(lengths))
        for k in range(top_paths)
    ]
    scores = [[one[k][1] if k < len(one) else -np.inf for k in range(top_paths)] for one in ranked]
    return paths, tf.constant(np.array(scores).reshape(len(lengths), top_paths), x.dtype)


@composite("nn.ctc_unique_labels")
def ctc_unique_labels(labels: Any, name: Any = None) -> Any:
    """The different labels of each row, padded with zeros, and which of these each label is."""
    rows = convert(labels)._numpy()
    uniques = np.zeros(rows.shape, np.int64)
    which = np.zeros(rows.shape, np.int32)
    for i, row in enumerate(rows):
        known = list(dict.fromkeys(row.tolist()))
        uniques[i, : len(known)] = known
        which[i] = [known.index(v) for v in row.tolist()]
    return [tf.constant(uniques), tf.constant(which)]


@composite("nn.collapse_repeated")
def collapse_repeated(labels: Any, seq_length: Any, name: Any = None) -> tuple[Any, Any]:
    """Rows in which neighbours that are equal are one, and how long they are then."""
    x, lengths = convert(labels), convert(seq_length)._numpy()
    rows = x._numpy()
    kept = [
        [v for t, v in enumerate(row[:n]) if not t or row[t - 1] != v]
        for row, n in zip(rows, lengths, strict=True)
    ]
    longest = max((len(row) for row in kept), default=0)
    made = np.zeros((len(kept), longest), rows.dtype)
    for i, row in enumerate(kept):
        made[i, : len(row)] = row
    return tf.constant(made), tf.constant(np.array([len(row) for row in kept]), convert(seq_length).dtype)
