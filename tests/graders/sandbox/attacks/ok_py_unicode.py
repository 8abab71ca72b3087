# expect: pass
# why: names and words in other alphabets
import tensorflow as tf
größe = tf.Variable(-2.0)
with tf.GradientTape() as 录音:
    y = 3 * größe**3 + 5 * größe**2 - 3 * größe + 10
answer = 录音.gradient(y, größe)
print("Steigung: 斜率 \u2207 \U0001f600", answer.numpy())
