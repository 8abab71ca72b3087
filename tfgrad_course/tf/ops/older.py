"""Endpoints of tf.compat.v1 whose parameters TensorFlow 2 has renamed, reordered or dropped, as far as they mean something eagerly."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert, named
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._public import VERSION, reached
from tfgrad_course.tf._refusals import listed
from tfgrad_course.tf._shape import Dimension, TensorShape
from tfgrad_course.tf._sparse import SparseTensorValue
from tfgrad_course.tf.ops.kernels_nn import conv2d_filter, conv2d_input, depthwise
from tfgrad_course.tf.ops.kernels_nn import fused_batch_norm as batch_normalised

ENDPOINTS: dict[str, Any] = {"SparseTensorValue": SparseTensorValue, "VERSION": VERSION, "newaxis": None}


def endpoint(names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Publish a function under its names in tf.compat.v1."""

    def publish(function: Callable[..., Any]) -> Callable[..., Any]:
        ENDPOINTS.update(dict.fromkeys(names.split(), function))
        function.__name__ = function.__qualname__ = names.split()[0].rpartition(".")[2]
        return function

    return publish


def one(new: str, value: Any, old: str, older: Any) -> Any:
    """What was given under a new name or under its old one, but not under both."""
    if older is None:
        return value
    if value is not None:
        raise ValueError(f"Cannot specify both '{old}' and '{new}'.")
    return older


# Reductions ----------------------------------------------------------------------------------------------


def _reduction(name: str) -> None:
    def reduce(
        input_tensor: Any, axis: Any = None, keepdims: Any = None, name: Any = None, reduction_indices: Any = None,
        keep_dims: Any = None,
    ) -> Any:  # fmt: skip
        axis = one("axis", axis, "reduction_indices", reduction_indices)
        keepdims = one("keepdims", keepdims, "keep_dims", keep_dims)
        return compute(input_tensor, axis, bool(keepdims))

    compute: Callable[..., Any] = reached(f"math.{name}")
    endpoint(f"{name} math.{name}")(reduce)


for _name in ["all", "any", "logsumexp", "max", "mean", "min", "prod", "sum"]:
    _reduction("reduce_" + _name)


@endpoint("argmax math.argmax")
def argmax(
    input: Any, axis: Any = None, name: Any = None, dimension: Any = None, output_type: Any = dt.int64
) -> Any:
    """Where the largest entries are."""
    return tf.argmax(input, one("axis", axis, "dimension", dimension), output_type)


@endpoint("argmin math.argmin")
def argmin(
    input: Any, axis: Any = None, name: Any = None, dimension: Any = None, output_type: Any = dt.int64
) -> Any:
    """Where the smallest entries are."""
    return tf.argmin(input, one("axis", axis, "dimension", dimension), output_type)


@endpoint("arg_max")
def arg_max(input: Any, dimension: Any, output_type: Any = dt.int64, name: Any = None) -> Any:
    """Where the largest entries are."""
    return tf.argmax(input, dimension, output_type)


@endpoint("arg_min")
def arg_min(input: Any, dimension: Any, output_type: Any = dt.int64, name: Any = None) -> Any:
    """Where the smallest entries are."""
    return tf.argmin(input, dimension, output_type)


@endpoint("count_nonzero math.count_nonzero")
def count_nonzero(
    input_tensor: Any = None, axis: Any = None, keepdims: Any = None, dtype: Any = dt.int64, name: Any = None,
    reduction_indices: Any = None, keep_dims: Any = None, input: Any = None,
) -> Any:  # fmt: skip
    """How many entries are not zero."""
    x = one("input", input, "input_tensor", input_tensor)
    axis = one("axis", axis, "reduction_indices", reduction_indices)
    return tf.math.count_nonzero(x, axis, bool(one("keepdims", keepdims, "keep_dims", keep_dims)), dtype)


@endpoint("norm linalg.norm")
def norm(
    tensor: Any,
    ord: Any = "euclidean",
    axis: Any = None,
    keepdims: Any = None,
    name: Any = None,
    keep_dims: Any = None,
) -> Any:
    """The size of vectors and matrices."""
    return tf.norm(tensor, ord, axis, bool(one("keepdims", keepdims, "keep_dims", keep_dims)))


@endpoint("confusion_matrix math.confusion_matrix")
def confusion_matrix(
    labels: Any,
    predictions: Any,
    num_classes: Any = None,
    dtype: Any = dt.int32,
    name: Any = None,
    weights: Any = None,
) -> Any:
    """How often each class was taken for each."""
    return tf.math.confusion_matrix(labels, predictions, num_classes, weights, dtype)


# Elements ------------------------------------------------------------------------------------------------


@endpoint("div")
def div(x: Any, y: Any, name: Any = None) -> Any:
    """x / y as Python 2 had it: whole numbers are divided with the remainder dropped, downwards."""
    x = convert(x)
    y = named(y, x.dtype, "y")
    return tf.math.floordiv(x, y) if x.dtype.is_integer else tf.realdiv(x, y)


def _cast(name: str, kind: Any) -> None:
    endpoint(f"to_{name}")(lambda x, name=None: tf.cast(x, kind))


for _name in ["float=float32", "double=float64", "int32", "int64", "bfloat16", "complex64", "complex128"]:
    _old, _, _new = _name.partition("=")
    _cast(_old, dt.as_dtype(_new or _old))


@endpoint("where")
def where(condition: Any, x: Any = None, y: Any = None, name: Any = None) -> Any:
    """x where the condition holds, else y; a vector chooses rows, nothing is broadcast."""
    if x is None and y is None:
        return tf.where(condition)
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    return tf.raw_ops.Select(condition=condition, x=x, y=y)


@endpoint("clip_by_average_norm")
def clip_by_average_norm(t: Any, clip_norm: Any, name: Any = None) -> Any:
    """t, made smaller if the mean size of its entries is larger than clip_norm."""
    t = convert(t)
    count = tf.cast(tf.size(t), dt.float32)
    inverse = tf.math.rsqrt(tf.reduce_sum(t * t, list(range(t.shape.rank))))
    return tf.identity(t * clip_norm * tf.minimum(inverse * count, tf.constant(1.0) / clip_norm))


@endpoint("scalar_mul math.scalar_mul")
def scalar_mul(scalar: Any, x: Any, name: Any = None) -> Any:
    """x, scaled."""
    return tf.math.scalar_mul(scalar, x)


def _softmax(name: str) -> None:
    def compute(logits: Any, axis: Any = None, name: Any = None, dim: Any = None) -> Any:
        return public(logits, one("axis", axis, "dim", dim))

    public: Callable[..., Any] = reached(f"nn.{name}")
    endpoint(f"nn.{name} math.{name}")(compute)


for _name in ("softmax", "log_softmax"):
    _softmax(_name)


@endpoint("math.in_top_k nn.in_top_k")
def in_top_k(predictions: Any, targets: Any, k: Any, name: Any = None) -> Any:
    """Whether targets are among the largest predictions."""
    return tf.math.in_top_k(targets, predictions, k)


@endpoint("setdiff1d")
def setdiff1d(x: Any, y: Any, index_dtype: Any = dt.int32, name: Any = None) -> Any:
    """The entries of x that y lacks, and where they are."""
    from tfgrad_course.tf.ops.kernels import list_diff

    return list_diff(x, y, index_dtype)


@endpoint("accumulate_n math.accumulate_n")
def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: Any = None) -> Any:
    """The sum of several tensors."""
    return tf.math.accumulate_n(inputs, shape, tensor_dtype)


# Shapes --------------------------------------------------------------------------------------------------


@endpoint("expand_dims")
def expand_dims(input: Any, axis: Any = None, name: Any = None, dim: Any = None) -> Any:
    """One axis more."""
    axis = one("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims()")
    return tf.expand_dims(input, axis)


@endpoint("squeeze")
def squeeze(input: Any, axis: Any = None, name: Any = None, squeeze_dims: Any = None) -> Any:
    """Axes of length one taken away."""
    return tf.squeeze(input, one("axis", axis, "squeeze_dims", squeeze_dims))


@endpoint("shape")
def shape(input: Any, name: Any = None, out_type: Any = None) -> Any:
    """The shape as a tensor."""
    return tf.shape(input, out_type or dt.int32)


@endpoint("size")
def size(input: Any, name: Any = None, out_type: Any = None) -> Any:
    """How many entries there are."""
    return tf.size(input, out_type or dt.int32)


@endpoint("transpose")
def transpose(a: Any, perm: Any = None, name: Any = "transpose", conjugate: bool = False) -> Any:
    """The axes in another order."""
    return tf.transpose(a, perm, conjugate)


@endpoint("ones_like")
def ones_like(tensor: Any, dtype: Any = None, name: Any = None, optimize: bool = True) -> Any:
    """Ones of the same shape."""
    return tf.ones_like(tensor, dtype)


@endpoint("zeros_like")
def zeros_like(tensor: Any, dtype: Any = None, name: Any = None, optimize: bool = True) -> Any:
    """Zeros of the same shape."""
    return tf.zeros_like(tensor, dtype)


@endpoint("pad")
def pad(
    tensor: Any, paddings: Any, mode: str = "CONSTANT", name: Any = None, constant_values: Any = 0
) -> Any:
    """The tensor with a border."""
    return tf.pad(tensor, paddings, mode, constant_values)


@endpoint("gather")
def gather(
    params: Any,
    indices: Any,
    validate_indices: Any = None,
    name: Any = None,
    axis: Any = None,
    batch_dims: int = 0,
) -> Any:
    """Rows by number."""
    return tf.gather(params, indices, validate_indices, axis, batch_dims)


@endpoint("gather_nd")
def gather_nd(
    params: Any, indices: Any, name: Any = None, batch_dims: Any = 0, bad_indices_policy: str = ""
) -> Any:
    """Parts by index tuples."""
    return tf.gather_nd(params, indices, batch_dims, name, bad_indices_policy)


@endpoint("batch_gather")
def batch_gather(params: Any, indices: Any, name: Any = None) -> Any:
    """Rows by number within each batch."""
    indices = convert(indices)
    if indices.shape.ndims is None:
        raise ValueError("batch_gather does not allow indices with unknown shape.")
    return tf.gather(params, indices, batch_dims=indices.shape.ndims - 1)


@endpoint("boolean_mask")
def boolean_mask(tensor: Any, mask: Any, name: Any = "boolean_mask", axis: Any = None) -> Any:
    """The entries for which the mask is true."""
    return tf.boolean_mask(tensor, mask, axis)


@endpoint("reverse_sequence")
def reverse_sequence(
    input: Any, seq_lengths: Any, seq_axis: Any = None, batch_axis: Any = None, name: Any = None, seq_dim: Any = None,
    batch_dim: Any = None,
) -> Any:  # fmt: skip
    """The beginnings of rows turned round."""
    seq_axis = one("seq_axis", seq_axis, "seq_dim", seq_dim)
    return tf.reverse_sequence(
        input, seq_lengths, seq_axis, one("batch_axis", batch_axis, "batch_dim", batch_dim)
    )


def _square(block: Any) -> Any:
    return [int(block)] * 2 if not convert(block).shape.rank else block


@endpoint("space_to_batch nn.space_to_batch")
def space_to_batch(
    input: Any, paddings: Any, block_size: Any = None, name: Any = None, block_shape: Any = None
) -> Any:
    """Blocks of an image moved into the batch."""
    return tf.space_to_batch(
        input, _square(one("block_shape", block_shape, "block_size", block_size)), paddings
    )


@endpoint("batch_to_space")
def batch_to_space(input: Any, crops: Any, block_size: Any, name: Any = None, block_shape: Any = None) -> Any:
    """Blocks of the batch moved back into the image."""
    return tf.batch_to_space(input, _square(one("block_shape", block_shape, "block_size", block_size)), crops)


@endpoint("space_to_depth nn.space_to_depth")
def space_to_depth(input: Any, block_size: Any, name: Any = None, data_format: str = "NHWC") -> Any:
    """Blocks of an image moved into the channels."""
    return tf.nn.space_to_depth(input, block_size, data_format)


@endpoint("depth_to_space nn.depth_to_space")
def depth_to_space(input: Any, block_size: Any, name: Any = None, data_format: str = "NHWC") -> Any:
    """Channels moved into blocks of the image."""
    return tf.nn.depth_to_space(input, block_size, data_format)


@endpoint("extract_image_patches")
def extract_image_patches(
    images: Any, ksizes: Any = None, strides: Any = None, rates: Any = None, padding: Any = None, name: Any = None,
    sizes: Any = None,
) -> Any:  # fmt: skip
    """Patches of an image, in its channels."""
    return tf.image.extract_patches(images, one("sizes", sizes, "ksizes", ksizes), strides, rates, padding)


@endpoint("Dimension")
class OldDimension(Dimension):
    """One size of a shape; None where unknown."""


OldDimension.__name__ = OldDimension.__qualname__ = "Dimension"
OldDimension.__module__ = "tensorflow.python.framework.tensor_shape"


@endpoint("dimension_value")
def dimension_value(dimension: Any) -> Any:
    """The number a Dimension stands for."""
    return dimension.value if isinstance(dimension, Dimension) else dimension


@endpoint("dimension_at_index")
def dimension_at_index(shape: Any, index: int) -> Any:
    """The Dimension at a place of a shape."""
    return OldDimension(None) if shape.rank is None else OldDimension(TensorShape(shape).as_list()[index])


# Tensors -------------------------------------------------------------------------------------------------


@endpoint("constant")
def constant(
    value: Any, dtype: Any = None, shape: Any = None, name: Any = "Const", verify_shape: bool = False
) -> Any:
    """A tensor of a value; if `verify_shape`, of just this shape."""
    made = tf.constant(value, dtype, None if verify_shape else shape)
    if verify_shape and shape is not None and made.shape != TensorShape(shape):
        raise TypeError(
            f"Expected Tensor {value} (converted from {value}) with shape {tuple(TensorShape(shape))}, but got shape "
            f"{tuple(made.shape)}."
        )
    return made


@endpoint("convert_to_tensor")
def convert_to_tensor(
    value: Any, dtype: Any = None, name: Any = None, preferred_dtype: Any = None, dtype_hint: Any = None
) -> Any:
    """A tensor of a value."""
    return tf.convert_to_tensor(
        value, dtype, one("dtype_hint", dtype_hint, "preferred_dtype", preferred_dtype)
    )


@endpoint("convert_to_tensor_or_indexed_slices")
def convert_to_tensor_or_indexed_slices(value: Any, dtype: Any = None, name: Any = None) -> Any:
    """A tensor of a value, if it is not IndexedSlices."""
    return value if isinstance(value, tf.IndexedSlices) else tf.convert_to_tensor(value, dtype)


@endpoint("convert_to_tensor_or_sparse_tensor")
def convert_to_tensor_or_sparse_tensor(value: Any, dtype: Any = None, name: Any = None) -> Any:
    """A tensor of a value, if it is not sparse."""
    if isinstance(value, SparseTensorValue):
        return tf.SparseTensor.from_value(value)
    return value if isinstance(value, tf.SparseTensor) else tf.convert_to_tensor(value, dtype)


@endpoint("Print")
def print_(
    input_: Any, data: Any, message: Any = None, first_n: Any = None, summarize: Any = None, name: Any = None
) -> Any:
    """Writes what is given and passes the input on."""
    tf.print(*([message] if message else []), *data, summarize=summarize)
    return tf.identity(input_)


@endpoint("verify_tensor_all_finite debugging.assert_all_finite")
def verify_tensor_all_finite(
    t: Any = None, msg: Any = None, name: Any = None, x: Any = None, message: Any = None
) -> Any:
    """The tensor, if it is free of NaN and infinities."""
    return tf.debugging.assert_all_finite(one("x", x, "t", t), one("message", message, "msg", msg))


def _assertion(name: str, inputs: int, has_data: bool) -> None:
    """An assertion whose further arguments are `data`, `summarize`, `message`, or `message` alone."""

    def check(*args: Any, data: Any = None, **rest: Any) -> Any:
        later = ("data", "summarize", "message", "name") if has_data else ("message", "name")
        rest.update(zip(later, args[inputs:], strict=False))
        rest.pop("data", None)
        return public(*args[:inputs], **rest)

    public: Callable[..., Any] = reached(f"debugging.{name}")
    endpoint(f"{name} debugging.{name}")(check)


for _name in [
    "equal",
    "greater",
    "greater_equal",
    "less",
    "less_equal",
    "none_equal",
    "rank",
    "rank_at_least",
]:
    _assertion("assert_" + _name, 2, True)
for _name in ["negative", "non_negative", "non_positive", "positive", "shapes"]:
    _assertion("assert_" + _name, 1, True)
_assertion("assert_rank_in", 2, True)
_assertion("assert_integer", 1, False)
_assertion("assert_type", 2, False)


@endpoint("assert_scalar debugging.assert_scalar")
def assert_scalar(tensor: Any, name: Any = None, message: Any = None) -> Any:
    """The tensor, if it is a single number."""
    return tf.debugging.assert_scalar(tensor, message)


@endpoint("assert_near debugging.assert_near")
def assert_near(
    x: Any, y: Any, rtol: Any = None, atol: Any = None, data: Any = None, summarize: Any = None, message: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Nothing, if the entries are close."""
    return tf.debugging.assert_near(x, y, rtol, atol, message, summarize)


# Control flow --------------------------------------------------------------------------------------------


@endpoint("cond")
def cond(
    pred: Any, true_fn: Any = None, false_fn: Any = None, strict: bool = False, name: Any = None, fn1: Any = None,
    fn2: Any = None,
) -> Any:  # fmt: skip
    """One of two functions; a list of one thing is that thing, if not `strict`."""
    made = tf.cond(pred, one("true_fn", true_fn, "fn1", fn1), one("false_fn", false_fn, "fn2", fn2))
    single = type(made) in (list, tuple) and len(made) == 1 and not strict
    return made[0] if single else made


@endpoint("while_loop")
def while_loop(
    cond: Any, body: Any, loop_vars: Any, shape_invariants: Any = None, parallel_iterations: int = 10,
    back_prop: bool = True, swap_memory: bool = False, name: Any = None, maximum_iterations: Any = None,
    return_same_structure: bool = False,
) -> Any:  # fmt: skip
    """Repeats a body; one variable comes without its list."""
    if type(loop_vars) in (list, tuple) and len(loop_vars) == 1 and not return_same_structure:
        step = body
        body = lambda *given: [made] if not isinstance(made := step(*given), list | tuple) else made
    made = tf.while_loop(cond, body, loop_vars, shape_invariants, maximum_iterations=maximum_iterations)
    single = type(made) in (list, tuple) and len(made) == 1 and not return_same_structure
    return made[0] if single else made


@endpoint("device")
def device(device_name_or_function: Any) -> Any:
    """A place to compute at: there is one."""
    return tf.device(None if callable(device_name_or_function) else device_name_or_function)


@endpoint("name_scope")
def name_scope(name: Any, default_name: Any = None, values: Any = None) -> Any:
    """What stands before the names of things made inside."""
    return tf.name_scope(name or default_name or "")


@endpoint("py_func")
def py_func(func: Any, inp: Any, Tout: Any, stateful: bool = True, name: Any = None) -> Any:
    """A Python function called with arrays."""
    return tf.numpy_function(func, inp, Tout, stateful)


@endpoint("colocate_with")
@contextlib.contextmanager
def colocate_with(op: Any, ignore_existing: bool = False) -> Iterator[None]:
    """Nothing: there is one device."""
    yield


# Variables -----------------------------------------------------------------------------------------------


class _Older(type):
    """What makes `Variable` of TensorFlow 1 a class: calling it makes a variable, and every variable is one of its instances."""

    def __call__(
        cls, initial_value: Any = None, trainable: Any = None, collections: Any = None, validate_shape: bool = True,
        caching_device: Any = None, name: Any = None, variable_def: Any = None, dtype: Any = None,
        expected_shape: Any = None, import_scope: Any = None, constraint: Any = None, use_resource: Any = None, **rest: Any,
    ) -> Any:  # fmt: skip
        follows = True if trainable is None else trainable
        return tf.Variable(
            initial_value, follows, validate_shape, name=name, dtype=dtype, constraint=constraint, **rest
        )

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, tf.Variable)


class Variable(metaclass=_Older):
    """A variable, made with the parameters of TensorFlow 1."""


ENDPOINTS["Variable"] = Variable


@endpoint("get_variable")
def get_variable(
    name: str, shape: Any = None, dtype: Any = None, initializer: Any = None, regularizer: Any = None,
    trainable: Any = None, collections: Any = None, caching_device: Any = None, partitioner: Any = None,
    validate_shape: bool = True, use_resource: Any = None, custom_getter: Any = None, constraint: Any = None, **rest: Any,
) -> Any:  # fmt: skip
    """A new variable: computing eagerly, TensorFlow keeps none to be had again."""
    kind = dt.as_dtype(dtype or dt.float32)
    if initializer is None:
        initializer = tf.initializers.GlorotUniform() if kind.is_floating else tf.zeros_initializer()
    elif isinstance(initializer, type):
        initializer = initializer()
    if callable(initializer):
        value = initializer(TensorShape(shape).as_list(), kind) if shape is not None else initializer()
    else:
        value = tf.convert_to_tensor(initializer, dtype)
    return tf.Variable(
        value, trainable=True if trainable is None else trainable, name=name, constraint=constraint, **rest
    )


@endpoint("variable_scope")
@contextlib.contextmanager
def variable_scope(
    name_or_scope: Any, default_name: Any = None, values: Any = None, **options: Any
) -> Iterator[Any]:
    """What stands before the names of variables made inside."""
    with tf.name_scope(name_or_scope or default_name or "") as scope:
        yield scope


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Nothing to do without a graph."""


for _name in [
    "global_variables_initializer",
    "local_variables_initializer",
    "tables_initializer",
    "initialize_all_variables",
    "initialize_local_variables",
    "initialize_all_tables",
    "variables_initializer",
    "initialize_variables",
    "add_to_collection",
    "add_to_collections",
    "enable_eager_execution",
    "enable_v2_behavior",
    "enable_resource_variables",
    "enable_tensor_equality",
    "enable_control_flow_v2",
    "enable_v2_tensorshape",
    "assert_variables_initialized",
]:
    ENDPOINTS[_name] = _nothing
for _name in [
    "trainable_variables",
    "global_variables",
    "local_variables",
    "model_variables",
    "moving_average_variables",
    "all_variables",
    "get_collection",
    "get_collection_ref",
]:
    ENDPOINTS[_name] = lambda *args, **kwargs: []
for _name in [
    "executing_eagerly",
    "executing_eagerly_outside_functions",
    "resource_variables_enabled",
    "control_flow_v2_enabled",
]:
    ENDPOINTS[_name] = lambda: True
ENDPOINTS["executing_eagerly"] = reached("executing_eagerly")


@endpoint("placeholder sparse.placeholder sparse_placeholder")
def placeholder(*args: Any, **kwargs: Any) -> Any:
    """Refused: values are there at once."""
    raise RuntimeError("tf.placeholder() is not compatible with eager execution.")


@endpoint("is_variable_initialized")
def is_variable_initialized(variable: Any) -> Any:
    """Always so."""
    return tf.constant(True)


def _assigning(name: str) -> None:
    def assign(ref: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(ref, name)(value)

    endpoint(name)(assign)


def _scattering(name: str, sparse: bool) -> None:
    def scatter(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: Any = None) -> Any:
        if not sparse:
            return getattr(ref, method)(indices, updates)
        return getattr(ref, method)(tf.IndexedSlices(convert(updates, ref.dtype), convert(indices)))

    method = name
    endpoint(name)(scatter)


for _name in ("assign", "assign_add", "assign_sub"):
    _assigning(_name)
for _name in ["add", "div", "max", "min", "mul", "sub", "update"]:
    _scattering("scatter_" + _name, True)
for _name in ["add", "sub", "update"]:
    _scattering("scatter_nd_" + _name, False)


@endpoint("batch_scatter_update")
def batch_scatter_update(
    ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: Any = None
) -> Any:
    """Entries replaced along the last axis of the indices, batch by batch."""
    at = np.asarray(convert(indices)._v)
    grid = np.indices(at.shape)[:-1]
    return ref.scatter_nd_update(np.stack([*grid, at], -1).astype(np.int32), updates)


@endpoint("train.get_or_create_global_step train.create_global_step")
def get_or_create_global_step(graph: Any = None) -> Any:
    """A counter of steps, new each time: without a graph there is none to keep it."""
    return tf.Variable(0, dtype=dt.int64, name="global_step", trainable=False)


@endpoint("count_up_to")
def count_up_to(ref: Any, limit: int, name: Any = None) -> Any:
    """The number, after which the variable holds the next one."""
    now = tf.identity(ref)
    if int(now) >= limit:
        raise tf.errors.OutOfRangeError(None, None, f"Reached limit of {limit} [Op:ResourceCountUpTo]")
    ref.assign_add(1)
    return now


# Random numbers ------------------------------------------------------------------------------------------


@endpoint("multinomial random.multinomial")
def multinomial(
    logits: Any, num_samples: Any, seed: Any = None, name: Any = None, output_dtype: Any = None
) -> Any:
    """Classes drawn by their logits."""
    return tf.random.categorical(logits, num_samples, output_dtype or dt.int64, seed)


@endpoint("random.stateless_multinomial")
def stateless_multinomial(
    logits: Any, num_samples: Any, seed: Any, output_dtype: Any = dt.int64, name: Any = None
) -> Any:
    """Classes drawn by their logits, by the seed alone."""
    return tf.random.stateless_categorical(logits, num_samples, seed, output_dtype)


@endpoint("random_poisson random.poisson")
def random_poisson(lam: Any, shape: Any, dtype: Any = dt.float32, seed: Any = None, name: Any = None) -> Any:
    """Numbers of events."""
    return tf.random.poisson(shape, lam, dtype, seed)


# Networks ------------------------------------------------------------------------------------------------


@endpoint("nn.dropout")
def dropout(
    x: Any,
    keep_prob: Any = None,
    noise_shape: Any = None,
    seed: Any = None,
    name: Any = None,
    rate: Any = None,
) -> Any:
    """Entries dropped by chance."""
    if (rate is None) == (keep_prob is None):
        raise ValueError("`rate` and `keep_prob` must be given one of both.")
    return tf.nn.dropout(x, 1 - keep_prob if rate is None else rate, noise_shape, seed)


@endpoint("nn.moments")
def moments(
    x: Any, axes: Any, shift: Any = None, name: Any = None, keep_dims: Any = None, keepdims: Any = None
) -> Any:
    """Mean and variance."""
    return tf.nn.moments(x, axes, shift, bool(one("keepdims", keepdims, "keep_dims", keep_dims)))


@endpoint("nn.weighted_moments")
def weighted_moments(
    x: Any, axes: Any, frequency_weights: Any, name: Any = None, keep_dims: Any = None, keepdims: Any = None
) -> Any:
    """Mean and variance, weighted."""
    return tf.nn.weighted_moments(
        x, axes, frequency_weights, bool(one("keepdims", keepdims, "keep_dims", keep_dims))
    )


@endpoint("nn.softmax_cross_entropy_with_logits nn.softmax_cross_entropy_with_logits_v2")
def softmax_cross_entropy_with_logits(
    labels: Any = None, logits: Any = None, axis: Any = None, name: Any = None, dim: Any = None
) -> Any:
    """The cross entropy of softmax."""
    axis = one("axis", axis, "dim", dim)
    return tf.nn.softmax_cross_entropy_with_logits(labels, logits, -1 if axis is None else axis)


@endpoint("nn.conv2d")
def conv2d(
    input: Any, filter: Any = None, strides: Any = None, padding: Any = None, use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC", dilations: Any = None, name: Any = None, filters: Any = None,
) -> Any:  # fmt: skip
    """Convolution in two dimensions."""
    return tf.nn.conv2d(
        input, one("filters", filters, "filter", filter), strides, padding, data_format, dilations
    )


@endpoint("nn.conv2d_backprop_input")
def conv2d_backprop_input(
    input_sizes: Any, filter: Any = None, out_backprop: Any = None, strides: Any = None, padding: Any = None,
    use_cudnn_on_gpu: bool = True, data_format: str = "NHWC", dilations: Any = (1, 1, 1, 1), name: Any = None,
    filters: Any = None,
) -> Any:  # fmt: skip
    """The gradient of a convolution for what it was taken of."""
    kernel = one("filters", filters, "filter", filter)
    return conv2d_input(
        input_sizes, kernel, out_backprop, strides, padding, data_format=data_format, dilations=dilations
    )


@endpoint("nn.conv2d_backprop_filter")
def conv2d_backprop_filter(
    input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any, use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC", dilations: Any = (1, 1, 1, 1), name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of a convolution for its filter."""
    return conv2d_filter(
        input, filter_sizes, out_backprop, strides, padding, data_format=data_format, dilations=dilations
    )


@endpoint("nn.depthwise_conv2d_native")
def depthwise_conv2d_native(
    input: Any, filter: Any, strides: Any, padding: Any, data_format: str = "NHWC", dilations: Any = (1, 1, 1, 1),
    name: Any = None,
) -> Any:  # fmt: skip
    """A convolution of each channel by itself."""
    return depthwise(input, filter, strides, padding, (), data_format, dilations)


@endpoint("nn.fused_batch_norm")
def fused_batch_norm(
    x: Any, scale: Any, offset: Any, mean: Any = None, variance: Any = None, epsilon: float = 0.001,
    data_format: str = "NHWC", is_training: bool = True, name: Any = None, exponential_avg_factor: float = 1.0,
) -> Any:  # fmt: skip
    """A batch brought to the scale asked for, with its mean and variance."""
    return batch_normalised(
        x, scale, offset, mean, variance, epsilon, data_format, is_training, exponential_avg_factor
    )


@endpoint("sparse_matmul")
def sparse_matmul(
    a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, a_is_sparse: bool = False,
    b_is_sparse: bool = False, name: Any = None,
) -> Any:  # fmt: skip
    """The product of matrices with many zeros."""
    return tf.raw_ops.SparseMatMul(a=a, b=b, transpose_a=transpose_a, transpose_b=transpose_b)


@endpoint("nn.embedding_lookup")
def embedding_lookup(
    params: Any, ids: Any, partition_strategy: str = "mod", name: Any = None, validate_indices: bool = True,
    max_norm: Any = None,
) -> Any:  # fmt: skip
    """Rows of a table."""
    return tf.nn.embedding_lookup(params, ids, max_norm)


@endpoint("nn.xw_plus_b")
def xw_plus_b(x: Any, weights: Any, biases: Any, name: Any = None) -> Any:
    """x times the weights, and the biases."""
    return tf.nn.bias_add(tf.matmul(x, weights), biases)


@endpoint("nn.relu_layer")
def relu_layer(x: Any, weights: Any, biases: Any, name: Any = None) -> Any:
    """relu of x times the weights, and the biases."""
    return tf.nn.relu(xw_plus_b(x, weights, biases))


@endpoint("string_split")
def string_split(
    source: Any, sep: Any = None, skip_empty: bool = True, delimiter: Any = None, result_type: str = "SparseTensor",
    name: Any = None,
) -> Any:  # fmt: skip
    """The words of strings, as rows of a sparse (or ragged) tensor; each letter of `sep` parts them."""
    given = one("sep", sep, "delimiter", delimiter)
    marks = (b" " if given is None else convert(given)._v).decode()
    rows = []
    for text in np.asarray(convert(source)._v).reshape(-1):
        line = text.decode("latin-1")
        for mark in marks[1:]:
            line = line.replace(mark, marks[0])
        words = line.split(marks[0]) if marks else list(line)
        rows.append([word.encode("latin-1") for word in words if word or not skip_empty])
    made = tf.ragged.constant(rows, dtype=dt.string)
    return made if result_type.lower() == "raggedtensor" else made.to_sparse()


# Sparse tensors and strings ------------------------------------------------------------------------------


@endpoint("sparse_to_dense")
def sparse_to_dense(
    sparse_indices: Any, output_shape: Any, sparse_values: Any, default_value: Any = 0, validate_indices: bool = True,
    name: Any = None,
) -> Any:  # fmt: skip
    """Values put at places of an otherwise even tensor; a vector of places is one of places on a line."""
    at, values, sizes = np.asarray(convert(sparse_indices)._v), convert(sparse_values), convert(output_shape)
    at = at.reshape(-1, 1) if at.ndim < 2 else at
    if sizes.shape.rank != 1:
        raise invalid("SparseToDense", f"output_shape must be rank 1, got shape {listed(sizes)}")
    if sizes.shape[0] != at.shape[1]:
        raise invalid(
            "SparseToDense",
            f"output_shape has incorrect number of elements: {sizes.shape[0]} should be: {at.shape[1]}",
        )
    if values.shape.rank and values.shape.as_list() != [len(at)]:
        raise invalid(
            "SparseToDense",
            f"sparse_values has incorrect shape {listed(values)}, should be [] or [{len(at)}]",
        )
    if convert(default_value).shape.rank:
        raise invalid("SparseToDense", "default_value should be a scalar.")
    spread = tf.broadcast_to(values, [len(at)]) if not values.shape.rank else values
    placed = tf.SparseTensor(at.astype(np.int64), spread, tf.cast(output_shape, dt.int64))
    return tf.sparse.to_dense(placed, default_value, validate_indices)


@endpoint("sparse_add sparse.add")
def sparse_add(a: Any, b: Any, threshold: Any = None, thresh: Any = None) -> Any:
    """The sum, at least one being sparse."""
    limit = one("threshold", threshold, "thresh", thresh)
    return tf.sparse.add(a, b, 0 if limit is None else limit)


@endpoint("sparse_concat sparse.concat")
def sparse_concat(
    axis: Any, sp_inputs: Any, name: Any = None, expand_nonconcat_dim: bool = False, concat_dim: Any = None,
    expand_nonconcat_dims: Any = None,
) -> Any:  # fmt: skip
    """Sparse tensors joined along an axis."""
    axis = one("axis", axis, "concat_dim", concat_dim)
    return tf.sparse.concat(axis, sp_inputs, bool(expand_nonconcat_dims or expand_nonconcat_dim))


@endpoint("sparse_split sparse.split")
def sparse_split(
    keyword_required: Any = None, sp_input: Any = None, num_split: Any = None, axis: Any = None, name: Any = None,
    split_dim: Any = None,
) -> Any:  # fmt: skip
    """A sparse tensor taken apart along an axis."""
    if keyword_required is not None:
        raise ValueError("Keyword arguments are required for this function.")
    return tf.sparse.split(sp_input, num_split, one("axis", axis, "split_dim", split_dim))


def _sparse_reduction(how: str, sparse: bool) -> None:
    def reduce(
        sp_input: Any,
        axis: Any = None,
        keepdims: Any = None,
        reduction_axes: Any = None,
        keep_dims: Any = None,
    ) -> Any:
        axis = one("axis", axis, "reduction_axes", reduction_axes)
        keepdims = bool(one("keepdims", keepdims, "keep_dims", keep_dims))
        return getattr(tf.sparse, f"reduce_{how}")(sp_input, axis, keepdims, sparse)

    end = "_sparse" if sparse else ""
    endpoint(f"sparse_reduce_{how}{end} sparse.reduce_{how}{end}")(reduce)


for _name in ("sum", "max"):
    _sparse_reduction(_name, False)
    _sparse_reduction(_name, True)


def _sparse_segment(kind: str) -> None:
    def segment(
        data: Any, indices: Any, segment_ids: Any, name: Any = None, num_segments: Any = None,
        sparse_gradient: bool = False,
    ) -> Any:  # fmt: skip
        return getattr(tf.sparse, f"segment_{kind}")(data, indices, segment_ids, num_segments)

    endpoint(f"sparse_segment_{kind} sparse.segment_{kind}")(segment)


for _name in ("sum", "mean", "sqrt_n"):
    _sparse_segment(_name)


@endpoint("reduce_join strings.reduce_join")
def reduce_join(
    inputs: Any, axis: Any = None, keep_dims: Any = None, separator: str = "", name: Any = None,
    reduction_indices: Any = None, keepdims: Any = None,
) -> Any:  # fmt: skip
    """Strings joined along axes."""
    axis = one("axis", axis, "reduction_indices", reduction_indices)
    return tf.strings.reduce_join(
        inputs, axis, bool(one("keepdims", keepdims, "keep_dims", keep_dims)), separator
    )


@endpoint("string_to_number strings.to_number")
def string_to_number(
    string_tensor: Any = None, out_type: Any = dt.float32, name: Any = None, input: Any = None
) -> Any:
    """The numbers that strings spell."""
    return tf.strings.to_number(one("input", input, "string_tensor", string_tensor), out_type)


@endpoint("string_to_hash_bucket strings.to_hash_bucket")
def string_to_hash_bucket(
    string_tensor: Any = None, num_buckets: Any = None, name: Any = None, input: Any = None
) -> Any:
    """Strings sorted into buckets by a hash."""
    return tf.strings.to_hash_bucket(one("input", input, "string_tensor", string_tensor), num_buckets)
