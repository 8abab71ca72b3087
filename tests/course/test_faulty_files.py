"""Faulty files: each gets the right message at the right line and column, all faults of a file at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgrad_course.course.fault import ExerciseError
from tfgrad_course.course.load import load

BASE = "id: q\nkind: slope\n"
Expected = list[tuple[int, int, str]]

# what is wrong, the file, and for each fault its line, its column and words of what was found
FAULTY: list[tuple[str, str | bytes, Expected]] = [
    ("a tab", BASE + "point:\n\tx: 2\n", [(4, 1, "a tab")]),
    (
        "a field twice",
        BASE + "function: x**2\nfunction: x**3\npoint: {x: 2}\nanswer: 4\n",
        [(4, 1, "it a second time (first in line 3)")],
    ),
    (
        "an alias",
        BASE + "function: x**2\npoint: &p {x: 2}\ndomain: *p\nanswer: 4\n",
        [(4, 8, "the anchor '&p'"), (5, 9, "the alias '*p'")],
    ),
    (
        "a tag",
        BASE + "function: !!python/name:os.system x\npoint: {x: 2}\nanswer: 4\n",
        [(3, 11, "the tag 'tag:yaml.org,2002:python/name:os.system'")],
    ),
    (
        "two documents",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\n---\nid: r\n",
        [(6, 1, "a second one after '---'")],
    ),
    ("nothing but a comment", "# nothing yet\n", [(1, 1, "an empty file")]),
    ("a list in place of fields", "- id: q\n", [(1, 1, "a list of 1")]),
    (
        "unclosed list",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nchoices: [1, 2\n",
        [(6, 10, "a list that is never closed")],
    ),
    (
        "unclosed quote",
        BASE + "function: 'x**2\npoint: {x: 2}\nanswer: 4\n",
        [(3, 11, "a quote that is never closed")],
    ),
    ("no colon", "id: q\nkind slope\nfunction: x**2\n", [(2, 1, "a line without a colon")]),
    (
        "colon in text",
        BASE + "title: Note: this\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n",
        [(3, 12, "a colon in the middle of a value")],
    ),
    ("not UTF-8", BASE.encode() + b"title: caf\xe9\n", [(3, 11, "the byte 0xe9")]),
    ("292 KB", BASE.encode() + b"# " + b"x" * 300_000, [(1, 1, "292 KB")]),
    ("unknown field", BASE + "functon: x**2\npoint: {x: 2}\nanswer: 4\n", [(3, 1, "'functon'")]),
    ("unknown kind", "id: q\nkind: slopes\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n", [(2, 7, "'slopes'")]),
    (
        "field of other kind",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nsteps: 3\n",
        [(6, 1, "'steps'")],
    ),
    ("no kind", "id: q\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n", [(1, 1, "none")]),
    ("no point", BASE + "function: x**2\nanswer: 4\n", [(1, 1, "none")]),
    ("no answer", BASE + "function: x**2\npoint: {x: 2}\n", [(1, 1, "none")]),
    (
        "bad id",
        "id: My Slope\nkind: slope\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n",
        [(1, 5, "'My Slope'")],
    ),
    (
        "id not file",
        "id: other\nkind: slope\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n",
        [(1, 5, "'other'")],
    ),
    ("caret", BASE + "function: 3*x^2 + 1\npoint: {x: 2}\nanswer: 4\n", [(3, 14, "'^' is not a power here")]),
    (
        "a caret in quotes",
        BASE + "function: '3*x^2 + 1'\npoint: {x: 2}\nanswer: 4\n",
        [(3, 15, "'^' is not a power here")],
    ),
    (
        "implicit product",
        BASE + "function: 3x**2\npoint: {x: 2}\nanswer: 4\n",
        [(3, 12, "a sign is missing between 3 and x")],
    ),
    (
        "the second step of a function",
        BASE + "function: |\n  u = x**2\n  y = u + sni(u)\npoint: {x: 2}\nanswer: 4\n",
        [(5, 11, "unknown function 'sni'")],
    ),
    (
        "the second function of a list",
        "id: q\nkind: jacobian\nfunction: [x**2, 'x*']\npoint: {x: 2}\nanswer: [4, 1]\n",
        [(3, 21, "the formula breaks off here")],
    ),
    (
        "code for a formula",
        BASE + "function: __import__('os').system('true')\npoint: {x: 2}\nanswer: 4\n",
        [(3, 22, "text in quotes (or a prime) is not part of a ")],
    ),
    (
        "missing variable",
        "id: q\nkind: partials\nfunction: x**2 * y\npoint: {x: 2}\nanswer: [4, 4]\n",
        [(4, 8, "a value for x only")],
    ),
    (
        "function without variable",
        BASE + "function: 3 + 4\npoint: {x: 2}\nanswer: 0\n",
        [(3, 11, "a formula without x")],
    ),
    ("other name", BASE + "function: xx**2\npoint: {x: 2}\nanswer: 4\n", [(3, 11, "unknown name 'xx'")]),
    ("NaN in the point", BASE + "function: x**2\npoint: {x: .nan}\nanswer: 4\n", [(4, 12, "'NaN'")]),
    (
        "infinity as the answer",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: .inf\n",
        [(5, 9, "'infinity'")],
    ),
    ("no is a word", BASE + "function: x**2\npoint: {x: no}\nanswer: 4\n", [(4, 12, "'no'")]),
    ("true", BASE + "function: x**2\npoint: {x: 2}\nanswer: true\n", [(5, 9, "'true'")]),
    (
        "1e-6 is a number, but not below zero",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\ntolerance: -1e-6\n",
        [(6, 12, "-1e-06")],
    ),
    (
        "tolerance text",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\ntolerance: small\n",
        [(6, 12, "'small'")],
    ),
    (
        "outside domain",
        BASE + "function: log(x)\npoint: {x: -1}\nanswer: -1\n",
        [(4, 12, "x = -1, where `function` is not a number")],
    ),
    (
        "a pole at the point",
        BASE + "function: 1/x\npoint: {x: 0}\nanswer: 1\n",
        [(4, 12, "x = 0, where `function` is infinite")],
    ),
    (
        "empty domain",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\ndomain: [3, 1]\n",
        [(6, 9, "the empty range [3, 1]")],
    ),
    (
        "domain without point",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\ndomain: {x: [3, 5]}\n",
        [(6, 13, "[3, 5] for x = 2")],
    ),
    (
        "domain of other",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\ndomain: {t: [1, 5]}\n",
        [(6, 10, "'t'")],
    ),
    (
        "ragged",
        "id: q\nkind: gradient\nfunction: sum(A)\npoint:\n  A: [[1, 2], [3]]\nanswer: [1, 1, 1]\n",
        [(5, 15, "a list of 1")],
    ),
    (
        "shape mismatch",
        "id: q\nkind: gradient\nfunction: sum(v * [1, 2])\npoint: {v: [1, 2, 3]}\nanswer: [1, 1, 1]\n",
        [(3, 15, "the shapes (3,) and (2,) do not fit")],
    ),
    ("vector result", BASE + "function: v**2\npoint: {v: [1, 2]}\nanswer: 4\n", [(4, 12, "a list of 2")]),
    ("two variables", BASE + "function: x*y\npoint: {x: 1, y: 2}\nanswer: 2\n", [(4, 8, "x and y")]),
    (
        "answer not in choices",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nchoices: [2, 8]\n",
        [(6, 10, "2, 8")],
    ),
    (
        "one choice",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nchoices: [4]\n",
        [(6, 10, "a list of 1")],
    ),
    ("same choice", BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nchoices: [4, 2, 4]\n", [(6, 17, "4")]),
    (
        "word for number",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: increasing\n",
        [(5, 9, "'increasing'")],
    ),
    (
        "wrong word",
        "id: q\nkind: monotonicity\nfunction: x**2\npoint: {x: 2}\nanswer: incresing\n",
        [(5, 9, "'incresing'")],
    ),
    ("form", "id: q\nkind: partials\nfunction: x*y\npoint: {x: 1, y: 2}\nanswer: 2\n", [(5, 9, "a number")]),
    (
        "matrix form",
        "id: q\nkind: hessian\nfunction: x*y\npoint: {x: 1, y: 2}\nanswer: [0, 1]\n",
        [(5, 9, "a list of 2")],
    ),
    (
        "points",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\npoints: {anwser: 1}\n",
        [(6, 10, "'anwser'")],
    ),
    (
        "negative weight",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\npoints: {answer: -1}\n",
        [(6, 18, "-1")],
    ),
    (
        "visibility",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nvisibility: {answer: secret}\n",
        [(6, 22, "'secret'")],
    ),
    (
        "order",
        "id: q\nkind: derivative\nfunction: x**2\npoint: {x: 2}\nanswer: 2\norder: 2.5\n",
        [(6, 8, "2.5")],
    ),
    (
        "direction",
        "id: q\nkind: directional\nfunction: x*y\npoint: {x: 1, y: 2}\ndirection: [1, 2, 3]\nanswer: 2\n",
        [(5, 12, "a list of 3")],
    ),
    (
        "zero direction",
        "id: q\nkind: directional\nfunction: x*y\npoint: {x: 1, y: 2}\ndirection: [0, 0]\nanswer: 2\n",
        [(5, 12, "zeros only")],
    ),
    (
        "wrt",
        "id: q\nkind: partials\nfunction: x*y\npoint: {x: 1, y: 2}\nwrt: [x, z]\nanswer: [2, 1]\n",
        [(5, 10, "'z'")],
    ),
    (
        "an optimiser without learning rate",
        "id: q\nkind: optimiser\nfunction: x**2\npoint: {x: 1}\nsteps: 2\nanswer: 2\n",
        [(1, 1, "none")],
    ),
    (
        "method",
        "id: q\nkind: optimiser\nfunction: x**2\npoint: {x: 1}\nmethod: adm\nlearning_rate: 0.1\nanswer: 2\n",
        [(5, 9, "'adm'")],
    ),
    ("ask", "id: q\nkind: graph\nfunction: a + b\nask: node\nanswer: 1\n", [(4, 6, "'node'")]),
    ("then", BASE + "function: x**2\npoint: {x: 2}\nthen: -slop\nanswer: -4\n", [(5, 8, "'slop'")]),
    (
        "requires",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nrequires: {use: [wihle], avod: [numpy]}\n",
        [(6, 18, "'wihle'"), (6, 26, "'avod'")],
    ),
    (
        "mistakes",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nchoices: [2, 4]\nmistakes: {C: wrong-point}\n",
        [(7, 12, "'C'")],
    ),
    (
        "mistakes right",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nchoices: [2, 4]\nmistakes: {B: wrong-point}\n",
        [(7, 12, "'B', the right one")],
    ),
    (
        "fill-in",
        "id: q\nkind: fill-in\nfunction: x**2\npoint: {x: 2}\nanswer: 4\nstarter: |\n  import tensorflow as tf\n",
        [(6, 10, "none")],
    ),
    ("no starter", "id: q\nkind: repair\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n", [(1, 1, "none")]),
    (
        "solution",
        BASE
        + "function: x**2\npoint: {x: 2}\nanswer: 4\nsolution: |\n  import tensorflow as tf\n  x = tf.Variable(2.0\n",
        [(8, 18, "'(' was never closed")],
    ),
    (
        "reference",
        BASE + "reference: |\n  def f(x):\n      return x\npoint: {x: 2}\nanswer: 4\n",
        [(3, 12, "none")],
    ),
    ("schema", "schema: 2\nid: q\nkind: slope\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n", [(1, 9, "2")]),
    ("prompt number", BASE + "prompt: 12\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n", [(3, 9, "12")]),
    (
        "language",
        BASE + "prompt: {english: Hello}\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n",
        [(3, 10, "'english'")],
    ),
    (
        "vary",
        BASE + "function: a*x**2\npoint: {x: 2}\nvary: {a: {from: 3, to: 1}}\n",
        [(5, 11, "a mapping (from, to: ...)")],
    ),
    (
        "vary cond",
        BASE + "function: a*x**2\npoint: {x: 2}\nvary: {a: [1, 2], given: [a > b]}\n",
        [(5, 31, "unknown name 'b'")],
    ),
    (
        "limits",
        BASE + "function: x**2\npoint: {x: 2}\nanswer: 4\nlimits: {second: 3, mib: lots}\n",
        [(6, 10, "'second'"), (6, 26, "'lots'")],
    ),
    (
        "many at once",
        BASE + "function: x^2\npoint: {x: .nan}\nanswr: 4\nchoices: [4]\ndomain: [2, 1]\ntolerance: -1\n",
        [
            (3, 12, "'^' is not a power here"),
            (4, 12, "'NaN'"),
            (5, 1, "'answr'"),
            (6, 10, "a list of 1"),
            (7, 9, "the empty range [2, 1]"),
            (8, 12, "-1"),
        ],
    ),
    (
        "comma decimals",
        BASE + "function: x**2 + 0,5\npoint: {x: 2}\nanswer: 4\n",
        [(3, 11, "a comma outside a function's brackets")],
    ),
    (
        "huge literal",
        BASE + "function: 1e99*x\npoint: {x: 2}\nanswer: 4\n",
        [(3, 11, "the number 1e99 is out of range")],
    ),
    (
        "reserved",
        BASE + "function: tf**2\npoint: {tf: 2}\nanswer: 4\n",
        [(3, 11, "'tf' cannot be the name of a variable"), (4, 9, "'tf'")],
    ),
    ("point not map", BASE + "function: x**2\npoint: 2\nanswer: 4\n", [(4, 8, "2")]),
    (
        "unquoted star",
        BASE + "function: *x**2\npoint: {x: 2}\nanswer: 4\n",
        [(3, 13, "text that begins with * or &")],
    ),
    (
        "control",
        BASE + "title: a\x01b\nfunction: x**2\npoint: {x: 2}\nanswer: 4\n",
        [(3, 9, "a character it does not allow")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY])
def test_every_fault_has_its_place_and_its_words(text: str | bytes, expected: Expected) -> None:
    with pytest.raises(ExerciseError) as caught:
        load(Path("q.yaml"), text if isinstance(text, bytes) else text.encode())
    faults = caught.value.faults
    assert [(fault.line, fault.column) for fault in faults] == [row[:2] for row in expected]
    assert all(words in fault.found for fault, (_, _, words) in zip(faults, expected, strict=True))
    assert all(str(fault).startswith(f"q.yaml:{fault.line}:{fault.column}: expected ") for fault in faults)


def test_a_misspelled_word_names_its_neighbour() -> None:
    text = "id: q\nkind: slop\nfuncton: x**2\npoint: {x: 1}\nanswer: 2\npoints: {anwser: 1}\n"
    with pytest.raises(ExerciseError) as caught:
        load(Path("q.yaml"), text.encode())
    assert [fault.nearest for fault in caught.value.faults] == ["slope", "function"]


def test_what_yaml_one_point_two_reads_is_read_so() -> None:
    text = BASE + "title: no\nfunction: x**010\npoint: {x: 010}\nanswer: 1e10\ntolerance: 1e-6\n"
    exercise = load(Path("q.yaml"), text.replace("**010", "**10").encode())
    assert (exercise.title, exercise.point, exercise.tolerance) == ("no", {"x": 10}, 1e-6)


def test_a_deep_or_endless_file_is_refused_not_followed() -> None:
    for text in ("[" * 5000, "a: " * 3000, "x: &a [1]\ny: [*a, *a]\n", "? [a]\n: b\n"):
        with pytest.raises(ExerciseError):
            load(Path("q.yaml"), text.encode())
