# expect: time_limit, wrong
# why: reading a value must not run a learner's method for long
import time
class Slow(float):
    def __repr__(self): time.sleep(600)
    __str__ = __format__ = __float__ = __repr__
answer = Slow(13.0)
