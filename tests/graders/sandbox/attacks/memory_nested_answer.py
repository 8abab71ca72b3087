# expect: failed, wrong, error, memory_limit
# why: a structure that holds itself a billion times over
import tensorflow as tf
a = [1.0] * 10
for _ in range(9): a = [a] * 10
answer = a
loop = []; loop.append(loop); b = {"loop": loop}; b["self"] = b
