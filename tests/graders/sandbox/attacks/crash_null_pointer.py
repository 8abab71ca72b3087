# expect: crashed
# why: writes to nowhere
import ctypes
ctypes.memset(0, 1, 8)
