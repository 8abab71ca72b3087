# expect: error, memory_limit, wrong
# why: a chain of exceptions
try:
    from builtins import ExceptionGroup
except ImportError:
    ExceptionGroup = lambda text, parts: parts[0]
e = ValueError("x")
for _ in range(20_000):
    e = ExceptionGroup("x", [e])
raise e
