"""What the parts of TensorFlow that are not here are for, and what serves instead; read only when one is asked for."""

from __future__ import annotations

_NUMBERS = "tensors: tf.constant, tf.convert_to_tensor"
PURPOSES = {
    "audio": ("sound files", "arrays read with Python"),
    "autograph": ("rewrites Python code into graphs", "tf.function, which does that by itself"),
    "compat.v1": ("TensorFlow 1's graphs and sessions", "eager code with tf.function and tf.GradientTape"),
    "config": ("settings of devices and threads", "nothing: there is one device"),
    "data": ("pipelines over files and services", "tf.data.Dataset.from_tensor_slices or from_generator"),
    "distribute": ("training on several devices", "one device: leave the strategy out"),
    "feature_column": ("features of tables", "tf.keras layers"),
    "image": ("operations on images", "slices and tf.math on the array of the image"),
    "io": ("files and records", "Python's open, numpy.load and " + _NUMBERS),
    "keras.applications": ("trained networks", "a small tf.keras.Sequential"),
    "keras.datasets": ("data sets from the network", "arrays of your own"),
    "lite": ("models for phones", "nothing"),
    "lookup": ("tables of words", "a Python dict"),
    "profiler": ("measures where time goes", "Python's cProfile"),
    "queue": ("queues of graphs", "a Python list or collections.deque"),
    "raw_ops": ("TensorFlow's kernels by name", "the public operation of the same name"),
    "saved_model": ("models on disk", "tf.train.Checkpoint, or numpy.savez of the variables' .numpy()"),
    "summary": ("logs for TensorBoard", "print, or a list that you plot"),
    "tpu": ("Google's processors", "nothing"),
    "train": (
        "checkpoints and protocol buffers",
        "tf.train.Checkpoint, or numpy.savez of the variables' .numpy()",
    ),
    "types": ("types for annotations", "typing.Any"),
    "xla": ("a compiler", "plain calls"),
}


def purpose(path: str) -> tuple[str, str] | None:
    """What a name is for and what serves instead, by the longest part of its path that is known."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        found = PURPOSES.get(".".join(parts[:length]))
        if found is not None:
            return found
    return None
