# expect: crashed, violation
# why: no result is never a pass
import os
os._exit(0)
