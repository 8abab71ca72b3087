"""The form in which an operation is declared: one row, from which calls, gradients and the public names are made.

    letters, everywhere:  F namespace   g gradient of the result   z result   x, y inputs

    elementwise(name, kernel, slope, ...)       one slope an input, `lambda F, z, x: F.cos(x)`; vjp and jvp are made of it
    linear(name, kernel, transpose, ...)        `lambda F, g, z, x: ...`; the tangent goes through the op itself
    pointwise(name, kernel, vjp, ...)           the same with the products given: `lambda F, g, z, x, y: g / y`
    bilinear(name, kernel, vjp, vjp, ...)       linear in each input; the factory conjugates for complex numbers
    rule(name, kernel, vjp, ...)                anything else; a vjp of None says "not differentiable in this input",
                                                missing("Op") "TensorFlow has no gradient": a LookupError
    constant(name, kernel, ...)                 no gradient at all (TensorFlow gives None)
    composite("math.foo")(function)             a plain function of other ops: nothing to prove but the words

A row also carries: dtypes= (allowed, in TensorFlow's order), op= (TensorFlow's kernel name), names= (public names,
e.g. "sin math.sin"), operator= ("mul" for `*`), args= (TensorFlow's parameter names), result= (dtype of the result: a
dtype or a function of the first input's dtype and the attributes), sample= (inputs for the generic tests), doc=,
no_kernel= (dtypes TensorFlow declares but has no kernel for: NotFoundError), fallback= (called with the inputs the kernel
does not take; returns a tensor, None or raises), side="hinted" (a Python number that does not fit keeps its own dtype),
inputs= (how many; None: a list of tensors), attrs=True (the call takes attributes after its inputs: hashable, axes counted
from the end), several=True (the kernel gives a tuple of outputs; g and z are lists), batched=False (the vjp cannot take a g with one more leading axis; the jacobian then loops over rows),
batched="diagonal" (it takes a Diagonal, too).

A rule is written once against `F` and lives three lives: `raw` (kernels on NumPy values: first-order gradients), `traced`
(public operations on tensors: higher orders), `batched` (kernels where g has one more leading axis: a whole jacobian in one
walk). So: operators and F.name(...) only; Python numbers are fine; axes negative; restore the shape of g with
F.reshape_to(g, shape) and F.spread(g, shape), which know of the leading axis. Broadcasting is undone by the tape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tfgrad_course.tf._dtypes import DType
from tfgrad_course.tf._tensor import Tensor
from tfgrad_course.tf._variable import Variable


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One operation, as its row declares it."""

    name: str
    form: str
    kernel: Callable[..., Any]
    vjps: tuple[Callable[..., Any] | None, ...]
    complex_vjps: tuple[Callable[..., Any] | None, ...]
    dtypes: dict[DType, DType]
    op: str
    inputs: int | None
    attrs: bool
    result: Any
    batched: bool | str
    names: tuple[str, ...]
    args: tuple[str, ...]
    operator: str
    side: str
    several: bool
    fallback: Callable[..., Any] | None
    no_kernel: tuple[DType, ...]
    sample: tuple[Any, ...]
    doc: str


@dataclass(frozen=True, slots=True, eq=False)
class Composite:
    """A public function made of other operations."""

    name: str
    names: tuple[str, ...]
    function: Callable[..., Any]
    sample: tuple[Any, ...]
    doc: str


def _namespace(life: str) -> Any:
    """What a rule sees as `F`: a module, because its attributes are those Python finds quickest."""
    made = ModuleType(life)
    made.__dict__["life"] = life

    def unknown(name: str) -> Any:
        raise AttributeError(f"the {life} life has no operation {name!r}: declare it before its first use")

    made.__dict__["__getattr__"] = unknown
    return made


OPS: dict[str, Entry] = {}
COMPOSITES: dict[str, Composite] = {}
PUBLIC: dict[str, Any] = {}
# The vjps that make of each element of g one of the result, whatever the others are.
ELEMENTWISE: set[Callable[..., Any]] = set()
raw, traced, batched = _namespace("raw"), _namespace("traced"), _namespace("batched")


def elementwise(name: str, kernel: Callable[..., Any], *slopes: Callable[..., Any] | None, **row: Any) -> Any:
    """An operation on each element, with its slope in each input."""
    count = len(slopes)
    return declare(
        name,
        "elementwise",
        kernel,
        tuple(_from_slope(slope, count, row.get("attrs", False)) for slope in slopes),
        complex_vjps=tuple(_from_slope_conjugated(slope, count) for slope in slopes),
        inputs=count,
        **row,
    )


def pointwise(name: str, kernel: Callable[..., Any], *vjps: Callable[..., Any] | None, **row: Any) -> Any:
    """An operation on each element whose vjps are given as products with g."""
    return declare(name, "elementwise", kernel, vjps, inputs=len(vjps), **row)


def linear(name: str, kernel: Callable[..., Any], transpose: Callable[..., Any] | None, **row: Any) -> Any:
    """An operation linear in its one input."""
    return declare(name, "linear", kernel, (transpose,), inputs=1, **row)


def bilinear(name: str, kernel: Callable[..., Any], left: Any, right: Any, **row: Any) -> Any:
    """An operation linear in each of two inputs."""
    return declare(
        name,
        "bilinear",
        kernel,
        (left, right),
        complex_vjps=(_conjugated(left), _conjugated(right)),
        inputs=2,
        **row,
    )


def rule(name: str, kernel: Callable[..., Any], *vjps: Callable[..., Any] | None, **row: Any) -> Any:
    """An operation whose vjps are given as they are."""
    row.setdefault("inputs", len(vjps))
    return declare(name, "rule", kernel, vjps, **row)


def constant(name: str, kernel: Callable[..., Any], inputs: int | None = 1, **row: Any) -> Any:
    """An operation through which no gradient goes."""
    return declare(name, "constant", kernel, (None,) * (inputs or 1), inputs=inputs, **row)


def composite(
    names: str, sample: Any = (), doc: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Publish a function made of other operations under TensorFlow's names."""

    def publish(function: Callable[..., Any]) -> Callable[..., Any]:
        listed = tuple(names.split())
        name = function.__name__.rstrip("_")
        function.__qualname__ = function.__name__ = listed[0].rpartition(".")[2]
        COMPOSITES[listed[0]] = Composite(
            name, listed, function, tuple(sample), doc or function.__doc__ or ""
        )
        for one in listed:
            PUBLIC[one] = function
        # A row, or a helper of the lives, of the same name is what rules mean.
        traced.__dict__.setdefault(name, function)
        return function

    return publish


def missing(op: str) -> Callable[..., Any]:
    """The vjp of an operation TensorFlow has no gradient for: asking for it is an error, not a silent None."""

    def refuse(F: Any, g: Any, z: Any, *inputs: Any) -> Any:
        raise LookupError(f"gradient registry has no entry for: {op}")

    return refuse


def declare(
    name: str,
    form: str,
    kernel: Callable[..., Any],
    vjps: tuple[Any, ...],
    *,
    dtypes: Any,
    op: str = "",
    complex_vjps: tuple[Any, ...] | None = None,
    inputs: int | None = 1,
    attrs: bool = False,
    result: Any = None,
    batched_kernel: Callable[..., Any] | None = None,
    batched: bool | str = True,
    names: str = "",
    args: str = "",
    operator: str = "",
    side: str = "strict",
    several: bool = False,
    fallback: Callable[..., Any] | None = None,
    no_kernel: tuple[DType, ...] = (),
    operator_fallback: Callable[..., Any] | None = None,
    sample: Any = (),
    doc: str = "",
) -> Any:
    """Make the entry, its call and its three lives; the public names follow the row."""
    listed = tuple(names.split())
    allowed = {d: _result(d, result) for d in dtypes}
    entry = Entry(
        name, form, kernel, vjps, complex_vjps or vjps, allowed, op or _camel(name), inputs, attrs, result,
        batched, listed, tuple(args.split()), operator, side, several, fallback, no_kernel, tuple(sample), doc,
    )  # fmt: skip
    from tfgrad_course.tf import _calls

    call = _calls.make(entry)
    OPS[name] = entry
    if form == "elementwise" and batched:
        ELEMENTWISE.update(vjp for vjp in (*vjps, *entry.complex_vjps) if vjp is not None)
    setattr(raw, name, kernel)
    setattr(globals()["batched"], name, batched_kernel or kernel)
    setattr(traced, name, call)
    for one in listed:
        PUBLIC[one] = call
    if operator:
        install(operator, *_calls.operators(entry, call, operator_fallback or fallback))
    return call


def _result(d: DType, result: Any) -> DType:
    if result is None or (callable(result) and not isinstance(result, DType)):
        return d
    return result.get(d, d) if isinstance(result, dict) else result


def install(operator: str, forward: Callable[..., Any], reflected: Callable[..., Any] | None = None) -> None:
    """Give tensors and variables an operator."""
    for owner in (Tensor, Variable):
        setattr(owner, f"__{operator}__", forward)
        if reflected is not None:
            setattr(owner, f"__r{operator}__", reflected)


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _from_slope(slope: Any, count: int, attrs: bool) -> Any:
    if slope is None:
        return None
    if attrs or count > 2:
        return lambda F, g, z, *inputs: g * slope(F, z, *inputs)
    # To pass on what is known by name is quicker than a tuple.
    if count == 1:
        return lambda F, g, z, x: g * slope(F, z, x)
    return lambda F, g, z, x, y: g * slope(F, z, x, y)


def _from_slope_conjugated(slope: Any, count: int) -> Any:
    # TensorFlow's gradient of a holomorphic function is the conjugate of its derivative.
    return None if slope is None else lambda F, g, z, *inputs: g * F.conj(slope(F, z, *inputs))


def _conjugated(vjp: Any) -> Any:
    if vjp is None:
        return None
    return lambda F, g, z, x, y, *attrs: vjp(F, g, z, F.conj(x), F.conj(y), *attrs)
