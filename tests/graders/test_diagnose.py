"""The rule that ranks diagnoses: root cause first, at most three, nothing from damaged evidence."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graders import diagnose
from graders.case import Case
from graders.evidence import Evidence, Finished, Recording

TWO_MISTAKES = """
import tensorflow as tf

x = tf.constant(-2)
with tf.GradientTape() as tape:
    pass
y = 3 * x**3 + 5 * x**2 - 3 * x + 10
slope = tape.gradient(y, x)
print(slope.numpy())
"""


def test_the_break_nearest_to_the_target_comes_first(case_of: Callable[..., Case]) -> None:
    found, advice = diagnose.explain(case_of("M03-01", TWO_MISTAKES))
    assert [f.id for f in found] == ["target-computed-outside-tape", "source-integer-dtype"]
    assert [f.line for f in found] == [7, 4]
    assert advice == ()


def test_an_exception_about_none_is_traced_back_to_its_cause(case_of: Callable[..., Case]) -> None:
    source = TWO_MISTAKES.replace("tf.constant(-2)", "tf.Variable(-2.0)")
    found, _ = diagnose.explain(case_of("M03-01", source))
    assert found[0].id == "target-computed-outside-tape"
    assert found[0].line == 7  # not line 9, where AttributeError was raised


def test_findings_speak_german_too(case_of: Callable[..., Case]) -> None:
    source = (
        "import tensorflow as tf\nx = tf.Variable(3)\n"
        "with tf.GradientTape() as t:\n    y = x * x\ns = t.gradient(y, x)\n"
    )
    case = case_of("M03-02", source)
    assert diagnose.explain(case, "de")[0][0].title == "x enthält ganze Zahlen"
    assert diagnose.explain(case)[0][0].title == "x holds whole numbers"


def test_a_printed_number_within_the_tape_is_no_mistake(case_of: Callable[..., Case]) -> None:
    source = """
import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
    print("y =", y.numpy(), float(x))
slope = tape.gradient(y, x)
"""
    assert [f.id for f in diagnose.explain(case_of("M03-01", source))[0]] == ["wrong-point"]


def test_a_failed_attempt_put_right_is_no_mistake(case_of: Callable[..., Case]) -> None:
    source = """
import tensorflow as tf
x = tf.constant(-2.0)
with tf.GradientTape() as tape:
    y = x ** 2
print(tape.gradient(y, x))
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 + 3 * x + 10
answer = tape.gradient(y, x)
"""
    found, _ = diagnose.explain(case_of("M03-01", source))
    assert [f.id for f in found] == ["term-sign-error"]


@pytest.mark.parametrize(
    ("letter", "expected"),
    [("D", "slope-as-y-over-x"), ("A", None), ("C", None)],
)
def test_a_wrong_choice_carries_its_misconception(
    case_of: Callable[..., Case], letter: str, expected: str | None
) -> None:
    found, _ = diagnose.explain(case_of("M03-01", f'answer = "{letter}"\n'))
    assert (found[0].id if found else None) == expected


def test_the_term_that_differs_is_shown_with_both_signs(case_of: Callable[..., Case]) -> None:
    source = """
import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 + 3 * x + 10
answer = tape.gradient(y, x)
"""
    found, _ = diagnose.explain(case_of("M03-01", source))
    assert found[0].message == "Your term number 3 is + 3 * x; the exercise has − 3x."
    assert found[0].column == 31


def test_a_program_that_cannot_be_read_is_named_by_its_place(case_of: Callable[..., Case]) -> None:
    found, _ = diagnose.explain(case_of("M03-02", "import tensorflow as tf\nx = tf.Variable(3.0)\ny = 2x\n"))
    assert [(f.id, f.line) for f in found] == [("syntax-number-times-name", 3)]


def _damaged(recorded: Recording, rng: random.Random) -> Recording:
    """A recording with a random part of its records gone, as a cut or lying child might send it."""
    changes: dict[str, Any] = {}
    for name in ("tensors", "ops", "variables", "reads", "assigns", "tapes", "calls", "conversions", "names"):
        records = getattr(recorded, name)
        changes[name] = tuple(record for record in records if rng.random() > 0.3)
    return replace(recorded, **changes)


def test_damaged_evidence_never_trips_the_diagnosis(case_of: Callable[..., Case]) -> None:
    rng = random.Random(7)
    case = case_of("M03-01", TWO_MISTAKES)
    good = case_of("M05-01", "import tensorflow as tf\nx, y = tf.Variable(2.0), tf.Variable(5.0)\n"
                             "with tf.GradientTape(persistent=True) as t:\n    f = x**2 * y + 3 * x\n"
                             "answer = [t.gradient(f, y), t.gradient(f, x)]\n")  # fmt: skip
    for base in (case, good):
        for _ in range(60):
            finished = Finished("ended", _damaged(base.recording, rng))
            damaged = Case(
                base.exercise, base.reference, Evidence(finished, tree=base.evidence.tree), finished
            )
            found, _ = diagnose.explain(damaged)
            assert len(found) <= 3
            assert diagnose.advise(damaged) is not None


def test_without_any_evidence_nothing_is_said(case_of: Callable[..., Case]) -> None:
    base = case_of("M03-01", "pass\n")
    finished = Finished("crashed", Recording())
    assert diagnose.explain(Case(base.exercise, base.reference, Evidence(finished), finished)) == ((), ())


@pytest.mark.parametrize(
    ("row", "spot"),
    [
        ("    größe = 3 * π**3 + 5 * π**2 + 3 * π + 10", "3 * π + 10"),
        ("    高さ = 3 * π**3 + 5 * π**2 + 3 * π + 10", "3 * π + 10"),
        ("    é = 0.0; größe = 3 * π**3 + 5 * π**2 + 3 * π + 10", "3 * π + 10"),
    ],
)
def test_columns_count_characters_whatever_alphabet_the_names_are_in(
    case_of: Callable[..., Case], row: str, spot: str
) -> None:
    name = row.split("; ")[-1].split(" = ")[0].strip()
    source = (
        "import tensorflow as tf\nπ = tf.Variable(-2.0)\nwith tf.GradientTape() as tape:\n"
        f"{row}\nanswer = tape.gradient({name}, π)\n"
    )
    found, _ = diagnose.explain(case_of("M03-01", source))
    assert [(f.id, f.line, f.column) for f in found] == [("term-sign-error", 4, row.index(spot) + 1)]


LONG = {
    "a loop outside the tape": (
        "M03-02",
        "x = tf.Variable(3.0)\ny = x * 1.0\nfor i in range(5900):\n    y = y + x * 0.5\n"
        "with tf.GradientTape() as t:\n    z = y * y\nanswer = t.gradient(z, x)\n",
        "target-computed-outside-tape",
    ),
    "thousands of sources": (
        "M05-05",
        "vs = [tf.Variable(float(i)) for i in range(2500)]\nwith tf.GradientTape() as t:\n"
        "    f = tf.add_n([v * v for v in vs])\nanswer = t.gradient(f * 1.0, vs)\n",
        "postprocessed-outside-tape",
    ),
    "a tape asked in every round": (
        "M08-01",
        "x = tf.Variable(1.0)\nfor i in range(800):\n    with tf.GradientTape() as o:\n"
        "        with tf.GradientTape() as t:\n            y = x**3\n    d = t.gradient(y, x)\n"
        "    e = o.gradient(d, x)\nanswer = e\n",
        "inner-gradient-outside-outer-tape",
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_long_recordings_are_diagnosed_in_few_steps(case_of: Callable[..., Case], name: str) -> None:
    code, lines, expected = LONG[name]
    case = case_of(code, "import tensorflow as tf\n" + lines)
    before = case.flow.spent
    found, _ = diagnose.explain(case)
    assert found[0].id == expected
    assert case.flow.spent - before <= 1.1 * diagnose.STEPS


def test_a_cut_recording_accuses_nobody_of_what_may_have_been_cut(case_of: Callable[..., Case]) -> None:
    lines = "x = tf.Variable(3.0)\ny = x * 1.0\nfor i in range(9000):\n    y = y + x * 0.5\n"
    lines += "with tf.GradientTape() as t:\n    z = y * y\nanswer = t.gradient(z, x)\n"
    case = case_of("M03-02", "import tensorflow as tf\n" + lines)
    assert case.recording.truncated
    assert diagnose.explain(case) == ((), ())


def test_the_walk_along_a_recording_ends(
    case_of: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnose, "STEPS", 10)
    assert diagnose.explain(case_of("M03-01", TWO_MISTAKES))[0] == ()


def test_the_line_of_a_mistake_in_a_traced_function_is_told(case_of: Callable[..., Case]) -> None:
    source = """
import tensorflow as tf
x = tf.Variable(-2.0)

@tf.function
def slope():
    with tf.GradientTape() as tape:
        y = 3 * x**3 + 5 * x^2 - 3 * x + 10
    return tape.gradient(y, x)

answer = slope()
"""
    found, _ = diagnose.explain(case_of("M03-01", source))
    assert [(f.id, f.line) for f in found] == [("caret-as-power", 8)]
