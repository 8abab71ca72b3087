# expect: wrong, pass, error
# why: the course's own reader of exercises
# never: CAN READ
import importlib
for name in ("course.load", "course.catalogue", "maths", "course.points", "course.exercise"):
    try:
        importlib.import_module(f"tfgrad_course.{name}")
        print("CAN READ", name)
    except BaseException as e:
        print(type(e).__name__)
answer = 0.0
