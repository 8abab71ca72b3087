# expect: wrong, error, violation
# never: PWNED
for name in ("graders.pipeline", "graders.reference", "graders.kinds.slope", "graders.checks.gradient", "tfgrad_course.course.load", "tfgrad_course.maths.parse"):
    try: __import__(name)
    except Exception: pass
    else: print("PW" + "NED", name)
import tensorflow as tf
answer = tf.constant(0.0)
