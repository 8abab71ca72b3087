# expect: error, crashed, memory_limit, time_limit
# why: the limit of recursion taken away
import sys
sys.setrecursionlimit(10**9)
def f(n):
    return f(n + 1) + 1
f(0)
