# expect: wrong, pass, error
# why: a path opened without reading, then read through it
# never: root:
import os
try:
    fd = os.open("/etc", os.O_PATH)
    print(os.read(os.open("passwd", os.O_RDONLY, dir_fd=fd), 100))
except OSError as e:
    print(e)
try:
    print(open("/proc/self/ro" + "ot/etc/passwd").read())
except OSError as e:
    print(e)
answer = 0.0
