# tfgrad: rising-or-falling
from tensorflow import GradientTape, Variable, math, pow

x = Variable(10.0); tape = GradientTape()
with tape: y = pow(3.0, 0.2 * x) + 5 * x ** 2 - math.log(x) + math.tanh(x)
print('slope', tape.gradient(y, x).numpy())
