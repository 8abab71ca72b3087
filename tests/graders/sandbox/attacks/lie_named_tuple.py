# expect: wrong, cheating, error, time_limit
# why: a tuple that makes itself up while it is read
import collections
class Many(collections.namedtuple("Many", "a")):
    def __iter__(self):
        while True:
            yield 13.0
answer = Many(13.0)
