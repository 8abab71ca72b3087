# expect: error, wrong, pass
# why: a second name for a file outside
# never: LINKED
import os
for target in ("/etc/passwd", "/etc/hosts", os.__file__):
    try:
        os.link(target, "mine")
        print("LINKED")
    except OSError:
        pass
answer = 0.0
