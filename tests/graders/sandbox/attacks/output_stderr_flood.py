# expect: output_limit
# why: floods the other stream, from many threads
import os, threading
def flood():
    while True: os.write(2, b"y" * 65536)
for _ in range(8): threading.Thread(target=flood, daemon=True).start()
import time
time.sleep(30)
