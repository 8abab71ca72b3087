"""One file a kind of exercise; the file name is the word in the YAML."""
