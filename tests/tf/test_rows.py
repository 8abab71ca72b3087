"""Every row of the op tables is proven the moment it exists: slopes, orders, modes, dtypes, broadcasting."""

from __future__ import annotations

import importlib
import zlib
from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf
from tfgrad_course.tf import _later
from tfgrad_course.tf._declare import COMPOSITES, OPS, traced

for _table in list(_later.TABLES):
    importlib.import_module(f"tfgrad_course.tf.ops.{_table}")


# Composites whose samples are not plain arrays of numbers: their own tests prove them.
NOT_NUMBERS = {"nn.sufficient_statistics", "clip_by_global_norm", "math.segment_sum"}
# Where TensorFlow's own slopes are not those of mathematics, and why.
NOT_MATHEMATICS = {
    "linalg.cholesky": "takes its input for symmetric, so that one element never moves alone",
    "linalg.logdet": "takes its input for symmetric, so that one element never moves alone",
    "nn.isotonic_regression": "its value has corners where the sample lies",
    "zeta": "has no slopes in its first argument",
    "polygamma": "has no slopes in its first argument",
    "igamma": "has no second slopes in its first argument",
    "igammac": "has no second slopes in its first argument",
    "nn.moments": "stops the gradient of the mean inside the variance",
    "softmax_loss": "has no second slope in the labels",
    "nn.softmax_cross_entropy_with_logits": "has no second slope in the labels",
}


def _is_numbers(value: Any) -> bool:
    try:
        return np.asarray(value).dtype == np.float64
    except ValueError:
        return False


def _cases() -> list[Any]:
    """(what, function of its float inputs, those inputs) for each sample of each row and composite."""
    found = []
    for entry in OPS.values():
        for number, sample in enumerate(entry.sample):
            args = sample if (isinstance(sample, tuple) and entry.inputs != 1) or entry.attrs else (sample,)
            inputs = entry.inputs or 0
            if inputs and tf.float64 in entry.dtypes and all(_is_numbers(a) for a in args[:inputs]):
                call = getattr(traced, entry.name)
                goes = [vjp is not None for vjp in entry.vjps]
                found.append(_case(f"{entry.name}-{number}", call, args[:inputs], args[inputs:], goes))
    for name, composite in COMPOSITES.items():
        for number, sample in enumerate(composite.sample):
            args = sample if isinstance(sample, tuple) else (sample,)
            if name in NOT_NUMBERS:
                continue
            places = [i for i, a in enumerate(args) if _is_numbers(a) and not isinstance(a, float | list)]
            places = places or [i for i, a in enumerate(args) if _is_numbers(a)][:1]
            if places:
                call = _filled(composite.function, args, places)
                found.append(
                    _case(f"{name}-{number}", call, [args[i] for i in places], (), [True] * len(places))
                )
    return found


def _filled(function: Any, args: Any, places: list[int]) -> Any:
    def call(*inputs: Any) -> Any:
        given = list(args)
        for i, x in zip(places, inputs, strict=True):
            given[i] = x
        return function(*given)

    return call


def _case(label: str, call: Any, inputs: Any, attrs: Any, goes: list[bool]) -> Any:
    arrays = [np.asarray(x, np.float64) for x in inputs]
    return pytest.param(lambda *xs: call(*xs, *attrs), arrays, goes, id=label)


def _draw(label: Any, shape: tuple[int, ...]) -> np.ndarray:
    seed = zlib.crc32(repr((str(label), shape)).encode())
    return np.random.default_rng(seed).uniform(0.5, 1.5, shape)


def _total(value: Any, weights: Any) -> Any:
    flat = value if isinstance(value, list | tuple) else [value]
    return sum(
        (tf.reduce_sum(z * tf.constant(_draw((weights, i), tuple(z.shape)), z.dtype)) for i, z in enumerate(flat)
         if z.dtype.is_floating), tf.constant(0.0, tf.float64),
    )  # fmt: skip


def _gradients(function: Any, arrays: list[np.ndarray], weights: Any = 0) -> list[Any]:
    xs = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as tape:
        tape.watch(xs)
        total = _total(function(*xs), weights)
    return tape.gradient(total, xs)


def _numeric(total: Any, arrays: list[np.ndarray], which: int) -> np.ndarray:
    slope = np.zeros_like(arrays[which])
    for place in np.ndindex(slope.shape):
        step = 1e-6 * max(1.0, abs(arrays[which][place]))
        ends = []
        for sign in (1, -1):
            moved = [a.copy() for a in arrays]
            moved[which][place] += sign * step
            ends.append(total(moved))
        slope[place] = (ends[0] - ends[1]) / (2 * step)
    return slope


def _has_gradient(case: Any) -> bool:
    """False where TensorFlow has no gradient at all and says so: there is nothing to prove."""
    function, arrays, _ = case.values
    try:
        _gradients(function, arrays)
    except LookupError:
        return False
    return True


CASES = [case for case in _cases() if _has_gradient(case)]


def _skip_what_tensorflow_does_differently(request: Any, names: Any) -> None:
    name = request.node.callspec.id.rpartition("-")[0]
    if name in names:
        pytest.skip(f"TensorFlow {NOT_MATHEMATICS[name]}")


@pytest.mark.parametrize(("function", "arrays", "goes"), CASES)
def test_slopes_are_those_of_finite_differences(
    function: Any, arrays: list[np.ndarray], goes: list[bool], request: Any
) -> None:
    """First order, in float64, at the points the row names."""
    _skip_what_tensorflow_does_differently(
        request, ("linalg.cholesky", "linalg.logdet", "nn.isotonic_regression")
    )
    found = _gradients(function, arrays)
    for i, g in enumerate(found):
        if g is None:
            continue
        wanted = _numeric(lambda moved: float(_total(function(*map(tf.constant, moved)), 0)), arrays, i)
        np.testing.assert_allclose(tf.convert_to_tensor(g).numpy(), wanted, rtol=2e-5, atol=2e-7)


@pytest.mark.parametrize(("function", "arrays", "goes"), CASES)
def test_second_slopes_are_those_of_finite_differences(
    function: Any, arrays: list[np.ndarray], goes: list[bool], request: Any
) -> None:
    """Second order: nested tapes against differences of the first order."""
    _skip_what_tensorflow_does_differently(request, NOT_MATHEMATICS)
    xs = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as outer:
        outer.watch(xs)
        with tf.GradientTape() as inner:
            inner.watch(xs)
            total = _total(function(*xs), 0)
        first = [None if g is None else tf.convert_to_tensor(g) for g in inner.gradient(total, xs)]
        again = sum(
            (tf.reduce_sum(g * _draw(("second", i), g.shape)) for i, g in enumerate(first) if g is not None),
            tf.constant(0.0, tf.float64),
        )
    try:
        second = outer.gradient(again, xs)
    except LookupError as missing:
        pytest.skip(f"TensorFlow: {missing}")

    def slope_total(moved: list[np.ndarray]) -> float:
        found = _gradients(function, moved)
        return sum(
            float(tf.reduce_sum(tf.convert_to_tensor(g) * _draw(("second", i), g.shape)))
            for i, g in enumerate(found) if g is not None
        )  # fmt: skip

    for i, g in enumerate(second):
        wanted = _numeric(slope_total, arrays, i)
        got = np.zeros_like(wanted) if g is None else tf.convert_to_tensor(g).numpy()
        np.testing.assert_allclose(got, wanted, rtol=2e-4, atol=2e-6)


@pytest.mark.parametrize(("function", "arrays", "goes"), CASES)
def test_forward_mode_agrees_with_reverse(function: Any, arrays: list[np.ndarray], goes: list[bool]) -> None:
    """The product of gradient and tangent is the same from either end."""
    xs = [tf.constant(a) for a in arrays]
    tangents = [tf.constant(_draw(("tangent", i), a.shape)) for i, a in enumerate(arrays)]
    try:
        with tf.autodiff.ForwardAccumulator(xs, tangents) as accumulator:
            total = _total(function(*xs), 0)
    except LookupError as missing:
        pytest.skip(f"TensorFlow: {missing}")
    forward = accumulator.jvp(total)
    backward = sum(
        float(tf.reduce_sum(tf.convert_to_tensor(g) * t))
        for g, t in zip(_gradients(function, arrays), tangents, strict=True) if g is not None
    )  # fmt: skip
    np.testing.assert_allclose(0.0 if forward is None else float(forward), backward, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("function", "arrays", "goes"), CASES)
def test_a_jacobian_in_one_walk_agrees_with_row_by_row(
    function: Any, arrays: list[np.ndarray], goes: list[bool]
) -> None:
    """The batched life of each rule against its plain life."""
    xs = [tf.constant(a) for a in arrays]
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(xs)
        made = function(*xs)
    for z in made if isinstance(made, list | tuple) else [made]:
        if not z.dtype.is_floating or not z.shape.num_elements():
            continue
        whole = tape.jacobian(z, xs)
        for i, jac in enumerate(whole):
            rows = []
            for place in range(z.shape.num_elements()):
                seed = np.zeros(z.shape.num_elements())
                seed[place] = 1
                row = tape.gradient(
                    z, xs[i], output_gradients=tf.constant(seed.reshape(tuple(z.shape)), z.dtype)
                )
                rows.append(None if row is None else tf.convert_to_tensor(row).numpy())
            if jac is None:
                assert all(row is None for row in rows)
            else:
                wanted = np.stack(rows).reshape(tuple(z.shape) + arrays[i].shape)
                np.testing.assert_allclose(jac.numpy(), wanted, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "name", [n for n, e in OPS.items() if e.form == "elementwise" and e.inputs == 2 and e.sample]
)
def test_pairs_broadcast_and_their_gradients_have_the_shapes_of_the_inputs(name: str) -> None:
    """A (2, 1) with a (3,), as NumPy broadcasts; each gradient comes back summed to its own shape."""
    entry, call = OPS[name], getattr(traced, name)
    if tf.float64 not in entry.dtypes or all(v is None for v in entry.vjps):
        pytest.skip("no floats or no gradient")
    x = np.array([[abs(entry.sample[0][0])], [abs(entry.sample[0][0]) / 2]])
    y = np.array([0.4, 0.6, 0.8])
    found = _gradients(call, [x, y])
    for i, (a, g) in enumerate(zip((x, y), found, strict=True)):
        if g is None:
            assert entry.vjps[i] is None
            continue
        assert tuple(g.shape) == a.shape
        wanted = _numeric(lambda moved: float(_total(call(*map(tf.constant, moved)), 0)), [x, y], i)
        np.testing.assert_allclose(g.numpy(), wanted, rtol=2e-5, atol=2e-7)


@pytest.mark.parametrize("name", [n for n, e in OPS.items() if e.sample and e.inputs in (1, 2)])
def test_results_and_gradients_have_the_dtype_the_row_promises(name: str) -> None:
    """In every dtype a row allows, the value NumPy computes really is of the dtype the tensor claims."""
    entry, call = OPS[name], getattr(traced, name)
    sample = entry.sample[0]
    args = sample if (isinstance(sample, tuple) and entry.inputs != 1) or entry.attrs else (sample,)
    for dtype in entry.dtypes:
        if dtype in (tf.string, tf.bool) or not all(_is_numbers(a) for a in args[: entry.inputs]):
            continue
        shift = abs if dtype.is_integer else lambda a: a
        xs = [
            tf.cast(tf.constant(shift(np.asarray(a)) + (1 if dtype.is_integer else 0)), dtype)
            for a in args[: entry.inputs]
        ]
        with tf.GradientTape() as tape:
            tape.watch([x for x in xs if x.dtype.is_floating or x.dtype.is_complex])
            z = call(*xs, *args[entry.inputs :])
        z = z[0] if isinstance(z, list) else z
        assert z.numpy().dtype == z.dtype.np, dtype
        if not z.shape.rank:
            assert not isinstance(z._v, np.ndarray), "rank 0 is a NumPy scalar"
        for x, g in zip(xs, tape.gradient(z, xs), strict=True):
            if g is not None and (dtype.is_floating or dtype.is_complex):
                g = tf.convert_to_tensor(g)
                assert g.dtype is x.dtype, dtype
                assert g.numpy().dtype == x.dtype.np, dtype
