# expect: wrong, error, violation
# never: PWNED
import os
os.system('touch /tmp/PWNED_shell; echo PW''NED')
import tensorflow as tf
answer = tf.constant(0.0)
