# expect: wrong, pass, error
# why: the project's history
# never: CAN READ
import os
import subprocess
place = os.path.dirname(__import__("graders.sandbox").__file__)
while len(place) > 1:
    for name in (".git/HEAD", ".git/packed-refs", ".git/index"):
        try:
            open(os.path.join(place, name), "rb").read(10)
            print("CAN READ", name)
        except OSError:
            pass
    place = os.path.dirname(place)
answer = 0.0
