"""tf.function without a graph: Python code is traced once a signature, later calls run it silently with frozen state.

What a graph computes and what the same Python code computes eagerly is the same, so only what learners can see is
imitated: side effects happen while tracing only, Python values are those of the time of tracing, tensors look symbolic
inside, and errors are told as "in user code".
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

from tfgrad_course.tf import _nest, _signatures
from tfgrad_course.tf._autograph import converted
from tfgrad_course.tf._binding import Binding
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._creation import BIRTHS, FORBIDDEN
from tfgrad_course.tf._errors import OpError
from tfgrad_course.tf._function_type import FunctionSpec
from tfgrad_course.tf._kinds import kind, pair_fits, widened
from tfgrad_course.tf._listening import NODES, OBSERVERS, TRACING, begin, end
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._spec import TensorSpec, TypeSpec
from tfgrad_course.tf._symbolic import WholeTape
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import State, Trace, names_in, silent_printing
from tfgrad_course.tf._user_code import at_run, in_user_code
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
        jit: Any = None,
    ) -> None:
        self._function, self._bound, self._autograph = function, bound, autograph
        self._signature = None if input_signature is None else tuple(input_signature)
        self._reduces, self._jit = reduces, jit  # traces once more for shapes that vary, then no more
        method = self._signature is not None and not bound and _takes_self(function)
        self._binding = Binding(function, len(bound), None if method else self._signature)
        self._states: dict[Any, State] = {}
        # The traces that other kinds of arguments have been found to fit.
        self._routes: dict[Any, Any] = {}
        # What the arguments of each trace were, for those who ask.
        self._inputs: dict[Any, Any] = {}
        # For which specs concrete functions were asked.
        self._asked: dict[Any, Any] = {}
        self._shapes: list[Any] = []
        self._results: dict[Any, Any] = {}  # what each trace has given, as specs
        self._captures: dict[Any, Any] = {}  # and what of outside it uses
        self._concrete: dict[Any, Any] = {}
        self._methods: dict[int, Any] = {}  # for classes, whose own names cannot be added to
        self._count = 0
        self._made_variables = False
        # tf.gradients looks back over the whole graph: only functions that name it pay for recording everything.
        code = getattr(function, "__code__", None)
        self._takes_gradients = code is not None and bool({"gradients", "hessians"} & set(names_in(code)))
        functools.update_wrapper(self, function)
        self._name = self.__dict__.setdefault("__name__", _name_of(function))

    @property
    def python_function(self) -> Callable[..., Any]:
        """The Python function it was made of."""
        return self._function

    _python_function = python_function

    @property
    def input_signature(self) -> Any:
        """The signature given, or None."""
        return self._signature

    @property
    def name(self) -> str:
        """The name of the Python function."""
        return self._name

    @property
    def function_spec(self) -> Any:
        """How arguments are bound."""
        return FunctionSpec(self._binding, self._signature, self._name, self._jit)

    @property
    def function_type(self) -> Any:
        """The parameters and what is known of their types."""
        return self.function_spec.function_type

    def experimental_get_tracing_count(self) -> int:
        """How often the Python code has been traced."""
        return self._count

    def pretty_printed_concrete_signatures(self, verbose: bool = True) -> str:
        """The signatures traced."""
        return "\n\n".join(
            repr(_signatures.function_type(self._inputs[key], self._results[key], self._captures[key]))
            for key in self._states
        )

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        if isinstance(instance, type) or not hasattr(instance, "__dict__"):
            kept, key = self._methods, id(instance)
        else:
            kept, key = instance.__dict__.setdefault("_tf_functions", {}), self  # type: ignore[assignment]
        if key not in kept:
            kept[key] = Function(
                self._function, self._signature, (instance,), self._autograph, self._reduces, self._jit
            )
        return kept[key]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if _EAGER[0]:
            return self._function(*self._bound, *args, **kwargs)
        args, kwargs = self._binding.bind(args, kwargs)
        key = self._key(args, kwargs)
        if key in self._states:
            return self._again(args, kwargs, key)
        found = self._known(key)
        if found is None:
            found = self._wider(key) if self._reduces and self._signature is None else key
        if found in self._states:
            self._routes[key] = found
            return self._again(args, kwargs, found)
        result = self._trace(args, kwargs, found)
        self._last.write()
        return result

    def _known(self, key: Any) -> Any:
        """The key of a trace that takes such arguments, the narrowest of them, or None."""
        found = self._routes.get(key)
        if found is None and self._signature is None:
            for one in self._states:
                if pair_fits(key, one) and (found is None or pair_fits(one, found)):
                    found = one
        return found

    def _wider(self, key: Any) -> Any:
        """The key of a trace that takes these arguments and all that were there before, as far as that goes."""
        for known in self._states:
            parts = [widened(a, b) for a, b in zip(key, known, strict=True)]
            key = key if None in parts else tuple(parts)
        return key

    def __deepcopy__(self, memo: Any) -> Any:
        """Copied with the object it hangs on: the same Python code for the copy, untraced."""
        made = memo[id(self)] = Function(
            self._function, self._signature, self._bound, self._autograph, self._reduces, self._jit
        )
        made._bound = copy.deepcopy(self._bound, memo)
        return made

    def _key(self, args: Any, kwargs: Any) -> Any:
        if self._signature is not None:
            return ("signature", len(args))
        aliases: dict[int, int] = {}
        return (kind(args, aliases), kind(kwargs, aliases))

    # Running ---------------------------------------------------------------------------------

    def _trace(self, args: Any, kwargs: Any, key: Any) -> Any:
        reachable = (*self._bound, *_nest.flatten([list(args), kwargs]))
        state = State(self._function, reachable)
        births = BIRTHS[0]
        self._shapes = _signatures.shapes_of(self, key)
        result = self._run_traced(args, kwargs, self._made_variables, state)
        if BIRTHS[0] != births:
            # TensorFlow traces again once the variables are there, and allows no further ones.
            self._made_variables = True
            self._last.undo()
            state = State(self._function, reachable)
            result = self._run_traced(args, kwargs, True, state)
        state.forget_tensors(self._last)
        state.staged = self._last.staged
        self._inputs[key] = _signatures.parameters(self, args, kwargs, self._shapes)
        self._states[key] = state
        self._captures[key] = self._last.captured(state, _nest.flatten([list(args), kwargs]))
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
        before = _copied([list(args), kwargs])
        try:
            result = self._body(args, kwargs, state, self._autograph)
            self._check_arguments(before, [list(args), kwargs])
            return result
        except Exception as problem:
            if isinstance(problem, OpError):
                trace.write()  # what fails so fails when the graph runs
            # It is AutoGraph that tells of errors so: without it they come as they are.
            raise (
                in_user_code(problem, self._function, self._signature) if self._autograph else problem
            ) from None
        finally:
            self._last = trace  # a function that calls itself has traced others meanwhile
            end(trace)
            self._tell(False)
            TRACING.reset(outer)
            FORBIDDEN.reset(forbidden)

    def _check_arguments(self, before: Any, after: Any) -> None:
        """Refuse a function that changes the lists or dictionaries it is given."""
        if not _changed(before, after):
            return
        pairs = zip(
            self._binding.named(tuple(before[0]), before[1]),
            self._binding.named(tuple(after[0]), after[1]),
            strict=False,
        )
        names = ", ".join(a[0] for a, b in pairs if _changed(a[2], b[2]))
        problem = ValueError(
            f"{getattr(self._function, '__qualname__', self._name)}{self._binding.plain_text} should not modify its Python "
            f"input arguments. Modifying a copy is allowed. The following parameter(s) were modified: {names}"
        )
        problem._told = True  # type: ignore[attr-defined]
        raise problem

    def _name_arguments(self, trace: Trace, args: Any, kwargs: Any) -> None:
        shapes = iter(self._shapes)
        for name, _, value in self._binding.named(args, kwargs):
            for leaf in _nest.flatten(value):
                if isinstance(leaf, EagerTensor):
                    trace.named(leaf, name)
                    if (shape := next(shapes, None)) is not None:
                        trace.shapes[id(leaf)] = TensorShape(shape)

    def _again(self, args: Any, kwargs: Any, key: Any) -> Any:
        state = self._states[key]
        inside = TRACING.get()
        outer = TRACING.set(inside if inside is not None else self)
        forbidden = FORBIDDEN.set(True)
        self._tell(True)
        try:
            with silent_printing(), state.frozen():
                return self._body(args, kwargs, state, state.staged)
        except OpError as problem:
            raise at_run(problem, self._function) from None
        finally:
            FORBIDDEN.reset(forbidden)
            self._tell(False)
            TRACING.reset(outer)

    def _body(self, args: Any, kwargs: Any, state: Any, rewritten: bool) -> Any:
        outer = NODES.set([state.drawn, 0])
        function = converted(self._function) if rewritten else self._function
        try:
            if not self._takes_gradients:
                return _given(function(*self._bound, *args, **kwargs), self._function)
            with WholeTape():
                return _given(function(*self._bound, *args, **kwargs), self._function)
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
    jit = options.get("jit_compile", options.get("experimental_compile"))
    if func is None:
        return lambda f: Function(f, input_signature, (), autograph, reduces, jit)
    return Function(func, input_signature, (), autograph, reduces, jit)


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


def _copied(value: Any) -> Any:
    """The lists and dictionaries of arguments, their leaves the same objects."""
    if type(value) is dict:
        return {key: _copied(item) for key, item in value.items()}
    return type(value)(map(_copied, value)) if type(value) in (list, tuple) else value


def _changed(one: Any, other: Any) -> bool:
    if type(one) is dict:
        return list(one) != list(other) or any(_changed(one[key], other[key]) for key in one)
    if type(one) in (list, tuple):
        return len(one) != len(other) or any(map(_changed, one, other))
    return one is not other


def _takes_self(function: Any) -> bool:
    """Whether it is a method not bound yet: its input signature is looked at once it is."""
    code = getattr(function, "__code__", None)
    return code is not None and code.co_argcount > 0 and code.co_varnames[0] == "self"


def _name_of(function: Any) -> str:
    while isinstance(function, functools.partial):
        function = function.func
    return getattr(function, "__name__", "f")


def _given(result: Any, function: Any) -> Any:
    def one(value: Any) -> Any:
        if value is None or isinstance(value, EagerTensor):
            return value
        if isinstance(value, Variable):
            return value._read()
        if any(
            hasattr(value, part) for part in ("_values", "_tensors", "_flow", "_linop_matmul", "element_spec")
        ):
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
