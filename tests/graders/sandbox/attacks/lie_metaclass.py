# expect: wrong, cheating, error
# why: a class that says it is everybody's subclass
class Meta(type):
    def __instancecheck__(cls, thing): return True
    def __subclasscheck__(cls, thing): return True
    def __eq__(cls, other): return True
    def __hash__(cls): return hash(float)
class Number(metaclass=Meta):
    value = 13.0
    def __float__(self): return 13.0
answer = Number()
