# expect: output_limit, error, wrong, memory_limit, time_limit, crashed
# why: deleted files that are still open
held = []
import os
while True:
    f = open("gone", "wb")
    os.remove("gone")
    f.write(b"x" * (1 << 20))
    f.flush()
    held.append(f)
