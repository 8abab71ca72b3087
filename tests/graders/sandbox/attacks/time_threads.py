# expect: time_limit
# why: burns all processors while one thread is counted
import hashlib, threading
block = bytes(1 << 20)
def burn():
    while True: hashlib.sha256(block)
for _ in range(8): threading.Thread(target=burn, daemon=True).start()
burn()
