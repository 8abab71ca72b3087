"""AutoGraph's first step: `break`, `continue` and `return` become flags, so that statements run from top to bottom."""

from __future__ import annotations

import ast
from typing import Any

Block = list[ast.stmt]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LOOPS = (ast.While, ast.For)


def blocks_of(statement: Any) -> list[Block]:
    """The blocks inside a statement, those of functions in it not counted."""
    if isinstance(statement, _FUNCTIONS):
        return []
    found = [getattr(statement, field) for field in ("body", "orelse", "finalbody") if getattr(statement, field, None)]  # fmt: skip
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        found.append(part.body)
    return found


def holds_any(block: Block, kinds: Any, within_loops: bool = True) -> bool:
    """Whether a statement of these kinds is in the block; that of inner loops belongs to them."""
    for one in block:
        if isinstance(one, kinds):
            return True
        inner = blocks_of(one)
        if isinstance(one, _LOOPS) and not within_loops:
            inner = [one.orelse]
        if any(holds_any(part, kinds, within_loops) for part in inner):
            return True
    return False


class Names:
    """Names not used before in a function."""

    def __init__(self, used: set[str]) -> None:
        self._used = used

    def new(self, name: str) -> str:
        """`name`, with a number if it is taken."""
        made, number = name, 1
        while made in self._used:
            made, number = f"{name}_{number}", number + 1
        self._used.add(made)
        return made


def like(node: ast.AST, text: str) -> Any:
    """Statements given as text, placed where `node` is."""
    made = ast.parse(text).body
    for one in made:
        for part in ast.walk(one):
            if isinstance(part, ast.expr | ast.stmt | ast.arg | ast.keyword):
                ast.copy_location(part, node)
                # (Python tells of a call that goes over several lines by its last one.)
                part.end_lineno, part.end_col_offset = part.lineno, part.col_offset  # type: ignore[union-attr]
    return made


def placed(node: ast.AST, expression: str) -> Any:
    """An expression given as text, placed where `node` is."""
    return like(node, expression)[0].value


# Loops ---------------------------------------------------------------------------------------------


def without_breaks(block: Block, names: Names) -> Block:
    """The block with flags in the place of `break` and `continue`."""
    made: Block = []
    for one in block:
        for part in blocks_of(one):
            part[:] = without_breaks(part, names)
        if not isinstance(one, _LOOPS):
            made.append(one)
            continue
        if holds_any(one.body, ast.Continue, False):
            flag = names.new("continue_")
            guarded = _flagged(one.body, ast.Continue, [flag])
            one.body = [*like(one, f"{flag} = False"), *guarded]
        if holds_any(one.body, ast.Break, False):
            flag = names.new("break_")
            one.body = _flagged(one.body, ast.Break, [flag])
            made += like(one, f"{flag} = False")
            stop_at(one, flag)
            if one.orelse:
                after = like(one, f"if ag__.not_({flag}): pass")[0]
                after.body, one.orelse = one.orelse, []
                made += [one, after]
                continue
        if one.orelse:
            rest, one.orelse = one.orelse, []
            made += [one, *rest]
            continue
        made.append(one)
    return made


def stop_at(loop: Any, flag: str) -> None:
    """Let a loop go on only while the flag is not set."""
    if isinstance(loop, ast.While):
        test = placed(loop, f"ag__.and_(lambda: ag__.not_({flag}), lambda: None)")
        test.args[1].body = loop.test
        loop.test = test
    else:
        known = getattr(loop, "extra_test", None)
        mine = f"ag__.not_({flag})"
        loop.extra_test = f"ag__.and_(lambda: {mine}, lambda: {known})" if known else mine  # type: ignore[attr-defined]


def _flagged(block: Block, kind: Any, flags: list[str]) -> Block:
    """The block with `flag = True` for each jump, and what follows one guarded."""
    flag = flags[0]
    made: Block = []
    for i, one in enumerate(block):
        if isinstance(one, kind):
            return made + like(one, f"{flag} = True")
        jumps = holds_any([one], kind, False)
        if jumps:
            for part in [one.orelse] if isinstance(one, _LOOPS) else blocks_of(one):
                part[:] = _flagged(part, kind, flags)
        made.append(one)
        rest = block[i + 1 :]
        if jumps and rest:
            guard = like(rest[0], f"if ag__.not_({flag}): pass")[0]
            guard.body = _flagged(rest, kind, flags)
            return [*made, guard]
    return made


# Returns -------------------------------------------------------------------------------------------


def without_returns(block: Block, names: Names, node: Any) -> Block:
    """The block with one `return` at its end, unless it has it that way."""
    inner = [part for one in block for part in blocks_of(one)]
    if not any(holds_any(part, ast.Return) for part in inner):
        return block
    done, value = names.new("do_return"), names.new("retval_")
    made = _returning(_folded(block), done, value)
    start = like(node, f"{done} = False\n{value} = ag__.UndefinedReturnValue()")
    return [*start, *made, *like(block[-1], f"return ag__.ret({value}, {done})")]


def _ends(block: Block) -> bool:
    """Whether a block surely returns."""
    if not block:
        return False
    last = block[-1]
    if isinstance(last, ast.If):
        return _ends(last.body) and _ends(last.orelse)
    return isinstance(last, ast.Return | ast.Raise) if not isinstance(last, ast.With) else _ends(last.body)


def _folded(block: Block) -> Block:
    """What follows an `if` that returns goes into its other branch."""
    for i, one in enumerate(block):
        for part in blocks_of(one):
            part[:] = _folded(part)
        if not isinstance(one, ast.If) or not holds_any([one], ast.Return):
            continue
        rest = block[i + 1 :]
        if not rest:
            continue
        if _ends(one.body) and not _ends(one.orelse):
            one.orelse = _folded([*one.orelse, *rest])
            return block[: i + 1]
        if _ends(one.orelse) and not _ends(one.body):
            one.body = _folded([*one.body, *rest])
            return block[: i + 1]
    return block


def _returning(block: Block, done: str, value: str) -> Block:
    made: Block = []
    for i, one in enumerate(block):
        if isinstance(one, ast.Return):
            assigned = like(one, f"{done} = True\n{value} = None")
            if one.value is not None:
                assigned[1].value = one.value
            return made + assigned
        returns = holds_any([one], ast.Return)
        if returns:
            for part in blocks_of(one):
                part[:] = _returning(part, done, value)
            if isinstance(one, _LOOPS):
                stop_at(one, done)
        made.append(one)
        rest = block[i + 1 :]
        if returns and rest:
            guard = like(rest[0], f"if ag__.not_({done}): pass")[0]
            guard.body = _returning(rest, done, value)
            return [*made, guard]
    return made
