# expect: wrong, error, violation
# never: PWNED
# why: answers are on disk, but not for a learner
import os, sys
for folder in sys.path + [os.path.dirname(os.path.dirname(m.__file__)) for n, m in list(sys.modules.items()) if n == "graders"]:
    for name in ("exercises", "graders/kinds/slope.py", "graders/checks/gradient.py", "graders/pipeline.py", "tfgrad_course/course/load.py", "share/tfgrad/exercises", "tests"):
        path = os.path.join(folder, name)
        try: print("PW" + "NED", path, os.listdir(path) if os.path.isdir(path) else open(path).read(20))
        except OSError: pass
import tensorflow as tf
answer = tf.constant(0.0)
