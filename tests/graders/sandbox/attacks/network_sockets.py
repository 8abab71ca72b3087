# expect: wrong, error, violation
# never: PWNED
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET, 40, 38):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try: socket.socket(family, kind)
        except OSError: continue
        print("PW" + "NED", family, kind)
import tensorflow as tf
answer = tf.constant(0.0)
