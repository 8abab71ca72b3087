# expect: wrong, pass, error
# why: a folder above moved away
import os
for path in ("/tmp", os.path.dirname(os.__file__), "/usr", ".."):
    try:
        os.rename(path, "/tmp/PWNED_moved")
        print("MOVED", path)
    except OSError:
        pass
answer = 0.0
