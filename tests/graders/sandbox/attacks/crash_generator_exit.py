# expect: error, wrong
# why: an exception that is no error
raise GeneratorExit
