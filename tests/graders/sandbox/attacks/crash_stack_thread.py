# expect: crashed, error, memory_limit, wrong, time_limit
# why: a stack overflow in a thread of its own
import sys
import threading
sys.setrecursionlimit(10**9)
threading.stack_size(64 << 20)
def f(n):
    return f(n + 1) + 1
t = threading.Thread(target=f, args=(0,))
t.start()
t.join()
answer = 0.0
