# expect: wrong, error
class Yes:
    def __eq__(self, other): return True
    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __float__ = lambda self: 13.0
    __array__ = lambda self, *a, **k: __import__("numpy").array(13.0)
    __hash__ = lambda self: 0
answer = Yes()
