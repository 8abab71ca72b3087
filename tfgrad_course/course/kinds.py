"""What each kind of exercise asks for, as one table: the loader, the schema's docs and the author's guide read it."""

from __future__ import annotations

from dataclasses import dataclass

TAPE_CHECKS = ("variable", "recorded", "gradient", "answer")
PLAIN_CHECKS = ("answer",)
MONOTONICITY = ("increasing", "decreasing")
CONCAVITY = ("concave up", "concave down")
CRITICAL = ("minimum", "maximum", "saddle", "not critical")


@dataclass(frozen=True, slots=True)
class Form:
    """One kind: `needs` holds field names, alternatives parted by |; `asks` the words of `ask:` (first = default).

    `number` is the form of the answer's number part (none, number, list, matrix, any), `words` its word part;
    `tape` tells whether a tape must have made it.
    """

    says: str
    needs: tuple[str, ...] = ("function|reference", "point")
    allows: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    number: str = "number"
    words: tuple[str, ...] = ()
    tape: bool = True

    @property
    def fields(self) -> frozenset[str]:
        """All fields of its own that the kind knows, beyond the common ones."""
        return frozenset(name for need in self.needs for name in need.split("|")) | frozenset(self.allows)

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks whose weights `points:` may set."""
        return (*(TAPE_CHECKS if self.tape else PLAIN_CHECKS), "requires")


_ONE = ("domain", "wrt", "then")

KINDS: dict[str, Form] = {
    "value": Form(
        "The value of a formula or of a piece of code.",
        ("function|reference|solution",), ("point", "domain"), number="any", tape=False,
    ),
    "shape": Form(
        "The shape of a tensor, as a list of whole numbers.",
        ("function|reference|solution",), ("point",), number="list", tape=False,
    ),
    "slope": Form("The derivative of a function of one variable at a point.", allows=_ONE),
    "derivative": Form(
        "A derivative of order n; with `wrt: [x, y]` a mixed partial derivative, taken in this order.",
        allows=("domain", "wrt", "order", "then"),
    ),
    "partials": Form(
        "The partial derivatives with respect to several variables, one number each (one list per function).",
        ("function|functions|reference", "point"), _ONE, number="list",
    ),
    "gradient": Form(
        "The gradient as a vector: entries of a vector variable, or of several variables one after another.",
        allows=_ONE, number="list",
    ),
    "directional": Form(
        "The directional derivative; `direction` is brought to length 1 first.",
        ("function|reference", "point", "direction"), ("domain", "wrt"),
    ),
    "jacobian": Form(
        "The jacobian of a vector function: one row per output. With `weights` the vector-jacobian product instead.",
        ("function|functions|reference", "point"), (*_ONE, "weights"), number="matrix",
    ),
    "hessian": Form(
        "The matrix of second derivatives. With `direction` the hessian-vector product instead.",
        allows=(*_ONE, "direction"), asks=("matrix", "kind-of-point"), number="matrix", words=CRITICAL,
    ),
    "monotonicity": Form(
        "Whether the function increases or decreases at the point; the slope may be asked for too.",
        allows=("domain", "wrt"), words=MONOTONICITY,
    ),
    "concavity": Form(
        "Whether the curve is concave up or concave down at the point (the sign of the second derivative).",
        allows=("domain", "wrt"), words=CONCAVITY,
    ),
    "tangent": Form(
        "The tangent y = m*x + b as [m, b], a tangent plane as [a, b, c]; with `estimate` its value at another point.",
        allows=("domain", "estimate"), asks=("line", "slope"), number="list",
    ),
    "normal": Form(
        "The normal to a curve as [slope, intercept], or only its slope.",
        allows=("domain",), asks=("line", "slope"), number="list",
    ),
    "critical-points": Form(
        "All points inside `domain` (default: everywhere) where the slope is 0, or where the curve changes concavity.",
        ("function",), ("domain", "wrt"), asks=("critical", "inflection"), number="list",
    ),
    "optimiser": Form(
        "Where the variables are after some steps of an optimisation method.",
        ("function|reference", "point"), ("learning_rate", "steps", "method", "momentum", "domain", "wrt"),
        asks=("position", "convergence"), number="any", words=("converges", "diverges"),
    ),
    "choice": Form(
        "One of the `choices`, by value, letter or word.",
        ("choices",), ("function", "functions", "point", "reference", "domain", "ask"),
        asks=("anything", "kind-of-point"), number="any", tape=False,
    ),
    "select": Form(
        "All of the `choices` that fit. With `function` and `ask` the choices are points and the answer is derived.",
        ("choices",), ("function", "reference", "point", "domain"),
        asks=("anything", "increasing", "decreasing", "concave up", "concave down"), number="any", tape=False,
    ),
    "graph": Form(
        "A question about the computational graph of the stated function, answered from its recorded graph.",
        ("function", "ask"), ("point", "node", "wrt", "domain"),
        asks=("nodes", "last", "order", "paths", "local-derivative", "independent"), number="any", tape=False,
    ),
    "repair": Form(
        "A broken program, handed out as `starter`, that must be put right; judged like the kind named in `like`.",
        ("starter",), ("like", "function", "functions", "reference", "point"), number="any",
    ),
    "fill-in": Form(
        "A program with blanks (`____`), handed out as `starter`; judged like the kind named in `like`.",
        ("starter",), ("like", "function", "functions", "reference", "point"), number="any",
    ),
    "custom-gradient": Form(
        "The slope of a function whose derivative the learner writes with tf.custom_gradient.", allows=_ONE,
    ),
}  # fmt: skip

# judged like another kind: `like:` names it, and that kind's fields are allowed
BORROWING = ("repair", "fill-in")
LIKE = tuple(name for name, form in KINDS.items() if name not in (*BORROWING, "choice", "select", "graph"))
METHODS = ("descent", "ascent", "momentum", "adam", "newton")

COMMON = (
    "schema", "id", "kind", "title", "prompt", "hints", "explain", "answer", "name", "choices", "mistakes", "starter",
    "solution", "points", "tolerance", "limits", "vary", "visibility", "requires", "slips", "unnamed",
)  # fmt: skip


def form_of(kind: str, like: str | None = None) -> Form:
    """The form that judges an exercise: its own, or for repair and fill-in that of the kind they are like."""
    return KINDS[like or "slope"] if kind in BORROWING else KINDS[kind]


def fields_of(kind: str, like: str | None = None) -> frozenset[str]:
    """Every field an exercise of this kind may have."""
    own = KINDS[kind].fields | ({"ask"} if KINDS[kind].asks else frozenset())
    if kind in BORROWING:
        own |= form_of(kind, like).fields | ({"ask"} if form_of(kind, like).asks else frozenset())
    return own | frozenset(COMMON)
