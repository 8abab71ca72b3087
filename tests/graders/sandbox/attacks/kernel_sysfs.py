# expect: wrong, error, violation
# why: settings of the kernel
# never: OPENED
import os
for path in ("/sys/kernel/debug", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/fs/cgroup", "/proc/kcore"):
    for way in (os.O_RDONLY, os.O_WRONLY):
        try:
            os.open(path, way)
            print("OPENED", path)
        except OSError:
            pass
answer = 0.0
