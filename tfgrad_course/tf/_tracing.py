"""What differs inside a tf.function: tensors look symbolic, printing happens while tracing only."""

from __future__ import annotations

import builtins
import linecache
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tfgrad_course.tf._autograph import REWRITTEN, user_frame
from tfgrad_course.tf._errors import OperatorNotAllowedInGraphError
from tfgrad_course.tf._listening import TRACING, Observer
from tfgrad_course.tf._tensor import Tensor

_CONTENT = (list, dict, set)


class Trace(Observer):
    """One run of a function's Python code, with the names its tensors would have in a graph."""

    def __init__(self, autograph: bool = True) -> None:
        self.autograph = autograph
        self.names: dict[int, tuple[Any, str]] = {}
        self.used: dict[str, int] = {}
        self.kinds: dict[int, str] = {}  # the kernels behind them
        # The shapes of arguments that are partly open.
        self.shapes: dict[int, Any] = {}
        self.created = 0
        self.staged = False  # whether a condition or loop depends on tensors
        self._around = tracing()
        # How deep in code that is run only to be looked at.
        self.dry: int = 0 if self._around is None else self._around.dry
        # What tf.print would write: a graph does so when it runs, after all that Python prints while it is traced.
        self.written: list[Any] = []
        self.before: dict[int, tuple[Any, Any]] = {}
        self.variables: dict[int, Any] = {}  # those read, and the tensors from outside that operations took
        self.taken: dict[int, Any] = {}

    def named(self, tensor: Any, name: str) -> None:
        """Remember what a tensor would be called."""
        count = self.used.get(name, 0)
        self.used[name] = count + 1
        self.names[id(tensor)] = (tensor, f"{name}_{count}" if count else name)

    def told(self, entry: Any, inputs: Any, outputs: Any, attrs: Any) -> None:
        """An operation ran inside the function."""
        name = _GRAPH_NAMES.get(entry.op, entry.op)
        for x in inputs:
            if id(x) not in self.names:
                self.taken[id(x)] = x
        for z in outputs:
            self.named(z, name)
            self.kinds[id(z)] = entry.op

    def read(self, variable: Any, tensor: Any) -> None:
        """A variable was read."""
        self.variables[id(variable)] = variable

    def captured(self, state: State, arguments: list[Any]) -> list[Any]:
        """The variables and tensors of outside that were used, though nobody gave them."""
        given = {id(one) for one in arguments}
        used = [v for key, v in self.variables.items() if key not in given]
        reachable = {id(kept[0]) for kept in state.values if kept is not _ABSENT}
        return used + [x for key, x in self.taken.items() if key in reachable and key not in given]

    def changes(self, variable: Any) -> None:
        """Remember what a variable held before this run changed it."""
        self.before.setdefault(id(variable), (variable, variable._now))
        if self._around is not None:
            self._around.changes(variable)

    def undo(self) -> None:
        """Give every variable back what it held: tracing alone changes nothing."""
        for variable, now in self.before.values():
            variable._now = now

    def write(self) -> None:
        """The graph runs: write what was to be written, or leave it to the function around."""
        written, self.written = self.written, []
        if self._around is not None:
            self._around.written += written
            return
        for one in written:
            one()

    def name_of(self, tensor: Any) -> str | None:
        """The name of a tensor made inside; None for one from outside."""
        found = self.names.get(id(tensor))
        return None if found is None else found[1]

    def of_graph(self, tensor: Any, what: str) -> Any:
        """What a tensor of a graph tells: its name, the operation it comes from, the graph."""
        name = self.name_of(tensor) or ""
        if what == "name":
            return f"{name}:0"
        return Operation(name, self.kinds.get(id(tensor), "Placeholder")) if what == "op" else self

    def check_bool(self, tensor: Any) -> None:
        """Refuse a symbolic tensor as a Python bool where AutoGraph does not rewrite the statement: in an assert."""
        if self.name_of(tensor) is None:
            return
        frame = user_frame()
        if self.autograph and frame is None:
            return
        if self.autograph and frame.f_code not in REWRITTEN:
            line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
            if not line.startswith("assert "):
                return
        raise OperatorNotAllowedInGraphError("Using a symbolic `tf.Tensor` as a Python `bool`" + _NOT_ALLOWED)

    def check_iteration(self, tensor: Any) -> None:
        """Refuse to go through a symbolic tensor where AutoGraph does not rewrite the loop."""
        if self.name_of(tensor) is None:
            return
        frame = user_frame()
        if not self.autograph or (frame is not None and frame.f_code in REWRITTEN):
            raise OperatorNotAllowedInGraphError("Iterating over a symbolic `tf.Tensor`" + _NOT_ALLOWED)


_NOT_ALLOWED = (
    " is not allowed. You can attempt the following resolutions to the "
    "problem: If you are running in Graph mode, use Eager execution mode or decorate this function with @tf.function. If "
    "you are using AutoGraph, you can try decorating this function with @tf.function. If that does not help, then you may "
    "be using an unsupported feature or your source code may not be visible to AutoGraph. See "
    "https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/limitations.md#access-to-source-code"
    " for more information."
)
_GRAPH_NAMES = {
    "AddV2": "add", "Mul": "mul", "Sub": "sub", "RealDiv": "truediv", "Pow": "pow", "StridedSlice": "strided_slice",
    "Pack": "stack", "ConcatV2": "concat", "Range": "range", "BroadcastTo": "BroadcastTo",
}  # fmt: skip


class Operation:
    """An operation of a graph, as far as its results know it."""

    __module__ = "tensorflow.python.framework.ops"

    def __init__(self, name: str, kind: str) -> None:
        self.name, self.type, self.device = name, kind, ""

    def __repr__(self) -> str:
        return f"<tf.Operation '{self.name}' type={self.type}>"


def tracing() -> Trace | None:
    """The trace under way, if any."""
    found = TRACING.get()
    return found if isinstance(found, Trace) else None


@contextmanager
def silent_printing() -> Iterator[None]:
    """`print` says nothing inside: a graph has no Python in it."""
    kept = builtins.print
    if kept is not _nothing:
        _LOUD[0] = kept
    builtins.print = _nothing
    try:
        yield
    finally:
        builtins.print = kept


_LOUD = [builtins.print]  # what printed before it was silenced


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def looped(elements: Iterator[Any]) -> Iterator[Any]:
    """The elements a traced loop goes over: its body is traced once, so it prints once."""
    trace = tracing()
    quiet = None
    try:
        for element in elements:
            if trace is not None and quiet is None:
                trace.names[id(element)] = (element, "while/Placeholder")
            yield element
            if quiet is None:
                quiet = silent_printing()
                quiet.__enter__()
    finally:
        if quiet is not None:
            quiet.__exit__(None, None, None)


class SymbolicTensor(Tensor):
    """A tensor of a graph that has got out of the function it was made in."""

    __slots__ = ("_name", "dtype", "shape")
    __module__ = "tensorflow.python.framework.ops"

    def __init__(self, name: Any, shape: Any, dtype: Any) -> None:
        self._name, self.shape, self.dtype = name, shape, dtype

    def __getattr__(self, name: str) -> Any:
        if name in ("_v", "_now", "_read", "__array__"):  # an operation asks for the value
            problem = TypeError(
                f"{self!r} is out of scope and cannot be used here. Use return values, explicit Python locals or TensorFlow "
                "collections to access it.\nPlease see https://www.tensorflow.org/guide/function#all_outputs_of_a_tffunction_"
                "must_be_return_values for more information."
            )
            problem._told = True  # type: ignore[attr-defined]
            raise problem
        raise AttributeError(f"'SymbolicTensor' object has no attribute '{name}'")

    @property
    def name(self) -> str:
        """The name in the graph."""
        return f"{self._name}:0"

    def __str__(self) -> str:
        return f'Tensor("{self._name}:0", shape={self.shape}, dtype={self.dtype.name})'  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        return f"<tf.Tensor '{self._name}:0' shape={self.shape} dtype={self.dtype.name}>"  # type: ignore[attr-defined]


class State:
    """The Python values a function can reach and change: its globals, its closure, the objects it is a method of.

    A graph has them frozen as they were when it was traced; running the Python code again must look the same.
    """

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self._places: list[tuple[Any, Any]] = []
        self._found: set[int] = set()
        self._owners: list[dict[str, Any]] = []  # the attributes of the objects
        self._seen: set[int] = set()
        # For each random operation of the graph: its seeds, and how far it has come.
        self.drawn: dict[int, Any] = {}
        self.staged = False
        self._look_into(function)
        for one in args:
            self._object(one)
        self.values = self._read()

    def _look_into(self, function: Any) -> None:
        function = getattr(function, "__func__", function)
        code = getattr(function, "__code__", None)
        if code is None or id(code) in self._seen:
            return
        self._seen.add(id(code))
        spaces = function.__globals__
        for name in names_in(code):
            if name in spaces:
                self._places.append((spaces, name))
                self._reached(spaces[name], spaces)
        for cell in function.__closure__ or ():
            self._places.append((cell, None))
            try:
                self._reached(cell.cell_contents, spaces)
            except ValueError:
                continue

    def _reached(self, value: Any, spaces: Any) -> None:
        if isinstance(value, types.FunctionType) and value.__globals__ is spaces:
            self._look_into(value)
        else:
            self._object(value)

    def _object(self, value: Any) -> None:
        if id(value) in self._found or isinstance(value, type | types.ModuleType | types.FunctionType):
            return
        module = type(value).__module__
        fields = getattr(value, "__dict__", None)
        if isinstance(fields, dict) and not module.startswith(
            ("tensorflow", "tfgrad_course", "keras.", "numpy", "builtins")
        ):
            self._found.add(id(value))
            self._owners.append(fields)
            self._places.extend((fields, name) for name in fields)

    def _read(self) -> list[Any]:
        found = []
        for place, name in self._places:
            try:
                value = place.cell_contents if name is None else place[name]
            except (ValueError, KeyError):
                found.append(_ABSENT)
                continue
            found.append((value, type(value)(value) if type(value) in _CONTENT else None))
        return found

    def forget_tensors(self, trace: Trace) -> None:
        """What the traced run has left in these places are tensors of a graph: nothing can be done with them."""
        for (place, name), kept in zip(self._places, self.values, strict=True):
            value = _held(place, name)
            if name is not None and isinstance(value, Tensor) and (kept is _ABSENT or kept[0] is not value):
                place[name] = _symbol(value, trace)
            elif type(value) is list:
                known = () if kept is _ABSENT or kept[1] is None else kept[1]
                value[len(known) :] = [_symbol(one, trace) for one in value[len(known) :]]
        known_places = {(id(place), name) for place, name in self._places}
        for fields in self._owners:
            for name in [name for name in fields if (id(fields), name) not in known_places]:
                fields[name] = _symbol(fields[name], trace)

    def restore(self, values: list[Any]) -> None:
        """Make all places hold `values` again."""
        for (place, name), kept in zip(self._places, values, strict=True):
            if kept is _ABSENT:
                continue
            value, content = kept
            if name is None:
                place.cell_contents = value
            elif place.get(name, _ABSENT) is not value:
                place[name] = value
            if content is not None:
                _refill(value, content)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Inside, everything is as it was when the function was traced; afterwards as it was before."""
        kept: list[Any] = [self, self._read()]
        token = _FROZEN.set((*_FROZEN.get(), kept))
        self.restore(self.values)
        try:
            yield
        finally:
            _FROZEN.reset(token)
            self.restore(kept[1])


# The states frozen at present, outermost first, each with what it was before.
_FROZEN: ContextVar[tuple[list[Any], ...]] = ContextVar("frozen", default=())


@contextmanager
def thawed() -> Iterator[None]:
    """Inside, Python is as it is outside of functions: what `py_function` does, it does at every call."""
    frozen, quiet = _FROZEN.get(), builtins.print
    for state, now in reversed(frozen):
        state.restore(now)
    token = _FROZEN.set(())
    builtins.print = _LOUD[0] if quiet is _nothing else quiet
    try:
        yield
    finally:
        builtins.print = quiet
        _FROZEN.reset(token)
        for kept in frozen:
            kept[1] = kept[0]._read()
            kept[0].restore(kept[0].values)


_ABSENT: Any = object()


def _held(place: Any, name: Any) -> Any:
    try:
        return place.cell_contents if name is None else place.get(name)
    except ValueError:  # an empty cell
        return None


def _symbol(value: Any, trace: Trace) -> Any:
    """What is left of a tensor outside of the graph it was made in; other values as they are."""
    name = trace.name_of(value) if isinstance(value, Tensor) else None
    return value if name is None else SymbolicTensor(name, value.shape, value.dtype)  # type: ignore[attr-defined]


def _refill(value: Any, content: Any) -> None:
    if isinstance(value, list):
        value[:] = content
    elif value != content or isinstance(value, dict):
        value.clear()
        value.update(content)


def names_in(code: types.CodeType) -> list[str]:
    """All names that a piece of code and the functions inside it look up."""
    found = list(code.co_names)
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            found += names_in(one)
    return found
