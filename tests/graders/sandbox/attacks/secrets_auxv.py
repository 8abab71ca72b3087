# expect: wrong, pass, error, crashed
# why: the strings above the stack
# never: CANARY_EXPECTED
import ctypes
import re
try:
    maps = open("/proc/self/maps").read()
    for line in maps.splitlines():
        if "[stack]" in line:
            a, b = (int(v, 16) for v in line.split()[0].split("-"))
            print(re.findall(rb"CANARY\w*", ctypes.string_at(a, b - a)))
except OSError as e:
    print(e)
answer = 0.0
