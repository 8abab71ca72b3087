# expect: error, crashed, wrong
# why: ends by SystemExit of another value
raise SystemExit({"a": [1, 2]})
