# expect: error, rejected
# why: a syntax error whose fields are no numbers
class Odd(int):
    def __index__(self):
        raise KeyboardInterrupt
e = SyntaxError("x")
e.lineno, e.offset, e.text, e.filename, e.msg = Odd(3), "no", 7, object(), None
raise e
