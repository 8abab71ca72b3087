# expect: error, rejected
# why: a syntax error of its own making
raise SyntaxError("x", ("/etc/passwd", -5, 10**9, "<b>\x1b[2J", 3, -1))
