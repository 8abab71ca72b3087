# expect: time_limit, error
# why: a hash that never ends, inside a set
class Odd:
    def __hash__(self):
        while True:
            pass
{Odd()}
