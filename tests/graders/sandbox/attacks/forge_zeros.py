# expect: violation, crashed, cheating, wrong, time_limit
# why: nothing but zero bytes
import os
for k in range(3, 12):
    try:
        for _ in range(64):
            os.write(k, bytes(65_536))
    except OSError:
        pass
answer = 13.0
