"""`keras.datasets`: data that Keras fetches from the network, which is not done here."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf import _errors


def load_data(*_: Any, **__: Any) -> Any:
    """Not here: no data are fetched."""
    raise _errors.MissingFromShim(
        "tf.keras.datasets fetches data from the network, which tfgrad's NumPy stand-in for TensorFlow does not do. This is not a "
        "mistake in your program: run it with real TensorFlow (pip install tensorflow; tfgrad --backend tensorflow), or make "
        "arrays of the same shapes with NumPy."
    )


get_word_index = get_label_names = load_data
