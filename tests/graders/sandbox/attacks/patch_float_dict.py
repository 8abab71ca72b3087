# expect: wrong, cheating, error, crashed
# why: float's own methods replaced through its dictionary
import ctypes
import gc
try:
    table = gc.get_referents(float.__dict__)[0]
    table["__float__"] = table["__repr__"] = lambda self: 13.0
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(float))
except Exception as e:
    print(type(e).__name__)
answer = 5.0
