# expect: wrong, error, violation
# why: sockets that are no network
# never: CONNECTED
import socket
for path in ("/run/docker.sock", "/var/run/docker.sock", "\0abstract", "/tmp/.X11-unix/X0", "/run/systemd/notify"):
    try:
        s = socket.socket(socket.AF_UNIX)
        s.connect(path)
        print("CONNECTED")
    except OSError as e:
        print(type(e).__name__)
answer = 0.0
