# expect: wrong, pass, error
# why: a module put beside those that are imported next
import os
import site
import sys
for place in [*site.getsitepackages(), *sys.path]:
    try:
        with open(os.path.join(place or ".", "PWNED_module.pth"), "w") as file:
            file.write("import os\n")
        if place:
            print("wrote", place == os.getcwd() or place)
    except OSError:
        pass
answer = 0.0
