"""A function as Unicode mathematics for the terminal: 3x³ + 5x² − 3x + 10."""

from __future__ import annotations

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

_RAISED = dict(zip("0123456789-nxytk", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿˣʸᵗᵏ", strict=True))
_LOWERED = dict(zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True))
_SIGNS = {
    "less": "<",
    "less_equal": "≤",
    "greater": ">",
    "greater_equal": "≥",
    "equal": "=",
    "not_equal": "≠",
}
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lam": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "pi": "π", "tau": "τ",
}  # fmt: skip


def unicode_text(function: Function, name: str | None = None) -> str:
    """The function in Unicode, `y = ...`, each intermediate line before it; `name=""` gives the right side alone."""
    name = function.name if name is None else name
    lines = [f"{symbol(line.name)} = {unicode_node(line.value)}" for line in function.lines]
    result = unicode_node(function.result)
    return "\n".join([*lines, f"{symbol(name)} = {result}" if name else result])


def unicode_node(node: Node) -> str:
    """One part of a function in Unicode."""
    if isinstance(node, Number):
        return number_text(node.value)
    if isinstance(node, (Constant, Name)):
        return symbol(node.name)
    if isinstance(node, Index):
        if isinstance(node.value, Name) and len(node.indices) == 1 and node.indices[0] >= 0:
            return symbol(node.value.name) + (_mapped(str(node.indices[0]), _LOWERED) or "")
        return f"{_within(node.value, 5)}[{', '.join(map(str, node.indices))}]"
    if isinstance(node, List):
        return "[" + ", ".join(unicode_node(item) for item in node.items) + "]"
    if node.name == "negative":
        return "−" + _within(node.arguments[0], 2)
    if node.name == "power":
        return _power(*node.arguments)
    if node.name in ("add", "subtract", "multiply", "divide", "matmul"):
        return _infix(node)
    if node.name in _SIGNS:
        return f"{unicode_node(node.arguments[0])} {_SIGNS[node.name]} {unicode_node(node.arguments[1])}"
    return _call(node)


def symbol(name: str) -> str:
    """A name as a symbol: theta as θ, x1 as x₁."""
    stem, digits = split_name(name)
    return _GREEK.get(stem, stem) + ",".join(_mapped(part, _LOWERED) or part for part in digits)


def derivative_symbol(name: str, wrt: tuple[str, ...], partial: bool = False) -> str:
    """dy/dx, d²y/dx², ∂f/∂x, ∂²f/∂x∂y."""
    d = "∂" if partial else "d"
    order = _mapped(str(len(wrt)), _RAISED) if len(wrt) > 1 else ""
    if len(set(wrt)) == 1:
        below = f"{d}{symbol(wrt[0])}{order}"
    else:
        below = "".join(f"{d}{symbol(variable)}" for variable in wrt)
    return f"{d}{order}{symbol(name)}/{below}"


def _mapped(text: str, table: dict[str, str]) -> str | None:
    return "".join(table[c] for c in text) if all(c in table for c in text) else None


def _within(node: Node, needed: int) -> str:
    shown = unicode_node(node)
    return shown if tightness(node) >= needed else f"({shown})"


def _power(left: Node, right: Node) -> str:
    shown = _within(left, 5)
    raised = _mapped(unicode_node(right).replace("−", "-"), _RAISED)
    if raised is not None:
        return shown + raised
    exponent = unicode_node(right)
    return f"{shown}^{exponent}" if tightness(right) == 5 else f"{shown}^({exponent})"


def _infix(node: Apply) -> str:
    left, right = node.arguments
    if node.name in ("add", "subtract"):
        sign = "+" if node.name == "add" else "−"
        negative = isinstance(right, Apply) and right.name == "negative"
        return f"{_within(left, 1)} {sign} {_within(right, 4 if negative else 2)}"
    if node.name == "multiply":
        return (
            f"{_within(left, 2)}{_times(left, right)}{_within(right, 4 if _starts_with_minus(right) else 3)}"
        )
    if node.name == "divide":
        return f"{_within(left, 2)}/{_within(right, 4)}"
    return f"{_within(left, 2)} @ {_within(right, 3)}"


def _starts_with_minus(node: Node) -> bool:
    return isinstance(node, Apply) and node.name == "negative"


def _times(left: Node, right: Node) -> str:
    """A number stands directly before a letter, a power of one, or a bracket; all else takes a point."""
    base = right.arguments[0] if isinstance(right, Apply) and right.name == "power" else right
    bracketed = tightness(right) < 3
    return "" if isinstance(left, Number) and (bracketed or isinstance(base, (Name, Constant))) else "·"


def _call(node: Apply) -> str:
    arguments = [unicode_node(argument) for argument in node.arguments]
    first = node.arguments[0]
    if node.name in ("sqrt", "cbrt"):
        root = "√" if node.name == "sqrt" else "∛"
        return root + (arguments[0] if isinstance(first, (Name, Number, Constant)) else f"({arguments[0]})")
    if node.name in ("abs", "norm"):
        bar = "|" if node.name == "abs" else "‖"
        return f"{bar}{arguments[0]}{bar}"
    if node.name == "floor":
        return f"⌊{arguments[0]}⌋"
    if node.name == "ceil":
        return f"⌈{arguments[0]}⌉"
    if node.name == "where":
        return f"({arguments[1]} if {arguments[0]}, else {arguments[2]})"
    if node.name == "dot":
        return f"{_within(first, 3)}·{_within(node.arguments[1], 3)}"
    name = {"log2": "log₂", "log10": "log₁₀"}.get(node.name, node.name)
    return f"{name}({', '.join(arguments)})"
