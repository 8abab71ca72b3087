# expect: error, wrong
# why: an exception above all others
class Above(BaseException):
    pass
raise Above("x")
