# expect: error, memory_limit, crashed, time_limit, wrong
import threading, time
threading.stack_size(64 << 20)
for _ in range(400): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
import tensorflow as tf
answer = tf.constant(0.0)
