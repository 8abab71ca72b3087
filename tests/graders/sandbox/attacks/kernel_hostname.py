# expect: wrong, error, violation
# why: another name for the machine
import socket
try:
    socket.sethostname("PWNED")
    print("SET")
except OSError as e:
    print(type(e).__name__)
answer = 0.0
