"""Pictures of functions and of tapes."""
