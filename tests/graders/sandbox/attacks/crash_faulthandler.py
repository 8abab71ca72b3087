# expect: crashed, error, wrong
# why: an illegal read that is asked for
import faulthandler
faulthandler._sigsegv()
