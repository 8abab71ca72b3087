"""`keras.preprocessing.sequence`: lists of numbers made equally long."""

from __future__ import annotations

from typing import Any

import numpy as np


def pad_sequences(
    sequences: Any, maxlen: int | None = None, dtype: str = "int32", padding: str = "pre", truncating: str = "pre",
    value: Any = 0.0,
) -> Any:  # fmt: skip
    """Rows of one length, filled up or cut at the beginning or the end."""
    if not hasattr(sequences, "__len__"):
        raise ValueError("`sequences` must be iterable.")
    rows = [np.asarray(row) for row in sequences]
    length = max((len(row) for row in rows), default=0) if maxlen is None else maxlen
    inner = next((row.shape[1:] for row in rows if len(row)), ())
    made = np.full((len(rows), length, *inner), value, dtype=object if dtype == "str" else dtype)
    for i, row in enumerate(rows):
        kept = row[-length:] if truncating == "pre" else row[:length]
        if len(kept) and length:
            place = slice(length - len(kept), None) if padding == "pre" else slice(0, len(kept))
            made[i, place] = kept
    return made
