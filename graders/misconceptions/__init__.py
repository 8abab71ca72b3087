"""One file a diagnosis; the file name is its id."""
