# expect: wrong, failed, error
# why: an exit that is caught by nobody and lies about its code
class Leave(SystemExit):
    code = property(lambda self: 1 / 0)
raise Leave
