"""`tf.test.TestCase`: what passes and fails under it does so under TensorFlow's too."""

from __future__ import annotations

import unittest
from typing import Any

import pytest

pytestmark = [pytest.mark.tensorflow]


def _suite(tf: Any) -> Any:
    class Tried(tf.test.TestCase):  # type: ignore[misc,name-defined]
        """Half of these fail, on purpose."""

        def test_close(self) -> None:
            self.assertAllClose(tf.constant([1.0, 2.0]), [1.0, 2.0 + 1e-7])
            self.assertAllClose({"a": [1.0, tf.constant(2.0)]}, {"a": [1.0, 2.0]})

        def test_not_close(self) -> None:
            self.assertAllClose([1.0], [1.1])

        def test_another_shape(self) -> None:
            self.assertAllEqual([1, 1], 1)

        def test_equal(self) -> None:
            self.assertAllEqual(tf.constant([1.0, float("nan")]), [1.0, float("nan")])
            self.assertAllEqual(tf.constant("a"), b"a")
            self.assertEqual(self.evaluate([tf.constant(3), {"k": tf.constant(4)}]), [3, {"k": 4}])

        def test_sets(self) -> None:
            self.assertAllInSet(tf.constant([1, 2]), [1, 2, 3])
            self.assertAllInRange([0.5], 0.0, 1.0)
            self.assertAllGreater([2.0], 1.0)

        def test_odd_sets(self) -> None:
            self.assertAllInSet([4], [1, 2, 3])

        def test_halves(self) -> None:
            self.assertAllCloseAccordingToType(tf.constant([1.0], tf.float16), [1.0004])

        def test_errors(self) -> None:
            with self.cached_session(), self.assertRaisesOpError("Incompatible shapes"):
                self.evaluate(tf.ones([2]) + tf.ones([3]))

        def test_other_errors(self) -> None:
            with self.assertRaisesWithPredicateMatch(tf.errors.OpError, "nothing of the kind"):
                self.evaluate(tf.ones([2]) + tf.ones([3]))

    return unittest.defaultTestLoader.loadTestsFromTestCase(Tried)


def test_the_same_tests_fail(agree: Any) -> None:
    failed = []
    for tf in agree.backends:
        result = unittest.TestResult()
        _suite(tf).run(result)
        failed.append(sorted(case.id().rpartition(".")[2] for case, _ in result.failures + result.errors))
    assert failed[0] == failed[1]
    assert failed[1] == ["test_another_shape", "test_not_close", "test_odd_sets", "test_other_errors"]
