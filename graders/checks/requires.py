"""What a submission must or must not use, beyond giving the right answer."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.script import Script

_SYNTAX: dict[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.comprehension),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "def": (ast.FunctionDef,),
    "class": (ast.ClassDef,),
    "lambda": (ast.Lambda,),
    "with": (ast.With,),
}


def check(case: Case) -> tuple[bool, str]:
    """Whether all that is required is used and nothing that is forbidden."""
    requires, tree = case.exercise.requires, case.evidence.tree
    if requires is None or tree is None:
        return requires is None, "The program could not be read."
    script = Script(tree)
    missing = [word for word in requires.use if not _uses(script, word)]
    if missing:
        return False, f"The exercise asks you to use {', '.join(missing)}."
    forbidden = [word for word in requires.avoid if _uses(script, word)]
    if forbidden:
        return False, f"The exercise asks you to do without {', '.join(forbidden)}."
    return True, "Everything that is required is used, and nothing else that is not allowed."


def _uses(script: Script, word: str) -> bool:
    if word in _SYNTAX:
        return any(isinstance(node, _SYNTAX[word]) for node in script.nodes)
    if word in ("numpy", "math"):
        return any(name.split(".")[0] == word for name in script.modules.values())
    if word == "print":
        return any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in script.calls)
    wanted = word.removeprefix("tf.").rsplit(".", 1)[-1]
    return any(
        script.dotted(node).startswith("tensorflow") and script.dotted(node).rsplit(".", 1)[-1] == wanted
        for node in script.nodes
        if isinstance(node, (ast.Attribute, ast.Name))
    )
