# expect: wrong, cheating, error, crashed
# why: the numbers of ufuncs changed in memory
import ctypes
import numpy as np
try:
    ctypes.memset(id(np.multiply) + 48, 0, 64)
except Exception as e:
    print(e)
answer = 12.0
