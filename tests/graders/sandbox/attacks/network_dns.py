# expect: wrong, error, violation
# why: a name looked up
import socket
for call in (lambda: socket.gethostbyname("example.com"), lambda: socket.getaddrinfo("localhost", 80)):
    try:
        print("GOT", call())
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
