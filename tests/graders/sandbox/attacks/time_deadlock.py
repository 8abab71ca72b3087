# expect: time_limit
# why: waits for itself
import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()
