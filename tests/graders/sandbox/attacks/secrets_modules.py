# expect: wrong, pass, error
# why: modules that could judge, found among those imported
# never: CAN JUDGE
import sys
for name in sys.modules:
    if name.startswith("graders.") and name.split(".")[1] in ("kinds", "checks", "pipeline", "reference", "compare", "expected", "verdict", "probes"):
        print("CAN JUDGE", name)
answer = 0.0
