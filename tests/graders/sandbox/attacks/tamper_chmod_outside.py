# expect: wrong, pass, error
# why: rights and times of files outside
import os
import sys
for path in ("/tmp", sys.executable, os.__file__, "/dev/null"):
    for change in (lambda p: os.chmod(p, 0o777), lambda p: os.utime(p, (1, 1)), lambda p: os.chown(p, 0, 0),
                   lambda p: os.truncate(p, 0), lambda p: os.setxattr(p, "user.x", b"1")):
        try:
            change(path)
        except OSError:
            pass
print(os.stat(os.__file__).st_size > 0)
answer = 0.0
