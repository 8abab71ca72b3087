# expect: error, time_limit
# why: an exception whose text never comes
class Odd(Exception):
    def __str__(self):
        while True:
            pass
raise Odd()
