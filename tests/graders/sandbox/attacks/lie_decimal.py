# expect: wrong, cheating, error
# why: an exact number nobody computed
from decimal import Decimal
from fractions import Fraction
answer = Decimal("13")
other = Fraction(13)
