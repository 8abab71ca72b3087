# expect: wrong, pass, error
# why: keys, tokens and shell histories
# never: CAN READ
import os
for path in ("~/.ssh/id_rsa", "~/.bash_history", "~/.netrc", "~/.config", "~/.aws/credentials", "/etc/shadow"):
    for home in ("/root", "/home/user", os.path.expanduser("~")):
        try:
            open(path.replace("~", home)).read()
            print("CAN READ", path)
        except OSError:
            pass
answer = 0.0
