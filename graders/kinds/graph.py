"""Questions about the computational graph of the stated function: nodes, order, paths, what can run side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders import expected, handed, notation, program
from graders.parts import Found
from graders.reference import Numbers, Point, Reference, exact

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.PLAIN_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """What the graph of the function says."""
    from tfgrad_course.course.truth import truth

    found = truth(exercise)
    words = (found.word,) if found.word is not None else tuple(map(str, found.words))
    if words:
        return Reference(point=(), words=words, unordered=exercise.ask == "independent")
    number = 0.0 if found.number is None else float(found.number)
    return Reference(point=(), number=exact([number], ()))


def find(case: Any) -> Found:
    """The named answer, else the last number or line printed."""
    return handed.plain(case) if case.reference.number is not None else handed.chosen(case)


def accepts(exercise: Exercise, found: Found, reference: Reference) -> bool:
    """Whether the operations named are the right ones; any order of evaluation that works is right."""
    if reference.number is not None:
        return handed.number_is(found, reference)
    named = handed.operations_of(exercise, found)
    if named is None:
        return False
    if exercise.ask == "order":
        return _is_an_order(exercise, named)
    if reference.unordered:
        return _independent(exercise, named, reference)
    return named == [_plain(word) for word in reference.words]


def _independent(exercise: Exercise, named: list[str], reference: Reference) -> bool:
    """All nodes that can run beside another, or one pair of such nodes where the answer is a pair."""
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.course.graphs import graph_of

    if sorted(named) == sorted(_plain(word) for word in reference.words):
        return True
    stated = exercise.answer if isinstance(exercise.answer, tuple) else (exercise.answer,)
    function = function_of(exercise)
    if function is None or len(stated) != 2 or len(named) != 2:
        return False
    graph = graph_of(function)
    pairs = [sorted(_plain(graph.steps[n].operation) for n in pair) for pair in graph.independent()]
    return sorted(named) in pairs


def _is_an_order(exercise: Exercise, named: list[str]) -> bool:
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.course.graphs import graph_of

    function = function_of(exercise)
    if function is None:
        return False
    steps = graph_of(function).steps

    def fits(at: int, done: frozenset[int]) -> bool:
        if at == len(named):
            return len(done) == len(steps)
        return any(
            number not in done
            and _plain(step.operation) == named[at]
            and set(step.nodes) <= done
            and fits(at + 1, done | {number})
            for number, step in enumerate(steps)
        )

    return len(named) == len(steps) and fits(0, frozenset())


def _plain(word: str) -> str:
    return handed.operation(word)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """No number implies a node."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The question about the graph."""
    function = notation.stated(exercise, say)
    by = notation.wrt_of(exercise)
    questions = {
        "nodes": f"How many operations (nodes) does the computational graph of {function} have?",
        "last": f"Which operation of the computational graph of {function} is evaluated last?",
        "order": f"In which order can the operations of {function} be evaluated? Name all of them.",
        "paths": f"How many paths lead from {notation.variables(exercise, say, by[:1])} to the result in the "
        f"computational graph of {function}?",
        "local-derivative": f"Compute the local derivative of the node {exercise.node} in the graph of {function}"
        + (f" at {notation.at_point(exercise, say)}" if exercise.point else "")
        + ": what comes before the node is held fixed.",
        "independent": f"Which operations of {function} need not wait for one another and can run at the same time?",
    }
    return questions[exercise.ask or "nodes"]


def starter(exercise: Exercise) -> str:
    """The name of the answer."""
    return program.plain(exercise, "operations go by their names: Add, Mul, Sin")


def solution(exercise: Exercise) -> str:
    """What the graph says."""
    found = reference(exercise, exercise.point or {})
    words = list(found.words)
    if found.number is not None:
        number = found.number.data[0]
        shown = repr(int(number)) if number.is_integer() else repr(number)
    elif exercise.ask == "last":
        shown = repr(words[0])
    else:
        shown = repr(words)
    return program.program([f"{exercise.answer_name} = {shown}", *program.shown(exercise.answer_name)])


def hints(exercise: Exercise) -> tuple[str, ...]:
    """How to read a graph."""
    return (
        "Draw it: a circle for each operation, an arrow from what it needs.",
        "Variables and constants are where arrows begin; they are no operations.",
        "An operation can run as soon as everything that points to it is there.",
    )
