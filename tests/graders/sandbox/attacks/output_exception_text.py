# expect: error, failed
# why: an exception whose text, arguments and notes are hostile
class Bad(Exception):
    def __str__(self): raise self
    def __repr__(self): raise SystemExit(0)
    @property
    def __notes__(self): raise KeyboardInterrupt
    @property
    def __traceback__(self): raise MemoryError
    __cause__ = property(lambda self: 1 / 0)
raise Bad
