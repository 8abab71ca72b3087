"""TensorFlow's exception classes, with its own words where a learner meets them."""

from __future__ import annotations

from typing import Any

_PLACE = "_device_/job:localhost/replica:0/task:0/device:CPU:0"


class OpError(Exception):
    """What every error raised by an operation is."""

    code: int | None = None

    def __init__(self, node_def: Any, op: Any, message: str, *args: Any) -> None:
        super().__init__()
        self._node_def, self._op, self._message = node_def, op, message
        if self.code is None:
            if not args:
                raise TypeError("OpError.__init__() missing 1 required positional argument: 'error_code'")
            self.code, *args = args  # type: ignore[assignment]
        self._payloads = {key: value for one in args if isinstance(one, dict) for key, value in one.items()}

    @property
    def message(self) -> str:
        """The text of the error."""
        return self._message

    @property
    def op(self) -> Any:
        """The operation that failed; None in eager execution."""
        return self._op

    @property
    def node_def(self) -> Any:
        """The node that failed; None in eager execution."""
        return self._node_def

    @property
    def error_code(self) -> int | None:
        """TensorFlow's number for this class of errors."""
        return self.code

    @property
    def experimental_payloads(self) -> dict[str, bytes]:
        """What was given with the message: no runtime below adds any."""
        return self._payloads

    def __str__(self) -> str:
        return self._message

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self).__name__, self._node_def, self._op, self._message, self._payloads)


def _restored(name: str, node_def: Any, op: Any, message: str, payloads: dict[str, bytes]) -> OpError:
    return ERRORS[name](node_def, op, message, payloads)


_CODES = {
    "CancelledError": 1,
    "UnknownError": 2,
    "InvalidArgumentError": 3,
    "DeadlineExceededError": 4,
    "NotFoundError": 5,
    "AlreadyExistsError": 6,
    "PermissionDeniedError": 7,
    "ResourceExhaustedError": 8,
    "FailedPreconditionError": 9,
    "AbortedError": 10,
    "OutOfRangeError": 11,
    "UnimplementedError": 12,
    "InternalError": 13,
    "UnavailableError": 14,
    "DataLossError": 15,
    "UnauthenticatedError": 16,
}


class InvalidArgumentError(OpError):
    """An operation was given what it cannot use."""


class UnimplementedError(OpError):
    """The operation exists, but not for this input."""


class OutOfRangeError(OpError):
    """There is nothing left to read."""


class AbortedError(OpError):
    """The operation gave up."""


class FailedPreconditionError(OpError):
    """The system is not in the state the operation needs."""


class NotFoundError(OpError):
    """What was asked for does not exist."""


class InternalError(OpError):
    """Something is broken inside."""


ERRORS: dict[str, type[OpError]] = {"OpError": OpError}
for _name, _code in _CODES.items():
    _known = globals().get(_name)
    _class: Any = _known or type(_name, (OpError,), {"__doc__": f"TensorFlow's {_name}."})
    _class.code, _class.__module__ = _code, "tensorflow.python.framework.errors_impl"
    ERRORS[_name] = _class
OpError.__module__ = "tensorflow.python.framework.errors_impl"


class OperatorNotAllowedInGraphError(TypeError):
    """A symbolic tensor was used as only a value can be."""


OperatorNotAllowedInGraphError.__module__ = OpError.__module__


class MissingFromShim(AttributeError, NotImplementedError):
    """A name TensorFlow has and this tape lacks; never the learner's mistake."""


def invalid(op: str, text: str, node: str | None = None) -> InvalidArgumentError:
    """An InvalidArgumentError as a kernel raises it."""
    return InvalidArgumentError(None, None, kernel_text(op, text, node))


def kernel_text(op: str, text: str, node: str | None = None) -> str:
    """`text` dressed as TensorFlow dresses what a kernel says."""
    name = _NAMES.get(op, "")
    return f"{{{{function_node __wrapped__{node or op}{_PLACE}}}}} {text} [Op:{op}]" + (
        "" if name is None else f" name: {name}"
    )


# What TensorFlow says after "name:"; None where it says nothing, as it does of operations given lists of whole numbers.
_NAMES: dict[str, str | None] = {
    "ConcatV2": "concat", "Pack": "stack", "Unpack": "unstack", "Split": "split", "SplitV": "split",
    "StridedSlice": "strided_slice/",
} | dict.fromkeys((
    "Reshape", "GatherV2", "GatherNd", "ScatterNd", "Slice", "Transpose", "Tile", "BroadcastTo", "OneHot", "Pad", "Fill",
    "ReverseV2", "Roll", "SelectV2", "SegmentSum", "UnsortedSegmentSum",
))  # fmt: skip


def refused(op: str, text: str) -> InvalidArgumentError:
    """An InvalidArgumentError raised before any kernel ran."""
    return InvalidArgumentError(None, None, f"{text} [Op:{op}] name: ")


def mismatch(op: str, number: int, wanted: str, found: str) -> InvalidArgumentError:
    """Two inputs of one operation have different dtypes."""
    return refused(
        op,
        f"cannot compute {op} as input #{number}(zero-based) was expected to be a {wanted} tensor "
        f"but is a {found} tensor",
    )


def not_allowed(op: str, found: str, allowed: list[str], attr: str = "T") -> InvalidArgumentError:
    """The kernel does not take this dtype."""
    enums = ", ".join("DT_" + name.upper() for name in allowed)
    return refused(
        op,
        f"Value for attr '{attr}' of {found} is not in the list of allowed values: {', '.join(allowed)}\n"
        f"\t; NodeDef: {{{{node {op}}}}}; Op<name={op}; attr={attr}:type,allowed=[{enums}]>",
    )


def no_kernel(op: str, dtype: Any, attr: str = "T", **attrs: Any) -> NotFoundError:
    """The operation is declared for this dtype, but no kernel computes it."""
    told = {attr: f"DT_{dtype.kernel.upper()}"} | attrs
    shown = ", ".join(f"{k}={str(v).lower() if isinstance(v, bool) else v}" for k, v in sorted(told.items()))
    text = f"Could not find device for node: {{{{node {op}}}}} = {op}[{shown}]"
    return NotFoundError(None, None, f"{text} [Op:{op}] name: ")
