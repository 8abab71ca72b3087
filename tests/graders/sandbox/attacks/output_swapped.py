# expect: error, crashed, cheating, wrong, violation
# why: stdout put in the place of the result channel
import os
for k in range(3, 20):
    try:
        os.dup2(1, k)
    except OSError:
        pass
answer = 13.0
