"""How errors inside a tf.function are told: of the class TensorFlow finds while building the graph, "in user code:"."""

from __future__ import annotations

import linecache
import re
import traceback
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._dtypes import DTYPES
from tfgrad_course.tf._errors import MissingFromShim, OperatorNotAllowedInGraphError, OpError
from tfgrad_course.tf._listening import TRACING

_PLAIN = (
    AssertionError, AttributeError, NameError, NotImplementedError, RuntimeError, StopIteration, TypeError,
    OperatorNotAllowedInGraphError,
    UnboundLocalError, ValueError,
)  # fmt: skip


class _KeyErrorText(KeyError):
    """A KeyError whose text is shown as it is."""

    def __str__(self) -> str:
        return str(self.args[0])


class StagingError(Exception):
    """An error of a class that cannot be made anew with other words."""

    __module__ = "tensorflow.python.autograph.impl.api"


_KeyErrorText.__name__ = _KeyErrorText.__qualname__ = "KeyError"


def in_user_code(problem: Exception, function: Any, signature: Any = None) -> Exception:
    """The error as TensorFlow tells of it: of the same class, beginning with "in user code:"."""
    if getattr(problem, "_told", False) or TRACING.get() is None or isinstance(problem, MissingFromShim):
        return problem
    frames = _own_frames(problem)
    if isinstance(problem, OpError) and _seen_late(str(problem), signature):
        return _at_run(problem, function, _merged(frames))
    found = _as_in_graph(problem)
    if isinstance(found, OpError):
        return _at_run(found, function, _merged(frames))
    return _told(found, function, _merged(frames))


def _own_frames(problem: Exception) -> list[Any]:
    """The frames of the program, not of this package nor of Python's innermost."""
    frames = traceback.extract_tb(problem.__traceback__)
    return [f for f in frames if "tfgrad_course" not in f.filename and not f.filename.startswith("<frozen")]


def at_run(problem: OpError, function: Any) -> Exception:
    """An error of an operation in a graph made before."""
    if getattr(problem, "_told", False):
        return problem
    frames = _own_frames(problem)
    return _at_run(problem, function, _merged(frames))


def _at_run(problem: OpError, function: Any, frames: list[Any]) -> Exception:
    """The error of an operation that fails when the graph is run."""
    text = str(problem)
    found = re.search(r"\[Op:(\w+)\]", text)
    node = found[1] if found else "Assert/AssertGuard/Assert" if "assertion failed" in text else "Op"
    said = re.sub(r"^\{\{.*?\}\} | \[Op:.*$", "", text, flags=re.DOTALL)
    lines = "".join(f'  File "{f.filename}", line {f.lineno}, in {f.name}\n\n' for f in frames)
    name = getattr(function, "__name__", "function")
    made: Exception = type(problem)(
        problem.node_def,
        problem.op,
        f"Graph execution error:\n\nDetected at node {node} defined at (most recent call last):\n{lines}{said}\n"
        f"\t [[{{{{node {node}}}}}]] [Op:__inference_{name}_1]",
    )
    made._told = True  # type: ignore[attr-defined]
    return made


_PARTS = re.compile(r"(if_body|else_body|loop_body|loop_test|extra_test|get_state|set_state)(_\d+)?")


def _near(one: Any, other: Any) -> bool:
    return abs((one.lineno or 0) - (other.lineno or 0)) < 8


def _merged(frames: list[Any]) -> list[Any]:
    """The frames of functions as they were written, without those which AutoGraph made of their parts."""
    found: list[Any] = []
    for one in frames:
        if found and one.name == "<lambda>" and one.filename == found[-1].filename and _near(one, found[-1]):
            continue
        if found and _PARTS.fullmatch(one.name):
            one = traceback.FrameSummary(one.filename, one.lineno, found.pop().name)
        found.append(one)
    return found


def _told(problem: Exception, function: Any, frames: Any = ()) -> Exception:
    lines = ["in user code:", ""]
    for frame in frames or [_first_line(function)]:
        source = frame.line or linecache.getline(frame.filename, frame.lineno or 0).strip()
        lines += [
            f'    File "{frame.filename}", line {frame.lineno}, in {frame.name}  *',
            f"        {source}",
        ]
    said = "".join(traceback.format_exception_only(type(problem), problem)).strip()
    said = re.sub(r"^[\w.]*\.(\w+(?:: |$))", r"\1", said)
    text = (
        "\n".join(lines)
        + "\n\n"
        + "\n".join("    " + line if line else line for line in said.split("\n"))
        + "\n"
    )
    kind = type(problem)
    made: Exception
    if kind in _PLAIN:
        made = kind(text)
    elif kind is KeyError:
        made = _KeyErrorText(text)
    elif isinstance(problem, OpError):
        made = kind(problem.node_def, problem.op, text)
    elif kind.__init__ is Exception.__init__:
        made = kind(text)
    else:
        made = StagingError(text)
    made._told = True  # type: ignore[attr-defined]
    return made


def _first_line(function: Any) -> Any:
    code = function.__code__
    return traceback.FrameSummary(code.co_filename, code.co_firstlineno, code.co_name)


_EAGER = "'tensorflow.python.framework.ops.EagerTensor' object"


def _as_in_graph(problem: Exception) -> Exception:
    """Errors that TensorFlow finds while it builds the graph have other classes than when it computes."""
    text = str(problem)
    if isinstance(problem, AttributeError) and _EAGER in text:
        return AttributeError(text.replace(_EAGER, "'SymbolicTensor' object"))
    if not isinstance(problem, OpError):
        return problem
    found = re.search(
        r"cannot compute (\w+) as input #(\d+)\(zero-based\) was expected to be a (\w+) tensor but is a (\w+)",
        text,
    )
    if found:
        op, number, wanted, given = found.groups()
        made: Exception = TypeError(
            f"Input '{'xyz'[min(int(number), 2)]}' of '{op}' Op has type {_dtype_word(given)} that does not match type "
            f"{_dtype_word(wanted)} of argument 'x'."
        )
        return made
    found = re.search(r"Incompatible shapes: \[([\d,]*)\] vs\. \[([\d,]*)\].*\[Op:(\w+)\]", text)
    if not found:
        found = re.search(
            r"Matrix size-incompatible: In\[0\]: \[([\d,]*)\], In\[1\]: \[([\d,]*)\].*\[Op:(\w+)\]", text
        )
    if found:
        a, b, op = found.groups()
        x, y = _clashing(a, b, op)
        made = ValueError(
            f"Dimensions must be equal, but are {x} and {y} for '{{{{node {op}}}}} = {op}' with input shapes: "
            f"[{a}], [{b}]."
        )
        return made
    found = re.search(r"Value for attr 'T\w*' of (\w+) is not in the list of allowed values: ([^\n]*)", text)
    if found:
        made = TypeError(
            f"Value passed to parameter 'x' has DataType {_dtype_word(found[1])} not in list of allowed values: "
            + ", ".join(_dtype_word(w) for w in found[2].split(", "))
        )
        return made
    return _static(text) or problem


def _static(text: str) -> Exception | None:
    """What TensorFlow finds by shapes alone is a ValueError while a graph is built."""
    if (
        re.search(_STATIC, text) and "[Op:MatrixBandPart]" not in text
    ):  # which has no look at shapes beforehand
        return ValueError(re.sub(r"^\{\{.*?\}\} | \[Op:.*$", "", text))
    return None


def _seen_late(text: str, signature: Any) -> bool:
    """Whether shapes a signature leaves open hide this error from who builds the graph: running the graph finds it."""
    shapes = [spec.shape for spec in _nest.flatten(signature) if hasattr(spec, "shape")] if signature else []
    if all(shape.is_fully_defined() for shape in shapes):
        return False
    by_shape = re.search(r"Incompatible shapes|Matrix size-incompatible|" + _STATIC, text) is not None
    ranks_known = all(shape.rank is not None for shape in shapes)
    return by_shape and not (ranks_known and re.search(_RANKS, text))


_RANKS = r"rank|ndims|\d-dim|must be at least 2D|Input dims|>= 1 dim|Ranks of|Invalid reduction|Tried to expand|Cross-products"
_STATIC = (
    r"slice index|Index out of range using|Input to reshape|Can not squeeze|Invalid reduction dimension|ndims must be"
    r"|Expected concatenating|Ranks of all input|Shapes of all inputs|must be broadcastable|Tried to expand dim"
    r"|Number of ways to split|transpose expects|must be square|must have rank|rhs are incompatible|In\[0\] m|must be at least \d-dim"
    r"|compatible batch dim|Expected dimension \d|Expected input \d|Cross-products|must be of same shape|same outer dim"
    r"|\(lhs\) must|do not match\.|must be evenly|must be \d-dimensional|size would be negative|as many biases"
    r"|must be at least 2D|Biases must|Input dims must|must have >= 1|at least k columns|shape must be a vector"
    r"|should be a matrix|is not compatible with expected shape|seed must have shape|should be divisible|must have the same depth|Output contains \d|Invalid broadcasting dim"
    r"|Attempting to slice scalar"
)


def _dtype_word(kernel: str) -> str:
    return next((d.name for d in DTYPES.values() if d.kernel == kernel), kernel)


def _clashing(a: str, b: str, op: str) -> tuple[str, str]:
    xs, ys = a.split(","), b.split(",")
    if "MatMul" in op:
        return xs[-1], ys[-2] if len(ys) > 1 else ys[-1]
    return next(((x, y) for x, y in zip(reversed(xs), reversed(ys), strict=False) if x != y), (a, b))
