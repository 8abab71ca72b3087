"""References: what each kind expects, with numbers worked out on paper."""

from __future__ import annotations

import math
from typing import Any

import pytest

from graders.case import kind_of
from graders.reference import Reference
from tfgrad_course.course.load import load


def exercise(kind: str, answer: Any, **fields: Any) -> Any:
    import json

    lines = {"id": "one", "kind": kind, "answer": answer, **fields}
    text = "\n".join(f"{name}: {json.dumps(value)}" for name, value in lines.items()) + "\n"
    return load("one.yaml", text.encode())


def reference(one: Any, mark: float = 1.0) -> Reference:
    found: Reference = kind_of(one.judged_as).reference(one, one.point or {}, mark)
    return found


def close(found: Any, wanted: Any) -> bool:
    return len(found.data) == len(wanted) and all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(found.data, wanted, strict=True)
    )


CASES = [
    # f = x^3, f' = 3x^2
    (exercise("slope", 12, function="x**3", point={"x": 2}), (12,), ()),
    # -f'
    (exercise("slope", -12, function="x**3", point={"x": 2}, then="-slope"), (-12,), ()),
    # f''' = 24x
    (exercise("derivative", 48, function="x**4", point={"x": 2}, order=3), (48,), ()),
    # f_xy = 6xy^2
    (exercise("derivative", 24, function="x**2*y**3", point={"x": 1, "y": 2}, wrt=["x", "y"]), (24,), ()),
    (exercise("partials", [20, 7], function="x**2*y + 3*y", point={"x": 2, "y": 5}), (20, 7), (2,)),
    (
        exercise("partials", [[2, 6], [0.5, -1.5]], functions={"u": "x*y", "v": "x/y"}, point={"x": 6, "y": 2}),
        (2, 6, 0.5, -1.5),
        (2, 2),
    ),
    (exercise("gradient", [2, 4, 6], function="sum(v**2)", point={"v": [1, 2, 3]}), (2, 4, 6), (3,)),
    (exercise("gradient", 5, function="x*y", point={"x": 3, "y": 4}, then="norm(gradient)"), (5,), ()),
    # grad (12, 9), direction (0.6, 0.8)
    (exercise("directional", 14.4, function="x**2*y", point={"x": 3, "y": 2}, direction=[3, 4]), (14.4,), ()),
    (
        exercise("jacobian", [[4, 0], [3, 2], [0, 6]], function=["x**2", "x*y", "y**2"], point={"x": 2, "y": 3}),
        (4, 0, 3, 2, 0, 6),
        (3, 2),
    ),
    (exercise("jacobian", [2, 12], function=["2*x", "3*x**2"], point={"x": 2}), (2, 12), (2,)),
    (exercise("jacobian", 124, function=["x**2", "x**3"], point={"x": 2}, weights=[1, 10]), (124,), ()),
    (
        exercise("hessian", [[2, 3], [3, 10]], function="x**2 + 3*x*y + 5*y**2", point={"x": 1, "y": 1}),
        (2, 3, 3, 10),
        (2, 2),
    ),
    (
        exercise("hessian", [0, 9], function="x**3 + y**3 - 3*x*y", point={"x": 1, "y": 1}, direction=[1, 2]),
        (0, 9),
        (2,),
    ),
    # y = 5x - 16 touches x^2 - 3x at 4
    (exercise("tangent", [5, -16], function="x**2 - 3*x", point={"x": 4}), (5, -16), (2,)),
    (exercise("tangent", 2.025, function="sqrt(x)", point={"x": 4}, estimate={"x": 4.1}), (2.025,), ()),
    (exercise("normal", -4, function="sqrt(x)", point={"x": 4}, ask="slope"), (-4,), ()),
    (exercise("critical-points", [-1, 1], function="x**3 - 3*x"), (-1, 1), (2,)),
    (exercise("critical-points", [1], function="x**3 - 3*x**2", ask="inflection"), (1,), (1,)),
    # 3 (1 - 0.8^10)
    (
        exercise("optimiser", 3 * (1 - 0.8**10), function="(x - 3)**2", point={"x": 0}, learning_rate=0.1, steps=10),
        (3 * (1 - 0.8**10),),
        (),
    ),
    # v = -0.2, x = 0.8; v = -0.18 - 0.16, x = 0.46
    (
        exercise(
            "optimiser", 0.46, function="x**2", point={"x": 1}, learning_rate=0.1, steps=2, method="momentum"
        ),
        (0.46,),
        (),
    ),
    # 3 - 27/54
    (exercise("optimiser", 2.5, function="x**4 - 3*x**3 + 2", point={"x": 3}, method="newton"), (2.5,), ()),
    (exercise("value", 5, function="3*x**2 - 4*x + 1", point={"x": 2}), (5,), ()),
    (
        exercise("shape", [2], function="A @ b", point={"A": [[1, 2, 3], [4, 5, 6]], "b": [1, 2, 3]}),
        (2,),
        (1,),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "numbers", "shape"), CASES, ids=[case[0].kind for case in CASES])
def test_a_kind_expects_what_mathematics_says(
    one: Any, numbers: tuple[float, ...], shape: tuple[int, ...]
) -> None:
    found = reference(one).number
    assert found is not None and close(found, numbers), found
    assert found.shape == shape


@pytest.mark.parametrize(("one", "numbers", "shape"), CASES, ids=[case[0].kind for case in CASES])
def test_no_tolerance_is_wide_or_nothing(
    one: Any, numbers: tuple[float, ...], shape: tuple[int, ...]
) -> None:
    found = reference(one).number
    assert found is not None
    if one.kind != "critical-points":
        widest = max(found.tolerance(frozenset({"float32"})))
        assert 0 <= widest <= 1e-3 * max(1.0, *map(abs, numbers))


def test_words_follow_from_signs() -> None:
    falling = exercise("monotonicity", "decreasing", function="x**3 - 6*x**2 + 9*x", point={"x": 2})
    assert (reference(falling).word, reference(falling).number) == ("decreasing", None)
    both = exercise("monotonicity", ["increasing", 2], function="x**2", point={"x": 1})
    assert reference(both).number is not None
    bent = exercise("concavity", "concave down", function="x**4 - 6*x**2", point={"x": 0})
    assert reference(bent).word == "concave down"
    saddle = exercise(
        "hessian", [[[0, -3], [-3, 0]], "saddle"], function="x**3 + y**3 - 3*x*y", point={"x": 0, "y": 0},
        ask="kind-of-point",
    )  # fmt: skip
    assert reference(saddle).word == "saddle"


def test_a_mark_enters_once_for_every_tape_on_the_way() -> None:
    slope = exercise("slope", 12, function="x**3", point={"x": 2})
    second = exercise("derivative", 12, function="x**3", point={"x": 2})
    assert close(reference(slope, 4.0).number, (48,)) and close(reference(second, 4.0).number, (192,))
    line = exercise("tangent", [5, -16], function="x**2 - 3*x", point={"x": 4})
    assert close(reference(line, 2.0).number, (10, 4 - 40))
    by_hand = [quantity.data for quantity in reference(slope, 4.0).numbers]
    assert (12 * 16,) in by_hand and (12,) not in by_hand


def test_a_hole_in_an_untaken_branch_does_not_spoil_the_reference() -> None:
    one = exercise("slope", 0, function="where(x == 0, 1, sin(x)/x)", point={"x": 0}, domain=[-3, 3])
    assert close(reference(one).number, (0,))


def test_authors_code_is_run_in_the_sandbox() -> None:
    code = "def function(x):\n    y = x\n    for _ in range(3):\n        y = y * y\n    return y\n"
    one = exercise("slope", 136.6875, reference=code, point={"x": 1.5})
    assert close(reference(one).number, (136.6875,))  # 8 x^7


def test_any_order_that_works_is_an_order_of_evaluation() -> None:
    from graders.parts import Found

    one = exercise("graph", ["Add", "Add", "Mul"], function="z = (a + b) * (b + 1)", ask="order")
    graph = kind_of("graph")
    wanted = reference(one)
    say = lambda text: graph.accepts(one, Found(word=text), wanted)
    assert say("add, add, mul") and not say("mul, add, add") and not say("add, mul")


@pytest.mark.parametrize(
    ("given", "right"),
    [("B", True), ("13", True), ("13.0", True), ("A", False), ("12", False), ("(b)", True)],
)
def test_a_choice_goes_by_letter_or_value(given: str, right: bool) -> None:
    from graders.handed import choice_of

    assert (choice_of(given, [-2, 13, 4, -6]) == 13) is right
