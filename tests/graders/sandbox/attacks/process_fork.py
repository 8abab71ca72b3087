# expect: error, wrong, violation
# never: PWNED
import os
while True:
    os.fork()
