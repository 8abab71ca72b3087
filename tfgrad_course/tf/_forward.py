"""ForwardAccumulator: derivatives carried along with the values, one direction at a time."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf import _backward, _lives, _nest
from tfgrad_course.tf._asked import UnconnectedGradients, _type_name
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._listening import LISTENING, OBSERVERS, begin, end, observed
from tfgrad_course.tf._log import warn_first
from tfgrad_course.tf._parts import Group, Parts
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._slices import TracedRows
from tfgrad_course.tf._tape import GradientTape
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS, Variable

# TensorFlow always transposes what goes backwards. Here that shows: at corners, on empty tensors, where it has no rule.
_TRANSPOSED = frozenset(["mean", "pad_constant", "sign", "softsign", "sqrt"])


class ForwardAccumulator:
    """Computes Jacobian-vector products ("JVP"s) using forward-mode autodiff."""

    __module__ = "tensorflow.python.eager.forwardprop"
    passive = False
    tracked: Any = None

    def __init__(self, primals: Any, tangents: Any) -> None:
        self._recording = False
        self._tangents: dict[int, Any] = {}
        self._held: list[Any] = []
        self._stacked = False
        self._hold(primals, tangents)

    def _hold(self, primals: Any, tangents: Any) -> None:
        seen: set[int] = set()
        for primal in _nest.flatten(primals):
            if id(primal) in seen:
                raise ValueError(
                    "Tensor {} was specified as a primal multiple times. This may indicate an error. If it was "
                    "intended, please sum the corresponding tangents."
                )
            seen.add(id(primal))
        _nest.map_structure(self._watch, primals, tangents)

    @classmethod
    def _batch_accumulator(cls, primals: Any, tangents: Any) -> ForwardAccumulator:
        """One that carries a stack of tangents along; TensorFlow has it for its own use."""
        for primal, tangent in zip(_nest.flatten(primals), _nest.flatten(tangents), strict=False):
            tangent.shape.assert_is_compatible_with(TensorShape([None]) + primal.shape)
        made = cls([], [])
        made._stacked = True
        made._hold(primals, tangents)
        return made

    def _watch(self, primal: Any, tangent: Any) -> None:
        if not primal.dtype.is_floating:
            warn_first(
                f"The dtype of the watched primal must be floating (e.g. tf.float32), got {primal.dtype!r}", 5
            )
        tangent = convert(tangent, primal.dtype)
        if not self._stacked and tangent._v.shape == () != primal._v.shape:
            tangent = traced.spread(tangent, primal._v.shape)
        self._note(primal, tangent)

    def _note(self, primal: Any, tangent: Any) -> None:
        self._tangents[id(primal)] = tangent
        self._held.append(primal)

    def __enter__(self) -> ForwardAccumulator:
        if self._recording:
            raise ValueError("Accumulator is already recording.")
        begin(self)
        self._recording = True
        for one in OBSERVERS:
            one.tape(self, "enter")
        return self

    def __exit__(self, *exception: Any) -> None:
        if self._recording:
            end(self)
            self._recording = False
            for one in OBSERVERS:
                one.tape(self, "exit")

    def read(self, variable: Variable, now: EagerTensor) -> None:
        """A variable was read: its value carries the variable's tangent."""
        tangent = self._tangents.get(id(variable))
        if tangent is not None and id(now) not in self._tangents:
            self._note(now, tangent)

    def told(
        self, entry: Any, inputs: tuple[Any, ...], outputs: tuple[Any, ...], attrs: tuple[Any, ...]
    ) -> None:
        """An operation ran: carry the tangents of its inputs over to its outputs."""
        tangents = [self._tangents.get(id(x)) for x in inputs]
        if all(t is None for t in tangents) or not any(v is not None for v in entry.vjps):
            return
        if not any(z.dtype.trainable for z in outputs):
            return
        for x, t in zip(inputs, tangents, strict=True):
            if not self._stacked and t is not None and t._v.shape != x._v.shape:
                raise ValueError(
                    f"Dimensions must be equal: the tangent {t.shape} of a ForwardAccumulator does not have the shape "
                    f"{x.shape} of its primal."
                )
        # Only those outside this accumulator may see the products it makes.
        outer: list[Any] = []
        for one in LISTENING.get():
            if one is self:
                break
            outer.append(one)
        token = LISTENING.set(outer if outer else OBSERVERS)
        try:
            if self._stacked:
                found = _row_products(entry, inputs, outputs, attrs, tangents)
            else:
                # What nothing is known of stands still; TensorFlow counts with these zeros, too.
                tangents = [_still(x) if t is None else t for x, t in zip(inputs, tangents, strict=True)]
                found = _products(entry, inputs, outputs, attrs, tangents)
        finally:
            LISTENING.reset(token)
        for z, t in zip(outputs, found, strict=True):
            # The outputs of a custom gradient have theirs already if what computed them could be differentiated.
            if t is not None and z.dtype.trainable and id(z) not in self._tangents:
                self._note(z, t.dense() if type(t) is TracedRows else t)

    def jvp(self, primals: Any, unconnected_gradients: Any = UnconnectedGradients.NONE) -> Any:
        """Fetches the Jacobian-vector product computed for `primals`."""
        unconnected = UnconnectedGradients(unconnected_gradients)

        def fetch(one: Any) -> Any:
            if not isinstance(one, TENSORS):
                raise AttributeError(f"'{_type_name(one)}' object has no attribute '_id'")
            found = self._tangents.get(id(one))
            if found is None and isinstance(one, Variable):
                found = self._tangents.get(id(one._now))
            if found is None and unconnected is UnconnectedGradients.ZERO:
                return tensor(_lives.zeros_like(one._v), one.dtype)
            return found

        if not OBSERVERS:
            return _nest.map_structure(fetch, primals)
        return observed(self, "jvp", primals, self._held, lambda: _nest.map_structure(fetch, primals))


def _still(x: Any) -> Any:
    return tensor(_lives.zeros_like(x._v), x.dtype) if x.dtype.trainable else None


def _row_products(entry: Any, inputs: Any, outputs: Any, attrs: Any, tangents: list[Any]) -> list[Any]:
    """The tangents of each output for stacks of tangents: row by row."""
    count = max(t._v.shape[0] for t in tangents if t is not None)
    rows = [
        _products(entry, inputs, outputs, attrs, [None if t is None else t[i] for t in tangents])
        for i in range(count)
    ]
    return [None if each[0] is None else traced.pile(list(each), -1 - each[0]._v.ndim)
            for each in zip(*rows, strict=True)]  # fmt: skip


def _products(entry: Any, inputs: Any, outputs: Any, attrs: Any, tangents: list[Any]) -> list[Any]:
    """The tangent of each output."""
    transposed = entry.name in _TRANSPOSED or outputs[0].dtype.is_complex or inputs[0].dtype.is_complex
    if transposed:
        return _through_vjps(entry, inputs, outputs, attrs, tangents)
    if entry.form == "elementwise":
        return [_along_elements(entry, inputs, outputs[0], attrs, tangents)]
    if entry.form == "linear":
        return [getattr(traced, entry.name)(tangents[0], *attrs)]
    if entry.form == "bilinear":
        (x, y), call = inputs, getattr(traced, entry.name)
        parts = [call(tangents[0], y, *attrs)] if tangents[0] is not None else []
        parts += [call(x, tangents[1], *attrs)] if tangents[1] is not None else []
        return [parts[0] if len(parts) == 1 else parts[0] + parts[1]]
    return _through_vjps(entry, inputs, outputs, attrs, tangents)


def _along_elements(entry: Any, inputs: Any, z: Any, attrs: Any, tangents: list[Any]) -> Any:
    total = None
    for vjp, t in zip(entry.vjps, tangents, strict=True):
        if t is None or vjp is None:
            continue
        if t._v.shape != z._v.shape:
            t = traced.spread(t, z._v.shape)
        part = vjp(traced, t, z, *inputs, *attrs)
        total = part if total is None else total + part
    return total


def _through_vjps(entry: Any, inputs: Any, outputs: Any, attrs: Any, tangents: list[Any]) -> list[Any]:
    """A vjp is linear in g, so the derivative of the vjp by g, applied to the tangents, is the product sought."""
    seeds = [_backward.ones(z) for z in outputs]
    tape = GradientTape(persistent=True)
    with tape:
        tape.watch([g for g in seeds if g.dtype.trainable])
        cotangents = _pulled_back(entry, inputs, outputs, attrs, tangents, seeds)
    grads: dict[int, Any] = {}
    for d, t in zip(cotangents, tangents, strict=True):
        place = None if d is None or t is None else tape.place(d)
        if place is not None:
            # Two inputs may have been given the same cotangent (as in x + y): then their tangents add up.
            grads[place] = grads[place] + t if place in grads else t
    kept = _backward.recorded(*_backward.begun(tape.ops, grads), ())
    return [kept.get(id(g)) for g in seeds]


def _pulled_back(
    entry: Any, inputs: Any, outputs: Any, attrs: Any, tangents: list[Any], seeds: list[Any]
) -> list[Any]:
    wanted = [None if t is None else i for i, t in enumerate(tangents)]
    several = len(outputs) > 1 or getattr(entry, "several", False)
    z = Group(outputs) if several else outputs[0]
    g: Any = Parts(enumerate(seeds)) if several else seeds[0]
    look = lambda t: t
    found = _backward.cotangents(traced, z, inputs, wanted, (entry, attrs), g, look)
    made = []
    for x, d in zip(inputs, found, strict=True):
        if d is not None:
            d = d.dense() if hasattr(d, "dense") else d
            d = d if d._v.shape == x._v.shape else _backward._down_to(d, x._v.shape)
        made.append(d)
    return made
