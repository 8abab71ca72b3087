# expect: time_limit, error, wrong
# why: a stand-in module that never answers
import sys
import time
class Slow(type(sys)):
    def __getattr__(self, name):
        time.sleep(1000)
sys.modules["numpy.linalg"] = Slow("numpy.linalg")
import numpy.linalg
numpy.linalg.nothing
