# expect: pass, wrong, cheating, error, crashed, time_limit, violation
# why: a codec that changes what is written
import codecs
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
codecs.register(lambda name: (_ for _ in ()).throw(KeyboardInterrupt()))
import json.encoder
json.encoder.encode_basestring_ascii = lambda s: '"answer"'
json.dumps = lambda *a, **k: '{"k": "end"}'
