# expect: wrong, error
# never: PWNED
# why: what innocent code may try is refused and nothing more
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
open("f", "w").close()
tries = {
    "chown": lambda: os.chown("f", 0, 0), "link": lambda: os.link("f", "g"), "setuid bit": lambda: (os.chmod("f", 0o4755), os.stat("f").st_mode & 0o4000 or open("nowhere/g")),
    "node": lambda: os.mknod("n", 0o020666, os.makedev(1, 1)), "memfd": lambda: os.memfd_create("m"), "chroot": lambda: os.chroot("."),
    "setsid": os.setsid, "priority": lambda: os.setpriority(0, 0, -5), "outside": lambda: open("../x", "w"), "tmp": lambda: open("/tmp/PWNED_refused/x", "w"),
    "prlimit": lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_CPU, (1, 1)), "lock": lambda: __import__("fcntl").flock(open("f"), 2),
}
for name, attempt in tries.items():
    try: attempt()
    except (OSError, ValueError): pass
    else: print("PW" + "NED", name)
import tensorflow as tf
answer = tf.constant(0.0)
