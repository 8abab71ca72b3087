"""A TensorFlow in pure NumPy: tensors, variables, tapes. The public names are those the rows of ops/ carry."""

from __future__ import annotations

import warnings
from typing import Any

# TensorFlow is silent about log(0); NumPy warns, and blames the frame that called the kernel: this package.
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"tfgrad_course\.tf")

from tfgrad_course.tf import _public  # noqa: E402

_public.fill(globals())

__version__ = _public.VERSION


def __getattr__(name: str) -> Any:
    return _public.missing("tensorflow", name)
