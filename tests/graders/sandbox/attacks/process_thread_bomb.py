# expect: error, memory_limit, crashed, time_limit, wrong, pass
# why: threads without end
import threading
import time
held = []
while True:
    t = threading.Thread(target=time.sleep, args=(1000,), daemon=True)
    t.start()
    held.append(t)
