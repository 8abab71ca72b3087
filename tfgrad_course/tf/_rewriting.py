"""AutoGraph's second step: conditions, loops and calls of a function become calls of what decides whether to trace."""

from __future__ import annotations

import ast
from typing import Any

from tfgrad_course.tf._jumps import Names, blocks_of, like, placed, without_breaks, without_returns
from tfgrad_course.tf._liveness import marked, read_in, read_in_text

_AS_THEY_ARE = {"super", "locals", "globals", "eval", "exec", "vars", "dir", "ag__"}
_NESTED = (ast.FunctionDef, ast.Lambda)


def rewrite(function: ast.FunctionDef) -> None:
    """Rewrite a function definition in place."""
    _Function(function).run()


def can_rewrite(function: Any) -> bool:
    """Whether it is a plain function: neither a generator nor a coroutine."""
    odd = (ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith, ast.AsyncFunctionDef)
    return not any(isinstance(node, odd) for node in ast.walk(function))


class _Function:
    """The rewriting of one function."""

    def __init__(self, node: ast.FunctionDef) -> None:
        self._node = node
        every = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        every |= {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
        self._names = Names(every)
        self._parameters = {part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg)}
        self._globals = {n for p in _own(node) if isinstance(p, ast.Global) for n in p.names}
        self._outer = {n for p in _own(node) if isinstance(p, ast.Nonlocal) for n in p.names}
        self._maybe: set[str] = set()  # names that may not have been set when they are read

    def run(self) -> None:
        """Rewrite it."""
        node = self._node
        for inner in _functions_in(node):
            _Function(inner).run()
        start = 1 if ast.get_docstring(node, clean=False) is not None else 0
        text, body = node.body[:start], node.body[start:]
        body = without_returns(without_breaks(body, self._names), self._names, node) if body else body
        kept = set().union(*(read_in(inner) for inner in _functions_in(node)), self._globals, self._outer)
        marked(body, kept)
        for one in body:
            _Expressions(next((a.arg for a in (*node.args.posonlyargs, *node.args.args)), None)).visit(one)
        body = self._block(body)
        for one in body:
            _Loads(self._maybe).visit(one)
        declared = [one for one in body if isinstance(one, ast.Global | ast.Nonlocal)]
        rest = [one for one in body if one not in declared]
        first: list[Any] = [
            s for name in sorted(self._maybe) for s in like(node, f"{name} = ag__.Undefined({name!r})")
        ]
        node.body = text + declared + first + rest

    def _block(self, block: list[Any]) -> list[Any]:
        made: list[Any] = []
        for one in block:
            if isinstance(one, ast.FunctionDef | ast.ClassDef):
                made.append(one)
                continue
            for part in blocks_of(one):
                part[:] = self._block(part)
            if isinstance(one, ast.If):
                made += self._if(one)
            elif isinstance(one, ast.While):
                made += self._while(one)
            elif isinstance(one, ast.For):
                made += self._for(one)
            else:
                made.append(one)
        return made

    # Statements ------------------------------------------------------------------------------

    def _if(self, one: Any) -> list[Any]:
        changed = one.changed
        out = sorted(name for name in changed if name in one.live_out or not name.isidentifier())
        held = sorted(name for name in changed if name in one.live_in and name not in out)
        state = out + held
        get, put, body, orelse = map(self._names.new, ("get_state", "set_state", "if_body", "else_body"))
        made = self._accessors(one, state, get, put)
        made += self._inner(one, body, "", one.body or like(one, "pass"), state)
        made += self._inner(one, orelse, "", one.orelse or like(one, "pass"), state)
        call = f"ag__.if_stmt(None, {body}, {orelse}, {get}, {put}, {tuple(state)!r}, {len(out)})"
        called = like(one.test, call)
        called[0].value.args[0] = one.test
        return made + called

    def _while(self, one: Any) -> list[Any]:
        state = self._looped(one)
        get, put, body, test = map(self._names.new, ("get_state", "set_state", "loop_body", "loop_test"))
        made = self._accessors(one, state, get, put)
        made += self._inner(one, body, "", one.body, state)
        returned = like(one.test, "return None")
        returned[0].value = one.test
        made += self._inner(one, test, "", returned, [])
        return made + like(one, f"ag__.while_stmt({test}, {body}, {get}, {put}, {tuple(state)!r}, {{}})")

    def _for(self, one: Any) -> list[Any]:
        state = self._looped(one)
        get, put, body, item = map(self._names.new, ("get_state", "set_state", "loop_body", "itr"))
        assigned = like(one, f"x = {item}")
        assigned[0].targets = [one.target]
        made = self._accessors(one, state, get, put)
        made += self._inner(one, body, item, [*assigned, *one.body], state)
        extra = getattr(one, "extra_test", None)
        test = "None"
        if extra is not None:
            test = self._names.new("extra_test")
            made += self._inner(one, test, "", like(one, f"return {extra}"), [])
        call = like(one, f"ag__.for_stmt(None, {test}, {body}, {get}, {put}, {tuple(state)!r}, {{}})")
        call[0].value.args[0] = one.iter
        return made + call

    def _looped(self, one: Any) -> list[str]:
        tested = (
            read_in(one.test)
            if isinstance(one, ast.While)
            else read_in_text(getattr(one, "extra_test", None))
        )
        wanted = one.live_out | one.live_in | tested
        return sorted(name for name in one.changed if name in wanted or not name.isidentifier())

    # Functions for parts of statements ---------------------------------------------------------

    def _plain(self, state: list[str]) -> list[str]:
        return [name for name in state if name.isidentifier()]

    def _declared(self, node: Any, state: list[str]) -> list[Any]:
        names = self._plain(state)
        made = []
        away = [name for name in names if name in self._globals]
        here = [name for name in names if name not in self._globals]
        if away:
            made += like(node, f"global {', '.join(away)}")
        if here:
            made += like(node, f"nonlocal {', '.join(here)}")
            self._maybe |= {n for n in here if n not in self._parameters and n not in self._outer}
        return made

    def _inner(self, node: Any, name: str, argument: str, body: list[Any], state: list[str]) -> list[Any]:
        made = like(node, f"def {name}({argument}): pass")
        made[0].body = [*self._declared(node, state), *body]
        made[0].generated = True
        return made  # type: ignore[no-any-return]

    def _accessors(self, node: Any, state: list[str], get: str, put: str) -> list[Any]:
        values = [n if n.isidentifier() else f"ag__.ldu(lambda: {n}, {n!r})" for n in state]
        made = like(node, f"def {get}(): return ({''.join(v + ', ' for v in values)})")
        made += like(node, f"def {put}(vars_): pass")
        lines = [
            f"{n} = vars_[{i}]" if n.isidentifier() else f"if ag__.known(vars_[{i}]): {n} = vars_[{i}]"
            for i, n in enumerate(state)
        ]
        if lines and self._plain(state) == state:
            lines = [f"{', '.join(state)}{',' if len(state) == 1 else ''} = vars_"]
        setting = like(node, "\n".join(lines) or "pass")
        made[1].body = [*self._declared(node, state), *setting]
        for one in made:
            one.generated = True
        return made  # type: ignore[no-any-return]


def _own(node: Any) -> list[Any]:
    """All statements of a function, those of functions inside not counted."""
    found = []
    left = list(node.body)
    while left:
        one = left.pop()
        found.append(one)
        for part in blocks_of(one):
            left += part
    return found


def _functions_in(node: Any) -> list[Any]:
    """The functions defined in one, not those defined in them."""
    found = []
    left = list(ast.iter_child_nodes(node))
    while left:
        one = left.pop()
        if isinstance(one, ast.FunctionDef):
            found.append(one)
        elif not isinstance(one, ast.ClassDef):
            left += list(ast.iter_child_nodes(one))
    return found


class _Expressions(ast.NodeTransformer):
    """Calls, `and`, `or`, `not` and conditional expressions; `first` is the first parameter of the function."""

    def __init__(self, first: str | None) -> None:
        self._first = first

    def visit_FunctionDef(self, node: Any) -> Any:
        """Rewritten already."""
        return node

    def visit_ClassDef(self, node: Any) -> Any:
        """Left alone, as AutoGraph does."""
        return node

    def visit_Call(self, node: Any) -> Any:
        """A call: what is called may have to be rewritten, too."""
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else None
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if name == "super" and not node.args and self._first is not None:
            node.args = [
                placed(node, "__class__"),
                placed(node, self._first),
            ]  # parts of the function have no arguments
        if name in _AS_THEY_ARE or (isinstance(owner, ast.Name) and owner.id == "ag__"):
            return node
        called = placed(node.func, "ag__.called(None)")
        called.args[0] = node.func
        node.func = called
        return node

    def visit_BoolOp(self, node: Any) -> Any:
        """`a and b`, `a or b`."""
        self.generic_visit(node)
        joined = "and_" if isinstance(node.op, ast.And) else "or_"
        return _joined(node, joined, node.values)

    def visit_Compare(self, node: Any) -> Any:
        """`a < b < c` is `a < b and b < c`."""
        self.generic_visit(node)
        if len(node.ops) == 1:
            return node
        sides = [node.left, *node.comparators]
        pairs = [
            ast.copy_location(ast.Compare(sides[i], [op], [sides[i + 1]]), node)
            for i, op in enumerate(node.ops)
        ]
        return _joined(node, "and_", pairs)

    def visit_UnaryOp(self, node: Any) -> Any:
        """`not a`."""
        self.generic_visit(node)
        if not isinstance(node.op, ast.Not):
            return node
        made = placed(node, "ag__.not_(None)")
        made.args[0] = node.operand
        return made

    def visit_IfExp(self, node: Any) -> Any:
        """`a if test else b`."""
        shown = ast.unparse(node.test)
        self.generic_visit(node)
        made = placed(node, f"ag__.if_exp(None, lambda: None, lambda: None, {shown!r})")
        made.args[0], made.args[1].body, made.args[2].body = node.test, node.body, node.orelse
        return made


def _joined(node: Any, name: str, values: list[Any]) -> Any:
    made = values[-1]
    for one in reversed(values[:-1]):
        call = placed(node, f"ag__.{name}(lambda: None, lambda: None)")
        call.args[0].body, call.args[1].body = one, made
        made = call
    return made


class _Loads(ast.NodeTransformer):
    """Reads of names that may not have been set."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_FunctionDef(self, node: Any) -> Any:
        """Into the parts of this function only, and not where state is got."""
        if getattr(node, "generated", False) and not node.name.startswith("get_state"):
            self.generic_visit(node)
        return node

    def visit_ClassDef(self, node: Any) -> Any:
        """Left alone."""
        return node

    def visit_Delete(self, node: Any) -> Any:
        """A deleted name is one that is not set."""
        if any(isinstance(t, ast.Name) and t.id in self._names for t in node.targets):
            return [s for t in node.targets for s in like(node, f"{t.id} = ag__.Undefined({t.id!r})")]
        return node

    def visit_Name(self, node: Any) -> Any:
        """A read."""
        if node.id in self._names and isinstance(node.ctx, ast.Load):
            made = placed(node, "ag__.ld(None)")
            made.args[0] = node
            return made
        return node
