# expect: pass
# why: names in letters that only look alike
import tensorflow as tf
х = tf.Variable(-2.0)
with tf.GradientTape() as tаpe:
    у = 3 * х**3 + 5 * х**2 - 3 * х + 10
answer = tаpe.gradient(у, х)
