# expect: memory_limit, error
# why: anonymous memory, mapped and touched
import mmap
held = []
while True:
    m = mmap.mmap(-1, 64 << 20)
    for k in range(0, len(m), 4096):
        m[k] = 1
    held.append(m)
