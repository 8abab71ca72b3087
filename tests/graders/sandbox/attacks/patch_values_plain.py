# expect: wrong, cheating, error
# why: what turns things into claims replaced
import sys
values = sys.modules["graders.recorders.values"]
made = values.Ref("number", "float", value=values.Value("float", (), (13.0,)))
values.plain = lambda *a, **k: made
values.References.ref = lambda self, thing, budget=0: made
answer = 0.0
