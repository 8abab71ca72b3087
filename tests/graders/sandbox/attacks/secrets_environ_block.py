# expect: wrong, pass, error, violation
# why: the C environ block, where the zygote's own start is still to be read
# never: CANARY_EXPECTED
import ctypes
import os
print(os.environ)
c = ctypes.CDLL(None)
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(c, "environ")
k = 0
while environ[k]:
    print(environ[k])
    k += 1
top = ctypes.cast(environ[0] if False else ctypes.addressof(environ.contents), ctypes.c_void_p).value
for offset in range(0, 65_536, 4096):
    try:
        print(ctypes.string_at(ctypes.cast(environ, ctypes.c_void_p).value + offset, 64))
    except Exception as e:
        print(type(e).__name__)
        break
answer = 0.0
