"""Random numbers: dtypes, shapes, states, seeds and errors against real TensorFlow, and the numbers themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf as shim

f = np.float32
D = ["float16", "bfloat16", "float32", "float64", "int32", "int64", "uint32", "uint64", "complex64", "bool"]


def prop(t: Any) -> Any:
    """What is known of a random tensor."""
    return t.dtype.name, tuple(t.shape)


def err(function: Any) -> Any:
    """The same as a case."""
    return lambda tf: prop(function(tf))


CASES: dict[str, Any] = {}
for d in D:
    CASES[f"normal {d}"] = err(lambda tf, d=d: tf.random.normal([2, 3], dtype=d))
    CASES[f"trunc {d}"] = err(lambda tf, d=d: tf.random.truncated_normal([2, 3], dtype=d))
    CASES[f"unif {d}"] = err(lambda tf, d=d: tf.random.uniform([2, 3], maxval=5, dtype=d))
    CASES[f"unif0 {d}"] = err(lambda tf, d=d: tf.random.uniform([2, 3], dtype=d))
    if d != "bfloat16":
        CASES[f"gamma {d}"] = err(lambda tf, d=d: tf.random.gamma([2, 3], [0.5, 1.5], dtype=d))
    CASES[f"poisson {d}"] = err(lambda tf, d=d: tf.random.poisson([2, 3], [0.5, 1.5], dtype=d))
    CASES[f"snormal {d}"] = err(lambda tf, d=d: tf.random.stateless_normal([2, 3], [1, 2], dtype=d))
    CASES[f"strunc {d}"] = err(lambda tf, d=d: tf.random.stateless_truncated_normal([2, 3], [1, 2], dtype=d))
    CASES[f"sunif {d}"] = err(
        lambda tf, d=d: tf.random.stateless_uniform([2, 3], [1, 2], minval=0, maxval=5, dtype=d)
    )
    CASES[f"sunif0 {d}"] = err(lambda tf, d=d: tf.random.stateless_uniform([2, 3], [1, 2], dtype=d))
    CASES[f"sunifN {d}"] = err(
        lambda tf, d=d: tf.random.stateless_uniform([2, 3], [1, 2], minval=None, maxval=None, dtype=d)
    )
    CASES[f"G normal {d}"] = err(lambda tf, d=d: tf.random.Generator.from_seed(1).normal([2, 3], dtype=d))
    CASES[f"G unif {d}"] = err(
        lambda tf, d=d: tf.random.Generator.from_seed(1).uniform([2, 3], maxval=5, dtype=d)
    )
    CASES[f"G full {d}"] = err(
        lambda tf, d=d: tf.random.Generator.from_seed(1).uniform_full_int([2, 3], dtype=d)
    )
    CASES[f"G binom {d}"] = err(
        lambda tf, d=d: tf.random.Generator.from_seed(1).binomial([2], [10.0, 10.0], [0.5, 0.4], dtype=d)
    )
    CASES[f"G trunc {d}"] = err(
        lambda tf, d=d: tf.random.Generator.from_seed(1).truncated_normal([2, 3], dtype=d)
    )
CASES.update(
    {
        "shape t": err(lambda tf: tf.random.normal(tf.constant([2, 3]))),
        "shape s": err(lambda tf: tf.random.normal(tf.TensorShape([2, 3]))),
        "shape []": err(lambda tf: tf.random.normal([])),
        "shape 0": err(lambda tf: tf.random.normal([0, 2])),
        "shape neg": err(lambda tf: tf.random.normal([-1])),
        "shape i": err(lambda tf: tf.random.normal(3)),
        "shape f": err(lambda tf: tf.random.normal([2.0])),
        "shape None": err(lambda tf: tf.random.normal([None, 2])),
        "shape np": err(lambda tf: tf.random.normal(np.array([2, 3]))),
        "shape mix": err(lambda tf: tf.random.normal([tf.constant(2), 3])),
        "mean v": err(lambda tf: tf.random.normal([2, 3], mean=[1.0, 2.0, 3.0])),
        "mean bad": err(lambda tf: tf.random.normal([2, 3], mean=[1.0, 2.0])),
        "sd v": err(lambda tf: tf.random.normal([2, 3], stddev=[[1.0], [2.0]])),
        "unif mm": err(lambda tf: tf.random.uniform([2], minval=5, maxval=2, dtype=tf.int32)),
        "unif none": err(lambda tf: tf.random.uniform([2], dtype=tf.int32)),
        "unif v": err(lambda tf: tf.random.uniform([2], minval=[0.0, 1.0], maxval=[2.0, 3.0])),
        "unif iv": err(lambda tf: tf.random.uniform([2], minval=[0, 1], maxval=[2, 3], dtype=tf.int32)),
        "unif eq": err(lambda tf: tf.random.uniform([2], minval=2, maxval=2, dtype=tf.int32)),
        "unif rev f": err(lambda tf: tf.random.uniform([2], minval=2.0, maxval=1.0)),
        "shuffle": lambda tf: tf.sort(tf.random.shuffle([3, 1, 2])),
        "shuffle 2d": err(lambda tf: tf.random.shuffle([[3, 1], [2, 5]])),
        "shuffle 0": err(lambda tf: tf.random.shuffle(np.zeros((0, 2), f))),
        "shuffle s": err(lambda tf: tf.random.shuffle(3.0)),
        "cat": err(lambda tf: tf.random.categorical([[0.0, 1.0]], 5)),
        "cat i32": err(lambda tf: tf.random.categorical([[0.0, 1.0]], 5, dtype=tf.int32)),
        "cat 1d": err(lambda tf: tf.random.categorical([0.0, 1.0], 5)),
        "cat 0": err(lambda tf: tf.random.categorical([[0.0, 1.0]], 0)),
        "cat neg": err(lambda tf: tf.random.categorical([[0.0, 1.0]], -1)),
        "cat det": lambda tf: tf.random.categorical([[0.0, 100.0], [100.0, 0.0]], 3),
        "cat int": err(lambda tf: tf.random.categorical([[0, 1]], 5)),
        "cat empty": err(lambda tf: tf.random.categorical(np.zeros((0, 2), f), 5)),
        "cat nocls": err(lambda tf: tf.random.categorical(np.zeros((2, 0), f), 5)),
        "cat ftype": err(lambda tf: tf.random.categorical([[0.0, 1.0]], 5, dtype=tf.float32)),
        "gamma b": err(lambda tf: tf.random.gamma([3], [1.0, 2.0], [[1.0], [2.0]])),
        "gamma s": err(lambda tf: tf.random.gamma([], 1.0)),
        "gamma e": err(lambda tf: tf.random.gamma([0], [1.0, 2.0])),
        "poisson s": err(lambda tf: tf.random.poisson([], 2.0)),
        "gamma a i": err(lambda tf: tf.random.gamma([2], 3)),
        "sl same": lambda tf: bool(
            tf.reduce_all(tf.random.stateless_normal([3], [1, 2]) == tf.random.stateless_normal([3], [1, 2]))
        ),
        "sl diff": lambda tf: bool(
            tf.reduce_all(tf.random.stateless_normal([3], [1, 2]) == tf.random.stateless_normal([3], [1, 3]))
        ),
        "sl seed bad": err(lambda tf: tf.random.stateless_normal([3], [1, 2, 3])),
        "sl seed s": err(lambda tf: tf.random.stateless_normal([3], 1)),
        "sl seed f": err(lambda tf: tf.random.stateless_normal([3], [1.0, 2.0])),
        "sl seed 64": err(lambda tf: tf.random.stateless_normal([3], tf.constant([1, 2], tf.int64))),
        "sl seed u": err(lambda tf: tf.random.stateless_normal([3], tf.constant([1, 2], tf.uint32))),
        "sl unif none": err(lambda tf: tf.random.stateless_uniform([2], [1, 2], dtype=tf.int32, maxval=None)),
        "sl unif min none": err(
            lambda tf: tf.random.stateless_uniform([2], [1, 2], minval=None, maxval=5, dtype=tf.int32)
        ),
        "sl uint": err(
            lambda tf: tf.random.stateless_uniform([2], [1, 2], minval=0, maxval=5, dtype=tf.uint32)
        ),
        "split": err(lambda tf: tf.random.split([1, 2], 3)),
        "split64": err(lambda tf: tf.random.split(tf.constant([1, 2], tf.int64))),
        "split det": lambda tf: bool(tf.reduce_all(tf.random.split([1, 2], 3) == tf.random.split([1, 2], 3))),
        "fold": err(lambda tf: tf.random.fold_in([1, 2], 3)),
        "fold64": err(lambda tf: tf.random.fold_in(tf.constant([1, 2], tf.int64), 3)),
        "esplit": err(lambda tf: tf.random.experimental.stateless_split([1, 2], 3)),
        "sl bin": err(lambda tf: tf.random.stateless_binomial([2], [1, 2], [10.0, 10.0], [0.5, 0.5])),
        "sl gam": err(lambda tf: tf.random.stateless_gamma([2], [1, 2], 1.5)),
        "sl poi": err(lambda tf: tf.random.stateless_poisson([2], [1, 2], 1.5)),
        "sl cat": err(lambda tf: tf.random.stateless_categorical([[0.0, 1.0]], 3, [1, 2])),
        "sl shuf": err(lambda tf: tf.random.experimental.stateless_shuffle([1, 2, 3], [1, 2])),
        "set_seed": lambda tf: (
            tf.random.set_seed(5),
            a := tf.random.normal([3]),
            tf.random.set_seed(5),
            b := tf.random.normal([3]),
            bool(tf.reduce_all(a == b)),
        )[-1],
        "set_seed2": lambda tf: (
            tf.random.set_seed(5),
            a := tf.random.normal([3]),
            b := tf.random.normal([3]),
            bool(tf.reduce_all(a == b)),
        )[-1],
        "op seed": lambda tf: (
            tf.random.set_seed(5),
            a := tf.random.normal([3], seed=1),
            b := tf.random.normal([3], seed=1),
            bool(tf.reduce_all(a == b)),
        )[-1],
        "op seeds reset": lambda tf: (
            tf.random.set_seed(5),
            a := tf.random.normal([3], seed=1),
            tf.random.set_seed(5),
            b := tf.random.normal([3], seed=1),
            bool(tf.reduce_all(a == b)),
        )[-1],
        "op seed mix": lambda tf: (
            tf.random.set_seed(5),
            tf.random.uniform([3], seed=1),
            b := tf.random.normal([3]),
            tf.random.set_seed(5),
            c := tf.random.normal([3]),
            bool(tf.reduce_all(b == c)),
        )[-1],
        "seed str": lambda tf: tf.random.set_seed("a"),
        "seed big": lambda tf: tf.random.set_seed(2**40),
        "seed neg": lambda tf: (tf.random.set_seed(-3), prop(tf.random.normal([2])))[-1],
        "seed f": lambda tf: tf.random.set_seed(1.5),
        "G state": lambda tf: (
            prop(tf.random.Generator.from_seed(1).state),
            tf.random.Generator.from_seed(1).state.numpy(),
        ),
        "G key": lambda tf: (tf.random.Generator.from_seed(1).key,),
        "G alg": lambda tf: int(tf.random.Generator.from_seed(1).algorithm),
        "G alg tf": lambda tf: int(tf.random.Generator.from_seed(1, alg="threefry").algorithm),
        "G state tf": lambda tf: tf.random.Generator.from_seed(1, alg="threefry").state,
        "G alg bad": lambda tf: tf.random.Generator.from_seed(1, alg="x"),
        "G alg n": lambda tf: int(tf.random.Generator.from_seed(1, alg=1).algorithm),
        "G alg n3": lambda tf: int(tf.random.Generator.from_seed(1, alg=3).algorithm),
        "G alg e": lambda tf: int(tf.random.Generator.from_seed(1, alg=tf.random.Algorithm.PHILOX).algorithm),
        "G after": lambda tf: (g := tf.random.Generator.from_seed(1), g.normal([2, 3]), g.state.numpy())[-1],
        "G after2": lambda tf: (
            g := tf.random.Generator.from_seed(1),
            g.uniform([5]),
            g.normal([1]),
            g.state.numpy(),
        )[-1],
        "G after big": lambda tf: (g := tf.random.Generator.from_seed(1), g.uniform([500]), g.state.numpy())[
            -1
        ],
        "G after th": lambda tf: (
            g := tf.random.Generator.from_seed(1, alg="threefry"),
            g.uniform([5]),
            g.state.numpy(),
        )[-1],
        "G skip": lambda tf: (g := tf.random.Generator.from_seed(1), g.skip(3), g.state.numpy())[-1],
        "G skip ret": lambda tf: tf.random.Generator.from_seed(1).skip(3),
        "G from_state": lambda tf: tf.random.Generator.from_state([1, 2, 3], alg="philox").state,
        "G from_state bad": lambda tf: tf.random.Generator.from_state([1, 2], alg="philox").state,
        "G from_state th": lambda tf: tf.random.Generator.from_state([1, 2], alg="threefry").state,
        "G key counter": lambda tf: (
            tf.random.Generator.from_key_counter(key=7, counter=[8, 9], alg="philox").state
        ),
        "G key counter th": lambda tf: (
            tf.random.Generator.from_key_counter(key=7, counter=8, alg="threefry").state
        ),
        "G key counter bad": lambda tf: (
            tf.random.Generator.from_key_counter(key=7, counter=[8], alg="philox").state
        ),
        "G copy": lambda tf: (
            g := tf.random.Generator.from_seed(1),
            h := tf.random.Generator(copy_from=g),
            bool(tf.reduce_all(g.normal([3]) == h.normal([3]))),
        )[-1],
        "G none": lambda tf: tf.random.Generator(),
        "G state noalg": lambda tf: tf.random.Generator(state=[1, 2, 3]),
        "G both": lambda tf: tf.random.Generator(copy_from=tf.random.Generator.from_seed(1), state=[1, 2, 3]),
        "G reset": lambda tf: (
            g := tf.random.Generator.from_seed(1),
            g.normal([2]),
            g.reset([4, 5, 6]),
            g.state.numpy(),
        )[-1],
        "G reset seed": lambda tf: (
            g := tf.random.Generator.from_seed(1),
            g.normal([2]),
            g.reset_from_seed(9),
            g.state.numpy(),
        )[-1],
        "G reset kc": lambda tf: (
            g := tf.random.Generator.from_seed(1),
            g.reset_from_key_counter(5, [6, 7]),
            g.state.numpy(),
        )[-1],
        "G reset bad": lambda tf: (g := tf.random.Generator.from_seed(1), g.reset([4, 5]))[-1],
        "G split": lambda tf: [type(x).__name__ for x in tf.random.Generator.from_seed(1).split(3)],
        "G split state": lambda tf: [prop(x.state) for x in tf.random.Generator.from_seed(1).split(2)],
        "G split adv": lambda tf: (g := tf.random.Generator.from_seed(1), g.split(3), g.state.numpy())[-1],
        "G seeds": lambda tf: prop(tf.random.Generator.from_seed(1).make_seeds(4)),
        "G repr": lambda tf: tf.random.Generator.from_seed(1).state.name,
        "G seed none": lambda tf: prop(tf.random.Generator.from_non_deterministic_state().state),
        "G seed t": lambda tf: tf.random.Generator.from_seed(tf.constant(5)).state,
        "G seed neg": lambda tf: tf.random.Generator.from_seed(-5).state,
        "G seed big": lambda tf: tf.random.Generator.from_seed(2**65).state,
        "G seed list": lambda tf: tf.random.Generator.from_seed([1, 2]).state,
        "G seed f": lambda tf: tf.random.Generator.from_seed(1.5).state,
        "G shape 0": lambda tf: (g := tf.random.Generator.from_seed(1), prop(g.normal([0])), g.state.numpy())[
            1:
        ],
        "G unif int nomax": lambda tf: tf.random.Generator.from_seed(1).uniform([2], dtype=tf.int32),
        "G unif vec": lambda tf: prop(
            tf.random.Generator.from_seed(1).uniform([2], minval=[0, 1], maxval=[4, 5], dtype=tf.int32)
        ),
        "create": lambda tf: tf.random.create_rng_state(1, "philox"),
        "create th": lambda tf: tf.random.create_rng_state(1, "threefry"),
        "alg": lambda tf: [(a.name, a.value) for a in tf.random.Algorithm],
    }
)
for _kind in ("float32", "float64", "float16", "bfloat16"):
    CASES |= {
        f"numbers: stateless uniform {_kind}": lambda tf, d=_kind: tf.random.stateless_uniform(
            [11], [3, -4], dtype=d
        ),
        f"numbers: stateless normal {_kind}": lambda tf, d=_kind: tf.random.stateless_normal(
            [5, 3], [3, -4], dtype=d
        ),
        f"numbers: stateless truncated {_kind}": lambda tf, d=_kind: tf.random.stateless_truncated_normal(
            [50], [3, 7], dtype=d
        ),
        f"numbers: generator {_kind}": lambda tf, d=_kind: _twice(tf, d),
    }
for _kind in ("int32", "int64"):
    CASES[f"numbers: stateless {_kind}"] = lambda tf, d=_kind: tf.random.stateless_uniform(
        [9], [1, 2], -5, 100, d
    )
    CASES[f"numbers: seeded {_kind}"] = lambda tf, d=_kind: _seeded(
        tf, lambda: tf.random.uniform([9], -5, 100, d)
    )
CASES |= {
    "numbers: seeded": lambda tf: _seeded(
        tf, lambda: (tf.random.normal([3]), tf.random.uniform([2, 2]), tf.random.truncated_normal([5]))
    ),
    "numbers: seeded shuffle": lambda tf: _seeded(
        tf, lambda: (tf.random.shuffle(tf.range(10)), tf.random.shuffle([[1], [2], [3]]))
    ),
    "numbers: seeded classes": lambda tf: _seeded(
        tf, lambda: tf.random.categorical([[0.0, 1.0, 2.0], [3.0, 0.0, 0.0]], 6)
    ),
    "numbers: seeds of operations": lambda tf: _seeded(
        tf, lambda: [tf.random.normal([3], seed=1) for _ in range(3)]
    ),
    "numbers: shuffle again": lambda tf: _seeded(
        tf, lambda: [tf.random.shuffle(tf.range(6), seed=1) for _ in range(3)]
    ),
    "numbers: split": lambda tf: (tf.random.split([1, 2], 3), tf.random.fold_in([1, 2], 3)),
    "numbers: full": lambda tf: tf.random.stateless_uniform([4], [1, 2], None, None, tf.uint32),
    "numbers: seeds made": lambda tf: tf.random.Generator.from_seed(7).make_seeds(3),
    "numbers: children": lambda tf: [g.normal([2]) for g in tf.random.Generator.from_seed(7).split(2)],
    "numbers: stateless classes": lambda tf: tf.random.stateless_categorical([[0.0, 1.0, 2.0]], 6, [1, 2]),
}


def _seeded(tf: Any, draw: Any) -> Any:
    tf.random.set_seed(42)
    return draw()


def _twice(tf: Any, kind: Any) -> Any:
    source = tf.random.Generator.from_seed(5)
    return source.normal([3], dtype=kind), source.uniform([4], dtype=kind), source.state.numpy()


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_what_is_drawn_and_what_is_refused_agrees(agree: Any, name: str) -> None:
    agree(CASES[name], 3e-6, 22)


def test_gamma_and_poisson_have_the_moments_of_their_distributions() -> None:
    shim.random.set_seed(1)
    drawn = shim.random.gamma([20_000], 3.0, 2.0).numpy()
    assert abs(drawn.mean() - 1.5) < 0.03
    assert abs(drawn.var() - 0.75) < 0.05
    counts = shim.random.poisson([20_000], 4.0).numpy()
    assert abs(counts.mean() - 4) < 0.1
    assert abs(counts.var() - 4) < 0.2


def test_numbers_reach_their_parameters() -> None:
    mean = shim.Variable([1.0, 2.0])
    with shim.GradientTape() as tape:
        y = shim.random.normal([3, 2], mean, 0.5)
    np.testing.assert_allclose(tape.gradient(y, mean), [3.0, 3.0])
