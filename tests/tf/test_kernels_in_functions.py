"""Kernels that refuse their inputs inside a tf.function: of the class TensorFlow raises while it builds the graph."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.tensorflow]
LINES = [
    "tf.matmul(tf.ones([2,3]),tf.ones([2,3]))",
    "tf.matmul(tf.ones([2,3]),tf.ones([3]))",
    "tf.matmul(tf.ones([2,2,3]),tf.ones([3,3,2]))",
    "tf.matmul(tf.ones([2,2]),tf.ones([2,2],tf.float64))",
    "tf.ones([2,3])@tf.ones([2,3])",
    "tf.linalg.inv(tf.ones([2,3]))",
    "tf.linalg.det(tf.ones([2,3]))",
    "tf.linalg.cholesky(tf.ones([3]))",
    "tf.linalg.solve(tf.ones([2,2]),tf.ones([3,1]))",
    "tf.linalg.triangular_solve(tf.ones([2,2]),tf.ones([3,1]))",
    "tf.linalg.qr(tf.ones([3]))",
    "tf.linalg.svd(tf.ones([3]))",
    "tf.linalg.eigh(tf.ones([2,3]))",
    "tf.linalg.band_part(tf.ones([3]),1,1)",
    "tf.linalg.diag(tf.constant(1.))",
    "tf.linalg.diag_part(tf.ones([3]))",
    "tf.linalg.set_diag(tf.ones([2,2]),tf.ones([3]))",
    "tf.linalg.trace(tf.ones([3]))",
    "tf.einsum('ij,jk->ik',tf.ones([2,3]),tf.ones([2,3]))",
    "tf.einsum('ij->ij',tf.ones([2]))",
    "tf.tensordot(tf.ones([2,3]),tf.ones([2,3]),1)",
    "tf.linalg.norm(tf.ones([2]),axis=(0,1))",
    "tf.linalg.expm(tf.ones([2,3]))",
    "tf.linalg.cross(tf.ones([2]),tf.ones([2]))",
    "tf.linalg.cross(tf.ones([3]),tf.ones([2,3]))",
    "tf.linalg.tridiagonal_solve(tf.ones([2,3]),tf.ones([3]))",
    "tf.linalg.lstsq(tf.ones([2,3]),tf.ones([3,1]))",
    "tf.linalg.lu(tf.ones([2,3]))",
    "tf.linalg.inv(tf.zeros([2,2]))",
    "tf.linalg.inv(tf.ones([2,2],tf.int32))",
    "tf.linalg.tensor_diag_part(tf.ones([2,3]))",
    "tf.linalg.logdet(tf.ones([2,3]))",
    "tf.nn.conv2d(tf.ones([1,4,4,2]),tf.ones([2,2,3,1]),1,'SAME')",
    "tf.nn.conv2d(tf.ones([4,4,2]),tf.ones([2,2,2,1]),1,'SAME')",
    "tf.nn.conv2d(tf.ones([1,2,2,1]),tf.ones([5,5,1,1]),1,'VALID')",
    "tf.nn.max_pool2d(tf.ones([2,2,1]),2,1,'SAME')",
    "tf.nn.max_pool2d(tf.ones([1,2,2,1]),4,1,'VALID')",
    "tf.nn.bias_add(tf.ones([2,3]),tf.ones([2]))",
    "tf.nn.bias_add(tf.ones([2]),tf.ones([2]))",
    "tf.nn.softmax(tf.constant(1.))",
    "tf.nn.softmax(tf.ones([2]),axis=3)",
    "tf.nn.softmax_cross_entropy_with_logits(tf.ones([2,3]),tf.ones([2,2]))",
    "tf.nn.sparse_softmax_cross_entropy_with_logits([0,5],tf.ones([2,3]))",
    "tf.nn.sparse_softmax_cross_entropy_with_logits([0],tf.ones([2,3]))",
    "tf.nn.sigmoid_cross_entropy_with_logits(tf.ones([2]),tf.ones([3]))",
    "tf.nn.relu('a')",
    "tf.nn.elu(tf.ones([2],tf.int32))",
    "tf.math.top_k(tf.ones([2]),3)",
    "tf.nn.embedding_lookup(tf.ones([2,2]),[5])",
    "tf.nn.lrn(tf.ones([2,2]))",
    "tf.random.normal([-1])",
    "tf.random.normal(3)",
    "tf.random.uniform([2],5,2,tf.int32)",
    "tf.random.categorical(tf.ones([2]),1)",
    "tf.random.stateless_normal([2],[1])",
    "tf.random.shuffle(tf.constant(1))",
    "tf.signal.fft(tf.ones([2]))",
    "tf.signal.rfft(tf.ones([2],tf.int32))",
    "tf.nn.dropout(tf.ones([2]),1.5)",
    "tf.nn.moments(tf.ones([2]),[3])",
    "tf.clip_by_norm(tf.ones([2]),tf.ones([3]))",
    "tf.nn.depthwise_conv2d(tf.ones([1,4,4,2]),tf.ones([2,2,3,1]),[1,1,1,1],'SAME')",
    "tf.nn.space_to_depth(tf.ones([1,3,3,1]),2)",
    "tf.math.l2_normalize(tf.ones([2]),axis=4)",
]


@pytest.mark.parametrize("line", LINES)
def test_an_error_has_the_same_class_in_a_graph(agree: Any, line: str) -> None:
    """Only the class counts: the words tell of nodes."""

    def run(tf: Any) -> Any:
        function = tf.function(lambda: eval(line, {"tf": tf}))
        try:
            function()
        except Exception as problem:
            return type(problem).__name__
        return None

    agree(run)


OPEN = [
    ("tf.linalg.inv(x)", "tf.ones([2, 3])"),
    ("tf.linalg.qr(x)", "tf.ones([3])"),
    ("tf.matmul(x, x)", "tf.ones([2, 3])"),
    ("x + tf.ones([5])", "tf.ones([2, 3])"),
    ("tf.nn.bias_add(x, tf.ones([2]))", "tf.ones([2, 3])"),
    ("tf.linalg.norm(x, axis=5)", "tf.ones([2, 3])"),
    ("tf.einsum('ij,jk->ik', x, x)", "tf.ones([2, 3])"),
]


@pytest.mark.parametrize("spec", ["None", "[None, None]", "[2, 3]"])
@pytest.mark.parametrize("code,value", OPEN)
def test_shapes_left_open_are_found_wrong_when_the_graph_runs(
    agree: Any, code: str, value: str, spec: str
) -> None:
    """A signature decides what building the graph can see."""
    if spec != "None" and value != "tf.ones([2, 3])":
        pytest.skip("the signature refuses this value")

    def run(tf: Any) -> Any:
        signature = [eval(f"tf.TensorSpec({spec})", {"tf": tf})]
        function = tf.function(lambda x: eval(code, {"tf": tf, "x": x}), input_signature=signature)
        try:
            function(eval(value, {"tf": tf}))
        except Exception as problem:
            return type(problem).__name__
        return None

    agree(run)
