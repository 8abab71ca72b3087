# expect: wrong, cheating
# why: the typed number hidden in text that is executed
exec("".join(map(chr, [97, 110, 115, 119, 101, 114, 61, 49, 51, 46, 48])))
