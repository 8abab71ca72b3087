# expect: pass
# why: commands to the machine that runs the grader
print("::set-output name=score::1\n::error file=a,line=1::x\n##[command]rm\n::add-mask::a\n::stop-commands::t")
print("]8;;http://evil]0;title\x07\x1b[2J\x1b[31m\x9b1m")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
