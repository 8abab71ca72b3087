"""What a lint rule found, and the rules themselves: one plain sentence each, saying how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

RULES = {
    "readable": "Mend the file where the message points.",
    "answer": "Write the answer that the function has, or mend the function.",
    "no-answer-derivable": "State the answer: nothing in the file lets it be computed.",
    "apart": "Choose another point, or list the error under `slips` with the reason why it may slip through.",
    "slip": "Take the entry out of `slips`: the point tells this error apart.",
    "word-needs-slope": "Ask for the slope, too ([increasing, 3.5]), or take a point where the signs differ.",
    "hidden-points": "State a `domain` in which the function is smooth, so that other points can be drawn.",
    "variant": "Narrow the parameters under `vary`, or add a condition under `given`.",
    "placeholder": "Name a parameter of `vary` in the braces, or take them out.",
    "dollar": "Close every formula: dollars come in pairs.",
    "languages": "Give every text in the same languages.",
    "name": "Use a name that the tape (tfgrad_course.tf) knows, too.",
    "modeline": "Put the line at the top of the file; `--fix` does it.",
    "tidy": "Save with Unix line ends, without blanks at line ends, one newline at the end; `--fix` does it.",
    "duplicate-id": "Rename one of the two files and its id.",
    "numbers": "Give the files of a module the numbers 01, 02, 03 and so on, each once.",
    "module": "Add the module to course.yaml, or the missing folder.",
    "unreachable": "List in `needs` only modules that come before, so that there is a way from the first one.",
    "unused-file": "Move the file out of the course, or name it NN-id.yaml.",
    "lesson": "Write the module's lesson.md.",
    "judged": "Mend the answer or the function: the grader's own reference must agree with the stated answer.",
    "solution": "Mend the solution (or state one), so that it passes where learners' programs will run.",
    "starter": "Take out of the starter what already answers the exercise.",
    "reference": "Mend the code under `reference`: it must run to the stated answer.",
    "coarse": "Choose a point where the error lies further off, or state a smaller `tolerance`.",
    "unnamed": "Choose another point, or list the mistake under `unnamed` with the reason why it has no name here.",
    "named": "Take the entry out of `unnamed`: learners are told this mistake by its name.",
    "slips-through": "Choose another point, ask for more, or list the mistake under `slips` with the reason.",
}
WARNINGS = (
    "name",
    "word-needs-slope",
    "hidden-points",
    "lesson",
    "modeline",
    "tidy",
    "languages",
    "slip",
    "named",
)
FIXABLE = ("modeline", "tidy")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a rule found, and where."""

    rule: str
    path: str
    line: int
    column: int
    message: str

    @property
    def mend(self) -> str:
        """How to mend it, in one sentence."""
        return RULES[self.rule]

    @property
    def severity(self) -> str:
        """`error`, or `warning` for what does not make an exercise wrong."""
        return "warning" if self.rule in WARNINGS else "error"

    @property
    def fixable(self) -> bool:
        """Whether `fix` mends it."""
        return self.rule in FIXABLE

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message} [{self.rule}]"
