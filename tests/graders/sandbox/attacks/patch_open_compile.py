# expect: cheating, wrong, error, failed, crashed, violation
# why: built-ins of the recorder replaced
import builtins, json, os, sys
for name in ("compile", "exec", "open", "type", "isinstance", "len", "dict", "tuple", "repr", "setattr", "getattr", "list"):
    setattr(builtins, name, lambda *a, **k: None)
json.dumps = lambda *a, **k: "{}"
