"""The tape beside TensorFlow eager, in one process, median against median: what course work costs on each.

Run: OPENBLAS_NUM_THREADS=1 python benchmarks/tape.py [--rounds N] [--only cubic,chain] [--cpu]
Where HIPS autograd is installed (pip install autograd), it has a column of its own; nothing may be slower than there.
Ratios hold on a busy machine, microseconds do not. Import time and memory are measured in fresh processes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

AIMS = {
    "cubic": 40, "mixed": 60, "second derivative": 30, "Rosenbrock 1000": 50, "MLP step": 8, "jacobian 100x100": 800,
    "chain 10000": 20, "Hessian 10": 500,
}  # fmt: skip


def cubic(tf: Any) -> Callable[[], Any]:
    """The course's first question: the slope of 3x^3 + 5x^2 - 3x + 10 at -2."""
    x = tf.Variable(-2.0)

    def run() -> Any:
        with tf.GradientTape() as tape:
            y = 3 * x**3 + 5 * x**2 - 3 * x + 10
        return tape.gradient(y, x)

    return run


def mixed(tf: Any) -> Callable[[], Any]:
    """The second question: powers, a logarithm, a hyperbolic tangent."""
    x = tf.Variable(2.0)

    def run() -> Any:
        with tf.GradientTape() as tape:
            y = tf.pow(3.0, 0.2 * x) + 5 * x**2 - tf.math.log(x) + tf.math.tanh(x)
        return tape.gradient(y, x)

    return run


def second_derivative(tf: Any) -> Callable[[], Any]:
    """Two nested tapes."""
    x = tf.Variable(1.5)

    def run() -> Any:
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = x**3
            slope = inner.gradient(y, x)
        return outer.gradient(slope, x)

    return run


def rosenbrock(tf: Any) -> Callable[[], Any]:
    """A thousand steps down the banana valley."""

    def run() -> Any:
        x, y = tf.Variable(-1.2), tf.Variable(1.0)
        for _ in range(1000):
            with tf.GradientTape() as tape:
                z = (1 - x) ** 2 + 100 * (y - x**2) ** 2
            dx, dy = tape.gradient(z, [x, y])
            x.assign_sub(1e-3 * dx)
            y.assign_sub(1e-3 * dy)
        return x

    return run


def perceptron(tf: Any) -> Callable[[], Any]:
    """One training step of a network of two layers on 128 examples."""
    import numpy as np

    draw = np.random.default_rng(0)
    data = tf.constant(draw.normal(size=(128, 64)).astype("f"))
    wanted = tf.constant(draw.normal(size=(128, 1)).astype("f"))
    weights = [
        tf.Variable(draw.normal(size=shape).astype("f") * 0.1)
        for shape in ((64, 128), (128,), (128, 1), (1,))
    ]

    def run() -> Any:
        with tf.GradientTape() as tape:
            hidden = tf.nn.relu(tf.matmul(data, weights[0]) + weights[1])
            loss = tf.reduce_mean(tf.square(tf.matmul(hidden, weights[2]) + weights[3] - wanted))
        for weight, slope in zip(weights, tape.gradient(loss, weights), strict=True):
            weight.assign_sub(1e-3 * slope)
        return loss

    return run


def jacobian(tf: Any) -> Callable[[], Any]:
    """All slopes of a hundred outputs in a hundred inputs."""
    import numpy as np

    draw = np.random.default_rng(0)
    matrix = tf.constant(draw.normal(size=(100, 100)).astype("f"))
    x = tf.Variable(draw.normal(size=(100, 1)).astype("f"))

    def run() -> Any:
        with tf.GradientTape() as tape:
            y = tf.tanh(matrix @ x)
        return tape.jacobian(y, x)

    return run


def chain(tf: Any) -> Callable[[], Any]:
    """Ten thousand operations one after the other."""
    x = tf.Variable(1.0)

    def run() -> Any:
        with tf.GradientTape() as tape:
            y = x * 1.0001
            for _ in range(9999):
                y = y * 1.0001
        return tape.gradient(y, x)

    return run


def hessian(tf: Any) -> Callable[[], Any]:
    """The matrix of second derivatives in ten variables."""
    x = tf.Variable([0.1 * i for i in range(1, 11)])

    def run() -> Any:
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                y = tf.reduce_sum(tf.sin(x) * x**2)
            slope = inner.gradient(y, x)
        return outer.jacobian(slope, x)

    return run


WORK: dict[str, tuple[Callable[[Any], Callable[[], Any]], int]] = {
    "cubic": (cubic, 200),
    "mixed": (mixed, 200),
    "second derivative": (second_derivative, 200),
    "Rosenbrock 1000": (rosenbrock, 1),
    "MLP step": (perceptron, 50),
    "jacobian 100x100": (jacobian, 50),
    "chain 10000": (chain, 1),
    "Hessian 10": (hessian, 50),
}


def seconds(run: Callable[[], Any], repeat: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Time of one run, over `repeat` of them."""
    started = clock()
    for _ in range(repeat):
        run()
    return (clock() - started) / repeat


def compare(names: list[str], rounds: int, clock: Callable[[], float]) -> None:
    """One line a workload: TensorFlow, the tape, their ratio, what is aimed at; beside it autograd and its ratio."""
    import tensorflow

    from tfgrad_course import tf as tape

    hips = rival()
    print(
        f"{'workload':20} {'TensorFlow':>12} {'tape':>12} {'ratio':>8} {'aim':>6} {'autograd':>12} {'ratio':>8}"
    )
    for name in names:
        build, repeat = WORK[name]
        runs = [(build(tensorflow), max(1, repeat // 10)), (build(tape), repeat)]
        if hips:
            runs.append((hips[name](), max(1, repeat // 4)))
        for run, _ in runs:
            run()
        # One round of each after the other: what else the machine does meets all alike.
        times = [[seconds(run, count, clock) for run, count in runs] for _ in range(rounds)]
        slow, quick, *other = (statistics.median(column) for column in zip(*times, strict=True))
        beside = f" {micro(other[0])} {other[0] / quick:7.1f}x" if other else ""
        print(f"{name:20} {micro(slow)} {micro(quick)} {slow / quick:7.0f}x {AIMS[name]:5}x{beside}")


def rival() -> dict[str, Callable[[], Callable[[], Any]]] | None:
    """The same workloads for HIPS autograd, if it is installed."""
    try:
        import autograd  # noqa: F401
    except ImportError:
        return None
    from hips import WORK as workloads

    return workloads


def micro(value: float) -> str:
    """A time in microseconds, right-aligned."""
    return f"{value * 1e6:9.1f} us"


def fresh(code: str) -> tuple[float, float]:
    """Wall seconds and peak MiB of `code` in a fresh Python (on Linux), the best of six."""
    program = (
        f"import time; t = time.perf_counter(); {code}; t = time.perf_counter() - t\n"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(t, int(peak.split()[1]) / 1024)"
    )
    with_bytecode = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    found = []
    for _ in range(6):
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=with_bytecode
        )
        out = run.stdout
        found.append(tuple(float(v) for v in out.split()[-2:]))
    return min(f[0] for f in found), min(f[1] for f in found)


def start_up(with_tensorflow: bool) -> None:
    """What importing costs."""
    lines = {"numpy": "import numpy", "the tape": "import tfgrad_course.tf"}
    if with_tensorflow:
        lines["tensorflow"] = "import tensorflow"
    for name, code in lines.items():
        wall, peak = fresh(code)
        print(f"import {name:13} {wall * 1e3:8.0f} ms {peak:8.1f} MiB")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--only", default="", help="workloads, separated by commas")
    options.add_argument("--no-start-up", action="store_true")
    options.add_argument("--cpu", action="store_true", help="CPU time of the process, for a busy machine")
    chosen = options.parse_args()
    names = [n for n in WORK if not chosen.only or any(part in n for part in chosen.only.split(","))]
    compare(names, chosen.rounds, time.process_time if chosen.cpu else time.perf_counter)
    if not chosen.no_start_up:
        start_up(with_tensorflow=not chosen.only)


if __name__ == "__main__":
    main()
