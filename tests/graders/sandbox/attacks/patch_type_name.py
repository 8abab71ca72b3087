# expect: wrong, cheating, error, crashed
# why: the recorder's own list of exact types changed
import sys
for name, module in list(sys.modules.items()):
    if name.startswith("graders.recorders"):
        for key, value in list(vars(module).items()):
            if key == "_type":
                setattr(module, key, lambda thing: float)
            if key == "_NUMBERS":
                value.clear()
answer = "13"
