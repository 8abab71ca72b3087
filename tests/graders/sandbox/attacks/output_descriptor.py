# expect: output_limit, violation
import os
while True:
    for number in (1, 2): os.write(number, b'x' * 100000)
