# expect: wrong, error, violation
# why: limits raised again
import resource
for name in ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE", "STACK", "DATA"):
    try:
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (-1, -1))
        print("RAISED", name)
    except (OSError, ValueError) as e:
        print(type(e).__name__)
answer = 0.0
