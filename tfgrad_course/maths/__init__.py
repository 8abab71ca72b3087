"""The language of `function:`: parse with positions, evaluate anywhere, differentiate exactly."""

from tfgrad_course.maths.domain import Interval, domain
from tfgrad_course.maths.evaluate import apply, constant, evaluate, meant
from tfgrad_course.maths.functions import CONSTANTS, OPERATORS, WORDS
from tfgrad_course.maths.latex import latex, latex_derivative, latex_node, latex_symbol
from tfgrad_course.maths.mutations import Mutation, mutations
from tfgrad_course.maths.parse import check_name, parse
from tfgrad_course.maths.shapes import shape, shapes_at
from tfgrad_course.maths.slopes import tree_derivative
from tfgrad_course.maths.source import Source, node_text, plain_text, python_source
from tfgrad_course.maths.symbolic import derivative, to_sympy, value_at
from tfgrad_course.maths.terms import Term, terms
from tfgrad_course.maths.text import derivative_symbol, symbol, unicode_node, unicode_text
from tfgrad_course.maths.tree import (
    Apply,
    Assign,
    Constant,
    Function,
    Index,
    List,
    MathsError,
    Name,
    Node,
    Number,
    walk,
)

__all__ = [
    "CONSTANTS", "OPERATORS", "WORDS", "Apply", "Assign", "Constant", "Function", "Index", "Interval", "List",
    "MathsError", "Mutation", "Name", "Node", "Number", "Source", "Term", "apply", "check_name", "constant",
    "derivative", "derivative_symbol", "domain", "evaluate", "latex", "latex_derivative", "latex_node",
    "latex_symbol", "meant", "mutations", "node_text", "parse", "plain_text", "python_source", "shape", "shapes_at",
    "symbol", "terms", "to_sympy", "tree_derivative", "unicode_node", "unicode_text", "value_at", "walk",
]  # fmt: skip
