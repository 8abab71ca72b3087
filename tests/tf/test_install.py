"""The tape answers the ways in which programs import TensorFlow, and leaves no trace when it is taken out."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORTS = {
    "plain": "import tensorflow as tf",
    "second version by name": "import tensorflow.compat.v2 as tf",
    "first version by name": "import tensorflow.compat.v1 as first\nimport tensorflow as tf\n"
    "assert isinstance(first.Variable(1.0), tf.Variable) and isinstance(tf.Variable(1.0), first.Variable)\n"
    "assert first.reduce_sum([1, 2], reduction_indices=0).numpy() == 3",
    "kernels by name": "import tensorflow as tf\nfrom tensorflow import raw_ops\n"
    "assert raw_ops.Add(x=1, y=2).numpy() == 3",
    "a submodule beside it": "import tensorflow as tf\nfrom tensorflow.keras.layers import Dense",
    "Keras under its own name": "import tensorflow as tf\nimport keras\nfrom keras.layers import Dense\n"
    "assert Dense is tf.keras.layers.Dense",
    "NumPy's names": "import tensorflow as tf\nimport tensorflow.experimental.numpy as tnp",
}
INSTALL = "from tfgrad_course.tf import _install\n_install.install()\n_install.install()\n"
SLOPE = """
x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = x * x
assert tape.gradient(y, x).numpy() == 6.0
"""
TRACES = """
import sys
_install.uninstall()
left = [m for m in sys.modules if m.split(".")[0] in ("tensorflow", "keras")]
finders = [f for f in sys.meta_path if type(f).__module__.startswith("tfgrad_course")]
assert not left and not finders, (left, finders)
"""


@pytest.mark.parametrize("written", IMPORTS.values(), ids=IMPORTS.keys())
def test_a_program_imports_it_as_it_likes(written: str) -> None:
    """The slope of x^2 at 3 is 6."""
    program = INSTALL + written + SLOPE + TRACES
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_a_part_with_an_underscore_is_imported_without_loading_what_comes_late() -> None:
    """The child of `--shim` starts so; each late table would cost it milliseconds."""
    program = (
        "import sys\nfrom tfgrad_course.tf import _install\nfrom tfgrad_course.tf._later import TABLES\n"
        "late = [name for name in TABLES if f'tfgrad_course.tf.ops.{name}' in sys.modules]\n"
        "assert TABLES and not late, late\n"
        "import tfgrad_course.tf as tf\n"
        "assert not hasattr(tf, '_nothing') and tf.linalg.svd"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
