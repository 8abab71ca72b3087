# expect: time_limit
# why: uses no processor at all
import time
time.sleep(600)
