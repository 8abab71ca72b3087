# expect: pass, wrong, error, cheating
# why: globals of a stranger kind
class Names(dict):
    def __iter__(self):
        return iter(["answer"])
    def __getitem__(self, key):
        return 13.0
import sys
sys.modules["__main__"].__dict__.update({"answer": 13.0})
main = type(sys)("__main__")
main.answer = 13.0
sys.modules["__main__"] = main
