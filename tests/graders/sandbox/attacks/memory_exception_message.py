# expect: error, memory_limit
# why: an exception with a text of 100 MB
raise ValueError("x" * 100_000_000)
