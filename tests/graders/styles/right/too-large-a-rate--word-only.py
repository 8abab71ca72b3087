import tensorflow as tf

x = tf.Variable(1.0)
sizes = [1.0]
for _ in range(3):
    with tf.GradientTape() as tape:
        f = x**2
    x.assign_sub(1.1 * tape.gradient(f, x))
    sizes.append(abs(float(x)))
    print(x.numpy())
answer = "diverges" if sizes[-1] > sizes[0] else "converges"
