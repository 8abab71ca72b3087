"""tf.function without a graph: Python code is traced once a signature, later calls run it silently with frozen state.

What a graph computes and what the same Python code computes eagerly is the same, so only what learners can see is
imitated: side effects happen while tracing only, Python values are those of the time of tracing, tensors look symbolic
inside, and errors are told as "in user code".
"""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest, _signatures
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._creation import BIRTHS, FORBIDDEN
from tfgrad_course.tf._listening import NODES, OBSERVERS, TRACING, begin, end
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._spec import TensorSpec, TypeSpec
from tfgrad_course.tf._symbolic import WholeTape
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import State, Trace, names_in, silent_printing
from tfgrad_course.tf._user_code import in_user_code
from tfgrad_course.tf._variable import Variable

_EAGER = [False]


class Function:
    """A Python function run as TensorFlow runs the graph made of it."""

    __module__ = "tensorflow.python.eager.polymorphic_function.polymorphic_function"

    def __init__(
        self,
        function: Callable[..., Any],
        input_signature: Any = None,
        bound: tuple[Any, ...] = (),
        autograph: bool = True,
        reduces: bool = False,
    ) -> None:
        self._function, self._bound, self._autograph = function, bound, autograph
        self._signature = None if input_signature is None else tuple(input_signature)
        self._states: dict[Any, State] = {}
        # What the arguments of each trace were, for those who ask.
        self._inputs: dict[Any, Any] = {}
        # For which specs concrete functions were asked.
        self._asked: dict[Any, Any] = {}
        self._shapes: list[Any] = []
        self._reduces = reduces  # traces once more for shapes that vary, then no more
        self._seen: list[Any] = []
        self._results: dict[Any, Any] = {}  # what each trace has given, as specs
        self._count = 0
        self._made_variables = False
        # tf.gradients looks back over the whole graph: only functions that name it pay for recording everything.
        code = getattr(function, "__code__", None)
        self._takes_gradients = code is not None and bool({"gradients", "hessians"} & set(names_in(code)))
        functools.update_wrapper(self, function)

    @property
    def python_function(self) -> Callable[..., Any]:
        """The Python function it was made of."""
        return self._function

    _python_function = python_function

    @property
    def input_signature(self) -> Any:
        """The signature given, or None."""
        return self._signature

    def experimental_get_tracing_count(self) -> int:
        """How often the Python code has been traced."""
        return self._count

    def pretty_printed_concrete_signatures(self, verbose: bool = True) -> str:
        """The signatures traced."""
        return "\n\n".join(_signatures.pretty(self._inputs[key], self._results[key]) for key in self._states)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        kept = instance.__dict__.setdefault("_tf_functions", {}) if hasattr(instance, "__dict__") else {}
        if self not in kept:
            kept[self] = Function(
                self._function, self._signature, (instance,), self._autograph, self._reduces
            )
        return kept[self]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if _EAGER[0]:
            return self._function(*self._bound, *args, **kwargs)
        args, kwargs = self._arguments(args, kwargs)
        if TRACING.get() is not None and not self._fresh_inside(args, kwargs):
            return self._again(args, kwargs)
        key = self._key(args, kwargs)
        if self._reduces and key not in self._states:
            key = self._wider(key)
        if key in self._states:
            return self._again(args, kwargs, key)
        return self._trace(args, kwargs, key)

    def _wider(self, key: Any) -> Any:
        """The key of a trace that takes shapes which differ from those seen before in some dimensions."""
        shapes: list[Any] = []
        bare = _without_shapes(key, shapes)
        for known, seen in self._seen:
            if known == bare:
                self._seen.remove((known, seen))
                shapes = [tuple(a if a == b else None for a, b in zip(x, y, strict=True))
                          for x, y in zip(seen, shapes, strict=True)]  # fmt: skip
                break
        self._seen.append((bare, shapes))
        return (bare, tuple(shapes))

    def __deepcopy__(self, memo: Any) -> Any:
        """Copied with the object it hangs on: the same Python code for the copy, untraced."""
        made = memo[id(self)] = Function(self._function, self._signature, (), self._autograph, self._reduces)
        made._bound = copy.deepcopy(self._bound, memo)
        return made

    def _fresh_inside(self, args: Any, kwargs: Any) -> bool:
        return self._key(args, kwargs) not in self._states

    # Arguments -------------------------------------------------------------------------------

    def _arguments(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
        try:
            given = inspect.signature(self._function).bind(*self._bound, *args, **kwargs)
        except TypeError as problem:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{problem}`. Received args: {args} and kwargs: {kwargs} for "
                f"signature: {self._shown()}."
            ) from None
        del given
        if self._signature is not None:
            return self._to_signature(args, kwargs), {}
        return tuple(_taken(a) for a in args), {k: _taken(v) for k, v in kwargs.items()}

    def _shown(self) -> str:
        names = list(inspect.signature(self._function).parameters.values())[len(self._bound) :]
        if self._signature is None:
            return "(" + ", ".join(str(p) for p in names) + ")"
        return "(" + ", ".join(f"{p.name}: {s}" for p, s in zip(names, self._signature, strict=False)) + ")"

    def _to_signature(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        names = list(inspect.signature(self._function).parameters)[len(self._bound) :]
        ordered = list(args) + [kwargs[name] for name in names[len(args) :] if name in kwargs]
        found = []
        for value, spec in zip(ordered, self._signature or (), strict=False):
            if isinstance(spec, TensorSpec):
                found.append(self._fitted(value, spec, args, kwargs))
                continue
            found.append(_nest.pack_sequence_as(spec, [
                self._fitted(v, s, args, kwargs) for v, s in zip(_nest.flatten(value), _nest.flatten(spec), strict=True)
            ]))  # fmt: skip
        return (*found, *ordered[len(found) :])

    def _fitted(self, value: Any, spec: Any, args: Any, kwargs: Any) -> Any:
        if not isinstance(spec, TensorSpec):
            return value
        try:
            made = value if isinstance(value, EagerTensor) else convert(value, spec.dtype)
        except (TypeError, ValueError) as problem:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{problem}`. Received args: {args} and kwargs: {kwargs} for "
                f"signature: {self._shown()}."
            ) from None
        if not spec.is_compatible_with(made):
            raise TypeError(
                f"Binding inputs to tf.function failed due to `Can not cast {TensorSpec(made.shape, made.dtype)} to {spec}`."
                f" Received args: {args} and kwargs: {kwargs} for signature: {self._shown()}."
            )
        return made

    def _key(self, args: Any, kwargs: Any) -> Any:
        if self._signature is not None:
            return ("signature", len(args))
        aliases: dict[int, int] = {}
        return (_kind(args, aliases), _kind(kwargs, aliases))

    # Running ---------------------------------------------------------------------------------

    def _trace(self, args: Any, kwargs: Any, key: Any) -> Any:
        reachable = (*self._bound, *_nest.flatten([list(args), kwargs]))
        state = State(self._function, reachable)
        births = BIRTHS[0]
        self._shapes = _signatures.shapes_of(self, args, key)
        result = self._run_traced(args, kwargs, self._made_variables, state)
        if BIRTHS[0] != births:
            # TensorFlow traces again once the variables are there, and allows no further ones.
            self._made_variables = True
            self._last.undo()
            state = State(self._function, reachable)
            result = self._run_traced(args, kwargs, True, state)
        state.forget_tensors(self._last)
        self._inputs[key] = _signatures.parameters(self, args, kwargs, self._shapes)
        self._states[key] = state
        self._results[key] = _nest.map_structure(
            lambda leaf: TensorSpec(leaf.shape, leaf.dtype) if isinstance(leaf, EagerTensor) else leaf, result
        )
        return result

    def _run_traced(self, args: Any, kwargs: Any, complete: bool, state: State) -> Any:
        self._count += 1
        trace = self._last = Trace(self._autograph)
        forbidden = FORBIDDEN.set(complete)
        self._name_arguments(trace, args, kwargs)
        outer = TRACING.set(trace)
        self._tell(True)
        begin(trace)
        try:
            return self._body(args, kwargs, state)
        except Exception as problem:
            # It is AutoGraph that tells of errors so: without it they come as they are.
            raise (
                in_user_code(problem, self._function, self._signature) if self._autograph else problem
            ) from None
        finally:
            end(trace)
            self._tell(False)
            TRACING.reset(outer)
            FORBIDDEN.reset(forbidden)

    def _name_arguments(self, trace: Trace, args: Any, kwargs: Any) -> None:
        names = list(inspect.signature(self._function).parameters)[len(self._bound) :]
        named = dict(zip(names, args, strict=False)) | kwargs
        shapes = iter(self._shapes)
        for name, value in named.items():
            for leaf in _nest.flatten(value):
                if isinstance(leaf, EagerTensor):
                    trace.named(leaf, name)
                    if (shape := next(shapes, None)) is not None:
                        trace.shapes[id(leaf)] = TensorShape(shape)

    def _again(self, args: Any, kwargs: Any, key: Any = None) -> Any:
        state = self._states.get(key if key is not None else self._key(args, kwargs))
        inside = TRACING.get()
        outer = TRACING.set(inside if inside is not None else self)
        forbidden = FORBIDDEN.set(True)
        self._tell(True)
        try:
            with silent_printing(), state.frozen():  # type: ignore[union-attr]
                return self._body(args, kwargs, state)
        finally:
            FORBIDDEN.reset(forbidden)
            self._tell(False)
            TRACING.reset(outer)

    def _body(self, args: Any, kwargs: Any, state: Any) -> Any:
        outer = NODES.set([state.drawn, 0])
        try:
            if not self._takes_gradients:
                return _given(self._function(*self._bound, *args, **kwargs), self._function)
            with WholeTape():
                return _given(self._function(*self._bound, *args, **kwargs), self._function)
        finally:
            NODES.reset(outer)

    def _tell(self, inside: bool) -> None:
        for one in OBSERVERS:
            one.traced(self, inside)

    # Concrete functions ----------------------------------------------------------------------

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> Any:
        """This function for one signature."""
        from tfgrad_course.tf._concrete import concrete

        return concrete(self, args, kwargs)


def function(func: Any = None, input_signature: Any = None, **options: Any) -> Any:
    """Compiles a function into a callable that runs like a TensorFlow graph."""
    for name in options:
        if name not in _OPTIONS:
            raise TypeError(f"function() got an unexpected keyword argument '{name}'")
    autograph = bool(options.get("autograph", True))
    _check_signature(input_signature)
    if func is not None and not callable(func):
        raise TypeError(f"{func} is not a callable object")
    reduces = bool(options.get("reduce_retracing") or options.get("experimental_relax_shapes"))
    if func is None:
        return lambda f: Function(f, input_signature, (), autograph, reduces)
    return Function(func, input_signature, (), autograph, reduces)


def _check_signature(input_signature: Any) -> None:
    if input_signature is None:
        return
    if not isinstance(input_signature, list | tuple):
        raise TypeError(f"input_signature must be either a tuple or a list, got {type(input_signature)}.")
    odd = [spec for spec in _nest.flatten(input_signature) if not isinstance(spec, TypeSpec)]
    if odd:
        raise TypeError(
            f"input_signature must be a possibly nested sequence of TensorSpec objects, got invalid args {odd} with types "
            f"{[type(spec) for spec in odd]}."
        )


_OPTIONS = (
    "autograph", "jit_compile", "reduce_retracing", "experimental_implements", "experimental_autograph_options",
    "experimental_attributes", "experimental_relax_shapes", "experimental_compile", "experimental_follow_type_hints",
)  # fmt: skip


def run_functions_eagerly(run_eagerly: bool) -> None:
    """Whether tf.functions are run as plain Python."""
    _EAGER[0] = bool(run_eagerly)


def functions_run_eagerly() -> bool:
    """Whether tf.functions are run as plain Python."""
    return _EAGER[0]


def executing_eagerly() -> bool:
    """False inside a tf.function, True elsewhere."""
    return TRACING.get() is None


def _taken(value: Any) -> Any:
    return _nest.map_structure(lambda v: convert(v) if isinstance(v, np.ndarray | np.generic) else v, value)


def _without_shapes(key: Any, shapes: list[Any]) -> Any:
    """A key with the rank in the place of each shape; the shapes are collected."""
    if not isinstance(key, tuple):
        return key
    if key[:1] == ("tensor",) and len(key) == 3:
        shapes.append(key[2])
        return ("tensor", key[1], len(key[2]))
    return tuple(_without_shapes(part, shapes) for part in key)


def _kind(value: Any, aliases: dict[int, int]) -> Any:
    """What of an argument decides whether the function is traced anew; `aliases` numbers the variables met."""
    if isinstance(value, EagerTensor):
        return ("tensor", value.dtype.name, value._v.shape)
    if isinstance(value, Variable):
        number = aliases.setdefault(id(getattr(value, "_of", value)), len(aliases))
        return ("variable", value.dtype.name, value.shape, value.trainable, number)
    if isinstance(value, list | tuple):
        return (type(value).__name__, tuple(_kind(v, aliases) for v in value))
    if isinstance(value, dict):
        return (
            "dict",
            *sorted(((k, _kind(v, aliases)) for k, v in value.items()), key=lambda pair: str(pair[0])),
        )
    if isinstance(value, int | float | str | bytes | complex | type(None)):
        return (type(value).__name__, value)
    try:
        hash(value)
    except TypeError:
        return ("object", id(value))
    return ("value", value)


def _given(result: Any, function: Any) -> Any:
    def one(value: Any) -> Any:
        if value is None or isinstance(value, EagerTensor):
            return value
        if isinstance(value, Variable):
            return value._read()
        if hasattr(value, "_values") or hasattr(value, "_tensors") or hasattr(value, "_flow"):
            return value
        try:
            return convert(value)
        except (TypeError, ValueError):
            problem = TypeError(
                "To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or "
                f"None values; in compilation of {function}, found return value of type {type(value).__name__}, which is "
                "not a Tensor or ExtensionType."
            )
            problem._told = True  # type: ignore[attr-defined]
            raise problem from None

    return _nest.map_structure(one, result)
