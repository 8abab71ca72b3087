# expect: wrong, error, violation
# why: devices that an ordinary program does not need
# never: OPENED
import os
for name in ("mem", "kmem", "kmsg", "sda", "fuse", "kvm", "loop-control", "net/tun", "input/event0", "dri/card0", "pts/0"):
    try:
        os.open(f"/dev/{name}", os.O_RDONLY)
        print("OPENED", name)
    except OSError:
        pass
answer = 0.0
