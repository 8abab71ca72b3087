# expect: crashed, memory_limit
# why: ends the process with the number that means no memory
import os
os._exit(70)
