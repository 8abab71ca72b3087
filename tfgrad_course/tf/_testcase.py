"""`tf.test.TestCase`: unittest's, with the comparisons of tensors that tests of TensorFlow programs use."""

from __future__ import annotations

import contextlib
import random
import re
import tempfile
import unittest
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _nest
from tfgrad_course.tf._assertions import Assertions
from tfgrad_course.tf._sparse import SparseTensorValue


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
        """The NumPy values of a structure of tensors, or of what functions give."""
        return None if tensors is None else _nest.map_structure(self._evaluated, tensors)

    def _evaluated(self, x: Any) -> Any:
        if x is None:
            return None
        if isinstance(x, tf.IndexedSlices):
            return IndexedSlicesValue(x.values.numpy(), x.indices.numpy(), _value(x.dense_shape))
        if isinstance(x, tf.SparseTensor):
            return SparseTensorValue(x.indices.numpy(), x.values.numpy(), x.dense_shape.numpy())
        if hasattr(x, "numpy") and callable(x.numpy):
            return x.numpy()
        if callable(x):
            return self.evaluate(x())
        if hasattr(x, "_from_components"):
            return _nest.map_structure(lambda t: t.numpy(), x, expand_composites=True)
        return x

    def evaluate_if_both_tensors(self, a: Any, b: Any) -> Any:
        """The values of both if both are tensors, else both as they are."""
        both = tf.is_tensor(a) and tf.is_tensor(b)
        return (self.evaluate(a), self.evaluate(b)) if both else (a, b)

    def _array(self, a: Any) -> Any:
        if isinstance(a, np.ndarray | np.generic):
            return np.asarray(a)
        if isinstance(a, list | tuple):
            a = _nest.map_structure(_value, a)
        elif isinstance(a, tf.IndexedSlices):
            a = self._evaluated(a)
        try:
            return np.array(_value(a))
        except ValueError:
            return np.array(_value(a), dtype=object)

    @contextlib.contextmanager
    def session(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Nothing to open: everything is eager."""
        yield None

    cached_session = test_session = session

    # Comparisons -----------------------------------------------------------------------------

    def assertAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: Any = None) -> None:
        """Both structures hold numbers within the tolerance."""
        self._close(a, b, (rtol, atol), (), msg or "")

    def _close(self, a: Any, b: Any, within: tuple[float, float], path: tuple[Any, ...], msg: str) -> None:
        a, b = (one._asdict() if hasattr(one, "_asdict") else one for one in (a, b))
        if hasattr(a, "to_list") or hasattr(b, "to_list"):
            a, b = _rows(a), _rows(b)
        where = "[" + "][".join(map(str, path)) + "]" if path else ""
        if isinstance(a, Mapping) != isinstance(b, Mapping):
            raise ValueError(f"Can't compare dict to non-dict, a{where} vs b{where}. {msg}")
        if isinstance(a, Mapping):
            words = f"mismatched keys: a{where} has keys {a.keys()}, but b{where} has keys {b.keys()}. {msg}"
            self.assertCountEqual(a.keys(), b.keys(), words)
            for key in a:
                self._close(a[key], b[key], within, (*path, key), msg)
            return
        words = f"Mismatched value: a{where} is different from b{where}. {msg}"
        try:
            self._arrays_close(self._array(a), self._array(b), within, words)
        except (ValueError, TypeError) as problem:
            if isinstance(a, list | tuple):
                self._elements_close(a, b, within, path, (where, msg))
                return
            if isinstance(problem, TypeError):
                told = f"Error: a{where} has {type(a)}, but b{where} has {type(b)}. {msg}"
                problem.args = (f"{problem.args[0]} : {told}", *problem.args[1:])
            raise

    def _elements_close(
        self, a: Any, b: Any, within: Any, path: tuple[Any, ...], said: tuple[str, str]
    ) -> None:
        where, msg = said
        if len(a) != len(b):
            raise ValueError(
                f"Mismatched length: a{where} has {len(a)} items, but b{where} has {len(b)} items. {msg}"
            )
        for i, (one, other) in enumerate(zip(a, b, strict=True)):
            self._close(one, other, within, (*path, i), msg)

    def _arrays_close(self, x: Any, y: Any, within: tuple[float, float], msg: str) -> None:
        told = f" with contents {y}" if x.shape != y.shape and (y.ndim <= 3 or y.size < 500) else ""
        self.assertEqual(x.shape, y.shape, f"Shape mismatch: expected {x.shape}, got {y.shape}{told}.")
        kind, (rtol, atol) = x.dtype, within
        x, y = (one.astype(np.float32) if one.dtype.num > 255 else one for one in (x, y))
        if np.allclose(x, y, rtol, atol):
            return
        apart = np.logical_or(np.abs(x - y) > atol + rtol * np.abs(y), np.isnan(x) != np.isnan(y))
        lines, (left, right) = [msg], (x[apart], y[apart]) if x.ndim else (x, y)
        if x.ndim:
            lines.append(f"not close where = {np.where(apart)}")
        lines += [
            f"not close lhs = {left}",
            f"not close rhs = {right}",
            f"not close dif = {np.abs(left - right)}",
        ]
        lines += [f"not close tol = {atol + rtol * np.abs(right)}", f"dtype = {kind}, shape = {x.shape}"]
        np.testing.assert_allclose(x, y, rtol, atol, err_msg="\n".join(lines), equal_nan=True)

    def assertAllCloseAccordingToType(
        self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, float_rtol: float = 1e-6,
        float_atol: float = 1e-6, half_rtol: float = 1e-3, half_atol: float = 1e-3, bfloat16_rtol: float = 1e-2,
        bfloat16_atol: float = 1e-2, msg: Any = None,
    ) -> None:  # fmt: skip
        """assertAllClose with tolerances that suit the narrower dtype."""
        a, b = self._array(a), self._array(b)
        names = {a.dtype.name, b.dtype.name}
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
        if hasattr(a, "to_list") or hasattr(b, "to_list"):
            self.assertEqual(_rows(a), _rows(b), msg)
            return
        x, y = self._array(a), self._array(b)
        told = f" Contents: {y!r}. \n{msg or ''}." if y.ndim <= 3 or y.size < 500 else f" {msg or ''}"
        self.assertEqual(x.shape, y.shape, f"Shape mismatch: expected {x.shape}, got {y.shape}.{told}")
        same = np.asarray(x == y)
        if x.dtype.kind in "fcV":
            same = np.logical_or(same, np.logical_and(np.isnan(x), np.isnan(y)))
        if np.all(same):
            return
        lines, (left, right) = [msg or ""], (x[~same], y[~same]) if x.ndim else (x, y)
        if x.ndim:
            lines.append(f"not equal where = {np.where(~same)}")
        lines += [f"not equal lhs = {left!r}", f"not equal rhs = {right!r}"]
        if x.dtype.kind != y.dtype.kind and {x.dtype.kind, y.dtype.kind} <= set("USO"):
            x, y = (np.array([v.encode() if isinstance(v, str) else v for v in one.flat]) for one in (x, y))
        np.testing.assert_array_equal(x, y, err_msg="\n".join(lines))

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
        self.assertGreater(np.min(self._array(a)), _value(comparison_target))

    def assertAllLess(self, a: Any, comparison_target: Any) -> None:
        """Every value is less."""
        self.assertLess(np.max(self._array(a)), _value(comparison_target))

    def assertAllGreaterEqual(self, a: Any, comparison_target: Any) -> None:
        """No value is less."""
        self.assertGreaterEqual(np.min(self._array(a)), _value(comparison_target))

    def assertAllLessEqual(self, a: Any, comparison_target: Any) -> None:
        """No value is greater."""
        self.assertLessEqual(np.max(self._array(a)), _value(comparison_target))

    def assertAllInRange(
        self, target: Any, lower_bound: Any, upper_bound: Any, open_lower_bound: bool = False,
        open_upper_bound: bool = False,
    ) -> None:  # fmt: skip
        """Every value lies between the bounds."""
        x = self._array(target)
        if x.dtype.kind not in "iufV":
            raise AssertionError(
                f"The value of {x} does not have an ordered numeric type, instead it has type: {x.dtype}"
            )
        if np.isnan(x).any():
            words = f"{np.isnan(x).sum()} of the {x.size} element(s) are NaN. Subscripts(s) and value(s) of the NaN element(s):"
            raise AssertionError("\n".join([words, *_places(np.isnan(x), x)]))
        low = x <= lower_bound if open_lower_bound else x < lower_bound
        outside = low | (x >= upper_bound if open_upper_bound else x > upper_bound)
        if np.any(outside):
            bounds = f"{'[('[open_lower_bound]}{lower_bound}, {upper_bound}{'])'[open_upper_bound]}"
            words = f"{np.sum(outside)} of the {x.size} element(s) are outside the range {bounds}. "
            words += "Subscript(s) and value(s) of the offending elements:"
            raise AssertionError("\n".join([words, *_places(outside, x)]))

    def assertAllInSet(self, target: Any, expected_set: Any) -> None:
        """Every value is one of these."""
        odd = np.setdiff1d(self._array(target).ravel(), list(expected_set))
        self._all(not odd.size, f"{odd.size} unique element(s) are not in the set {expected_set}: {odd}")

    def assertNear(self, f1: float, f2: float, err: float, msg: Any = None) -> None:
        """Two numbers differ by no more than `err`."""
        f1, f2 = np.squeeze(f1), np.squeeze(f2)  # type: ignore[assignment]
        if f1 != f2:
            apart = abs(float(f1) - float(f2))
            words = f"{f1:f} != {f2:f} +/- {err:f} (difference: {apart:g})"
            self.assertTrue(apart <= err, words + (f" ({msg})" if msg is not None else ""))

    def assertArrayNear(self, farray1: Any, farray2: Any, err: float, msg: Any = None) -> None:
        """Two lists of numbers differ by no more than `err` anywhere."""
        self.assertEqual(len(farray1), len(farray2), msg)
        for f1, f2 in zip(farray1, farray2, strict=True):
            self.assertNear(float(f1), float(f2), err, msg)

    def assertNDArrayNear(self, ndarray1: Any, ndarray2: Any, err: float, msg: Any = None) -> None:
        """Two arrays are no further apart than `err`."""
        self.assertTrue(np.linalg.norm(ndarray1 - ndarray2) < err, msg)

    # Shapes, kinds, texts --------------------------------------------------------------------

    def assertShapeEqual(self, input_a: Any, input_b: Any, msg: Any = None) -> None:
        """Both have the same shape."""
        for word, one in (("input_a", input_a), ("input_b", input_b)):
            if not (isinstance(one, np.ndarray | np.generic) or tf.is_tensor(one)):
                raise TypeError(
                    f"{word} must be a Numpy ndarray, Numpy scalar, or a Tensor.Instead received {type(one)}"
                )
        self.assertAllEqual(list(input_a.shape), list(input_b.shape), msg=msg)

    def assertDTypeEqual(self, target: Any, expected_dtype: Any) -> None:
        """The target has this dtype."""
        self.assertEqual(self._array(target).dtype, expected_dtype)

    def assertDeviceEqual(self, device1: Any, device2: Any, msg: Any = None) -> None:
        """Both name the same device."""
        first, second = _device(device1), _device(device2)
        self.assertEqual(first, second, f"Devices {first} and {second} are not equal. {msg}")

    def assertStartsWith(self, actual: str, expected_start: str, msg: Any = None) -> None:
        """The text begins so."""
        self._all(actual.startswith(expected_start), f"{actual!r} does not start with {expected_start!r}")

    def assertEndsWith(self, actual: str, expected_end: str, msg: Any = None) -> None:
        """The text ends so."""
        self._all(actual.endswith(expected_end), f"{actual!r} does not end with {expected_end!r}")

    def assertRegexMatch(self, actual_str: str, regexes: Any, message: Any = None) -> None:
        """One of the patterns is found in the text."""
        self._all(any(re.search(r, actual_str) for r in regexes), f"{actual_str!r} matches none of {regexes}")

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


IndexedSlicesValue = namedtuple("IndexedSlicesValue", ["values", "indices", "dense_shape"])


def _value(x: Any) -> Any:
    return x.numpy() if hasattr(x, "numpy") else x


def _rows(x: Any) -> Any:
    """A ragged tensor, or what is compared with one, as lists."""
    if hasattr(x, "to_list"):
        return x.to_list()
    return x.numpy().tolist() if hasattr(x, "numpy") else np.array(x, dtype=object).tolist()


def _places(chosen: Any, x: Any) -> list[str]:
    """Where the chosen entries stand, and which they are: ten at most."""
    if not np.ndim(x):
        return [f"  [0] : {x}"]
    found = [f"  {place} : {x[tuple(place)]}" for place in np.argwhere(chosen)]
    return found[:10] + ["  ..."] * (len(found) > 10)


def _device(name: Any) -> str:
    """A device in the form TensorFlow gives its name."""
    spelled = re.sub(
        r"/(cpu|gpu|tpu):", lambda found: f"/device:{found[1].upper()}:", name or "", flags=re.IGNORECASE
    )
    return re.sub(r"/device:(\w+):", lambda found: f"/device:{found[1].upper()}:", spelled)


def main(argv: Any = None) -> None:
    """Run the tests of the program."""
    unittest.main(argv=argv)
