"""`tf.test.TestCase`: what passes and fails under it does so under TensorFlow's too."""

from __future__ import annotations

import tempfile
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

        def test_sequences(self) -> None:
            self.assertSequenceAlmostEqual([1.0, 2.0], (1.0, 2.00001), places=4)
            self.assertDictAlmostEqual({"a": 1.0}, {"a": 1.0})
            self.assertMappingEqual({"a": 1}, {"a": 1})
            self.assertSequenceStartsWith([1], [1, 2])
            self.assertContainsSubsequence([1, 2, 3], [1, 3])
            self.assertContainsExactSubsequence([1, 2, 3], [2, 3])
            self.assertContainsInOrder(["a", "c"], "abc")
            self.assertTotallyOrdered([1, 1], [2])
            self.assertNoCommonElements([1], [2])
            self.assertNotStartsWith("abc", "b")
            self.assertNotEndsWith("abc", "b")
            self.assertIsSubclass(bool, int)
            self.assertNotIsSubclass(int, bool)
            self.assertSameStructure({"a": [1]}, {"a": [1]})
            self.assertEqual(self.evaluate_if_both_tensors(tf.constant(1), tf.constant(1)), (1, 1))

        def test_odd_sequences(self) -> None:
            self.assertContainsSubsequence([1, 2, 3], [3, 1])

        def test_odd_order(self) -> None:
            self.assertTotallyOrdered([2], [1])

        def test_literal_words(self) -> None:
            with self.assertRaisesWithLiteralMatch(ValueError, "abc"):
                raise ValueError("abc")

        def test_other_literal_words(self) -> None:
            with self.assertRaisesWithLiteralMatch(ValueError, "ab"):
                raise ValueError("abc")

        def test_thread(self) -> None:
            thread = self.checkedThread(target=lambda a: a + 1, args=(1,))
            thread.start()
            thread.join()

        def test_odd_thread(self) -> None:
            thread = self.checkedThread(target=lambda: 1 / 0)
            thread.start()
            thread.join()

        def test_writes(self) -> None:
            with tempfile.TemporaryFile("w+") as stream, self.captureWritesToStream(stream) as written:
                stream.write("abc")
                stream.flush()
                self.assertEqual(written.contents(), "abc")
            self.assertEqual(written.contents(), "abc")

    return unittest.defaultTestLoader.loadTestsFromTestCase(Tried)


def test_the_same_tests_fail(agree: Any) -> None:
    failed = []
    for tf in agree.backends:
        result = unittest.TestResult()
        _suite(tf).run(result)
        failed.append(sorted(case.id().rpartition(".")[2] for case, _ in result.failures + result.errors))
    assert failed[0] == failed[1]
    assert failed[1] == [
        "test_another_shape", "test_not_close", "test_odd_order", "test_odd_sequences", "test_odd_sets",
        "test_odd_thread", "test_other_errors", "test_other_literal_words",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "claim",
    [
        lambda case, tf: case.assertAllEqual([1.0, 2.0], [1.0, 2.5], msg="hello"),
        lambda case, tf: case.assertAllEqual(tf.constant(["a"]), ["a"]),
        lambda case, tf: case.assertAllEqual([[1], [2, 3]], tf.ragged.constant([[1], [2, 3]])),
        lambda case, tf: case.assertAllClose({"a": 1}, {"b": 1}),
        lambda case, tf: case.assertAllClose({"a": 1}, [1]),
        lambda case, tf: case.assertAllClose([[1.0], [2.0, 3.0]], [[1.0], [2.0, 4.0]]),
        lambda case, tf: case.assertAllClose([[1.0], [2.0, 3.0]], [[1.0]]),
        lambda case, tf: case.assertAllGreater(tf.constant([1, 2]), 1),
        lambda case, tf: case.assertAllInRange([1, 2], 1, 2, open_upper_bound=True),
        lambda case, tf: case.assertAllInRange([1.0, float("nan")], 1, 2),
        lambda case, tf: case.assertAllInSet([1, 2], {1}),
        lambda case, tf: case.assertNear(1.0, 1.1, 0.01, "m"),
        lambda case, tf: case.assertDTypeEqual(tf.constant(1.0), "float64"),
        lambda case, tf: case.assertShapeEqual([1], [1]),
        lambda case, tf: case.assertShapeEqual(tf.zeros([2, 1]), tf.zeros([1, 2])),
        lambda case, tf: case.assertDeviceEqual("/cpu:0", "/device:CPU:0"),
        lambda case, tf: case.assertLen([1, 2], 3),
        lambda case, tf: case.assertBetween(3, 0, 2),
        lambda case, tf: case.evaluate(lambda: tf.constant(3)),
        lambda case, tf: case.evaluate(tf.IndexedSlices(tf.constant([1.0]), tf.constant([0]))).indices,
        lambda case, tf: case.evaluate(tf.sparse.from_dense([[1.0, 0.0]])).indices,
    ],
)
def test_claims_hold_or_fail_in_the_same_words(agree: Any, claim: Any) -> None:
    agree(lambda tf: claim(type("Case", (tf.test.TestCase,), {"runTest": lambda self: None})(), tf), words=60)
