"""Questions to a learner's syntax tree."""

from __future__ import annotations

import ast

from graders.making import Making
from graders.script import Script


def script(text: str) -> Script:
    return Script(ast.parse(text))


def test_imported_names_are_known_by_their_full_name() -> None:
    found = script(
        "import tensorflow as tf\nfrom math import sin as s\nimport numpy\ny = tf.math.log(s(numpy.pi))\n"
    )
    names = [found.dotted(call.func) for call in found.calls]
    assert names == ["tensorflow.math.log", "math.sin"]


def test_recorded_code_includes_functions_called_in_the_block() -> None:
    found = script(
        "import numpy as np\ndef f(x):\n    return g(x)\ndef g(x):\n    return np.sin(x)\n"
        "def h(x):\n    return np.cos(x)\n"
        "import tensorflow as tf\nwith tf.GradientTape() as t:\n    y = f(x)\nz = h(x)\n"
    )
    inside = {found.word(call.func) for call in found.calls if call in found.recorded}
    assert "sin" in inside and "cos" not in inside


def test_an_answer_is_followed_through_copies_casts_and_returns() -> None:
    found = script(
        "def solve():\n    d = t.gradient(y, x)\n    return d\nslope = solve()\nanswer = float(slope)\n"
    )
    chain = found.origin("answer")
    assert [bind.line for bind in chain] == [5, 4, 2]
    assert Making(found, "answer").is_gradient(ast.parse("answer", mode="eval").body)
    assert Making(found, "answer").uses_gradient(chain[0].value)  # type: ignore[arg-type]


def test_numbers_that_are_only_printed_or_compared_do_not_count() -> None:
    found = script('print("x", x.numpy())\nif x.numpy() > 0:\n    y = x.numpy() * 2\n')
    shown = [found.only_shown(call) for call in found.methods("numpy")]
    assert shown == [True, True, False]


def test_functions_wrapped_by_hand_are_traced_too() -> None:
    found = script(
        "import tensorflow as tf\ndef f():\n    a = 1\ng = tf.function(f)\n@tf.function\ndef h():\n    b = 2\nc = 3\n"
    )
    traced = {bind.name: found.traced(bind.node) for bind in found.binds}
    assert traced == {"a": True, "b": True, "c": False, "g": False}
