# expect: output_limit, memory_limit
# why: prints one endless line
import sys
while True:
    sys.stdout.write("y" * 65_536)
