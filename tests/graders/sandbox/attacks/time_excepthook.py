# expect: error, wrong
# why: a hook that would run at an uncaught exception
import sys
import time
sys.excepthook = lambda *a: time.sleep(100)
sys.unraisablehook = lambda *a: time.sleep(100)
raise ValueError("no")
