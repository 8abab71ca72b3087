# expect: time_limit, memory_limit
# why: a number written out in decimals, quadratic in C
import sys
sys.set_int_max_str_digits(0)
print(len(str(3 ** 40_000_000)))
