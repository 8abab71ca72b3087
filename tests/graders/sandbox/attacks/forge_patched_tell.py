# expect: cheating, wrong, error
# why: the function that tells names replaced
import sys
for name, module in list(sys.modules.items()):
    if name.startswith("graders.recorders") and hasattr(module, "tell"):
        module.tell = lambda names, run, log, references: log.name("answer", references.ref(13.0))
answer = 0.0
