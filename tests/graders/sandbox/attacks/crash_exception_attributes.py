# expect: error, wrong, crashed, time_limit
# why: an exception that lies about everything asked of it
class Odd(Exception):
    def __getattribute__(self, name):
        if name in ("__traceback__", "__class__", "__cause__", "__context__", "args"):
            raise KeyboardInterrupt
        return super().__getattribute__(name)
    def __str__(self):
        raise SystemExit(0)
    __repr__ = __str__
raise Odd()
