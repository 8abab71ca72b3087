# expect: wrong, error, violation
# why: another root
import os
try:
    os.chroot(".")
except OSError as e:
    print(e)
answer = 0.0
