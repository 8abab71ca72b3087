# expect: wrong, cheating, error
# why: a class that is called float
answer = type("float", (), {"__module__": "builtins", "__float__": lambda self: 13.0})()
