# expect: time_limit, error
# why: a comparison that never ends, inside sorted
class Odd:
    def __lt__(self, other):
        while True:
            pass
sorted([Odd(), Odd()])
