"""What TensorFlow's TestCase has from absl: comparisons of sequences, mappings and order, files, threads, streams."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import tempfile
import threading
import unittest
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tfgrad_course.tf import _nest


class Assertions(unittest.TestCase):
    """The assertions that need no tensors."""

    def assertLen(self, container: Any, expected_len: int, msg: Any = None) -> None:
        """The container has this many elements."""
        if len(container) != expected_len:
            self.fail(
                self._formatMessage(
                    msg, f"{container!r} has length of {len(container)}, expected {expected_len}."
                )
            )

    def assertEmpty(self, container: Any, msg: Any = None) -> None:
        """The container has no elements."""
        if len(container):
            self.fail(self._formatMessage(msg, f"{container!r} has length of {len(container)}."))

    def assertNotEmpty(self, container: Any, msg: Any = None) -> None:
        """The container has elements."""
        if not len(container):
            self.fail(self._formatMessage(msg, f"{container!r} has length of 0."))

    def assertBetween(self, value: Any, minv: Any, maxv: Any, msg: Any = None) -> None:
        """The value lies between both, which count."""
        msg = self._formatMessage(msg, f'"{value}" unexpectedly not between "{minv}" and "{maxv}"')
        self.assertLessEqual(minv, value, msg)
        self.assertGreaterEqual(maxv, value, msg)

    def assertSameElements(self, expected_seq: Any, actual_seq: Any, msg: Any = None) -> None:
        """Both hold the same elements, however often."""
        self.assertEqual(set(expected_seq), set(actual_seq), msg)

    def assertContainsSubset(self, expected_subset: Any, actual_set: Any, msg: Any = None) -> None:
        """All of the first are in the second."""
        self.assertLessEqual(set(expected_subset), set(actual_set), msg)

    def assertItemsEqual(self, first: Any, second: Any, msg: Any = None) -> None:
        """Both hold the same elements, in any order."""
        self.assertCountEqual(first, second, msg)

    def assertSequenceAlmostEqual(
        self, expected_seq: Any, actual_seq: Any, places: Any = None, msg: Any = None, delta: Any = None
    ) -> None:
        """Numbers in order, each almost equal."""
        self.assertEqual(len(expected_seq), len(actual_seq), msg)
        for a, b in zip(expected_seq, actual_seq, strict=True):
            self.assertAlmostEqual(a, b, places, msg, delta)

    def assertDictAlmostEqual(
        self, expected_dict: Any, actual_dict: Any, places: Any = None, msg: Any = None, delta: Any = None
    ) -> None:
        """The same keys, with numbers that are almost equal."""
        self.assertEqual(set(expected_dict), set(actual_dict), msg)
        for key, value in expected_dict.items():
            self.assertAlmostEqual(value, actual_dict[key], places, msg, delta)

    def assertMappingEqual(self, a: Any, b: Any, msg: Any = None) -> None:
        """The same keys and values."""
        self.assertIsInstance(a, Mapping)
        self.assertEqual(dict(a), dict(b), msg)

    def assertSequenceStartsWith(self, prefix: Any, whole: Any, msg: Any = None) -> None:
        """A sequence begins with another, which is not empty."""
        self.assertTrue(len(prefix), msg or "Prefix length is 0.")
        self.assertSequenceEqual(list(prefix), list(whole[: len(prefix)]), msg)

    def assertContainsSubsequence(self, container: Any, subsequence: Any, msg: Any = None) -> None:
        """All items occur, in this order."""
        rest = iter(container)
        self.assertTrue(
            all(item in rest for item in subsequence), msg or f"{subsequence} is not in {container}"
        )

    def assertContainsExactSubsequence(self, container: Any, subsequence: Any, msg: Any = None) -> None:
        """All items occur, one directly after the other."""
        whole, part = list(container), list(subsequence)
        starts = range(len(whole) - len(part) + 1)
        self.assertTrue(
            any(whole[i : i + len(part)] == part for i in starts), msg or f"{part} is not in {whole}"
        )

    def assertContainsInOrder(self, strings: Any, target: str, msg: Any = None) -> None:
        """All strings occur in the text, in this order."""
        at = 0
        for string in [strings] if isinstance(strings, str) else strings:
            found = target.find(string, at)
            self.assertGreaterEqual(
                found, 0, msg or f"Did not find {string!r} after place {at} of {target!r}"
            )
            at = found + len(string)

    def assertTotallyOrdered(self, *groups: Any, msg: Any = None) -> None:
        """Items of a group are equal, and smaller than those of later groups."""
        for group in groups:
            for a, b in itertools.product(group, group):
                self.assertTrue(a == b and not a < b and a <= b, msg)
        for earlier, later in itertools.combinations(groups, 2):
            for a, b in itertools.product(earlier, later):
                self.assertTrue(a < b and a <= b and b > a and b >= a and a != b, msg)

    def assertNoCommonElements(self, expected_seq: Any, actual_seq: Any, msg: Any = None) -> None:
        """No item occurs in both."""
        self.assertFalse(set(expected_seq) & set(actual_seq), msg)

    def assertNotStartsWith(self, actual: str, unexpected_start: str, msg: Any = None) -> None:
        """A text does not begin so."""
        self.assertFalse(actual.startswith(unexpected_start), msg)

    def assertNotEndsWith(self, actual: str, unexpected_end: str, msg: Any = None) -> None:
        """A text does not end so."""
        self.assertFalse(actual.endswith(unexpected_end), msg)

    def assertIsSubclass(self, cls: Any, class_or_tuple: Any, msg: Any = None) -> None:
        """A class inherits from another."""
        self.assertTrue(issubclass(cls, class_or_tuple), msg)

    def assertNotIsSubclass(self, cls: Any, class_or_tuple: Any, msg: Any = None) -> None:
        """A class does not inherit from another."""
        self.assertFalse(issubclass(cls, class_or_tuple), msg)

    def assertSameStructure(
        self, a: Any, b: Any, aname: str = "a", bname: str = "b", msg: Any = None
    ) -> None:
        """Both have the same nested structure and leaves."""
        _nest.assert_same_structure(a, b)
        self.assertEqual(a, b, msg)

    def assertRaisesWithLiteralMatch(
        self, expected_exception: Any, expected_exception_message: str, callable_obj: Any = None, *args: Any, **kwargs: Any
    ) -> Any:  # fmt: skip
        """What is called, or the block, raises this error with exactly these words."""
        around = self._literally(expected_exception, expected_exception_message)
        if callable_obj is None:
            return around
        with around:
            callable_obj(*args, **kwargs)
        return None

    @contextlib.contextmanager
    def _literally(self, expected: Any, words: str) -> Iterator[Any]:
        with self.assertRaises(expected) as caught:
            yield caught
        self.assertEqual(str(caught.exception), words)

    # Surroundings ----------------------------------------------------------------------------

    def checkedThread(self, target: Callable[..., Any], args: Any = None, kwargs: Any = None) -> Any:
        """A thread whose error fails the test that joins it."""
        return _CheckedThread(self, functools.partial(target, *(args or ()), **(kwargs or {})))

    @contextlib.contextmanager
    def captureWritesToStream(self, stream: Any) -> Iterator[Any]:
        """What is written to a stream in the block, to be read from `contents()`."""
        kept = os.dup(stream.fileno())
        with tempfile.TemporaryFile() as file:
            stream.flush()
            os.dup2(file.fileno(), stream.fileno())
            written = _Written(stream, file)
            try:
                yield written
            finally:
                written.end()
                os.dup2(kept, stream.fileno())
                os.close(kept)

    def create_tempdir(self, name: str | None = None) -> Any:
        """A folder that goes away after the test."""
        folder: Any = tempfile.TemporaryDirectory(suffix=name)
        self.addCleanup(folder.cleanup)
        folder.full_path = folder.name
        return folder


class _Written:
    """What has been written meanwhile."""

    def __init__(self, stream: Any, file: Any) -> None:
        self._stream, self._file, self._text = stream, file, ""

    def contents(self) -> str:
        """The text so far."""
        if self._file is not None:
            self._stream.flush()
            self._text = os.pread(self._file.fileno(), os.fstat(self._file.fileno()).st_size, 0).decode()
        return self._text

    def end(self) -> None:
        """Keep the text; no more is to come."""
        self.contents()
        self._file = None


class _CheckedThread:
    def __init__(self, test: unittest.TestCase, run: Callable[[], Any]) -> None:
        self._test, self._run, self._error = test, run, None
        self._thread = threading.Thread(target=self._guarded)

    def _guarded(self) -> None:
        try:
            self._run()
        except BaseException as error:
            self._error = error  # type: ignore[assignment]

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the end; an error inside fails the test."""
        self._thread.join()
        if self._error is not None:
            self._test.fail(f"Error in checkedThread: {self._error}")

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._thread.is_alive()
