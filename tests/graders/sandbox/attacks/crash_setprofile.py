# expect: memory_limit, pass, wrong, cheating, error, crashed
# why: a profile function that fails in the recorder
import sys
def profile(frame, event, arg):
    if "graders" in frame.f_code.co_filename:
        raise MemoryError
sys.setprofile(profile)
answer = 0.0
