# expect: error, rejected
# why: what is only right elsewhere
await answer
