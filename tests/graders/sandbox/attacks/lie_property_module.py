# expect: wrong, cheating, error
# why: a main module whose attributes are made up
import sys
class Made(type(sys)):
    answer = property(lambda self: 13.0)
sys.modules["__main__"].__class__ = Made
