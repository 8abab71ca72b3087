import tensorflow as tf

x = tf.Variable(10.)

with tf.GradientTape(persistent=True) as tape:
    a = 3 ** (0.2 * x)
    b = 5 * x ** 2
    c = tf.math.log(x)
    d = tf.tanh(x)
    y = a + b - c + d

for name, part in (("power", a), ("square", b), ("log", c), ("tanh", d)):
    print(name, tape.gradient(part, x).numpy())

total = tape.gradient(y, x)
del tape
print("total", total.numpy())
print("Increasing" if total > 0 else "Decreasing")
