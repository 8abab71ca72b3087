# expect: wrong, pass, error
# why: the parent's memory, command line and environment
# never: CAN READ
import os
for pid in (os.getppid(), 1, 2, os.getpid() - 1):
    for name in ("environ", "cmdline", "mem", "maps", "fd", "root/etc/passwd", "cwd"):
        try:
            path = f"/proc/{pid}/{name}"
            os.listdir(path) if name in ("fd", "cwd") else open(path, "rb").read(1)
            if pid != os.getpid():
                print("CAN READ", path)
        except OSError:
            pass
answer = 0.0
