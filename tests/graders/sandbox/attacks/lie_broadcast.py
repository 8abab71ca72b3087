# expect: wrong, cheating, error
# why: one number as a table of them
import numpy as np
answer = np.broadcast_to(np.float32(13.0), (100, 100))
