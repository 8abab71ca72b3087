# expect: wrong, error, violation
# why: two sockets that know only each other
# never: MADE
import socket
try:
    socket.socketpair()
    print("MADE")
except OSError as e:
    print(type(e).__name__)
answer = 0.0
