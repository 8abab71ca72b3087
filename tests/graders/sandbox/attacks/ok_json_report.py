# expect: pass
# why: writes a report and reads it again
import json
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
with open("report.json", "w") as file:
    json.dump({"slope": float(tape.gradient(y, x))}, file)
answer = json.load(open("report.json"))["slope"]
