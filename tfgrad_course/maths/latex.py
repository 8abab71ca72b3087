"""A function as LaTeX for prompts, reports and titles."""

from __future__ import annotations

from tfgrad_course.maths.functions import WORDS
from tfgrad_course.maths.tree import (
    Apply,
    Constant,
    Function,
    Index,
    List,
    Name,
    Node,
    Number,
    number_text,
    split_name,
    tightness,
)

_GREEK = (
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "phi",
    "chi",
    "psi",
    "omega",
)
_LETTERS = dict(zip("αβγδεζηθικλμνξπρστυφχψω", (name for name in _GREEK), strict=True))
_SIGNS = {
    "less": "<", "less_equal": r"\le", "greater": ">", "greater_equal": r"\ge", "equal": "=", "not_equal": r"\ne",
}  # fmt: skip


def latex(function: Function, name: str | None = None) -> str:
    """The function as LaTeX, `y = ...`; intermediate lines come first, set apart by commas; `name=""`: right side."""
    name = function.name if name is None else name
    parts = [f"{latex_symbol(line.name)} = {latex_node(line.value)}" for line in function.lines]
    result = latex_node(function.result)
    parts.append(f"{latex_symbol(name)} = {result}" if name else result)
    return r",\quad ".join(parts)


def latex_symbol(name: str) -> str:
    r"""A name as LaTeX: theta as \theta, x1 as x_{1}, speed in upright letters."""
    stem, digits = split_name(_LETTERS.get(name, name))
    stem = {"lam": "lambda"}.get(stem, stem)
    shown = f"\\{stem}" if stem in _GREEK else stem if len(stem) == 1 else _upright(stem)
    return f"{shown}_{{{','.join(digits)}}}" if digits else shown


def _upright(name: str) -> str:
    escaped = name.replace("_", r"\_")
    return rf"\mathrm{{{escaped}}}"


def latex_derivative(name: str, wrt: tuple[str, ...], partial: bool = False) -> str:
    r"""\frac{dy}{dx}, \frac{d^{2}y}{dx^{2}}, \frac{\partial^{2} f}{\partial x \, \partial y}."""
    d = r"\partial " if partial else "d"
    order = f"^{{{len(wrt)}}}" if len(wrt) > 1 else ""
    above = (r"\partial" + order + " " if partial else "d" + order) + latex_symbol(name)
    if len(set(wrt)) == 1:
        below = f"{d}{latex_symbol(wrt[0])}{order}"
    else:
        below = r" \, ".join(f"{d}{latex_symbol(variable)}" for variable in wrt)
    return rf"\frac{{{above}}}{{{below}}}"


def latex_node(node: Node) -> str:
    """One part of a function as LaTeX."""
    if isinstance(node, Number):
        return _number(node)
    if isinstance(node, Constant):
        return {"pi": r"\pi", "tau": r"\tau", "e": "e"}[node.name]
    if isinstance(node, Name):
        return latex_symbol(node.name)
    if isinstance(node, Index):
        return f"{_within(node.value, 5)}_{{{','.join(map(str, node.indices))}}}"
    if isinstance(node, List):
        return _list(node)
    if node.name == "negative":
        return "-" + _within(node.arguments[0], 2)
    if node.name == "power":
        return _power(*node.arguments)
    if node.name in ("add", "subtract", "multiply", "divide", "matmul"):
        return _infix(node)
    if node.name in _SIGNS:
        left, right = (latex_node(argument) for argument in node.arguments)
        return f"{left} {_SIGNS[node.name]} {right}"
    return _call(node)


def _number(node: Number) -> str:
    shown = number_text(node.value)
    if "e" in shown:
        mantissa, exponent = shown.split("e")
        power = f"10^{{{int(exponent)}}}"
        return power if mantissa in ("1", "1.0") else rf"{mantissa} \cdot {power}"
    return shown


def _within(node: Node, needed: int) -> str:
    shown = latex_node(node)
    return (
        shown if tightness(node) >= needed or (_fraction(node) and needed < 5) else rf"\left({shown}\right)"
    )


def _fraction(node: Node) -> bool:
    return isinstance(node, Apply) and node.name == "divide"


def _power(left: Node, right: Node) -> str:
    base = _within(left, 5)
    if isinstance(left, Apply) and left.name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "log"):
        base = rf"\left({base}\right)"
    if isinstance(left, Number) and "cdot" in base:
        base = rf"\left({base}\right)"
    return f"{base}^{{{latex_node(right)}}}"


def _infix(node: Apply) -> str:
    left, right = node.arguments
    negative = isinstance(right, Apply) and right.name == "negative"
    if node.name in ("add", "subtract"):
        sign = "+" if node.name == "add" else "-"
        return f"{_within(left, 1)} {sign} {_within(right, 4 if negative else 2)}"
    if node.name == "divide":
        return rf"\frac{{{latex_node(left)}}}{{{latex_node(right)}}}"
    if node.name == "matmul":
        return rf"{_within(left, 2)} \, {_within(right, 4 if negative else 3)}"
    joint = r" \cdot "
    if _juxtaposed(left, right) and not negative:
        joint = r" \, " if _worded(right) else " "
    return f"{_within(left, 2)}{joint}{_within(right, 4 if negative else 3)}"


def _worded(node: Node) -> bool:
    """Whether a product's right side starts with the name of a function, which needs a little room."""
    return isinstance(node, Apply) and tightness(node) == 5 and node.name not in ("sqrt", "abs", "norm")


def _juxtaposed(left: Node, right: Node) -> bool:
    """Products need no sign unless digits or signs would run together."""
    first = right
    while isinstance(first, Apply) and first.name in ("power", "multiply"):
        first = first.arguments[0]
    if isinstance(first, Number) or _fraction(first) or isinstance(first, List):
        return False
    if isinstance(left, (Number, Name, Constant)) or (isinstance(left, Apply) and left.name == "power"):
        return True
    bracketed = tightness(left) < 2 and tightness(first) < 2
    return bracketed or (isinstance(left, Apply) and left.name == "multiply")


def _list(node: List) -> str:
    if all(isinstance(item, List) for item in node.items):
        rows = [
            " & ".join(latex_node(entry) for entry in item.items)
            for item in node.items
            if isinstance(item, List)
        ]
    else:
        rows = [latex_node(item) for item in node.items]
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def _call(node: Apply) -> str:
    arguments = [latex_node(argument) for argument in node.arguments]
    if node.name == "sqrt":
        return rf"\sqrt{{{arguments[0]}}}"
    if node.name == "cbrt":
        return rf"\sqrt[3]{{{arguments[0]}}}"
    pairs = {
        "abs": ("|", "|"),
        "norm": (r"\|", r"\|"),
        "floor": (r"\lfloor", r"\rfloor"),
        "ceil": (r"\lceil", r"\rceil"),
    }
    if node.name in pairs:
        left, right = pairs[node.name]
        return rf"\left{left} {arguments[0]} \right{right}"
    if node.name == "where":
        condition, yes, no = arguments
        return rf"\begin{{cases}}{yes} & \text{{if }} {condition} \\ {no} & \text{{else}}\end{{cases}}"
    if node.name == "exp" and len(arguments[0]) < 12 and "frac" not in arguments[0]:
        return f"e^{{{arguments[0]}}}"
    if node.name == "dot":
        return rf"{_within(node.arguments[0], 3)} \cdot {_within(node.arguments[1], 3)}"
    name = WORDS[node.name].latex or rf"\operatorname{{{node.name.replace('_', chr(92) + '_')}}}"
    return rf"{name}\left({', '.join(arguments)}\right)"
