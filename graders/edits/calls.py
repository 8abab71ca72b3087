"""Spoiling step 3: what the tape is asked, and which tape."""

from __future__ import annotations

import ast

from graders.draft import Draft, Result, expression


def swapped_arguments(draft: Draft) -> Result:
    """Source and target in each other's place."""
    call = draft.calls[0] if draft.calls else None
    if call is None or len(call.args) < 2:
        return None
    call.args[0], call.args[1] = call.args[1], call.args[0]
    return draft.tree


def copied_source(draft: Draft) -> Result:
    """A copy of the variable as the source."""
    call = draft.calls[0] if draft.calls else None
    if call is None or len(call.args) < 2 or not isinstance(call.args[1], ast.Name):
        return None
    call.args[1] = ast.Call(expression("tf.identity"), [call.args[1]], [])
    return draft.tree


def class_for_tape(draft: Draft) -> Result:
    """`with tf.GradientTape as tape`, without the brackets."""
    block = draft.blocks[0] if draft.blocks else None
    if block is None or not isinstance(block.items[0].context_expr, ast.Call):
        return None
    block.items[0].context_expr = block.items[0].context_expr.func
    return draft.tree


def no_sources(draft: Draft) -> Result:
    """A gradient call without the source."""
    call = draft.calls[0] if draft.calls else None
    if call is None or len(call.args) < 2:
        return None
    del call.args[1:]
    return draft.tree


def asked_before(draft: Draft) -> Result:
    """The same tape asked once more before."""
    call = draft.calls[-1] if draft.calls else None
    blocks = [b for b in draft.blocks if "persistent" in ast.unparse(b.items[0].context_expr)]
    line = next(
        (
            s
            for s in ast.walk(draft.tree)
            if isinstance(s, (ast.Assign, ast.Expr)) and call in list(ast.walk(s))
        ),
        None,
    )
    place = draft.body_of(line) if isinstance(line, ast.stmt) else None
    if call is None or blocks or place is None:
        return None
    place[0].insert(place[1], ast.Expr(call))
    return draft.tree


def inner_outside(draft: Draft) -> Result:
    """The first derivative taken after the outer block."""
    outer = next((b for b in draft.blocks if any(isinstance(s, ast.With) for s in b.body)), None)
    place = draft.body_of(outer) if outer else None
    if outer is None or place is None:
        return None
    moved = [line for line in outer.body if not isinstance(line, ast.With)]
    outer.body = [line for line in outer.body if isinstance(line, ast.With)]
    place[0][place[1] + 1 : place[1] + 1] = moved
    return draft.tree if moved else None


def tapes_swapped(draft: Draft) -> Result:
    """Outer and inner tape asked in each other's place."""
    names = [
        b.items[0].optional_vars.id for b in draft.blocks if isinstance(b.items[0].optional_vars, ast.Name)
    ]
    calls = [
        c for c in draft.calls if isinstance(c.func, ast.Attribute) and isinstance(c.func.value, ast.Name)
    ]
    if len(set(names)) != 2 or len(calls) < 2:
        return None
    for call in calls:
        owner = call.func.value  # type: ignore[attr-defined]
        owner.id = names[1] if owner.id == names[0] else names[0]
    return draft.tree


def pure_for_mixed(draft: Draft) -> Result:
    """Both derivatives by the same variable."""
    calls = draft.calls
    by = [call.args[1].id for call in calls if len(call.args) > 1 and isinstance(call.args[1], ast.Name)]
    if len(calls) != 2 or len(by) != 2 or by[0] == by[1]:
        return None
    calls[1].args[1] = ast.Name(by[0], ast.Load())
    return draft.tree


def sources_reversed(draft: Draft) -> Result:
    """The list of sources the other way round."""
    for call in draft.calls if draft.exercise.then is None else ():
        if (
            len(call.args) > 1
            and isinstance(call.args[1], (ast.List, ast.Tuple))
            and len(call.args[1].elts) > 1
        ):
            call.args[1].elts.reverse()
            return draft.tree
    return None


def gradient_for_jacobian(draft: Draft) -> Result:
    """tape.gradient where the jacobian is asked."""
    found = [c for c in draft.calls if isinstance(c.func, ast.Attribute) and c.func.attr == "jacobian"]
    for call in found:
        call.func.attr = "gradient"  # type: ignore[attr-defined]
    return draft.tree if found else None
