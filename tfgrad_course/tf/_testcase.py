"""`tf.test.TestCase`: unittest's, with the comparisons of tensors that tests of TensorFlow programs use."""

from __future__ import annotations

import contextlib
import random
import re
import tempfile
import unittest
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _nest
from tfgrad_course.tf._assertions import Assertions

_HALVES = ("float16", "bfloat16")


class TestCase(Assertions):
    """Base class for tests of TensorFlow programs."""

    __module__ = "tensorflow.python.framework.test_util"
    __test__ = False  # itself it is no test; those who inherit from it are

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.__test__ = True

    def setUp(self) -> None:
        """The same random numbers for every test."""
        super().setUp()
        random.seed(87654321)
        np.random.seed(87654321)
        tf.random.set_seed(87654321)

    def get_temp_dir(self) -> str:
        """A folder for this test alone."""
        if not hasattr(self, "_folder"):
            self._folder = tempfile.mkdtemp()
        return self._folder

    # Values ----------------------------------------------------------------------------------

    def evaluate(self, tensors: Any) -> Any:
        """The NumPy values of a structure of tensors."""
        if tensors is None or not _nest.is_nested(tensors):
            return _value(tensors)
        return _nest.map_structure(_value, tensors)

    def evaluate_if_both_tensors(self, a: Any, b: Any) -> Any:
        """The values of both if both are tensors, else both as they are."""
        both = tf.is_tensor(a) and tf.is_tensor(b)
        return (self.evaluate(a), self.evaluate(b)) if both else (a, b)

    def _array(self, a: Any) -> Any:
        if isinstance(a, np.ndarray | np.generic):
            return np.asarray(a)
        if isinstance(a, list | tuple) and any(hasattr(one, "numpy") for one in _nest.flatten(a)):
            return np.array(self.evaluate(a))
        return np.array(_value(a))

    @contextlib.contextmanager
    def session(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Nothing to open: everything is eager."""
        yield None

    cached_session = test_session = session

    # Comparisons -----------------------------------------------------------------------------

    def assertAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: Any = None) -> None:
        """Both structures hold numbers within the tolerance."""
        if isinstance(a, Mapping) or isinstance(b, Mapping):
            self.assertEqual(set(a), set(b), msg)
            for key in a:
                self.assertAllClose(a[key], b[key], rtol, atol, msg)
            return
        nested = isinstance(a, list | tuple) and isinstance(b, list | tuple)
        if nested and not _rectangular(a, b):
            self.assertEqual(len(a), len(b), msg)
            for one, other in zip(a, b, strict=True):
                self.assertAllClose(one, other, rtol, atol, msg)
            return
        x, y = self._array(a), self._array(b)
        self.assertEqual(x.shape, y.shape, f"Shape mismatch: expected {x.shape}, got {y.shape}. {msg or ''}")
        if any(array.dtype.name in _HALVES for array in (x, y)):
            x, y = x.astype(np.float32), y.astype(np.float32)
        np.testing.assert_allclose(x, y, rtol, atol, err_msg=str(msg or ""))

    def assertAllCloseAccordingToType(
        self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, float_rtol: float = 1e-6,
        float_atol: float = 1e-6, half_rtol: float = 1e-3, half_atol: float = 1e-3, bfloat16_rtol: float = 1e-2,
        bfloat16_atol: float = 1e-2, msg: Any = None,
    ) -> None:  # fmt: skip
        """assertAllClose with tolerances that suit the narrower dtype."""
        names = {self._array(one).dtype.name for one in (a, b)}
        for kinds, wider, nearer in (
            (("float32", "complex64"), float_rtol, float_atol),
            (("float16",), half_rtol, half_atol),
            (("bfloat16",), bfloat16_rtol, bfloat16_atol),
        ):
            if names & set(kinds):
                rtol, atol = max(rtol, wider), max(atol, nearer)
        self.assertAllClose(a, b, rtol, atol, msg)

    def assertNotAllClose(
        self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: Any = None
    ) -> None:
        """The numbers are not all within the tolerance."""
        try:
            self.assertAllClose(a, b, rtol, atol, msg)
        except AssertionError:
            return
        raise AssertionError(f"The two values are close at all elements. {msg or ''}")

    def assertAllEqual(self, a: Any, b: Any, msg: Any = None) -> None:
        """Both hold the same values; NaN equals NaN."""
        x, y = self._array(a), self._array(b)
        self.assertEqual(x.shape, y.shape, f"Shape mismatch: expected {x.shape}, got {y.shape}. {msg or ''}")
        same = x == y
        if x.dtype.kind in "fc" and y.dtype.kind in "fc":
            same = np.logical_or(same, np.logical_and(np.isnan(x), np.isnan(y)))
        if not np.all(same):
            np.testing.assert_array_equal(x, y, err_msg=str(msg or ""))

    def assertNotAllEqual(self, a: Any, b: Any, msg: Any = None) -> None:
        """The values differ somewhere."""
        try:
            self.assertAllEqual(a, b)
        except AssertionError:
            return
        raise AssertionError(f"The two values are equal at all elements. {msg or ''}")

    def _all(self, holds: Any, words: str) -> None:
        if not np.all(holds):
            raise AssertionError(words)

    def assertAllGreater(self, a: Any, comparison_target: Any) -> None:
        """Every value is greater."""
        self._all(
            self._array(a) > comparison_target, f"{a} is not greater than {comparison_target} everywhere"
        )

    def assertAllLess(self, a: Any, comparison_target: Any) -> None:
        """Every value is less."""
        self._all(self._array(a) < comparison_target, f"{a} is not less than {comparison_target} everywhere")

    def assertAllGreaterEqual(self, a: Any, comparison_target: Any) -> None:
        """No value is less."""
        self._all(self._array(a) >= comparison_target, f"{a} is less than {comparison_target} somewhere")

    def assertAllLessEqual(self, a: Any, comparison_target: Any) -> None:
        """No value is greater."""
        self._all(self._array(a) <= comparison_target, f"{a} is greater than {comparison_target} somewhere")

    def assertAllInRange(
        self, target: Any, lower_bound: Any, upper_bound: Any, open_lower_bound: bool = False,
        open_upper_bound: bool = False,
    ) -> None:  # fmt: skip
        """Every value lies between the bounds."""
        x = self._array(target)
        low = x > lower_bound if open_lower_bound else x >= lower_bound
        high = x < upper_bound if open_upper_bound else x <= upper_bound
        self._all(low & high, f"{target} is not within {lower_bound} and {upper_bound}")

    def assertAllInSet(self, target: Any, expected_set: Any) -> None:
        """Every value is one of these."""
        odd = set(self._array(target).ravel().tolist()) - set(expected_set)
        self._all(not odd, f"{sorted(odd)} are not in the set {expected_set}")

    def assertNear(self, f1: float, f2: float, err: float, msg: Any = None) -> None:
        """Two numbers differ by no more than `err`."""
        self._all(f1 == f2 or abs(f1 - f2) <= err, f"{f1} != {f2} +/- {err} {msg or ''}")

    def assertArrayNear(self, farray1: Any, farray2: Any, err: float, msg: Any = None) -> None:
        """Two lists of numbers differ by no more than `err` anywhere."""
        self.assertEqual(len(farray1), len(farray2), msg)
        for f1, f2 in zip(farray1, farray2, strict=True):
            self.assertNear(float(f1), float(f2), err, msg)

    def assertNDArrayNear(self, ndarray1: Any, ndarray2: Any, err: float, msg: Any = None) -> None:
        """Two arrays are no further apart than `err`."""
        self._all(np.linalg.norm(np.asarray(ndarray1) - np.asarray(ndarray2)) < err, f"not near {msg or ''}")

    # Shapes, kinds, texts --------------------------------------------------------------------

    def assertShapeEqual(self, input_a: Any, input_b: Any, msg: Any = None) -> None:
        """Both have the same shape."""
        self.assertEqual(list(np.shape(input_a)), list(np.shape(input_b)), msg)

    def assertDTypeEqual(self, target: Any, expected_dtype: Any) -> None:
        """The target has this dtype."""
        self.assertEqual(tf.as_dtype(self._array(target).dtype), tf.as_dtype(expected_dtype))

    def assertDeviceEqual(self, device1: Any, device2: Any, msg: Any = None) -> None:
        """Both name the same device."""
        self.assertEqual(device1, device2, msg)

    def assertStartsWith(self, actual: str, expected_start: str, msg: Any = None) -> None:
        """The text begins so."""
        self._all(actual.startswith(expected_start), f"{actual!r} does not start with {expected_start!r}")

    def assertEndsWith(self, actual: str, expected_end: str, msg: Any = None) -> None:
        """The text ends so."""
        self._all(actual.endswith(expected_end), f"{actual!r} does not end with {expected_end!r}")

    def assertRegexMatch(self, actual_str: str, regexes: Any, message: Any = None) -> None:
        """One of the patterns is found in the text."""
        self._all(any(re.search(r, actual_str) for r in regexes), f"{actual_str!r} matches none of {regexes}")

    def assertLen(self, container: Any, expected_len: int, msg: Any = None) -> None:
        """The container has this many elements."""
        self.assertEqual(len(container), expected_len, msg)

    def assertEmpty(self, container: Any, msg: Any = None) -> None:
        """The container has no elements."""
        self.assertEqual(len(container), 0, msg)

    def assertNotEmpty(self, container: Any, msg: Any = None) -> None:
        """The container has elements."""
        self.assertGreater(len(container), 0, msg)

    def assertBetween(self, value: Any, minv: Any, maxv: Any, msg: Any = None) -> None:
        """The value lies between both, which count."""
        self._all(minv <= value <= maxv, f"{value} is not between {minv} and {maxv}")

    def assertSameElements(self, expected_seq: Any, actual_seq: Any, msg: Any = None) -> None:
        """Both hold the same elements, however often."""
        self.assertEqual(set(expected_seq), set(actual_seq), msg)

    def assertContainsSubset(self, expected_subset: Any, actual_set: Any, msg: Any = None) -> None:
        """All of the first are in the second."""
        self.assertLessEqual(set(expected_subset), set(actual_set), msg)

    def assertItemsEqual(self, first: Any, second: Any, msg: Any = None) -> None:
        """Both hold the same elements, in any order."""
        self.assertCountEqual(first, second, msg)

    def assertProtoEquals(self, expected_message_maybe_ascii: Any, message: Any, msg: Any = None) -> None:
        """A message reads as expected, white space aside."""
        squeeze = lambda text: re.sub(r"\s+", " ", str(text)).strip()
        self.assertEqual(squeeze(expected_message_maybe_ascii), squeeze(message), msg)

    @contextlib.contextmanager
    def assertRaisesWithPredicateMatch(
        self, exception_type: Any, expected_err_re_or_predicate: Any
    ) -> Iterator[None]:
        """The block raises this class, with words that match a pattern or please a function."""
        expected = expected_err_re_or_predicate
        pleases: Callable[[Any], bool] = (
            expected
            if callable(expected)
            else lambda e: bool(re.search(expected, getattr(e, "message", "") or str(e)))
        )
        try:
            yield
        except exception_type as problem:
            if not pleases(problem):
                raise AssertionError(f"Exception of type {type(problem)}: {problem}") from problem
            return
        raise AssertionError(f"{exception_type} not raised")

    def assertRaisesOpError(self, expected_err_re_or_predicate: Any) -> Any:
        """The block raises an OpError with such words."""
        return self.assertRaisesWithPredicateMatch(tf.errors.OpError, expected_err_re_or_predicate)

    def assertRaisesIncompatibleShapesError(
        self, exception_type: Any = None, substring: str = "Incompatible shapes"
    ) -> Any:
        """The block raises because shapes do not go together."""
        kinds = exception_type or (tf.errors.InvalidArgumentError, ValueError)
        return self.assertRaisesRegex(kinds, f"(?i)({substring}|Incompatible shapes|must be equal)")


def _value(x: Any) -> Any:
    if type(x).__name__ == "IndexedSlices":
        return type(x)(_value(x.values), _value(x.indices), _value(x.dense_shape))
    return x.numpy() if hasattr(x, "numpy") else x


def _rectangular(a: Any, b: Any) -> bool:
    """Whether both lists are arrays of numbers of one shape each."""
    shapes = []
    for one in (a, b):
        try:
            shapes.append(np.shape([_value(leaf) for leaf in one]))
        except ValueError:
            return False
    return len(shapes[0]) == len(shapes[1])


def main(argv: Any = None) -> None:
    """Run the tests of the program."""
    unittest.main(argv=argv)
