"""Checkpoints: values written, renamed and lost as with real TensorFlow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tfgrad_course import tf as shim


def _module(tf: Any) -> Any:
    class Model(tf.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.w, self.b, self.list = tf.Variable([1.0, 2.0]), tf.Variable(0.5), [tf.Variable(1)]

    return Model()


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    model, step = _module(shim), shim.Variable(3)
    kept = shim.train.Checkpoint(step=step, model=model)
    path = kept.save(tmp_path / "ck")
    model.w.assign([9.0, 9.0])
    step.assign(7)
    kept.restore(path).assert_consumed()
    assert model.w.numpy().tolist() == [1.0, 2.0]
    assert int(step) == 3
    assert shim.train.latest_checkpoint(tmp_path) == path


def test_a_keras_model_and_its_optimizer_come_back(tmp_path: Path) -> None:
    layer = shim.keras.layers.Dense(2)
    layer(shim.ones([1, 3]))
    optimizer = shim.keras.optimizers.Adam(0.1)
    before = [weight.copy() for weight in layer.get_weights()]
    path = shim.train.Checkpoint(layer=layer, optimizer=optimizer).write(tmp_path / "k")
    optimizer.apply_gradients((shim.ones_like(v), v) for v in layer.trainable_variables)
    shim.train.Checkpoint(layer=layer, optimizer=optimizer).read(path).expect_partial()
    assert all((a == b).all() for a, b in zip(before, layer.get_weights(), strict=True))


@pytest.mark.tensorflow
def test_names_errors_and_old_files_agree(agree: Any, tmp_path: Path) -> None:
    def listed(tf: Any) -> Any:
        folder = tmp_path / tf.__name__
        return tf.train.list_variables(
            tf.train.Checkpoint(step=tf.Variable(3), model=_module(tf)).write(str(folder / "a"))
        )

    def missing(tf: Any) -> Any:
        return tf.train.Checkpoint(x=tf.Variable(1)).restore(str(tmp_path / "none"))

    def unmatched(tf: Any) -> Any:
        path = tf.train.Checkpoint(y=tf.Variable(1)).write(str(tmp_path / tf.__name__ / "y"))
        tf.train.Checkpoint(x=tf.Variable(1)).restore(path).assert_consumed()

    def kept(tf: Any) -> Any:
        manager = tf.train.CheckpointManager(
            tf.train.Checkpoint(x=tf.Variable(1)), str(tmp_path / tf.__name__ / "m"), max_to_keep=2
        )
        saved = [Path(manager.save()).name for _ in range(3)]
        return saved, [Path(path).name for path in manager.checkpoints]

    for function in (listed, missing, unmatched, kept):
        agree(function)
