# expect: crashed, time_limit, violation, cheating, wrong
# why: half a frame, then silence
import os
import struct
import time
for k in range(3, 12):
    try:
        os.write(k, struct.pack("<II", 1000, 0) + b"{")
    except OSError:
        pass
time.sleep(1000)
