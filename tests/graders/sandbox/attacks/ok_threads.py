# expect: pass
# why: threads are not processes
import threading
done = []
threads = [threading.Thread(target=done.append, args=(i,)) for i in range(20)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(done) == 20
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
print(answer.numpy())
