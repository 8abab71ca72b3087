# expect: wrong, error, violation
# never: PWNED
import gc, os
word = "_".join(["CANARY", "EXPECTED"])
print({n: v for n, v in os.environ.items() if "CANARY" in n})
for thing in gc.get_objects():
    try:
        if isinstance(thing, (dict, list, tuple)) and any(isinstance(v, str) and word in v and v != word for v in (thing.values() if isinstance(thing, dict) else thing)):
            print("PW" + "NED")
    except Exception: pass
import tensorflow as tf
answer = tf.constant(0.0)
