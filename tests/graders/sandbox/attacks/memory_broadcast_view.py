# expect: failed, wrong, error
# why: a view that claims a billion entries, as the answer and in a list
import numpy as np
import tensorflow as tf
answer = [np.broadcast_to(np.float32(13), (10**9,)) for _ in range(1000)]
