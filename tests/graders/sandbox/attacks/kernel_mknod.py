# expect: wrong, error, violation
# why: a device of its own
# never: MADE
import os
import stat
for kind, number in ((stat.S_IFCHR, os.makedev(1, 1)), (stat.S_IFBLK, os.makedev(8, 0)), (stat.S_IFREG, 0)):
    try:
        os.mknod("device", kind | 0o666, number)
        print("MADE")
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
