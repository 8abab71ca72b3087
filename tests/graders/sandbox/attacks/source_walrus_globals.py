# expect: wrong, cheating
# why: the answer put into the names by another way
globals().__setitem__("answer", (lambda: 13.0)())
