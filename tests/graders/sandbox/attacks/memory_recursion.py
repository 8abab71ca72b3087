# expect: error, memory_limit, crashed, time_limit
import sys
sys.setrecursionlimit(10**9)
def f(): f()
f()
