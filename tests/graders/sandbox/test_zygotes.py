"""Forked children behind walls: what they cannot see, what replaces what dies, and that nothing stays behind."""

import glob
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graders.evidence import Run
from graders.sandbox.limits import MINIMUM, Limits, SandboxError
from graders.sandbox.pool import open_pool

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")

RECORDER = "tests.graders.sandbox.plain_recorder"
WALLED = ("full", "no-namespaces")
ROOT = Path(__file__).parents[3]


def opened(mode="full", **options):
    try:
        pool = open_pool(RECORDER, mode=mode, **{"limits": Limits(wall_s=5), **options})
    except SandboxError as error:
        pytest.skip(str(error))
    if pool.mode != mode:
        pool.close()
        pytest.skip(f"this machine has only {pool.mode}")
    return pool


@pytest.fixture(scope="module", params=WALLED)
def pool(request):
    with opened(request.param) as walled:
        yield walled


def printed(pool, source):
    with pool.submission() as session:
        ended = session.run(Run(source))
    assert ended.outcome == "ended", ended
    return ended.output


def living():
    """Every living process with its parent, without asking a program that would be one itself."""
    parents = {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            fields = Path(path).read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(path.split("/")[2])] = int(fields[1])
    return parents


def processes(of=None):
    """Process ids below a process (this one), at any depth."""
    parents = living()
    found, new = set(), {of or os.getpid()}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new}
        found |= new
    return found


def eventually(condition, seconds=10.0):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def test_the_minimum_for_strangers_code_holds_here(pool):
    assert set(MINIMUM) <= set(pool.layers)


def test_no_two_submissions_share_a_child(pool):
    mark = "import sys; print(getattr(sys, 'seen', 'nothing')); sys.seen = 'poison'"
    assert [printed(pool, mark) for _ in range(6)] == ["nothing\n"] * 6


def test_a_run_after_a_clean_one_finds_an_empty_folder(pool):
    with pool.submission() as session:
        session.run(Run("import os; os.makedirs('a/b'); open('a/b/c', 'w').close(); os.chmod('a', 0)"))
        assert session.run(Run("import os; print(os.listdir('.'))")).output == "[]\n"


@pytest.mark.parametrize(
    "path",
    [
        ROOT / "exercises" / "course.yaml",
        ROOT / "exercises",
        ROOT / "graders" / "kinds" / "slope.py",
        ROOT / "graders" / "kinds",
        ROOT / "graders" / "checks",
        ROOT / "tfgrad_course" / "course",
        ROOT / "graders" / "checks" / "gradient.py",
        ROOT / "graders" / "pipeline.py",
        ROOT / "tfgrad_course" / "course" / "load.py",
        "/etc/passwd",
        "/proc/self/maps",
        "/proc/1/cmdline",
        "/tmp",
        "/home",
        "/",
        Path.home(),
    ],
    ids=str,
)
def test_a_child_cannot_open(pool, path):
    source = f"""
import os
try:
    print(os.listdir({str(path)!r}) if os.path.isdir({str(path)!r}) else open({str(path)!r}).read(9))
except OSError as error:
    print("refused")
"""
    assert printed(pool, source) == "refused\n"


def test_a_child_imports_the_recorder_and_numpy_but_no_judge(pool):
    source = """
for name in ("graders.evidence", "graders.recorders.wire", "numpy.fft", "graders.kinds.slope", "graders.pipeline"):
    try:
        __import__(name)
        print(name)
    except (ImportError, OSError):
        pass
"""
    assert printed(pool, source).split() == ["graders.evidence", "graders.recorders.wire", "numpy.fft"]


def test_descriptors_of_the_grader_and_the_zygote_do_not_reach_a_child(pool):
    source = """
import os
def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
print([number for number in range(3, 1000) if is_open(number)])
"""
    assert printed(pool, source) == "[3]\n"


def test_the_answers_are_not_in_the_memory_of_any_process_below_the_grader():
    """The grader holds a marker; the zygote and its children are searched for it from outside."""
    marker = "ANSWER" + os.urandom(8).hex()
    os.environ["CANARY"] = marker
    try:
        with opened() as walled:
            printed(walled, "print(1)")
            below = processes()
            assert len(below) >= 3
            assert [pid for pid in below if marker.encode() in memory_of(pid)] == []
            assert marker.encode() in memory_of(os.getpid())
    finally:
        del os.environ["CANARY"]


def memory_of(pid):
    found = []
    try:
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps:
                first, last = (int(word, 16) for word in line.split()[0].split("-"))
                if "rw" in line.split()[1] and last - first < 1 << 28:
                    try:
                        memory.seek(first)
                        found.append(memory.read(last - first))
                    except (OSError, ValueError, OverflowError):
                        continue
    except PermissionError as error:
        pytest.skip(f"the memory of other processes cannot be read here: {error}")
    except OSError:  # it ended meanwhile
        pass
    return b"".join(found)


@pytest.mark.parametrize("mode", WALLED)
def test_a_zygote_that_dies_is_replaced_and_its_runs_are_asked_for_once_more(mode):
    with opened(mode) as walled:
        answers = []

        def submit(number):
            with walled.submission() as session:
                source = f"import time; print('started', flush=True); time.sleep(1); print({number})"
                answers.append(session.run(Run(source)))

        threads = [threading.Thread(target=submit, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        for pid in children_of(os.getpid()):
            os.kill(pid, signal.SIGKILL)
        for thread in threads:
            thread.join(30)
        assert [answer.outcome for answer in answers] == ["ended"] * 3
        assert {answer.output for answer in answers} == {f"started\n{number}\n" for number in range(3)}


def children_of(parent):
    """The zygotes of a grader."""
    found = []
    for pid, above in living().items():
        try:
            if above == parent and b"graders.sandbox.zygote" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
        except OSError:
            continue
    return found


def test_a_zygote_that_served_long_is_replaced_without_a_job_lost():
    from graders.sandbox.plan import plan_for
    from graders.sandbox.pool import Pool
    from graders.sandbox.readable import paths
    from graders.sandbox.zygotes import Zygotes

    readable, listable = paths()
    readable = (*readable, str(Path(__file__).parent / "plain_recorder.py"))
    plan = replace(plan_for(RECORDER, Limits()), readable=readable, listable=listable)
    nursery = Zygotes(plan, 2, jobs_per_zygote=5)
    with Pool(RECORDER, nursery, Limits(), False) as walled:
        first = children_of(os.getpid())
        assert [printed(walled, f"print({i})") for i in range(30)] == [f"{i}\n" for i in range(30)]
        eventually(lambda: walled._nursery._tidy() or children_of(os.getpid()) != first)
        eventually(lambda: walled._nursery._tidy() or len(children_of(os.getpid())) == len(first))


@pytest.mark.parametrize("mode", (*WALLED, "limits-only"))
def test_a_grader_that_is_killed_leaves_no_process_and_no_folder(mode):
    program = f"""
from graders.sandbox.pool import open_pool
from graders.evidence import Run
pool = open_pool({RECORDER!r}, own_code=True, mode={mode!r})
session = pool.submission()
session.run(Run("print(1)"))
print("ready", flush=True)
session.run(Run("while True: pass"))
"""
    grader = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT)
    assert grader.stdout.readline() == b"ready\n"
    below = processes(grader.pid)
    assert below
    grader.kill()
    grader.wait()
    grader.stdout.close()
    eventually(lambda: not [pid for pid in below if alive(pid)])
    eventually(lambda: not glob.glob(f"{tempfile.gettempdir()}/tfgrad-{grader.pid}-*"))


def test_a_pool_that_gave_up_leaves_no_folder():
    program = f"""
import os, signal, time
from graders.sandbox.pool import open_pool
pool = open_pool({RECORDER!r}, own_code=True, mode="no-namespaces")
nursery = pool._nursery
pool.take("runs")
while not nursery._failed:
    mother = nursery._mother
    if mother.standing and mother._zygote is not None:
        try:
            signal.pidfd_send_signal(mother._zygote, signal.SIGKILL)
        except OSError:
            pass
    time.sleep(0.05)
pool.close()
"""
    grader = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    assert grader.wait(60) == 0
    assert not glob.glob(f"{tempfile.gettempdir()}/tfgrad-{grader.pid}-*")


def test_a_grader_that_is_killed_while_its_fresh_process_waits_leaves_no_folder():
    program = f"""
import time
from graders.sandbox.pool import open_pool
from graders.evidence import Run
session = open_pool({RECORDER!r}, own_code=True, mode="limits-only").submission()
session.run(Run("print(1)"))
print("ready", flush=True)
time.sleep(60)
"""
    grader = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT)
    assert grader.stdout.readline() == b"ready\n"
    grader.kill()
    grader.wait()
    grader.stdout.close()
    eventually(lambda: not glob.glob(f"{tempfile.gettempdir()}/tfgrad-{grader.pid}-*"))


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as line:
            return line.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_closing_a_pool_leaves_no_process_descriptor_or_thread():
    before = processes(), len(os.listdir("/proc/self/fd")), threading.active_count()
    for _ in range(3):
        with opened() as walled:
            printed(walled, "print(1)")
            with walled.submission() as session:
                session.tree("x = 1")
    eventually(lambda: processes() <= before[0] and threading.active_count() <= before[2])
    assert len(os.listdir("/proc/self/fd")) <= before[1]


@pytest.mark.slow
def test_five_thousand_submissions_leave_memory_descriptors_and_processes_as_they_were():
    with opened() as walled:

        def submit(count):
            for _ in range(count):
                with walled.submission() as session:
                    assert session.run(Run("print(1)")).output == "1\n"

        def sizes():
            time.sleep(1)
            status = Path("/proc/self/status").read_text()
            memory = int(status.split("VmRSS:")[1].split()[0])
            return memory, len(os.listdir("/proc/self/fd")), len(processes()), threading.active_count()

        submit(200)
        before = sizes()
        workers = [threading.Thread(target=submit, args=(2500,)) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        after = sizes()
    assert after[0] < before[0] + 20_000
    assert after[1] <= before[1] + 8 and after[2] <= before[2] + 4 and after[3] <= before[3]


def test_strangers_code_is_refused_without_walls_and_runs_when_trusted():
    with pytest.raises(SandboxError) as refused:
        open_pool(RECORDER, mode="limits-only")
    assert refused.value.exit_code == 3 and "--trusted" in str(refused.value)
    with open_pool(RECORDER, mode="limits-only", trusted=True) as pool:
        assert pool.trusted and pool.mode == "limits-only"


def test_a_full_disk_or_a_closed_pipe_hangs_nothing(pool):
    with pool.submission() as session:
        filled = session.run(Run("f = open('f', 'wb')\nwhile True: f.write(bytes(1 << 20))"))
    assert filled.outcome in ("ended", "output_limit", "crashed")
    with pool.submission() as session:
        assert session.run(Run("import os\nos.close(1); os.close(2)")).outcome == "ended"
    assert printed(pool, "print('next')") == "next\n"
