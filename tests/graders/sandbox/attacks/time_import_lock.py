# expect: time_limit, error, pass, wrong
# why: a thread that holds the import lock for ever
import _imp
import threading
import time
def hold():
    _imp.acquire_lock()
    time.sleep(1000)
threading.Thread(target=hold, daemon=True).start()
time.sleep(0.1)
import wave
