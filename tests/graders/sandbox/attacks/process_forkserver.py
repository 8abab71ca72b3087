# expect: wrong, error, violation, time_limit
# why: workers of the standard library
import multiprocessing
for way in ("fork", "spawn", "forkserver"):
    try:
        p = multiprocessing.get_context(way).Process(target=print, args=("PWNED",))
        p.start()
        print("STARTED")
    except BaseException as e:
        print(type(e).__name__)
answer = 0.0
