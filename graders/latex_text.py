"""Authors' Markdown for the terminal: formulas between dollar signs become Unicode text."""

from __future__ import annotations

import re

_SIGNS = {
    "cdot": "·", "times": "×", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠",
    "to": "→", "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "Σ", "int": "∫", "in": "∈", "approx": "≈",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "theta": "θ",
    "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "omega": "ω", "rho": "ρ",
    "eta": "η", "Delta": "Δ", "Omega": "Ω", "Sigma": "Σ", "quad": "  ", "qquad": "    ", "ldots": "…", "dots": "…",
    "cdots": "…", "lVert": "‖", "rVert": "‖", "mid": "|", "Rightarrow": "⇒", "rightarrow": "→", "mapsto": "↦",
    "left": "", "right": "", "displaystyle": "", "circ": "°", "top": "ᵀ", "prime": "′", "forall": "∀", "langle": "⟨",
    "rangle": "⟩", "big": "", "Big": "", "bigl": "", "bigr": "",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-n()Tkixyt", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ⁽⁾ᵀᵏⁱˣʸᵗ")
_LOWERED = str.maketrans("0123456789+-ijkntxy()", "₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₙₜₓᵧ₍₎")
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"


def unicode_of(markdown: str) -> str:
    """The text with its formulas as Unicode; code between backticks stays as it is."""
    parts = re.split(r"(`[^`]*`)", markdown)
    return "".join(part if part.startswith("`") else _formulas(part) for part in parts)


def _formulas(text: str) -> str:
    text = re.sub(r"\$\$(.+?)\$\$", lambda hit: "\n    " + formula(hit[1]) + "\n", text, flags=re.S)
    return re.sub(r"(?<!\\)\$(.+?)(?<!\\)\$", lambda hit: formula(hit[1]), text, flags=re.S).replace(
        r"\$", "$"
    )


def formula(latex: str) -> str:
    """One LaTeX formula as Unicode text, as far as plain text can show it."""
    text = re.sub(r"\\(?:text|mathrm|operatorname|mathbf|vec|hat|bar|mathit)\s*" + _GROUP, r"\1", latex)
    for _ in range(4):  # fractions and roots may hold one another
        text = re.sub(
            r"\\[dt]?frac\s*" + _GROUP + _GROUP, lambda h: f"{_bracketed(h[1])}/{_bracketed(h[2])}", text
        )
        text = re.sub(r"\\[dt]?frac(\w)(\w)", r"\1/\2", text)
        text = re.sub(r"\\sqrt\s*" + _GROUP, lambda h: f"√{_bracketed(h[1])}", text)
    text = re.sub(r"\\begin\{[a-z]*matrix\}(.*?)\\end\{[a-z]*matrix\}", _matrix, text, flags=re.S)
    text = re.sub(r"\\[,;:! ]", " ", text).replace(r"\{", "{").replace(r"\}", "}").replace(r"\|", "‖")
    text = re.sub(r"\^\s*" + _GROUP, lambda h: _small(h[1], _RAISED, "^"), text)
    text = re.sub(r"\^\s*(\\?\w|[-+])", lambda h: _small(h[1], _RAISED, "^"), text)
    text = re.sub(r"_\s*" + _GROUP, lambda h: _small(h[1], _LOWERED, "_"), text)
    text = re.sub(r"_\s*(\w)", lambda h: _small(h[1], _LOWERED, "_"), text)
    text = re.sub(r"\\([A-Za-z]+)", lambda h: _SIGNS.get(h[1], h[1] + " " * (h[1] in _NAMES)), text)
    text = (
        text.replace("{", "")
        .replace("}", "")
        .replace("-", "−")
        .replace("'", "′")
        .replace("&", "")
        .replace("\\\\", "; ")
    )
    return re.sub(r" {2,}", " ", text).replace(" (", "(") if "  " not in latex else text.strip()


_NAMES = ("sin", "cos", "tan", "ln", "log", "exp", "tanh", "sinh", "cosh", "max", "min")


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if re.fullmatch(r"\w+|\\\w+|d\s?\w|\\partial\s?\w", text) else f"({text})"


def _small(text: str, table: dict[int, int], sign: str) -> str:
    plain = _SIGNS.get(text.lstrip("\\"), text) if text.startswith("\\") else text
    made = plain.translate(table)
    small = all(a != b for a, b in zip(plain, made, strict=True))
    return made if small else f"{sign}{plain}" if len(plain) == 1 else f"{sign}({plain})"


def _matrix(hit: re.Match[str]) -> str:
    rows = [[cell.strip() for cell in row.split("&")] for row in hit[1].split("\\\\") if row.strip()]
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"
