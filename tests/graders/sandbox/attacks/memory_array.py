# expect: memory_limit
import numpy as np
kept = [np.ones(1 << 26) for _ in range(40)]
