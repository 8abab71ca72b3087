# expect: wrong, pass, error, violation, cheating, crashed
# why: descriptors left open by those before
# never: CAN READ
import os
for number in range(4, 300):
    try:
        os.fstat(number)
        if os.readlink(f"/proc/self/fd/{number}") != os.devnull:
            print("CAN READ", number)
    except OSError:
        pass
answer = 0.0
