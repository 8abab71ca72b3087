# expect: violation, crashed, cheating, wrong, error
# why: words without end through the recorder's own log
import gc
for o in gc.get_objects():
    if type(o).__name__ == "Log" and type(o).__module__ == "graders.recorders.log":
        for k in range(400_000):
            o._writer.word(f"word{k}" * 10)
        o.flush()
answer = 13.0
