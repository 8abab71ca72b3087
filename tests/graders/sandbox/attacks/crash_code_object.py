# expect: crashed, error, wrong, time_limit
# why: a code object that is no code
def f():
    pass
f.__code__ = f.__code__.replace(co_code=b"\x01\x00\x53\x00\xff\xff" * 4, co_consts=(), co_stacksize=0)
f()
answer = 0.0
