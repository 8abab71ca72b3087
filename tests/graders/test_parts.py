"""Numbers and words as handed in, held against what is right; the rounding rules are those of design section 5."""

from __future__ import annotations

import math

import pytest

from graders import parts
from graders.evidence import Recording, Ref, Value
from graders.reference import Quantity, Reference, exact

NUMBER = Ref("number", "float", None, Value("float64", (), (13.0,)))
TENSOR = Ref("tensor", "EagerTensor", 7, Value("float32", (2,), (1.0, 2.0)))
WORD = Ref("word", "str", None, Value("str", (), ("Rising, so increasing!",)))
NONE = Ref("none", "NoneType")


def listed(*items: Ref) -> Ref:
    return Ref("list", "list", None, None, items)


@pytest.mark.parametrize(
    ("given", "right", "dtype", "same"),
    [
        (101.88, 101.8775, "float64", True),
        (101.9, 101.8775, "float64", True),
        (101.87, 101.8775, "float64", False),  # cut off, not rounded
        (102.0, 101.8775, "float64", False),  # shows one decimal, and 101.9 would be that
        (1.23, 1.2345, "float64", False),  # three digits are too few
        (1.235, 1.2345678, "float64", True),
        (0.001235, 0.0012345678, "float64", True),
        (0.0012, 0.0012345678, "float64", False),
        (-2.719, -2.71851, "float64", True),
        (math.nan, 1.0, "float64", False),
        (math.inf, 1.0, "float64", False),
        (101.87999725341797, 101.8775, "float32", True),  # the float32 next to 101.88
        (101.87999725341797, 101.8775, "float64", False),
    ],
)
def test_a_rounded_number_needs_four_digits_and_the_right_last_one(given, right, dtype, same):
    assert parts.rounded(given, right, dtype) is same


def test_fewer_digits_are_enough_where_they_are_asked_for():
    assert not parts.rounded(9.4, 9.3628, "float64")
    assert parts.rounded(9.4, 9.3628, "float64", 0)
    assert not parts.rounded(9.3, 9.3628, "float64", 0)


@pytest.mark.parametrize("value", [0.1, 101.88, 1 / 3, 1e-30, 16777216.0, 3.4e38])
def test_the_shortest_text_of_a_float32_reads_back_as_the_same_number(value):
    np = pytest.importorskip("numpy")
    single = float(np.float32(value))
    text = parts.shortest(single, "float32")
    assert float(np.float32(float(text))) == single
    assert len(text) <= len(repr(single))


def test_numbers_agree_within_a_tolerance_and_what_is_not_finite_with_itself_only():
    assert parts.agree(1.0, 1.0 + 1e-7, 1e-6)
    assert not parts.agree(1.0, 1.0 + 2e-6, 1e-6)
    assert parts.agree(math.inf, math.inf, 0.0)
    assert not parts.agree(math.inf, -math.inf, 1e300)
    assert parts.agree(math.nan, math.nan, 0.0)
    assert not parts.agree(math.nan, 0.0, 1e300)


def test_as_many_numbers_as_asked_for_must_agree_in_their_order():
    right = exact([1.0, 2.0])
    assert parts.close((1.0, 2.0), right, frozenset())
    assert not parts.close((2.0, 1.0), right, frozenset())
    assert not parts.close((1.0,), right, frozenset())
    assert not parts.close((1.0, 2.0, 3.0), right, frozenset())
    assert not parts.close(None, right, frozenset())


def test_numbers_are_joined_in_order_and_missing_ones_leave_none():
    assert parts.joined([NUMBER, listed(TENSOR, NUMBER)]) == (13.0, 1.0, 2.0, 13.0)
    assert parts.joined([NUMBER, NONE]) is None
    assert parts.joined([NUMBER, None]) is None
    assert parts.joined([NUMBER, WORD]) is None
    assert parts.joined([]) is None


def test_a_claim_that_contradicts_its_own_shape_is_no_number():
    assert parts.numbers(Value("float32", (3,), (1.0, 2.0))) is None
    assert parts.numbers(Value("complex64", (), (1j,))) is None
    assert parts.numbers(Value("float32", (0,), ())) == ()


def test_the_shape_of_a_list_is_that_of_equal_items_below_their_number():
    assert parts.shape_of(listed(TENSOR, TENSOR)) == (2, 2)
    assert parts.shape_of(listed(TENSOR, NUMBER)) is None
    assert parts.shape_of(NUMBER) == ()


WORDS = ("increasing", "decreasing", "saddle point")


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ("Increasing", "increasing"),
        ("is it increasing or decreasing? INCREASING!", "increasing"),
        ("increasing (not decreasing)", "increasing"),
        ("nonincreasing", None),
        ("a saddle_point", "saddle point"),
        ("saddle-point, then decreasing", "decreasing"),
        ("tf.Tensor(13.0, shape=(), dtype=float32)", None),
        ("", None),
    ],
)
def test_the_last_allowed_word_that_was_printed_counts(output, word):
    assert parts.printed_word(output, WORDS) == word


def test_words_are_read_in_any_spelling():
    assert parts.spelled(" Saddle_Point. ", WORDS) == "saddle point"
    assert parts.spelled("sideways", WORDS) is None


def test_the_asked_name_may_hold_a_word_and_a_number():
    reference = Reference((), words=WORDS)
    found = parts.answer_of(Recording(names=(("answer", listed(WORD, NUMBER)),)), reference)
    assert (found.word, found.number, found.named) == ("increasing", (13.0,), True)
    other = parts.answer_of(Recording(names=(("slope", NUMBER),)), reference)
    assert (other.word, other.number, other.named) == (None, None, False)


def test_only_numbers_that_can_be_differentiated_by_are_float():
    assert parts.is_float(TENSOR)
    assert not parts.is_float(Ref("variable", "Variable", 1, Value("int32", (), (2,))))
    assert not parts.is_float(NONE)


def test_a_quantity_in_double_precision_is_stricter_than_in_half():
    right = Quantity((), (13.0,), (80.0,), (13.0,))
    near = (13.0 + 1e-4,)
    assert not parts.close(near, right, frozenset({"float64"}))
    assert parts.close(near, right, frozenset({"float64", "float32"}))
    assert parts.close((13.5,), right, frozenset({"float16"}))
    assert not parts.close((13.5,), right, frozenset({"float32"}))
