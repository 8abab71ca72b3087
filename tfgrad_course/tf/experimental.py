"""`tf.experimental`: only its NumPy-like interface."""

from __future__ import annotations

from tfgrad_course.tf import numpy_like as numpy

__all__ = ["numpy"]
