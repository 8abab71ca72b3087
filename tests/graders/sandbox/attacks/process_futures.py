# expect: wrong, error, violation, time_limit
# why: a pool of processes
from concurrent.futures import ProcessPoolExecutor
try:
    with ProcessPoolExecutor(2) as pool:
        print(list(pool.map(abs, [-13])))
except BaseException as e:
    print(type(e).__name__)
answer = 0.0
