# expect: wrong, error, violation
# never: PWNED
import glob, os
for path in ["/etc/passwd", "/etc/hostname", "/root", "/home", "/tmp", "/var/log", "/proc/1/environ", "/proc/self/environ", "/proc/self/maps", "/proc/self/mem", "/sys/kernel", "/dev/mem", "/"]:
    try: print("PW" + "NED", path, os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(20))
    except OSError: pass
import tensorflow as tf
answer = tf.constant(0.0)
