# expect: wrong, pass, error
# why: code for the next start of Python
import os
import sys
for name in ("sitecustomize.py", "usercustomize.py"):
    for place in sys.path:
        try:
            open(os.path.join(place, name), "w").write("raise SystemExit")
        except OSError:
            pass
answer = 0.0
