# expect: time_limit, wrong
# why: an answer that never becomes an array
import time
class Slow:
    def __array__(self, *a, **k):
        time.sleep(1000)
    def __float__(self):
        time.sleep(1000)
answer = Slow()
