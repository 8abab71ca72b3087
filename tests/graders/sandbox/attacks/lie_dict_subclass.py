# expect: wrong, cheating, error
# why: a dictionary that answers what it likes
class Any(dict):
    def __getitem__(self, key): return 13.0
    def __iter__(self): return iter(["a"])
    def keys(self): return ["a"]
answer = Any(a=5.0)
