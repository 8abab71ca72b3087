# expect: wrong, error, violation, crashed
# never: PWNED
# why: no signal leaves the process
import os, signal
for pid in [-1, 0, os.getppid(), *range(2, 400)]:
    try: os.kill(pid, signal.SIGTERM)
    except OSError: pass
    else: print("PW" + "NED", pid)
import tensorflow as tf
answer = tf.constant(0.0)
