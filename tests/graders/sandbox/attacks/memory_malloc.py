# expect: memory_limit, error, crashed
# why: memory from the C library, which Python knows nothing of
import ctypes
c = ctypes.CDLL(None)
c.malloc.restype = ctypes.c_void_p
while True:
    p = c.malloc(16 << 20)
    if not p:
        raise MemoryError
    ctypes.memset(p, 1, 16 << 20)
