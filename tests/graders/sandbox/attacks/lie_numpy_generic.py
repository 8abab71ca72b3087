# expect: wrong, cheating, error
# why: a class that says it is NumPy's
import numpy as np
class float32(np.float32):
    def item(self): return 13.0
    def ravel(self): return np.array([13.0])
float32.__module__ = "numpy"
answer = float32(5)
