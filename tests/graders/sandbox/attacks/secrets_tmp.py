# expect: wrong, pass, error
# why: what lies in the places for temporary files
# never: CAN READ
import glob
import os
for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/root", "/etc", "/var/log"):
    try:
        for name in os.listdir(place)[:20]:
            if os.path.isfile(f"{place}/{name}") and place != os.getcwd():
                open(f"{place}/{name}").read(1)
                print("CAN READ", place, name)
    except (OSError, UnicodeDecodeError):
        pass
answer = 0.0
