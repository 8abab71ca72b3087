# expect: wrong, error, violation
# why: sockets of all families
# never: MADE
import socket
for family in (0, 1, 2, 10, 16, 17, 21, 38, 40, 44):
    for kind in (1, 2, 3, 5):
        try:
            socket.socket(family, kind)
            print("MADE", family)
        except OSError:
            pass
answer = 0.0
