# expect: error, rejected
# why: a return outside of any function
return 13
