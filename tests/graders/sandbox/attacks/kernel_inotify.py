# expect: wrong, error, violation
# why: watching what others do with files
import ctypes
c = ctypes.CDLL(None, use_errno=True)
print(c.inotify_init() >= 0, c.fanotify_init(0, 0) >= 0 if False else "")
answer = 0.0
