# expect: wrong, cheating, error
# why: a masked array, where all counts and nothing does
import numpy as np
answer = np.ma.masked_array([13.0], mask=[True])
