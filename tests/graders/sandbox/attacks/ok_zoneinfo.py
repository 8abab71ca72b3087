# expect: pass
# why: dates and times
import datetime
import zoneinfo
print(datetime.datetime.now(datetime.timezone.utc).year)
try:
    print(zoneinfo.ZoneInfo("Europe/Berlin"))
except zoneinfo.ZoneInfoNotFoundError:
    print("none")
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
