# expect: wrong, cheating, error, crashed
# why: NumPy's functions replaced
import numpy as np
real = np.asarray
for name in ("asarray", "array", "allclose", "isclose", "ravel", "reshape", "float64", "float32"):
    setattr(np, name, lambda *a, **k: True)
answer = 12.0
