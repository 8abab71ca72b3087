# expect: wrong, error, violation, crashed
# why: a signal to everybody
import os
import signal
for pid in (-1, 0, os.getppid(), 1, 2, 3):
    if pid == os.getpid():
        continue
    try:
        os.kill(pid, signal.SIGTERM)
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
