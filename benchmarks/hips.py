"""The workloads of tape.py written for HIPS autograd, the rival the tape must never fall behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd.numpy as np
from autograd import grad, hessian, jacobian, value_and_grad


def cubic() -> Callable[[], Any]:
    """The slope of 3x^3 + 5x^2 - 3x + 10 at -2."""
    slope = grad(lambda x: 3 * x**3 + 5 * x**2 - 3 * x + 10)
    return lambda: slope(-2.0)


def mixed() -> Callable[[], Any]:
    """Powers, a logarithm, a hyperbolic tangent."""
    slope = grad(lambda x: 3.0 ** (0.2 * x) + 5 * x**2 - np.log(x) + np.tanh(x))
    return lambda: slope(2.0)


def second_derivative() -> Callable[[], Any]:
    """A gradient of a gradient."""
    bend = grad(grad(lambda x: x**3))
    return lambda: bend(1.5)


def rosenbrock() -> Callable[[], Any]:
    """A thousand steps down the banana valley."""
    slopes = grad(lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2, (0, 1))

    def run() -> Any:
        x, y = -1.2, 1.0
        for _ in range(1000):
            dx, dy = slopes(x, y)
            x, y = x - 1e-3 * dx, y - 1e-3 * dy
        return x

    return run


def perceptron() -> Callable[[], Any]:
    """One training step of a network of two layers on 128 examples."""
    import numpy

    draw = numpy.random.default_rng(0)
    data = draw.normal(size=(128, 64)).astype("f")
    wanted = draw.normal(size=(128, 1)).astype("f")
    shapes = ((64, 128), (128,), (128, 1), (1,))
    weights = [draw.normal(size=shape).astype("f") * numpy.float32(0.1) for shape in shapes]

    def loss(weights: Any) -> Any:
        hidden = np.maximum(np.dot(data, weights[0]) + weights[1], 0)
        return np.mean((np.dot(hidden, weights[2]) + weights[3] - wanted) ** 2)

    ask = value_and_grad(loss)

    def run() -> Any:
        value, slopes = ask(weights)
        weights[:] = [
            weight - numpy.float32(1e-3) * slope for weight, slope in zip(weights, slopes, strict=True)
        ]
        return value

    return run


def all_slopes() -> Callable[[], Any]:
    """All slopes of a hundred outputs in a hundred inputs."""
    import numpy

    draw = numpy.random.default_rng(0)
    matrix = draw.normal(size=(100, 100)).astype("f")
    x = draw.normal(size=(100, 1)).astype("f")
    ask = jacobian(lambda x: np.tanh(np.dot(matrix, x)))
    return lambda: ask(x)


def chain() -> Callable[[], Any]:
    """Ten thousand operations one after the other."""

    def long(x: Any) -> Any:
        y = x * 1.0001
        for _ in range(9999):
            y = y * 1.0001
        return y

    slope = grad(long)
    return lambda: slope(1.0)


def second_slopes() -> Callable[[], Any]:
    """The matrix of second derivatives in ten variables."""
    import numpy

    x = 0.1 * numpy.arange(1, 11)
    ask = hessian(lambda x: np.sum(np.sin(x) * x**2))
    return lambda: ask(x)


WORK: dict[str, Callable[[], Callable[[], Any]]] = {
    "cubic": cubic,
    "mixed": mixed,
    "second derivative": second_derivative,
    "Rosenbrock 1000": rosenbrock,
    "MLP step": perceptron,
    "jacobian 100x100": all_slopes,
    "chain 10000": chain,
    "Hessian 10": second_slopes,
}
