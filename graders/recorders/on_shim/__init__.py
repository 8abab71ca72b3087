"""Observing the reference tape, one file a thing observed."""
