# expect: pass, failed, wrong, error, violation, crashed
# never: MARKED
# why: marks, modes, times and locks on files that its own user owns or all may read
import fcntl
import os
import sys

def told(path):
    facts = os.stat(path)
    return facts.st_mode, facts.st_mtime_ns, facts.st_size

for path in (os.__file__, sys.executable, "/tmp", "/dev/null", "/etc/hostname"):
    try:
        before = told(path)
        opened = os.open(path, os.O_RDONLY)
    except OSError:
        opened = None
    for attempt in (
        lambda: os.setxattr(path, "user.x", b"1"),
        lambda: os.chmod(path, before[0] ^ 0o111),
        lambda: os.fchmod(opened, before[0] ^ 0o111),
        lambda: os.utime(path, (1, 1)),
        lambda: os.utime(opened, (1, 1)),
        lambda: fcntl.flock(opened, fcntl.LOCK_EX),
        lambda: fcntl.fcntl(opened, 1024, 1),
        lambda: os.open(path, os.O_RDONLY | os.O_TRUNC) if path == "/dev/null" else None,
    ):
        try:
            attempt()
        except (OSError, ValueError, TypeError, NameError):
            pass
    try:
        print("MARKED" if told(path) != before else "as it was", path)
    except (OSError, NameError):
        pass
try:
    fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX)
    print("MARKED by a lock")
except OSError:
    pass
import tensorflow as tf
answer = tf.constant(0.0)
