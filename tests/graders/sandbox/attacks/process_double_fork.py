# expect: wrong, error, violation, crashed
# why: a child of a child that outlives all
import os
import time
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(3)
            open("/tmp/PWNED_late", "w").close()
        os._exit(0)
except OSError as e:
    print(type(e).__name__)
answer = 0.0
