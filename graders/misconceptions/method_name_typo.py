"""A name of TensorFlow's that is spelled slightly differently."""

from __future__ import annotations

import ast
import difflib
import re

from graders.case import Case
from graders.evidence import Raised
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "method-name-typo.title", "method-name-typo.says", "method-name-typo.hint"
STAGE = "stopped"


_TAPE = ("gradient", "jacobian", "batch_jacobian", "watch", "reset", "stop_recording", "watched_variables")
_TENSOR = (
    "numpy",
    "shape",
    "dtype",
    "assign",
    "assign_add",
    "assign_sub",
    "get_shape",
    "device",
    "name",
    "ndim",
)
_MOVED = {
    "log": "math.log",
    "log1p": "math.log1p",
    "erf": "math.erf",
    "ceil": "math.ceil",
    "softmax": "nn.softmax",
    "relu": "nn.relu",
    "softplus": "math.softplus",
    "lgamma": "math.lgamma",
    "matvec": "linalg.matvec",
    "log10": "math.log",
    "ln": "math.log",
    "sum": "reduce_sum",
    "mean": "reduce_mean",
    "max": "maximum",
    "min": "minimum",
    "power": "pow",
    "dot": "tensordot",
    "var": "Variable",
    "const": "constant",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "log_sigmoid": "math.log_sigmoid",
}
_SAID = re.compile(r"^(?:'([\w.]+)' object|module '([\w.]+)'|type object '(\w+)').* has no attribute '(\w+)'")


def seen(case: Case, facts: Facts) -> Spot | None:
    """An AttributeError of TensorFlow or a tape, or a NameError, with a known name close by."""
    raised = facts.raised
    if raised is None:
        return None
    found = _SAID.match(facts.said) if raised.type == "AttributeError" else None
    if found is None:
        return _imported(facts, raised)
    owner, attribute = found[1] or found[2] or found[3], found[4]
    if attribute in _TF1 and "GradientTape" not in owner:
        return None
    near = _near(owner, attribute)
    if near is None:
        return None
    nodes = [
        n for n in facts.script.on_line(raised.line, ast.Attribute) if getattr(n, "attr", "") == attribute
    ]
    names = {"attr": attribute, "other": near}
    return Spot(
        raised.line, column(nodes[0]) if nodes else None, names, 0, "moved" if attribute in _MOVED else ""
    )


_TF1 = (
    "placeholder",
    "Session",
    "InteractiveSession",
    "global_variables_initializer",
    "ConfigProto",
    "get_variable",
    "gradients",
    "assign",
    "reset_default_graph",
    "variable_scope",
    "train",
    "layers",
)


def _near(owner: str, attribute: str) -> str | None:
    if "GradientTape" in owner:
        known: tuple[str, ...] = _TAPE
    elif owner.startswith("tensorflow") or owner.startswith("tfgrad_course.tf"):
        if attribute in _MOVED and owner.count(".") <= 1:
            return "tf." + _MOVED[attribute]
        known = _spelled()
    elif "Tensor" in owner or "Variable" in owner:
        known = _TENSOR
    else:
        return None
    low = {name.lower(): name for name in known}
    close = difflib.get_close_matches(attribute.lower(), low, 1, 0.8)
    return low[close[0]] if close and low[close[0]] != attribute else None


def _spelled() -> tuple[str, ...]:
    """The names of TensorFlow that a course needs."""
    from tfgrad_course.maths.functions import WORDS

    plain = (
        "GradientTape", "Variable", "constant", "function", "custom_gradient", "convert_to_tensor",
        "float32", "float64", "reduce_sum", "reduce_mean", "stop_gradient", "autodiff", "linalg", "keras",
        "square", "zeros", "ones", "stack", "concat", "reshape", "tensordot", "identity", "random", "math",
        "pow", "multiply", "subtract", "divide", "add_n", "cast", "range", "fill", "int32", "optimizers",
        "nn",
    )  # fmt: skip
    return plain + tuple(row.tf.split(".")[-1] for row in WORDS.values() if row.tf)


def _imported(facts: Facts, raised: Raised) -> Spot | None:
    """A misspelt name in an import or without one."""
    found = re.match(r"cannot import name '(\w+)' from '([\w.]+)'", facts.said)
    if raised.type == "ImportError" and found and found[2].startswith("tensorflow"):
        near = _near("tensorflow", found[1])
        if near:
            return Spot(raised.line, facts.column_of(raised.line), {"attr": found[1], "other": near})
    return None
