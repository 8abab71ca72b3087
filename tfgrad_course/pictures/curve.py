"""Functions as pictures: the curve with point and tangent, or contours with the gradient for two numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfgrad_course.maths.evaluate import constant, evaluate
from tfgrad_course.maths.functions import WORDS
from tfgrad_course.maths.latex import latex, latex_derivative, latex_symbol
from tfgrad_course.maths.shapes import shapes_at
from tfgrad_course.maths.symbolic import value_at
from tfgrad_course.maths.text import unicode_text
from tfgrad_course.maths.tree import Apply, Assign, Function, List, MathsError, Name
from tfgrad_course.pictures.graph import shown_number
from tfgrad_course.pictures.window import Floats, span, window

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THEMES: dict[str, dict[str, Any]] = {
    "light": {
        "bg": "#ffffff", "ink": "#1f2733", "muted": "#667085", "grid": "#e4e7ec", "point": "#1f2733",
        "tangent": "#c81e1e", "curves": ("#1a56db", "#0e9f6e", "#b7791f", "#7e3af2"),
        "map": ("#ffffff", "#dbe7fb", "#8fb3ee"),
    },
    "dark": {
        "bg": "#12161d", "ink": "#e6e9ef", "muted": "#98a2b3", "grid": "#2a313c", "point": "#ffffff",
        "tangent": "#ff9a9a", "curves": ("#8ab8ff", "#4cc38a", "#e0a93b", "#b99cff"),
        "map": ("#161c26", "#1d3a66", "#3565a8"),
    },
}  # fmt: skip
FORMATS = ("png", "svg")


def curve(
    function: Function,
    point: Mapping[str, Any],
    *,
    format: str = "svg",
    theme: str = "light",
    width: float = 7.2,
    domain: Mapping[str, tuple[float, float]] | tuple[float, float] | None = None,
    wrt: str | None = None,
    title: str | None = None,
    tell: bool = True,
) -> bytes:
    """A picture of a function at a point, PNG or SVG; `width` in inches (100 pixels each), the height follows.

    With `tell` False no slope is told in numbers: for pictures that must not give an answer away.

    One number: curve, point and tangent; several results of one number: each with its tangent. Two numbers (or a
    vector of two) and one result: contours, point and gradient. More numbers: a curve along each.
    """
    if format not in FORMATS or theme not in THEMES:
        raise ValueError(
            f"format is one of {FORMATS}, theme one of {tuple(THEMES)}; found {format!r}, {theme!r}"
        )
    flat, at = _numbers_only(function, point)
    result = np.asarray(evaluate(flat, np, at))
    names = [wrt] if wrt in flat.variables else [name for name in flat.variables if name in flat.used]
    if not names or not np.isfinite(result).all() or result.size > 4:
        what = (
            "it has no finite value at the point"
            if not np.isfinite(result).all()
            else "it has no curve to show"
        )
        raise MathsError(f"the function cannot be drawn: {what}", 1, 1, "give another point or function")
    if len(names) == 2 and result.shape == ():
        figure = _figure(width, width * 0.86, theme)
        _contours(figure.add_subplot(), flat, names, at, theme, domain)
    else:
        figure = _figure(width, width * 0.62 if len(names) == 1 else width * 0.8, theme)
        _curves(figure, flat, names[:4], at, theme, domain)
    _headed(figure, function, theme, title)
    if not tell:
        _silenced(figure)
    return _written(figure, format)


def _silenced(figure: Figure) -> None:
    """Take the numbers out of the legends: what stands after the comma."""
    for axes in figure.axes:
        legend = axes.get_legend()
        for text in legend.get_texts() if legend else ():
            text.set_text(text.get_text().split(",")[0])


def _numbers_only(function: Function, point: Mapping[str, Any]) -> tuple[Function, dict[str, float]]:
    """The same function of plain numbers: a vector of three becomes three variables v_0, v_1, v_2."""
    lines: list[Assign] = []
    names: list[str] = []
    at: dict[str, float] = {}
    shapes = shapes_at(point)
    for name in function.variables:
        if name not in point:
            continue
        if not shapes[name]:
            names.append(name)
            at[name] = constant(point[name])
            continue

        def entries(value: Any, prefix: str) -> Any:
            if isinstance(value, (list, tuple, np.ndarray)):
                return List(tuple(entries(item, f"{prefix}_{i}") for i, item in enumerate(value)))
            names.append(prefix)
            at[prefix] = constant(value)
            return Name(prefix)

        lines.append(Assign(name, entries(point[name], name)))
    return Function(tuple(names), (*lines, *function.lines), function.result, function.name), at


def _figure(width: float, height: float, theme: str) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=100, facecolor=THEMES[theme]["bg"], layout="constrained")


def _headed(figure: Figure, function: Function, theme: str, title: str | None) -> None:
    """The formula as title, typeset where matplotlib can, else in Unicode."""
    shown = f"${latex(function)}$" if title is None else title
    if title is None and ("begin" in shown or not _typesets(shown)):
        shown = unicode_text(function).replace("\n", ",  ").replace("$", r"\$")
    plain = len(unicode_text(function)) if title is None else len(title)
    size = max(8.0, min(14.0, 14.0 * 52 / max(plain, 1) * figure.get_figwidth() / 7.2))
    figure.suptitle(shown, fontsize=size, color=THEMES[theme]["ink"])


def _typesets(shown: str) -> bool:
    from matplotlib.mathtext import MathTextParser

    try:
        MathTextParser("path").parse(shown)
    except ValueError:
        return False
    return True


def _dressed(axes: Axes, theme: str) -> None:
    look = THEMES[theme]
    axes.set_facecolor(look["bg"])
    axes.grid(True, color=look["grid"], linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=look["muted"], labelsize=9)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(look["muted"])


def _curves(
    figure: Figure, function: Function, names: list[str], at: dict[str, float], theme: str, domain: Any
) -> None:
    columns = 1 if len(names) == 1 else 2
    for index, name in enumerate(names):
        axes = figure.add_subplot(-(-len(names) // columns), columns, index + 1)
        _dressed(axes, theme)
        _along(axes, function, name, at, theme, _limits(domain, name), len(names) == 1)


def _limits(domain: Any, name: str) -> tuple[float, float] | None:
    if isinstance(domain, Mapping):  # v_0 is an entry of v
        domain = domain.get(name, domain.get(name.rstrip("0123456789_")))
    found = domain
    return (float(found[0]), float(found[1])) if found is not None else None


def _along(
    axes: Axes,
    function: Function,
    name: str,
    at: dict[str, float],
    theme: str,
    limits: tuple[float, float] | None,
    alone: bool,
) -> None:
    look = THEMES[theme]
    seen = window(function, name, at, limits)
    x0 = at[name]
    values = np.asarray(evaluate(function, np, at)).reshape(-1)
    slopes = value_at(function, at, name).reshape(-1)
    for pole in seen.poles:
        axes.axvline(pole, color=look["muted"], linewidth=1, linestyle=(0, (2, 3)))
    shown = latex_derivative(function.name, (name,), partial=len(at) > 1)
    for index, (y0, slope) in enumerate(zip(values, slopes, strict=True)):
        told = rf"tangent, ${shown} = {_mathtext(slope)}$"
        labels = (None, told) if len(values) == 1 else (_entry(index, slope), None)
        axes.plot(seen.x, seen.y[index], color=look["curves"][index % 4], linewidth=2.2, label=labels[0])
        if np.isfinite(slope):
            dashed = {"color": look["tangent"], "linewidth": 1.6, "linestyle": (0, (5, 3))}
            axes.plot(seen.x, y0 + slope * (seen.x - x0), label=labels[1], **dashed)
        axes.plot([x0], [y0], "o", color=look["point"], markersize=7, zorder=5)
    if len(values) == 1:
        _point_label(axes, seen.low, seen.high, x0, float(values[0]), slopes[0], look)
    axes.set_xlim(seen.x[0], seen.x[-1])
    axes.set_ylim(seen.low, seen.high)
    axes.set_xlabel(f"${latex_symbol(name)}$", color=look["ink"])
    if alone:
        axes.set_ylabel(f"${latex_symbol(function.name)}$", color=look["ink"], rotation=0)
    if axes.get_legend_handles_labels()[1]:
        axes.legend(frameon=False, labelcolor=look["ink"], fontsize=10 if alone else 8, loc="best")


def _entry(index: int, slope: float) -> str:
    return f"entry {index}" + (f", slope {shown_number(float(slope))}" if np.isfinite(slope) else "")


def _point_label(
    axes: Axes, low: float, high: float, x0: float, y0: float, slope: float, look: dict[str, Any]
) -> None:
    """The coordinates beside the point, on the side where neither curve nor tangent runs."""
    rises = not np.isfinite(slope) or slope >= 0
    height = (y0 - low) / (high - low)
    # right of the point, under a rising curve and over a falling one; at the rim the other way round
    right = height > 0.14 if rises else height < 0.86
    up = rises != right
    offset = (12 if right else -12, 10 if up else -16)
    axes.annotate(
        f"({shown_number(x0)}, {shown_number(y0)})",
        (x0, y0),
        xytext=offset,
        textcoords="offset points",
        horizontalalignment="left" if right else "right",
        color=look["ink"],
        fontsize=10,
        bbox={"boxstyle": "round,pad=0.2", "facecolor": look["bg"], "edgecolor": "none", "alpha": 0.8},
        zorder=6,
    )


def _mathtext(number: float) -> str:
    shown = shown_number(float(number), 6).replace("−", "-")
    if "e" in shown:
        mantissa, exponent = shown.split("e")
        return rf"{mantissa} \cdot 10^{{{exponent}}}"
    return shown


def _contours(
    axes: Axes, function: Function, names: list[str], at: dict[str, float], theme: str, domain: Any
) -> None:
    look = THEMES[theme]
    _dressed(axes, theme)
    x, y = (np.linspace(*span(function, name, at, _limits(domain, name)), 161) for name in names)
    z = _sheet(function, names, at, x, y)
    finite = z[np.isfinite(z)]
    low, _high = (float(np.quantile(finite, q)) for q in (0.02, 0.98)) if finite.size else (0.0, 1.0)
    # as many points between any two lines: a steep wall does not swallow the rest
    levels = np.unique(np.quantile(finite, np.linspace(0.02, 0.98, 15))) if finite.size else np.array([])
    if len(levels) < 2:
        levels = np.linspace(low, low + 1, 3)
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("tfgrad", look["map"])
    axes.contourf(x, y, z, levels=levels, cmap=colours, extend="both")
    lines = axes.contour(x, y, z, levels=levels[::2], colors=look["muted"], linewidths=0.7)
    axes.clabel(lines, fontsize=8, fmt=lambda level: shown_number(level, 3), colors=look["ink"])
    gradient = np.array([float(value_at(function, at, name)) for name in names])
    x0, y0 = (at[name] for name in names)
    size = float(np.linalg.norm(gradient))
    if np.isfinite(size) and size > 0:
        reach = 0.22 * min(x[-1] - x[0], y[-1] - y[0])
        tip = (x0 + reach * gradient[0] / size, y0 + reach * gradient[1] / size)
        arrow = {"arrowstyle": "-|>", "color": look["tangent"], "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", tip, xytext=(x0, y0), arrowprops={**arrow, "mutation_scale": 16}, zorder=5)
    shown = ", ".join(shown_number(float(part)) for part in gradient)
    axes.plot([x0], [y0], "o", color=look["point"], markersize=7, zorder=6, label=f"gradient [{shown}]")
    axes.legend(
        frameon=True, facecolor=look["bg"], edgecolor=look["grid"], labelcolor=look["ink"], fontsize=10
    )
    wide, high = x[-1] - x[0], y[-1] - y[0]
    if 0.4 < wide / high < 2.5:  # equal scales show the gradient at right angles to the contour
        axes.set_aspect("equal", adjustable="box")
    axes.set_xlabel(f"${latex_symbol(names[0])}$", color=look["ink"])
    axes.set_ylabel(f"${latex_symbol(names[1])}$", color=look["ink"], rotation=0)


_MIXING = {name for name, word in WORDS.items() if word.kind != "elementwise"} - {"where"}


def _sheet(function: Function, names: list[str], at: dict[str, float], x: Floats, y: Floats) -> Floats:
    """The function on a grid, all at once where its operations work entry by entry, else point by point."""
    if not any(isinstance(node, Apply) and node.name in _MIXING for node in function.nodes()):
        first, second = np.meshgrid(x, y)
        z = np.asarray(evaluate(function, np, {**at, names[0]: first, names[1]: second}), dtype=np.float64)
        return np.where(np.isfinite(z), np.broadcast_to(z, first.shape), np.nan)
    z = np.array(
        [[float(evaluate(function, np, {**at, names[0]: a, names[1]: b})) for a in x] for b in y],
        dtype=np.float64,
    )
    return np.where(np.isfinite(z), z, np.nan)


def _written(figure: Figure, format: str) -> bytes:
    """The bytes of the picture, the same for the same figure."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.BytesIO()
    if format == "png":
        FigureCanvasAgg(figure).print_png(out)
    else:
        with matplotlib.rc_context({"svg.hashsalt": "tfgrad"}):
            FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    return out.getvalue()
