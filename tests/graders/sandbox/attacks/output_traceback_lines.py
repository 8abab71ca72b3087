# expect: error
# why: an exception that claims to come from elsewhere
exec(compile("\n" * 99_999 + "raise ValueError('there')", "submission.py", "exec"))
