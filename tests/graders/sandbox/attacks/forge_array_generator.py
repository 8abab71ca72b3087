# expect: wrong, failed, error, time_limit
# why: __array__ that never ends is never asked
import tensorflow as tf
class Endless:
    def __array__(self, *a, **k):
        while True: pass
    def __iter__(self):
        while True: yield 1.0
    def __len__(self): return 10**12
    def __repr__(self):
        while True: pass
answer = Endless()
