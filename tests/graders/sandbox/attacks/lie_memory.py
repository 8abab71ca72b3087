# expect: wrong, cheating, error, crashed
# why: the number of a float changed in memory
import ctypes
answer = 5.0
ctypes.c_double.from_address(id(answer) + 16).value = 13.0
