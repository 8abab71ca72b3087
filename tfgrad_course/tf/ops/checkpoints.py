"""`tf.train`: checkpoints of variables, the only part of it that is here."""

from __future__ import annotations

from tfgrad_course.tf import _checkpoint
from tfgrad_course.tf._declare import PUBLIC

_NAMES = "train.Checkpoint train.CheckpointManager train.latest_checkpoint train.list_variables train.load_variable"
_NAMES += " train.load_checkpoint"
PUBLIC.update({name: getattr(_checkpoint, name.removeprefix("train.")) for name in _NAMES.split()})
