"""`tf.compat.v1`: what of TensorFlow 1 means something without graphs. A name that only moved is a line of MOVED, one whose
parameters changed a function of ops/older.py; all others are those of TensorFlow 2.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from tfgrad_course.tf import _public
from tfgrad_course.tf._errors import MissingFromShim
from tfgrad_course.tf._renamed import passed_on, read, table

_PLACE = "tensorflow._api.v2.compat.v1"
# By where TensorFlow 2 has them. The same name, then names that changed.
_SAME = """
math: accumulate_n angle bessel_i0 betainc bincount ceil conj cumprod digamma erf erfc expm1 floordiv floormod igamma
math: igammac imag in_top_k invert_permutation is_finite is_inf is_nan is_non_decreasing is_strictly_increasing lbeta
math: lgamma log log1p log_sigmoid logical_xor mod polygamma real reciprocal rint rsqrt segment_max segment_mean segment_min
math: segment_prod segment_sum squared_difference unsorted_segment_max unsorted_segment_mean unsorted_segment_min
math: unsorted_segment_prod unsorted_segment_sqrt_n unsorted_segment_sum zeta
linalg: cholesky cholesky_solve cross global_norm matrix_transpose qr trace
strings: regex_replace
signal: fft fft2d fft3d ifft ifft2d ifft3d
random: set_random_seed=set_seed random_gamma=gamma random_normal=normal random_shuffle=shuffle
random: random_uniform=uniform truncated_normal
linalg: diag=tensor_diag diag_part=tensor_diag_part matrix_band_part=band_part matrix_determinant=det matrix_inverse=inv
linalg: matrix_solve=solve matrix_solve_ls=lstsq matrix_triangular_solve=triangular_solve self_adjoint_eig=eigh
linalg: self_adjoint_eigvals=eigvalsh svd matrix_diag=diag matrix_diag_part=diag_part matrix_set_diag=set_diag
math: div_no_nan=divide_no_nan floor_div=floordiv
sparse: sparse_fill_empty_rows=fill_empty_rows sparse_mask=mask sparse_maximum=maximum sparse_minimum=minimum
sparse: sparse_reorder=reorder sparse_reset_shape=reset_shape sparse_reshape=reshape sparse_retain=retain
sparse: sparse_slice=slice sparse_softmax=softmax sparse_tensor_dense_matmul=sparse_dense_matmul
sparse: sparse_tensor_to_dense=to_dense sparse_to_indicator=to_indicator sparse_transpose=transpose
strings: string_join=join string_strip=strip string_to_hash_bucket_fast=to_hash_bucket_fast
strings: string_to_hash_bucket_strong=to_hash_bucket_strong
quantization: dequantize fake_quant_with_min_max_args fake_quant_with_min_max_args_gradient fake_quant_with_min_max_vars
quantization: fake_quant_with_min_max_vars_gradient fake_quant_with_min_max_vars_per_channel quantize quantize_v2=quantize
quantization: fake_quant_with_min_max_vars_per_channel_gradient
debugging: assert_proper_iterable assert_same_float_dtype check_numerics is_numeric_tensor
io: decode_raw parse_tensor serialize_tensor
"""
_MOVED = {
    "batch_to_space_nd": "batch_to_space",
    "lin_space": "linspace",
    "reverse_v2": "reverse",
    "where_v2": "where",
    "tensor_scatter_add": "tensor_scatter_nd_add",
    "tensor_scatter_sub": "tensor_scatter_nd_sub",
    "tensor_scatter_update": "tensor_scatter_nd_update",
    "random_crop": "image.random_crop",
    "debugging.is_finite": "math.is_finite",
    "debugging.is_inf": "math.is_inf",
    "debugging.is_nan": "math.is_nan",
    "debugging.is_non_decreasing": "math.is_non_decreasing",
    "debugging.is_strictly_increasing": "math.is_strictly_increasing",
    "linalg.transpose": "linalg.matrix_transpose",
    "sets.set_difference": "sets.difference",
    "sets.set_intersection": "sets.intersection",
    "sets.set_size": "sets.size",
    "sets.set_union": "sets.union",
    "sparse.matmul": "sparse.sparse_dense_matmul",
    "nn.ctc_loss_v2": "nn.ctc_loss",
    "nn.max_pool_v2": "nn.max_pool",
    "nn.avg_pool_v2": "nn.avg_pool",
    "random.set_random_seed": "random.set_seed",
    "dtypes.as_string": "strings.as_string",
    "OpError": "errors.OpError",
    "glorot_normal_initializer": "initializers.GlorotNormal",
    "glorot_uniform_initializer": "initializers.GlorotUniform",
    "orthogonal_initializer": "initializers.Orthogonal",
    "variance_scaling_initializer": "initializers.VarianceScaling",
    "truncated_normal_initializer": "initializers.TruncatedNormal",
}
_GRAPHS = {
    "Session": "sessions run graphs",
    "InteractiveSession": "sessions run graphs",
    "disable_eager_execution": "this tape computes at once, always",
    "disable_v2_behavior": "this tape behaves as TensorFlow 2, always",
    "disable_tensor_equality": "tensors compare element by element here, always",
    "disable_resource_variables": "variables are resource variables here, always",
    "disable_control_flow_v2": "there is no control flow of graphs here",
    "reset_default_graph": "there is no graph",
    "wrap_function": "there is no graph: use tf.function",
}


def _moved() -> dict[str, str]:
    found = dict(_MOVED)
    for line in _SAME.strip().splitlines():
        module, _, names = line.partition(": ")
        for one in names.split():
            old, _, new = one.partition("=")
            found.setdefault(old, f"{module}.{new or old}")
    return found


MOVED = _moved()


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(f"module '{_PLACE}' has no attribute '{name}'")
    found = globals()[name] = _at(name)
    return found


def _at(path: str) -> Any:
    """What TensorFlow 1 has at a path: its own, what moved, or what TensorFlow 2 has there."""
    from tfgrad_course.tf.ops import older

    if path in older.ENDPOINTS:
        return older.ENDPOINTS[path]
    line = table("_compat_v1.txt").get(path)
    if line is not None:
        return _as_written(path, line)
    if path in _GRAPHS:
        raise MissingFromShim(
            f"tf.compat.v1.{path} belongs to TensorFlow 1's graphs and sessions, which tfgrad's stand-in for it lacks: "
            f"{_GRAPHS[path]}. This is not a mistake in your program: run it with real TensorFlow (pip install tensorflow), "
            "or write it eagerly, with tf.function and tf.GradientTape."
        )
    try:
        found = _public.reached(MOVED.get(path, path))
    except AttributeError:
        _public.missing(_PLACE, path)  # says what it is for
        raise
    return _module(path) if isinstance(found, ModuleType) and not path.startswith("keras") else found


def _as_written(path: str, line: str) -> Any:
    signature, target, given = read(line)

    def call(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return passed_on(target, given, bound.arguments)

    call.__name__ = call.__qualname__ = path.rpartition(".")[2]
    call.__doc__ = f"TensorFlow 1's tf.{path}."
    call.__signature__ = signature  # type: ignore[attr-defined]
    return call


def _module(path: str) -> ModuleType:
    made = ModuleType(f"{_PLACE}.{path}", f"What TensorFlow 1 has under tf.{path}.")

    def found(name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"module '{_PLACE}.{path}' has no attribute '{name}'")
        thing = made.__dict__[name] = _at(f"{path}.{name}")
        return thing

    made.__dict__["__getattr__"] = found
    return made
