# expect: error, wrong, violation
# never: PWNED
import multiprocessing
with multiprocessing.get_context("fork").Pool(2) as pool:
    print("PW" + "NED", pool.map(abs, [1, -2]))
