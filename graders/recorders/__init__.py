"""Observe a run inside the child, on TensorFlow or on the shim."""
