# expect: wrong, pass, error, cheating
# why: every string the collector knows
# never: CANARY_EXPECTED
import gc
import sys
seen = 0
for o in gc.get_objects():
    for part in (o.values() if type(o) is dict else o if type(o) in (list, tuple) else ()):
        if type(part) is str and "CANARY" in part and "# expect" not in part:
            print(part[:200])
            seen += 1
print(len(sys.modules), seen)
answer = 0.0
