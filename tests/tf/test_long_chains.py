"""A chain of a million operations: recorded, walked back and dropped without recursion, in memory that is bounded."""

import subprocess
import sys

import pytest

START = """
import sys
from tfgrad_course import tf

def resident():
    lines = open("/proc/self/status") if sys.platform == "linux" else ["VmRSS: 0 kB"]
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

x = tf.Variable(1.0, dtype=tf.float64)
before = resident()
"""
ASKED = """
with tf.GradientTape() as tape:
    y = x * 1.000001
    for _ in range(999_999):
        y = y * 1.000001
used = resident() - before
assert used < 500, f"{used:.0f} MiB for a million records"
g = float(tape.gradient(y, x))
del tape, y
assert abs(g - 1.000001**1_000_000) < 1e-6, g
left = resident() - before
assert left < 200, f"{left:.0f} MiB are left when the tape is gone"
"""
ABANDONED = """
tape = tf.GradientTape(persistent=True)
with tape:
    y = x
    for _ in range(1_000_000):
        y = y + x
del tape, y
"""
BENT = """
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = x
        for _ in range(100_000):
            y = y * 1.00001
        z = y * y
    slope = inner.gradient(z, x)
bend = float(outer.gradient(slope, x))
assert abs(bend - 2 * 1.00001**200_000) < 1e-8 * bend, bend
"""


@pytest.mark.slow
@pytest.mark.parametrize("program", [ASKED, ABANDONED, BENT], ids=["asked", "abandoned", "bent"])
def test_a_chain_of_a_million_operations_needs_no_recursion(program):
    """Expected numbers are powers; a crash of the interpreter would show as its return code."""
    done = subprocess.run(
        [sys.executable, "-c", START + program], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
