"""Runs the learner cannot foresee."""
