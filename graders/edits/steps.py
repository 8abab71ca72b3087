"""Spoiling the steps of an optimiser."""

from __future__ import annotations

import ast

from graders.draft import Draft, Result, called, expression


def other_way(draft: Draft) -> Result:
    """Uphill for downhill."""
    pair = {"assign_sub": "assign_add", "assign_add": "assign_sub"}
    found = [n for n in ast.walk(draft.tree) if isinstance(n, ast.Attribute) and n.attr in pair]
    for node in found:
        node.attr = pair[node.attr]
    return draft.tree if found else None


def no_rate(draft: Draft) -> Result:
    """The step without the learning rate."""
    for node in ast.walk(draft.tree):
        if called(node) in ("assign_sub", "assign_add") and isinstance(node.args[0], ast.BinOp):  # type: ignore[attr-defined]
            step = node.args[0]  # type: ignore[attr-defined]
            if isinstance(step.op, ast.Mult) and isinstance(step.left, ast.Constant):
                node.args[0] = step.right  # type: ignore[attr-defined]
                return draft.tree
    return None


def one_step_more(draft: Draft) -> Result:
    """One step too many."""
    if draft.exercise.judged_as != "optimiser":
        return None
    for node in ast.walk(draft.tree):
        if isinstance(node, ast.Call) and called(node) == "range" and len(node.args) == 1:
            count = ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else None
            if isinstance(count, int):
                node.args[0] = ast.Constant(count + 1)
                return draft.tree
    return None


def overwritten(draft: Draft) -> Result:
    """assign(-step): the old value forgotten."""
    for node in ast.walk(draft.tree):
        if called(node) in ("assign_sub", "assign_add"):
            sign = "-" if called(node) == "assign_sub" else "+"
            node.func.attr = "assign"  # type: ignore[attr-defined]
            node.args[0] = expression(f"{sign}({ast.unparse(node.args[0])})")  # type: ignore[attr-defined]
            return draft.tree
    return None


def recorded_once(draft: Draft) -> Result:
    """One recording before the loop for all steps."""
    loop = next((n for n in ast.walk(draft.tree) if isinstance(n, ast.For)), None)
    place = draft.body_of(loop) if loop else None
    if (
        loop is None
        or place is None
        or draft.exercise.judged_as != "optimiser"
        or (draft.exercise.steps or 1) < 2
    ):
        return None
    block = next((line for line in loop.body if isinstance(line, ast.With)), None)
    if block is None or not isinstance(block.items[0].context_expr, ast.Call):
        return None
    loop.body.remove(block)
    block.items[0].context_expr.keywords = [ast.keyword("persistent", ast.Constant(True))]
    place[0].insert(place[1], block)
    return draft.tree


def pairs_swapped(draft: Draft) -> Result:
    """Variables and gradients in each other's place."""
    for node in ast.walk(draft.tree):
        if called(node) == "apply_gradients" and called(node.args[0]) == "zip":  # type: ignore[attr-defined]
            node.args[0].args.reverse()  # type: ignore[attr-defined]
            return draft.tree
    return None
