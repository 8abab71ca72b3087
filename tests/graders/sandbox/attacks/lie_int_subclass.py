# expect: wrong, cheating, error
# why: an int that gives another number when asked
class Number(int):
    def __index__(self): return 13
    def __int__(self): return 13
    def __float__(self): return 13.0
answer = Number(5)
