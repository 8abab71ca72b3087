"""A grader in a process of its own, also as an ordinary user: programs come in as JSON lines, verdicts go out.

Run: python graded_apart.py MODE BACKEND UID (0: stay who we are)
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NAME = "cubic"
EXERCISE = b"""
id: cubic
kind: slope
function: 3*x**3 + 5*x**2 - 3*x + 10
point: {x: -2}
answer: 13
name: grad
"""


def become(uid):
    """Go on as an ordinary user; a Python that lies in root's own home is shown to it in a world of our own."""
    from graders.sandbox import kernel

    prefix = Path(os.path.realpath(sys.base_prefix))
    closed = next((above for above in reversed(prefix.parents) if not above.stat().st_mode & 1), None)
    if closed is not None:
        kernel.unshare(kernel.CLONE_NEWNS)
        kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
        held = os.open(prefix, os.O_PATH)
        kernel.mount("tmpfs", str(closed), "tmpfs", 0, "mode=755")
        prefix.mkdir(parents=True)
        kernel.mount(f"/proc/self/fd/{held}", str(prefix), None, kernel.MS_BIND)
        os.close(held)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def words(verdict):
    """The verdict in the words of attack corpora and in its own."""
    if verdict.outcome == "passed":
        return ["pass", "passed"]
    if verdict.outcome != "failed":
        return [verdict.outcome]
    probes = (verdict.probes.hidden_points, verdict.probes.marked_gradient)
    if (verdict.findings and verdict.findings[0].id == "tampering") or "broken" in probes:
        return ["cheating", "failed"]
    return ["error" if verdict.exception else "wrong", "failed"]


def main(mode, backend):
    """Open the pool, say so, then answer."""
    from graders.pipeline import judge
    from graders.sandbox.pool import Limits, SandboxError, open_pool
    from graders.submission import Submission
    from tfgrad_course.course.load import load

    exercise = load(f"{NAME}.yaml", EXERCISE)
    limits = Limits(wall_s=4, cpu_s=4, memory_mib=300) if backend == "shim" else Limits(wall_s=10, cpu_s=10)
    try:
        pool = open_pool(backend, limits=limits, mode=mode, trusted=mode == "limits-only", standby=2)
    except SandboxError as error:
        print(json.dumps({"mode": str(error), "uid": os.geteuid()}), flush=True)
        return
    with pool:
        print(json.dumps({"mode": pool.mode, "uid": os.geteuid(), "layers": pool.layers}), flush=True)
        for line in sys.stdin:
            verdict = judge(exercise, Submission("learner", NAME, "s.py", json.loads(line)), pool)
            answer = {
                "words": words(verdict),
                "output": verdict.output,
                "why": [str(verdict.exception), verdict.detail, str(verdict.probes)],
                "seconds": verdict.resources.wall_s,
                "peak_mib": verdict.resources.peak_mib,
            }
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if int(sys.argv[3]):
        become(int(sys.argv[3]))
    main(sys.argv[1], sys.argv[2])
