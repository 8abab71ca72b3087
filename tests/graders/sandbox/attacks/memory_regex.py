# expect: time_limit, memory_limit, error
# why: a pattern that needs more than there is
import re
re.match(r"(x+x+)+y", "x" * 100_000)
