# expect: error, violation, failed, wrong, crashed
# why: a program in memory
import os
fd = os.memfd_create("x")
os.write(fd, b"#!/bin/sh\ntouch /tmp/PWNED_memfd\n")
os.execve(fd, ["x"], {})
