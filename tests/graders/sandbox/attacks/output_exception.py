# expect: error, output_limit
# why: the message must not fill the report
raise ValueError('x' * 50_000_000)
