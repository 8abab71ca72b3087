# expect: crashed, memory_limit
# why: ends the process with the number that means no result of the grader's
import os
os._exit(71)
