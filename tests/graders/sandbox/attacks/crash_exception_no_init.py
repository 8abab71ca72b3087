# expect: error, wrong, crashed
# why: an exception that was never made properly
class Odd(Exception):
    def __new__(cls):
        return 7
raise Odd
