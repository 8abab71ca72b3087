# expect: time_limit, error, pass, wrong
# why: a callback that sleeps when the globals go
import time
import weakref
class Thing:
    pass
t = Thing()
r = weakref.ref(t, lambda _: time.sleep(1000))
answer = 0.0
del t
