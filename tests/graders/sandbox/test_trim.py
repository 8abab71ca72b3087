"""What loading read of its files is let go, and nothing that was changed in memory is lost."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's /proc")

PROGRAM = """
import ctypes, mmap, os, sys, tempfile
import numpy as np
from graders.sandbox import trim

file = tempfile.TemporaryFile()
file.write(b"a" * (1 << 20))
file.flush()
changed = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
changed[5] = ord("b")  # as a loader changes what it then makes read-only
place = ctypes.addressof(ctypes.c_char.from_buffer(changed))
assert ctypes.CDLL(None).mprotect(ctypes.c_void_p(place), ctypes.c_size_t(1 << 20), 1) == 0

held = lambda: int(open("/proc/self/statm").read().split()[2])  # pages of files
before = held()
given = trim.let_go(os.open("/proc/self/smaps", os.O_RDONLY))
print(given, (before - held()) * 4, changed[4:7], float(np.linalg.norm([3.0, 4.0])))
"""


def test_clean_pages_of_files_are_given_back_and_changed_ones_stay() -> None:
    """Python and NumPy have some MiB of code; they go on computing (the norm of (3, 4) is 5)."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    given, less, *kept = done.stdout.split()
    assert int(given) > 2000 and int(less) > 1000
    assert kept == ["b'aba'", "5.0"]
