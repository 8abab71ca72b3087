# expect: wrong, cheating, error, crashed
# why: a method of a type of C replaced through ctypes
import ctypes
import gc
import numpy as np
try:
    table = gc.get_referents(np.ndarray.__dict__)[0]
    table["tolist"] = lambda self: 13.0
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(np.ndarray))
except Exception as e:
    print(type(e).__name__)
answer = np.array(5.0)
