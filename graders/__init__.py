"""The grader: runs a submission in a sandbox and judges what its tape recorded."""
