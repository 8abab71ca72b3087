"""Builds the public namespace, tf.math and tf.linalg and so on, out of the names carried by rows and composites."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from tfgrad_course.tf import _dtypes, _errors, _later, _nest, _variable, _variable_rest, ops  # noqa: F401
from tfgrad_course.tf._asked import UnconnectedGradients
from tfgrad_course.tf._convert import constant, convert, convert_to_tensor
from tfgrad_course.tf._creation import VariableAggregation, VariableSynchronization
from tfgrad_course.tf._custom import custom_gradient, grad_pass_through, recompute_grad
from tfgrad_course.tf._declare import PUBLIC, traced
from tfgrad_course.tf._forward import ForwardAccumulator
from tfgrad_course.tf._function import (
    executing_eagerly,
    function,
    functions_run_eagerly,
    run_functions_eagerly,
)
from tfgrad_course.tf._print import print_
from tfgrad_course.tf._registry import register_tensor_conversion_function
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._slices import IndexedSlices
from tfgrad_course.tf._spec import TensorSpec, TypeSpec
from tfgrad_course.tf._symbolic import AggregationMethod, gradients, hessians
from tfgrad_course.tf._tape import GradientTape
from tfgrad_course.tf._tensor import EagerTensor, Tensor
from tfgrad_course.tf._unread import UnreadVariable  # noqa: F401 - gives assign its view
from tfgrad_course.tf._variable import Variable

VERSION = "2.21.0"
_HERE = Path(__file__).parent
MODULES: dict[str, ModuleType] = {}


def is_tensor(x: Any) -> bool:
    """Whether `x` is a tensor or variable."""
    return isinstance(x, EagerTensor | Variable | IndexedSlices) or hasattr(x, "_is_tensor_like")


_CLASSES: dict[str, Any] = {
    "Tensor": Tensor,
    "Variable": Variable,
    "autodiff.ForwardAccumulator": ForwardAccumulator,
    "custom_gradient": custom_gradient,
    "register_tensor_conversion_function": register_tensor_conversion_function,
    "recompute_grad": recompute_grad,
    "grad_pass_through": grad_pass_through,
    "function": function,
    "gradients": gradients,
    "hessians": hessians,
    "AggregationMethod": AggregationMethod,
    "config.run_functions_eagerly": run_functions_eagerly,
    "config.functions_run_eagerly": functions_run_eagerly,
    "TensorSpec": TensorSpec,
    "TypeSpec": TypeSpec,
    "GradientTape": GradientTape,
    "autodiff.GradientTape": GradientTape,
    "UnconnectedGradients": UnconnectedGradients,
    "TensorShape": TensorShape,
    "IndexedSlices": IndexedSlices,
    "VariableSynchronization": VariableSynchronization,
    "VariableAggregation": VariableAggregation,
    "DType": _dtypes.DType,
    "dtypes.DType": _dtypes.DType,
    "as_dtype": _dtypes.as_dtype,
    "dtypes.as_dtype": _dtypes.as_dtype,
    "constant": constant,
    "convert_to_tensor": convert_to_tensor,
    "print": print_,
    "is_tensor": is_tensor,
    "executing_eagerly": executing_eagerly,
    "nest.flatten": _nest.flatten,
    "nest.pack_sequence_as": _nest.pack_sequence_as,
    "nest.map_structure": _nest.map_structure,
    "nest.assert_same_structure": _nest.assert_same_structure,
    "nest.is_nested": _nest.is_nested,
}


def fill(namespace: dict[str, Any]) -> None:
    """Put every public name where TensorFlow has it, below `namespace`."""
    _variable.CONVERT.append(convert)
    _variable.OPS["identity"] = traced.identity
    names = dict(PUBLIC) | _CLASSES
    for name, dtype in _dtypes.DTYPES.items():
        if name not in ("float8_e5m2", "float8_e4m3fn", "int4", "uint4"):
            names[name] = names[f"dtypes.{name}"] = dtype
    names |= {"half": _dtypes.float16, "double": _dtypes.float64, "newaxis": None}
    names |= {f"errors.{name}": error for name, error in _errors.ERRORS.items()}
    names["errors.OperatorNotAllowedInGraphError"] = _errors.OperatorNotAllowedInGraphError
    for path, thing in names.items():
        place(namespace, path, thing)
    _root.append((namespace, set(names)))


def place(namespace: dict[str, Any], path: str, thing: Any) -> None:
    """Put one thing at a dotted path, making the modules on the way."""
    *modules, last = path.split(".")
    inside = namespace
    below = ""
    for part in modules:
        below = f"{below}.{part}" if below else part
        module = MODULES.get(below)
        if module is None:
            module = MODULES[below] = inside[part] = _module(below)
        inside = module.__dict__
    inside[last] = thing


def _module(path: str) -> ModuleType:
    module = ModuleType(f"tensorflow._api.v2.{path}", f"What TensorFlow has under tf.{path}.")
    module.__dict__["__getattr__"] = lambda name: missing(f"tensorflow._api.v2.{path}", name)
    return module


_known: list[frozenset[str]] = []


def known_names() -> frozenset[str]:
    """Every public name of TensorFlow 2.21, read from a frozen list when first asked for."""
    if not _known:
        lines = (_HERE / "known_names.txt").read_text(encoding="utf-8").splitlines()
        found: set[str] = set()
        for line in lines:
            module, _, names = line.partition(": ")
            prefix = "" if module == "tf" else module.removeprefix("tf.") + "."
            found.update(prefix + name for name in names.split())
        _known.append(frozenset(found))
    return _known[0]


_root: list[tuple[dict[str, Any], set[str]]] = []


def _arrived(path: str) -> Any:
    """What a path means once the tables that declare it are loaded; LookupError when none does."""
    namespace, placed = _root[0]
    thing = _later.find(path, PUBLIC)
    if thing is not None:
        place(namespace, path, thing)
        return thing
    for name in [name for name in PUBLIC if name not in placed]:
        placed.add(name)
        place(namespace, name, PUBLIC[name])
    first, *rest = path.split(".")
    found = namespace[first]
    for part in rest:
        found = getattr(found, part)
    return found


def reached(path: str) -> Any:
    """The thing at a dotted public path, loaded if need be."""
    found: Any = _root[0][0]
    for part in path.split("."):
        found = found[part] if isinstance(found, dict) and part in found else _below(found, part)
    return found


def _below(found: Any, part: str) -> Any:
    return missing("tensorflow", part) if isinstance(found, dict) else getattr(found, part)


def missing(module: str, name: str) -> Any:
    """Load what is loaded late, or raise for a name that is not here: TensorFlow's own words if it has none such."""
    path = module.removeprefix("tensorflow").removeprefix("._api.v2").removeprefix(".")
    if name.startswith("_") and name != "__operators__":
        # No public name; `from tfgrad_course.tf import _tape` asks here before it looks for the file.
        raise AttributeError(f"module '{module}' has no attribute '{name}'")
    full = f"{path}.{name}" if path else name
    try:
        return _arrived(full)
    except LookupError:
        pass
    if full in known_names() or full.startswith("compat.v1"):
        from tfgrad_course.tf._purposes import purpose

        what, instead = purpose(full) or ("", _instead(full))
        raise _errors.MissingFromShim(
            f"tf.{full}{f' ({what})' if what else ''} is part of TensorFlow but not of tfgrad's NumPy stand-in for it. This "
            f"is not a mistake in your program: run it with real TensorFlow (pip install tensorflow; tfgrad --backend "
            f"tensorflow), or use {instead}."
        )
    raise AttributeError(f"module '{module}' has no attribute '{name}'")


def _instead(full: str) -> str:
    import difflib

    near = difflib.get_close_matches(full, [*PUBLIC, *_CLASSES], 1, 0.85)
    return f"tf.{near[0]}, which is here" if near else "one of the names tfgrad's coverage page lists"
