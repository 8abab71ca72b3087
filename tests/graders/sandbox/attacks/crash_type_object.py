# expect: crashed, wrong, error, cheating, time_limit
# why: the type of numbers overwritten in memory
import ctypes
ctypes.memset(id(float) + 16, 255, 64)
answer = 0.5 + 0.5
