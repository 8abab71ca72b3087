# expect: wrong, error, violation, crashed
# why: a handle on somebody else's process
import os
for pid in (os.getppid(), 1, 2):
    try:
        print("GOT", os.pidfd_open(pid))
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
