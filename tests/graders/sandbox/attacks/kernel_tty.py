# expect: wrong, error, violation
# why: characters typed into the terminal of whoever started it
import fcntl
import os
import termios
for fd in (0, 1, 2):
    try:
        fcntl.ioctl(fd, termios.TIOCSTI, b"x")
        print("TYPED")
    except OSError as e:
        print(type(e).__name__)
try:
    os.open("/dev/tty", os.O_RDWR)
except OSError as e:
    print(type(e).__name__)
answer = 0.0
