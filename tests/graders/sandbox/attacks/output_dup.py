# expect: pass, error, crashed, cheating, wrong
# why: the result channel put in the place of stdout
import os
for k in range(3, 20):
    try:
        os.dup2(k, 1)
    except OSError:
        pass
print("pass")
answer = 13.0
