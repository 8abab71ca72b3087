"""What hung in forks of a used TensorFlow before its context was thrown away: all of it must run, behind all walls.

Kept for every supported TensorFlow, because none of this is promised by it (its issues 2448, 8220, 51832).
"""

import contextlib
import os
import time
from pathlib import Path

import pytest

from graders.evidence import Run
from graders.pipeline import judge
from graders.sandbox.pool import Limits, SandboxError, open_pool
from graders.submission import Submission
from tfgrad_course.course.catalogue import catalogue

pytestmark = [pytest.mark.tensorflow, pytest.mark.slow]

KINDS = {
    "matmul": "a = tf.random.normal([1500, 1500]); tf.matmul(a, a)",
    "reduce": "tf.reduce_sum(tf.ones([10_000_000]))",
    "sort": "tf.sort(tf.random.normal([200_000]))",
    "top_k": "tf.math.top_k(tf.random.normal([100_000]), 10)",
    "conv2d": "tf.nn.conv2d(tf.ones([4, 32, 32, 8]), tf.ones([3, 3, 8, 8]), 1, 'SAME')",
    "conv3d": "tf.nn.conv3d(tf.ones([1, 8, 8, 8, 4]), tf.ones([3, 3, 3, 4, 4]), [1] * 5, 'SAME')",
    "einsum": "tf.einsum('ij,jk->ik', tf.ones([300, 300]), tf.ones([300, 300]))",
    "function": "f = tf.function(lambda a: tf.matmul(a, a)); f(tf.ones([600, 600]))",
    "function_gradient": """
x = tf.Variable(tf.ones([600, 600]))
f = tf.function(lambda: tf.reduce_sum(tf.matmul(x, x)))
with tf.GradientTape() as tape: y = f()
assert tape.gradient(y, x) is not None""",
    "cond": "f = tf.function(lambda a: tf.cond(a > 0, lambda: a, lambda: -a)); f(tf.constant(-1.0))",
    "while_loop": "f = tf.function(lambda: tf.while_loop(lambda i: i < 100, lambda i: [i + 1], [0])); f()",
    "map_fn": "tf.map_fn(lambda a: a * a, tf.range(50.0))",
    "vectorized_map": "tf.vectorized_map(lambda a: a * a, tf.range(50.0))",
    "scan": "tf.scan(lambda a, b: a + b, tf.range(50.0))",
    "jacobian": """
x = tf.Variable(tf.ones([30]))
with tf.GradientTape() as tape: y = x * x
tape.jacobian(y, x)""",
    "batch_jacobian": """
x = tf.ones([4, 5])
with tf.GradientTape() as tape:
    tape.watch(x); y = x * x
tape.batch_jacobian(y, x)""",
    "hessian": """
x = tf.Variable(tf.ones([5]))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner: y = tf.reduce_sum(x ** 3)
    g = inner.gradient(y, x)
outer.jacobian(g, x)""",
    "forward_mode": """
x = tf.constant([1.0, 2.0])
with tf.autodiff.ForwardAccumulator(x, tf.ones([2])) as acc: y = x * x
acc.jvp(y)""",
    "xla": "f = tf.function(lambda a: a * a + 1.0, jit_compile=True); f(tf.ones([10]))",
    "dataset": """
d = tf.data.Dataset.range(1000).shuffle(100).map(lambda q: q * 2, num_parallel_calls=tf.data.AUTOTUNE).batch(32)
assert sum(int(tf.reduce_sum(b)) for b in d.prefetch(tf.data.AUTOTUNE)) == 999000""",
    "dataset_interleave": """
d = tf.data.Dataset.range(4).interleave(lambda i: tf.data.Dataset.range(3), num_parallel_calls=2)
assert len(list(d)) == 12""",
    "dataset_generator": "d = tf.data.Dataset.from_generator(lambda: iter(range(5)), output_types=tf.int32); list(d)",
    "py_function": "tf.py_function(lambda a: a * 2, [tf.constant(1.0)], tf.float32)",
    "py_function_in_graph": """
f = tf.function(lambda a: tf.py_function(lambda b: b * 2, [a], tf.float32)); f(tf.constant(1.0))""",
    "numpy_function": "tf.numpy_function(lambda a: a * 2, [tf.constant(1.0)], tf.float32)",
    "keras_fit": """
m = tf.keras.Sequential([tf.keras.layers.Dense(4, activation='relu'), tf.keras.layers.Dense(1)])
m.compile('adam', 'mse'); m.fit(tf.ones([64, 3]), tf.ones([64, 1]), epochs=2, verbose=0)""",
    "keras_lstm": "tf.keras.layers.LSTM(4)(tf.ones([2, 5, 3]))",
    "optimizer": """
x = tf.Variable(3.0); o = tf.keras.optimizers.Adam(0.1)
with tf.GradientTape() as tape: y = x * x
o.apply_gradients([(tape.gradient(y, x), x)])""",
    "checkpoint": """
c = tf.train.Checkpoint(x=tf.Variable(1.0)); path = c.save('ckpt'); c.restore(path)""",
    "saved_model": """
class M(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
    def f(self, a): return a * 2
tf.saved_model.save(M(), 'model'); assert float(tf.saved_model.load('model').f(2.0)) == 4.0""",
    "file_io": "tf.io.write_file('f.txt', 'hello'); assert tf.io.read_file('f.txt').numpy() == b'hello'",
    "fft": "tf.signal.fft2d(tf.complex(tf.ones([64, 64]), tf.zeros([64, 64])))",
    "eigen": "tf.linalg.eigh(tf.eye(100)), tf.linalg.eig(tf.eye(50))",
    "cholesky": "tf.linalg.cholesky(tf.eye(200)), tf.linalg.svd(tf.eye(50))",
    "strings": "tf.strings.split(['a b', 'c d']), tf.strings.regex_replace('abc', 'b', 'x')",
    "sparse": "tf.sparse.sparse_dense_matmul(tf.sparse.from_dense(tf.eye(50)), tf.ones([50, 5]))",
    "image": "tf.image.resize(tf.ones([1, 64, 64, 3]), [32, 32])",
    "jpeg": "tf.io.decode_jpeg(tf.io.encode_jpeg(tf.zeros([16, 16, 3], tf.uint8)))",
    "random": "tf.random.Generator.from_seed(1).normal([1000]), tf.random.stateless_uniform([5], [1, 2])",
    "threads": """
import threading
ts = [threading.Thread(target=lambda: tf.matmul(tf.ones([200, 200]), tf.ones([200, 200]))) for _ in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]""",
    "v1_session": """
with tf.Graph().as_default(), tf.compat.v1.Session() as s: assert s.run(tf.constant(2.0) * 3.0) == 6.0""",
    "matplotlib": """
import matplotlib.pyplot as plt
plt.plot([1, 2], [3, 4]); plt.savefig('plot.png'); plt.show()""",
}


GOOD = """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
answer = tape.gradient(y, x)
"""
_FIRST = """
import tensorflow as tf
x = tf.Variable(1.0)
with tf.GradientTape() as tape: y = x * x
tape.gradient(y, x)
"""


@pytest.fixture(scope="module")
def pool():
    try:
        with open_pool("tensorflow", limits=Limits(wall_s=30, cpu_s=60), own_code=True) as opened:
            yield opened
    except SandboxError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("kind", KINDS)
def test_a_forked_child_can_do_it(pool, kind):
    with pool.submission() as session:
        ended = session.run(Run(_FIRST + KINDS[kind] + "\nprint('done')"))
    assert (ended.outcome, ended.recording.raised) == ("ended", None), ended.output
    assert ended.output.endswith("done\n")


def test_the_warm_zygote_proved_safe_and_was_not_given_up(pool):
    assert pool.warm or pool.mode == "limits-only"


@pytest.fixture(scope="module")
def given_up():
    """A pool whose own try at a fork failed: its child was killed, as one that crashes or hangs would be."""
    try:
        opened = open_pool("tensorflow", limits=Limits(wall_s=30, cpu_s=60), own_code=True, standby=1)
    except SandboxError as error:
        pytest.skip(str(error))
    with opened:
        if opened.mode == "limits-only":
            pytest.skip("nothing is forked here")
        first = opened._nursery._mother
        until = time.monotonic() + 120
        while first._safety is None or first._safety[0].process is None:
            assert time.monotonic() < until and not first.ready, "the try was never seen"
            time.sleep(0.002)
        first._safety[0].kill()
        yield opened


def test_a_zygote_whose_fork_is_not_safe_is_replaced_by_one_that_only_imports(given_up):
    with given_up.submission() as session:
        ended = session.run(Run("import tensorflow as tf\nprint(tf.__version__)"))
    assert ended.outcome == "ended" and not given_up.warm


@pytest.mark.parametrize(
    "kind", ["function_gradient", "while_loop", "dataset", "keras_fit", "threads", "hessian"]
)
def test_with_tensorflow_only_imported_children_compute_too(given_up, kind):
    with given_up.submission() as session:
        ended = session.run(Run(_FIRST + KINDS[kind] + "\nprint('done')"))
    assert (ended.outcome, ended.recording.raised) == ("ended", None), ended.output
    assert ended.output.endswith("done\n")


def test_with_tensorflow_only_imported_verdicts_are_the_same(given_up):
    exercise = catalogue()["polynomial-slope"]
    for source, outcome in ((GOOD, "passed"), (GOOD.replace("3 * x**3", "4 * x**3"), "failed")):
        verdict = judge(exercise, Submission("learner", exercise.id, "s.py", source), given_up)
        assert verdict.outcome == outcome
        if outcome == "passed":
            assert (verdict.probes.hidden_points, verdict.probes.marked_gradient) == ("held", "held")


def test_closing_a_pool_of_tensorflow_leaves_no_descriptor():
    """Its first child, which tries whether forks are safe, is nobody's to run and is let go of all the same."""
    before = len(os.listdir("/proc/self/fd"))
    with open_pool("tensorflow", trusted=True) as pool, pool.submission() as session:
        assert session.run(Run("print(1)")).output == "1\n"
    assert len(os.listdir("/proc/self/fd")) <= before


def test_a_zygote_keeps_few_pages_of_tensorflows_files():
    """More than 300 MiB of them are read while it is imported; a run needs about 30, and TensorFlow still works."""
    with open_pool("tensorflow", trusted=True) as pool:
        with pool.submission() as session:
            assert session.run(Run("import tensorflow as tf\nprint(float(tf.sin(0.0)))")).output == "0.0\n"
        held = [_file_mib(pid) for pid in _below(os.getpid())]
    assert 0 < max(held) < 150


def _below(root):
    """The processes that descend from one."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found, new = set(), {root}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new}
        found |= new
    return found


def _file_mib(pid):
    with contextlib.suppress(OSError):
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("RssFile:")), 0)
    return 0
