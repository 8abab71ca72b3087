# expect: error, wrong, violation
# never: PWNED
import subprocess, sys
print(subprocess.run([sys.executable, '-c', 'print("PW" + "NED")'], capture_output=True).stdout)
