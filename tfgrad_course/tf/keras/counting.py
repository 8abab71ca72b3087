"""Metrics that count over many thresholds at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.metrics import Metric


class AUC(Metric):
    """The area under the curve of true against false positives, or of precision against recall, by trapezoids."""

    def __init__(
        self, num_thresholds: int = 200, curve: str = "ROC", summation_method: str = "interpolation", name: Any = None,
        dtype: Any = None, thresholds: Any = None, from_logits: bool = False, **_: Any,
    ) -> None:  # fmt: skip
        super().__init__(name, dtype)
        if curve != "ROC" or summation_method != "interpolation":
            raise NotImplementedError("tfgrad's shim has AUC only of the ROC curve, summed by interpolation.")
        inner = (
            np.asarray(thresholds, float)
            if thresholds is not None
            else np.arange(1, num_thresholds - 1) / (num_thresholds - 1)
        )
        self.thresholds = np.concatenate([[-1e-7], np.sort(inner), [1 + 1e-7]])
        self.from_logits = from_logits
        shape = (len(self.thresholds),)
        names = ("true_positives", "true_negatives", "false_positives", "false_negatives")
        self.counts = [self.add_weight(name=one, shape=shape) for one in names]

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Count at each threshold."""
        said = tf.reshape(tf.cast(tf.convert_to_tensor(y_pred), "float32"), [1, -1])
        said = tf.sigmoid(said) if self.from_logits else said
        true = tf.reshape(tf.cast(tf.cast(tf.convert_to_tensor(y_true), "float32") > 0.5, "float32"), [1, -1])
        above = tf.cast(said > tf.constant(self.thresholds[:, None], "float32"), "float32")
        weight = 1.0 if sample_weight is None else tf.reshape(tf.cast(sample_weight, "float32"), [1, -1])
        parts = (true * above, (1 - true) * (1 - above), (1 - true) * above, true * (1 - above))
        for count, part in zip(self.counts, parts, strict=True):
            count.assign_add(tf.reduce_sum(part * weight, axis=1))

    def result(self) -> Any:
        """The area so far."""
        tp, tn, fp, fn = (count.read_value() for count in self.counts)
        recall, fall_out = tf.math.divide_no_nan(tp, tp + fn), tf.math.divide_no_nan(fp, fp + tn)
        return tf.reduce_sum((fall_out[:-1] - fall_out[1:]) * (recall[:-1] + recall[1:]) / 2.0)
