# expect: memory_limit, error, crashed, time_limit
# why: a program that is compiled while it runs
compile("[" * 150 + "1," * 3_000_000 + "]" * 150, "x", "exec")
