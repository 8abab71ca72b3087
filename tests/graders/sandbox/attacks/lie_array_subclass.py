# expect: wrong, cheating, error
# why: an array whose numbers change with who asks
import numpy as np
class Lying(np.ndarray):
    def tolist(self): return 13.0
    def ravel(self, *a): return np.array([13.0])
    def __array_ufunc__(self, *a, **k): return np.array(13.0)
answer = np.array(5.0).view(Lying)
