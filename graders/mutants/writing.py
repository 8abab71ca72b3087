"""Styles of writing one program: as a script, with other names, with helpers, in a function, in a class, in steps."""

from __future__ import annotations

import ast
import copy

from graders.mutants.tree import FIRST, MARK, TEXT, Renamed, expression, statement
from tfgrad_course.maths.python import parsed

STYLES = ("script", "renamed", "helper", "function", "class", "steps", "notebook", "traced")

_OTHER = {
    "tape": "recorder", "tape1": "lower", "tape2": "upper", "tape3": "top", "inner": "t_in", "outer": "t_out",
    "slope": "steepness", "gradient": "grads", "y": "height", "z": "surface", "f": "energy", "loss": "cost",
    "d1": "first", "d2": "second", "m": "rise", "x": "pos", "v": "vec", "t": "time_", "p": "spot", "bend": "curving",
}  # fmt: skip


def write(tree: ast.Module | str, style: str) -> tuple[str, int] | None:
    """The program's text in a style and the line that is marked; None when this style cannot hold it."""
    if isinstance(tree, str):
        return _text(tree, style)
    made = _MADE[style](copy.deepcopy(tree))
    if made is None:
        return None
    ast.fix_missing_locations(made)
    source = ast.unparse(made) + "\n"
    if style == "notebook":
        return _cells(made, source)
    line = _line(made, source)
    return (_spaced(source, line)) if line else None


def _text(source: str, style: str) -> tuple[str, int] | None:
    """A program made as text: the line to blame has a comment, if it is known."""
    lines = source.splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.endswith("  #<")), 0)
    if style == "script":
        return source.replace("  #<", ""), line
    if style == "notebook" and line:
        return "# %%\n" + source.replace("  #<", ""), line + 1
    return None


def _line(tree: ast.Module, source: str) -> int:
    """Where the marked node stands in the text: both trees have the same shape."""
    for mine, read in zip(ast.walk(tree), ast.walk(parsed(source)), strict=False):
        if hasattr(mine, MARK):
            return int(getattr(read, "lineno", 0))
    return 0


def _spaced(source: str, line: int) -> tuple[str, int]:
    """Blank lines before blocks, as people leave them."""
    found: list[str] = []
    shift = 0
    for number, row in enumerate(source.splitlines(), 1):
        if row.startswith(("with ", "def ", "class ")) and found and found[-1]:
            found.append("")
            shift += number <= line
        found.append(row)
    return "\n".join(found) + "\n", line + shift


def _cells(tree: ast.Module, source: str) -> tuple[str, int] | None:
    line = _line(tree, source)
    if not line:
        return None
    found, shift, after = ["# %% first cell"], 1, False
    for number, row in enumerate(source.splitlines(), 1):
        if (row.startswith(("with ", "x = ")) or after) and not row.startswith(" "):
            found.append("# %% next")
            shift += number <= line
        after = row.startswith("with ")
        found.append(row)
    return "\n".join(found) + "\n", line + shift


def _same(tree: ast.Module) -> ast.Module:
    return tree


def _renamed(tree: ast.Module) -> ast.Module:
    known: dict[str, ast.expr] = {old: ast.Name(new) for old, new in _OTHER.items()}
    for name in ("F", "answer"):
        known.pop(name, None)
    made = Renamed(known).visit(tree)
    for node in ast.walk(made):
        if isinstance(node, ast.arg) and node.arg in _OTHER:
            node.arg = _OTHER[node.arg]
        if isinstance(node, ast.FunctionDef) and node.name in _OTHER:
            node.name = _OTHER[node.name]
    return made


def _formula(tree: ast.Module) -> tuple[ast.With, ast.Assign] | None:
    """The innermost block's last assignment, when it is the only one."""
    blocks = [node for node in tree.body if isinstance(node, ast.With)]
    if len(blocks) != 1:
        return None
    block = blocks[0]
    while block.body and isinstance(block.body[0], ast.With):
        block = block.body[0]
    made = [s for s in block.body if isinstance(s, ast.Assign)]
    if len(made) != 1 or not isinstance(made[0].targets[0], ast.Name):
        return None
    return block, made[0]


def _helper(tree: ast.Module) -> ast.Module | None:
    """The formula in a function of its own."""
    found = _formula(tree)
    if found is None:
        return None
    _, made = found
    variables = [
        ast.unparse(s.targets[0]) for s in tree.body
        if isinstance(s, ast.Assign) and isinstance(s.value, ast.Call) and ast.unparse(s.value.func).startswith("tf.")
    ]  # fmt: skip
    names = [
        n
        for n in dict.fromkeys(variables)
        if any(isinstance(b, ast.Name) and b.id == n for b in ast.walk(made.value))
    ]
    if not names or (isinstance(made.value, ast.Call) and ast.unparse(made.value.func) == "f"):
        return None
    function = statement(f"def formula({', '.join(names)}):\n    return 0")
    assert isinstance(function, ast.FunctionDef)
    back = function.body[0]
    assert isinstance(back, ast.Return)
    back.value = made.value
    marked = hasattr(made, MARK)
    made.value = expression(f"formula({', '.join(names)})")
    if marked and getattr(made, TEXT, False):  # what is wrong with it is its text, which moved
        delattr(made, MARK)
        setattr(back, MARK, True)
    place = 1 + max(i for i, s in enumerate(tree.body) if isinstance(s, (ast.Import, ast.ImportFrom)))
    tree.body.insert(place, function)
    return tree


def _function(tree: ast.Module) -> ast.Module | None:
    """All but imports in a function that returns the answer."""
    if any(isinstance(s, (ast.FunctionDef, ast.ClassDef)) for s in tree.body):
        return None
    name = _answer(tree)
    if name is None:
        return None
    top = [s for s in tree.body if isinstance(s, (ast.Import, ast.ImportFrom))]
    rest = [s for s in tree.body if s not in top and not _prints(s)]
    if not rest:
        return None
    function = statement("def solve():\n    pass")
    assert isinstance(function, ast.FunctionDef)
    function.body = [*rest, _returning(name)]
    tree.body = [*top, function, statement(f"{name} = solve()"), statement(f"print({name})")]
    return tree


def _traced(tree: ast.Module) -> ast.Module | None:
    """Variables at the top, the rest in a function that TensorFlow traces."""
    made = [
        s for s in tree.body
        if isinstance(s, ast.Assign) and isinstance(s.value, ast.Call) and ast.unparse(s.value.func) == "tf.Variable"
    ]  # fmt: skip
    name = _answer(tree)
    if any(isinstance(s, (ast.FunctionDef, ast.ClassDef)) for s in tree.body) or name is None or not made:
        return None
    inside = "\n".join(ast.unparse(s) for s in tree.body if s not in made)
    if ".numpy()" in inside or "tf.Variable(" in inside:
        return None  # both are mistakes of their own within a traced function
    words = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    names = {ast.unparse(s.targets[0]) for s in made}
    again = [s for s in tree.body if s not in made for n in ast.walk(s)
             if isinstance(n, ast.Name) and isinstance(n.ctx, (ast.Store, ast.Del)) and n.id in names]  # fmt: skip
    if words or again or len(names) != len(made) or name in names:
        return None
    top = [s for s in tree.body if isinstance(s, (ast.Import, ast.ImportFrom))]
    rest = [s for s in tree.body if s not in top and s not in made and not _prints(s)]
    function = statement("@tf.function\ndef solve():\n    pass")
    assert isinstance(function, ast.FunctionDef)
    function.body = [*rest, _returning(name)]
    tree.body = [*top, *made, function, statement(f"{name} = solve()"), statement(f"print({name})")]
    return tree


def _returning(name: str) -> ast.stmt:
    function = statement(f"def f():\n    return {name}")
    assert isinstance(function, ast.FunctionDef)
    return function.body[0]


def _answer(tree: ast.Module) -> str | None:
    """The last name given a value at the top."""
    names = [
        ast.unparse(s.targets[0])
        for s in tree.body
        if isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Name)
    ]
    return names[-1] if names else None


def _prints(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "print"
    )


def _class(tree: ast.Module) -> ast.Module | None:
    """Variables as attributes of an object, the rest in its method."""
    if any(isinstance(s, (ast.FunctionDef, ast.ClassDef)) for s in tree.body):
        return None
    name = _answer(tree)
    made = [
        s for s in tree.body
        if isinstance(s, ast.Assign) and isinstance(s.value, ast.Call) and ast.unparse(s.value.func) == "tf.Variable"
    ]  # fmt: skip
    names = [ast.unparse(s.targets[0]) for s in made]
    if name is None or not made or name in names or len(set(names)) != len(names):
        return None
    if any(isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store) and n.id in names
           for s in tree.body if s not in made for n in ast.walk(s)):  # fmt: skip
        return None
    top = [s for s in tree.body if isinstance(s, (ast.Import, ast.ImportFrom))]
    rest = [s for s in tree.body if s not in top and s not in made and not _prints(s)]
    shell = parsed(
        "class Task:\n    def __init__(self):\n        pass\n    def run(self):\n        pass"
    ).body[0]
    assert isinstance(shell, ast.ClassDef)
    first, second = shell.body
    assert isinstance(first, ast.FunctionDef) and isinstance(second, ast.FunctionDef)
    first.body = list(made)
    second.body = [*rest, _returning(name)]
    shell = Renamed({n: expression(f"self.{n}") for n in names}).visit(shell)
    tree.body = [
        *top,
        shell,
        statement("task = Task()"),
        statement(f"{name} = task.run()"),
        statement(f"print({name})"),
    ]
    return tree


def _steps(tree: ast.Module) -> ast.Module | None:
    """The terms of the formula on lines of their own."""
    found = _formula(tree)
    if found is None or not isinstance(found[1].value, ast.BinOp):
        return None
    block, made = found
    sum_ = made.value
    if (
        not isinstance(sum_, ast.BinOp)
        or not isinstance(sum_.op, (ast.Add, ast.Sub))
        or getattr(made, TEXT, False)
    ):
        return None
    lines: list[ast.stmt] = []
    for number, side in enumerate((sum_.left, sum_.right), 1):
        step = statement(f"part{number} = 0")
        assert isinstance(step, ast.Assign)
        step.value = side
        lines.append(step)
    sum_.left, sum_.right = expression("part1"), expression("part2")
    place = block.body.index(made)
    block.body[place:place] = lines
    if hasattr(made, MARK) and getattr(made, FIRST, False):  # the first line outside is to blame
        delattr(made, MARK)
        setattr(lines[0], MARK, True)
    return tree


_MADE = {
    "script": _same, "renamed": _renamed, "helper": _helper, "function": _function, "class": _class, "steps": _steps,
    "notebook": _same, "traced": _traced,
}  # fmt: skip
