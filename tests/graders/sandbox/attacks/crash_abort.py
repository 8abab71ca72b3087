# expect: crashed
# why: ends by abort
import os
os.abort()
