"""What people write instead of the language, and what to tell them: every refusal of the parser is worded here."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable

from tfgrad_course.maths.functions import CONSTANTS, SYNONYMS, WORDS
from tfgrad_course.maths.tree import MathsError

_CHARACTERS = {
    "^": ("'^' is not a power here", "write '**', as in x**2"),
    "−": ("'−' is a typographic minus", "write the plain '-'"),
    "–": ("'–' is a dash", "write the plain '-'"),
    "×": ("'×' is not understood", "write '*'"),
    "·": ("'·' is not understood", "write '*'"),
    "⋅": ("'⋅' is not understood", "write '*'"),
    "÷": ("'÷' is not understood", "write '/'"),
    "√": ("'√' is not understood", "write sqrt(...)"),
    "∛": ("'∛' is not understood", "write cbrt(...)"),
    "π": ("'π' is not understood", "write pi"),
    "τ": ("'τ' is not understood", "write tau"),
    "∞": ("there is no infinity here", "write a number"),
    "≤": ("'≤' is not understood", "write '<='"),
    "≥": ("'≥' is not understood", "write '>='"),
    "≠": ("'≠' is not understood", "write '!='"),
    "!": ("there is no factorial here", "write the product out"),
    "|": ("'|' is not understood", "the absolute value is written abs(x), the length of a vector norm(v)"),
    "&": ("'&' is not understood", "put one where(...) inside another"),
    "~": ("'~' is not understood", "a minus is '-'"),
    "{": ("curly brackets are not used", "write round ones"),
    "}": ("curly brackets are not used", "write round ones"),
    "\\": ("this is not LaTeX", "write plain words, as in sqrt(x)"),
    "$": ("this is not LaTeX", "write plain words, as in sqrt(x)"),
    ";": ("';' is not understood", "put the next step on its own line"),
    "?": ("'?' is not understood", "write where(condition, a, b)"),
    "'": ("text in quotes (or a prime) is not part of a formula", "leave the quotes out"),
    '"': ("text in quotes is not part of a formula", "leave the quotes out"),
    "`": ("'`' is not understood", "leave it out"),
    "%": ("'%' is not part of the language", "write a fraction, or a - b*floor(a/b) for a remainder"),
}
_COMMON = ("exp", "log", "sqrt", "abs", "sin", "cos", "tan", "tanh", "sigmoid", "relu", "max", "sum", "where")
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))

_NODES = {
    ast.Lambda: ("lambda is not part of the language", "write the formula itself"),
    ast.IfExp: ("'a if condition else b' is not part of the language", "write where(condition, a, b)"),
    ast.BoolOp: ("'and' and 'or' are not part of the language", "put one where(...) inside another"),
    ast.Tuple: (
        "a comma outside a function's brackets",
        "a vector is written [a, b]; decimals take a point: 0.5",
    ),
    ast.Set: ("curly brackets are not used", "a vector is written [a, b]"),
    ast.Dict: ("curly brackets are not used", "a vector is written [a, b]"),
    ast.ListComp: ("loops in brackets are not part of the language", "write the entries out: [a, b, c]"),
    ast.SetComp: ("loops in brackets are not part of the language", "write the entries out: [a, b, c]"),
    ast.DictComp: ("loops in brackets are not part of the language", "write the entries out: [a, b, c]"),
    ast.GeneratorExp: ("loops in brackets are not part of the language", "write the terms out, or sum(v)"),
    ast.NamedExpr: ("':=' is not part of the language", "put 'u = ...' on a line of its own"),
    ast.Starred: ("a star before an argument is not part of the language", "write the arguments out"),
    ast.JoinedStr: ("text in quotes is not part of a formula", "leave the quotes out"),
    ast.Await: ("'await' is not part of the language", "write the formula itself"),
    ast.Yield: ("'yield' is not part of the language", "write the formula itself"),
    ast.YieldFrom: ("'yield' is not part of the language", "write the formula itself"),
}

_STATEMENTS = {
    ast.AugAssign: ("'+=' and its kind are not part of the language", "write u = u + ..."),
    ast.AnnAssign: ("a type is not part of a formula", "write y = ..."),
    ast.If: ("'if' is not part of the language", "write where(condition, a, b)"),
    ast.For: ("loops are not part of the language", "write the lines out"),
    ast.While: ("loops are not part of the language", "write the lines out"),
    ast.FunctionDef: ("'def' is not part of the language", "write y = ..."),
    ast.Import: ("nothing needs to be imported", "sin, exp and the others are there already"),
    ast.ImportFrom: ("nothing needs to be imported", "sin, exp and the others are there already"),
    ast.Return: ("'return' is not part of the language", "the last line is the result"),
    ast.Delete: ("'del' is not part of the language", "leave the line out"),
}


def characters(text: str) -> None:
    """Refuse characters that no formula has, at their place."""
    for line, row in enumerate(text.splitlines(), 1):
        for column, char in enumerate(row.split("#")[0], 1):
            before = row[: column - 1].rstrip()
            if char in _SUPERSCRIPTS:
                digits = "".join(_SUPERSCRIPTS.get(c, "") for c in row[column - 1 : column + 3])
                raise MathsError(f"'{char}' is not a power here", line, column, f"write **{digits}")
            if char == "!" and row[column : column + 1] == "=":
                continue
            if char in _CHARACTERS and not (char == "π" and re.search(r"\w$", before)):
                message, hint = _CHARACTERS[char]
                if char == "^" and re.search(r"(?<!\w)e$", before):
                    hint = "write exp(...)"
                raise MathsError(message, line, column, hint)
            if char == "\t":
                continue
            if not char.isprintable():
                raise MathsError(f"an invisible character (U+{ord(char):04X})", line, column, "delete it")


def _followed_by_digit(row: str, column: int) -> tuple[str, str, int] | None:
    """A number with a name or bracket right after it, as in 3x, around a column."""
    for match in re.finditer(r"(?<![\w.])(\d+\.?\d*|\.\d+)\s*([^\W\d]\w*)(\s*\()?", row):
        if match.start() <= column <= match.end() + 1:
            return match[1], match[2] + ("(...)" if match[3] else ""), match.start(2) + 1
    return None


def syntax(error: SyntaxError, text: str) -> MathsError:
    """Python's syntax error in the words of a formula."""
    rows = text.splitlines() or [""]
    line = min(max(error.lineno or 1, 1), len(rows))
    row = rows[line - 1]
    column = min(max(error.offset or 1, 1), len(row) + 1)
    said = error.msg or ""
    if "never closed" in said or "was never" in said:
        return MathsError(
            f"'{row[column - 1 : column] or '('}' was never closed",
            line,
            column,
            "add the bracket that closes it",
        )
    if "unmatched" in said or "does not match" in said:
        return MathsError(
            f"'{row[column - 1 : column] or ')'}' closes nothing", line, column, "count the brackets"
        )
    if "indent" in said:
        return MathsError("the line is indented", line, 1, "start it at the left")
    if "assign" in said or "Maybe you meant '=='" in said:
        at = row.find("=") + 1 or column
        hint = "write y = ..., where the arguments are the variables named in the formula"
        return MathsError("only a plain name may stand before '='", line, at if at < column else column, hint)
    keyword = re.search(
        r"\b(lambda|in|is|as|from|with|not|and|or|None|True|False|def|class|del|global)\b", row
    )
    if keyword and keyword.start() + 1 <= column + 6:
        where = keyword.start() + 1
        return MathsError(
            f"'{keyword[1]}' is a word of Python", line, where, "choose another name for the variable"
        )
    return _missing_sign(row, line, column)


def _missing_sign(row: str, line: int, column: int) -> MathsError:
    found = _followed_by_digit(row, column)
    if found:
        number, name, at = found
        name = SYNONYMS.get(name, name)
        return MathsError(
            f"a sign is missing between {number} and {name}", line, at, f"write {number}*{name}"
        )
    for match in re.finditer(r"([^\W\d]\w*)\s+([^\W\d]\w*|\d[\w.]*)", row):
        if match.start() < column <= match.end() + 1 and match[1] in WORDS:
            return MathsError(
                f"{match[1]} needs brackets", line, match.start() + 1, f"write {match[1]}({match[2]})"
            )
        if match.start() < column <= match.end() + 1:
            hint = f"write {match[1]}*{match[2]}"
            return MathsError(
                f"a sign is missing between {match[1]} and {match[2]}", line, match.start(2) + 1, hint
            )
    match_bracket = re.search(r"\)\s*(\w+)", row)
    if match_bracket and match_bracket.start() <= column <= match_bracket.end() + 1:
        where = match_bracket.start(1) + 1
        return MathsError(
            f"a sign is missing before {match_bracket[1]}", line, where, "write '*' for a product"
        )
    rest = row[column - 1 :].strip()
    if not rest:
        return MathsError("the formula breaks off here", line, len(row.rstrip()) + 1, "complete it")
    return MathsError(
        f"'{rest[:12]}' does not fit here", line, column, "check the signs and brackets before it"
    )


def expression(node: ast.AST) -> tuple[str, str]:
    """Message and hint for a piece of Python that is not part of the language."""
    if isinstance(node, ast.Attribute):
        name = SYNONYMS.get(node.attr, node.attr)
        if node.attr == "T":
            return "a dot after a name is not part of the language", "write transpose(...)"
        if name in WORDS:
            return "a dot after a name is not part of the language", f"write {name}(...) alone"
        return "a dot after a name is not part of the language", "write plain functions, as in log(x)"
    if isinstance(node, ast.Constant):
        return f"{node.value!r:.20} is not a number", "write a number such as 2 or 0.5"
    return _NODES.get(
        type(node), (f"{type(node).__name__} is not part of the language", "write the formula itself")
    )


def statement(node: ast.stmt) -> tuple[str, str]:
    """Message and hint for a line which is neither a formula nor `name = formula`."""
    default = ("only formulas and lines such as u = x**2 are understood", "write y = ...")
    return _STATEMENTS.get(type(node), default)


def called(node: ast.expr, shown: str) -> tuple[str, str]:
    """Message and hint for something with brackets after it that is no function."""
    if isinstance(node, ast.Constant):
        return f"a number before a bracket ({shown}(...)) is a call", f"write {shown}*(...) for a product"
    if isinstance(node, ast.Name):
        return f"{shown} is not a function", f"write {shown}*(...) for a product"
    if isinstance(node, ast.Attribute):
        return expression(node)
    return "brackets right after brackets", "write (...)*(...) for a product"


def unknown(name: str, known: Iterable[str], call: bool) -> tuple[str, str]:
    """Message and hint for a name nobody has declared."""
    names = sorted(known)
    if name in SYNONYMS:
        return f"unknown name '{name}'", f"write {SYNONYMS[name]}"
    if call:
        near = difflib.get_close_matches(name, WORDS, 1, 0.6)
        return f"unknown function '{name}'", f"write {near[0]}" if near else "known: " + ", ".join(
            _COMMON
        ) + " and others"
    product = _as_product(name, names)
    if product:
        return f"unknown name '{name}'", f"write {product} for a product"
    near = difflib.get_close_matches(name, [*names, *CONSTANTS, *WORDS], 1, 0.6)
    shown = f"known: {', '.join([*names, *CONSTANTS])}"
    return f"unknown name '{name}'", f"did you mean {near[0]}? {shown}" if near else shown


def _as_product(name: str, names: list[str]) -> str | None:
    if not names:
        return None
    words = sorted({*names, *CONSTANTS}, key=len, reverse=True)
    pieces = re.findall("|".join(map(re.escape, words)) + r"|\d+", name)
    return "*".join(pieces) if "".join(pieces) == name and len(pieces) > 1 else None
