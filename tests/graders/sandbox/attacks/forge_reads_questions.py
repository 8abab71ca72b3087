# expect: violation, crashed, cheating, wrong, time_limit
# why: reads the questions that are not its own to answer
import os
import threading
def steal():
    while True:
        try:
            print("STOLEN", len(os.read(3, 65_536)))
        except OSError:
            return
threading.Thread(target=steal, daemon=True).start()
answer = 13.0
