"""One file a check of a submission."""
