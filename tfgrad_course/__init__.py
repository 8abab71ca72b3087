"""The course: the tape, the language of functions, the exercises. Knows nothing of submissions."""

__version__ = "0.1.0"
