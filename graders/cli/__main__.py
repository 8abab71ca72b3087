"""`python -m graders.cli`, for places where the `tfgrad` script is not on the path."""

from graders.cli import main

main()
