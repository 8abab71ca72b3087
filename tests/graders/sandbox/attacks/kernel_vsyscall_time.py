# expect: wrong, error, violation
# why: the clock set
import time
try:
    time.clock_settime(time.CLOCK_REALTIME, 0)
    print("SET")
except OSError as e:
    print(type(e).__name__)
answer = 0.0
