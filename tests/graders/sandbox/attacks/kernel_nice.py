# expect: wrong, error, violation
# why: more of the processor than others
import os
for call in (lambda: os.nice(-10), lambda: os.sched_setaffinity(0, {0}), lambda: os.sched_setscheduler(0, 2, os.sched_param(1))):
    try:
        call()
        print("GOT")
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
