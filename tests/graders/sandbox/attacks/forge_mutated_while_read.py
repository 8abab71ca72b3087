# expect: wrong, failed, error, cheating, crashed
# why: a thread changes the names while they are read
import threading
import tensorflow as tf
def change():
    n = 0
    while True:
        n += 1
        globals()["v%d" % (n % 5000)] = n
        globals().pop("v%d" % ((n * 7) % 5000), None)
threading.Thread(target=change, daemon=True).start()
answer = tf.constant(1.0)
