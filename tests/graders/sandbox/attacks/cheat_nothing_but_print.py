# expect: wrong, cheating
# why: prints the right number and nothing else
print("tf.Tensor([13.], shape=(1,), dtype=float32)")
