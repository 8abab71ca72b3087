"""One file a kernel layer around the child."""
