# expect: pass
# why: tells what machine it runs on
import getpass
import locale
import os
import platform
import shutil
import socket
import sys
import time
print(platform.platform(), platform.python_version(), sys.version_info, os.cpu_count(), os.getcwd(), os.listdir("."))
print(time.strftime("%Y"), locale.getpreferredencoding(), os.getpid())
try:
    print(getpass.getuser(), socket.gethostname())
except Exception as e:
    print(type(e).__name__)
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
