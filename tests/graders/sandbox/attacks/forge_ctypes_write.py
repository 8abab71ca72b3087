# expect: violation, crashed, cheating, wrong
# why: the channel written to behind Python's back
import ctypes
c = ctypes.CDLL(None)
for k in range(3, 12):
    c.write(k, b"pass" * 100, 400)
answer = 13.0
