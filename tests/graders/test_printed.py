"""Printed text is read in linear time, whatever a learner prints."""

from __future__ import annotations

import pytest

from graders import printed


@pytest.mark.parametrize(
    "text", ["x" * 200_000, "1" * 200_000 + "x", "shape=(" * 30_000, "1e" * 100_000, "int" * 60_000]
)
def test_long_words_hold_no_numbers_and_take_no_time(text):
    assert printed.numbers(text) == []


def test_numbers_are_read_with_the_decimals_they_show():
    assert printed.numbers("tf.Tensor(13.0, shape=(), dtype=float32) and -2.50e1") == [(13.0, 1), (-25.0, 1)]
