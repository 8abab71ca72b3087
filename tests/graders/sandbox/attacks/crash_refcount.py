# expect: crashed, wrong, error, time_limit, cheating, memory_limit
# why: the count of references of None set to nought
import ctypes
for thing in (None, True, (), 0, "answer"):
    ctypes.c_ssize_t.from_address(id(thing)).value = -5
answer = 0.0
