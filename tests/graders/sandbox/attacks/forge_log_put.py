# expect: cheating, wrong, error, crashed, violation
# why: records written by hand through the recorder's own log
import gc
import tensorflow as tf
logs = [o for o in gc.get_objects() if type(o).__name__ == "Log"]
for log in logs:
    try:
        from graders.evidence import Ref, Value
        log.name("answer", Ref("number", "float", value=Value("float", (), (13.0,))))
    except Exception as e: print(type(e).__name__)
answer = 1.0
