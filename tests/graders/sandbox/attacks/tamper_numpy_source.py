# expect: wrong, pass, error
# why: NumPy's own source appended to
import numpy
import tempfile
for path in (numpy.__file__, tempfile.__file__, numpy.__file__.replace("__init__.py", "PWNED.py")):
    for mode in ("a", "r+", "w"):
        try:
            open(path, mode).write("\n")
            print("WROTE")
        except OSError:
            pass
answer = 0.0
