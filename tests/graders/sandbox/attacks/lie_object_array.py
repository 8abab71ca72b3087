# expect: wrong, cheating, error
# why: an array of objects that lie
import numpy as np
class Lie:
    def __float__(self): return 13.0
    def __eq__(self, other): return True
answer = np.array([Lie()], dtype=object)
