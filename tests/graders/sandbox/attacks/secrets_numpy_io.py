# expect: wrong, pass, error, crashed
# why: files read by NumPy and mapped into memory
# never: root:
import mmap
import os
import numpy as np
for path in ("/etc/passwd", "/etc/hostname"):
    for read in (lambda p: np.fromfile(p, np.uint8).tobytes(), lambda p: np.memmap(p, np.uint8, "r").tobytes(),
                 lambda p: np.loadtxt(p, str), lambda p: os.open(p, os.O_PATH) and "path only"):
        try:
            print(read(path))
        except Exception as e:
            print(type(e).__name__)
answer = 0.0
