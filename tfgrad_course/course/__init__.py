"""Exercises as data: models, loader, catalogue."""
