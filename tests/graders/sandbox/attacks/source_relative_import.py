# expect: error, wrong
# why: an import from a package that there is none of
from . import answers
from ..exercises import solution
