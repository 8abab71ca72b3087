# expect: cheating, wrong, error
# why: the recorder's own variables, through the frames above
import sys
frame = sys._getframe()
while frame.f_back:
    frame = frame.f_back
    for name, value in list(frame.f_locals.items()):
        if name == "ended":
            value.names = {"answer": 13.0}
            value.error = None
answer = 13.0
