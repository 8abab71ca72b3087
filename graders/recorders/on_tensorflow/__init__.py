"""Observing real TensorFlow, one file a thing observed."""
