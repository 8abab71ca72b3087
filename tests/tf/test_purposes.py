"""Names that TensorFlow has and the tape lacks: one sentence says what it is, that it is not here and what to use."""

from __future__ import annotations

import pytest

from tfgrad_course import tf
from tfgrad_course.tf._errors import MissingFromShim


@pytest.mark.parametrize(
    ("path", "what", "instead"),
    [
        ("saved_model.experimental.TrackableResource", "models on disk", "tf.train.Checkpoint"),
        ("distribute.TPUStrategy", "several devices", "leave the strategy out"),
        ("compat.v1.Session", "graphs and sessions", "tf.function"),
        ("summary.experimental.get_step", "TensorBoard", "a list that you plot"),
        ("data.FixedLengthRecordDataset", "pipelines over files", "from_tensor_slices"),
        ("keras.applications.VGG16", "trained networks", "tf.keras.Sequential"),
        ("io.decode_proto", "files and records", "Python's open"),
    ],
)
def test_what_is_not_here_says_what_it_is_and_what_to_use(path: str, what: str, instead: str) -> None:
    found = tf
    with pytest.raises(MissingFromShim) as raised:
        for part in path.split("."):
            found = getattr(found, part)
    text = str(raised.value)
    assert what in text
    assert "not a mistake in your program" in text
    assert f"or use {instead}" in text or instead in text


def test_a_name_that_nobody_has_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing_such'"):
        _ = tf.nothing_such
    with pytest.raises(AttributeError, match="has no attribute 'nothing_such'"):
        _ = tf.keras.layers.nothing_such
