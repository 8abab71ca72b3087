# expect: wrong, error, pass, crashed
# why: machine code in memory of its own, which some compilers need
import ctypes
import mmap
m = mmap.mmap(-1, 4096, prot=7)
m.write(b"\xb8\x2a\x00\x00\x00\xc3")
f = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))
print(f())
answer = 0.0
