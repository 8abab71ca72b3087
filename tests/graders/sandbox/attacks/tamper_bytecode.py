# expect: wrong, pass, error
# why: bytecode for a module of the standard library
import importlib.util
import os
import py_compile
open("evil.py", "w").write("PWNED = 1\n")
import json
try:
    py_compile.compile("evil.py", cfile=importlib.util.cache_from_source(json.__file__), doraise=True)
    print("WROTE")
except Exception as e:
    print(type(e).__name__)
answer = 0.0
