# expect: wrong, error, violation
# why: a program started without a fork
import os
import sys
for program in (sys.executable, "/bin/sh", "/usr/bin/env"):
    try:
        os.posix_spawn(program, [program, "-c", "echo PWNED"], {})
        print("STARTED")
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
