# expect: wrong, pass, error
# why: modules that could judge, imported now
# never: CAN JUDGE
import importlib
for name in ("pipeline", "kinds.slope", "checks.answer", "reference", "expected", "compare", "probing", "cli"):
    try:
        importlib.import_module(f"graders.{name}")
        print("CAN JUDGE", name)
    except BaseException as e:
        print(type(e).__name__)
answer = 0.0
