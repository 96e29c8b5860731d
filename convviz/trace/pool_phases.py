"""The phases of one visit of each pooling loop, with their sentences."""

from __future__ import annotations

from convviz.ops.checks import Ties
from convviz.text.i18n import N_
from convviz.trace.scene import Phase, Visit
from convviz.trace.tables import line_of

ADDED = N_("each is added to its cell of {name_dx}")


def _window_phase(source: tuple[str, ...]) -> Phase:
    return Phase(
        "window",
        line_of(source, "x_window ="),
        N_(
            "Cell out[{n}, {c}, {i}, {j}]: its window is "
            "{name_x}[{n}, {c}, {top}:{bottom}, {left}:{right}]."
        ),
        reads=("x",),
        total=N_("output = …"),
    )


def max_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    """Cut the window; compare its numbers one by one; write the largest."""
    line = line_of(source, "out[n, c, i, j] =")
    return (
        _window_phase(source),
        Phase(
            "compare",
            line,
            N_("Tap {tap} of {taps}: {a}. Largest so far {running}."),
            factors=("x",),
            fold="max",
            by_tap=True,
            heading=N_("window"),
            total=N_("largest so far {running}"),
        ),
        Phase(
            "maximum",
            line,
            N_(
                "out[{n}, {c}, {i}, {j}] = {result}, the largest of {taps}: "
                "{name_x}[{n}, {c}, {row}, {column}]"
            ),
            writes="out",
            cell="out[{n}, {c}, {i}, {j}]",
            total=N_("max = {result}"),
            tied=N_(
                "out[{n}, {c}, {i}, {j}] = {result}, held by {ties} of {taps} cells; "
                "the first is {name_x}[{n}, {c}, {row}, {column}]"
            ),
        ),
    )


def mean_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    """Cut the window; add its numbers one by one; write the mean."""
    line = line_of(source, "out[n, c, i, j] =")
    return (
        _window_phase(source),
        Phase(
            "gather",
            line,
            N_("Tap {tap} of {taps}: {a}. Sum so far {running}."),
            factors=("x",),
            fold="sum",
            by_tap=True,
            heading=N_("window"),
            total=N_("output = …"),
        ),
        Phase(
            "mean",
            line,
            N_("out[{n}, {c}, {i}, {j}] = sum {running} / {divisor} cells counted = {result}"),
            reads=("divisor",),
            writes="out",
            cell="out[{n}, {c}, {i}, {j}]",
            total=N_("{parts} / {divisor} = {result}"),
        ),
    )


def max_backward_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    """Look at the window; find its maxima; take the share of each; add it where they lie."""
    return (
        Phase(
            "window",
            line_of(source, "x_window ="),
            N_(
                "dout[{n}, {c}, {i}, {j}] = {dout} came from the window "
                "{name_x}[{n}, {c}, {top}:{bottom}, {left}:{right}]."
            ),
            reads=("x", "dout"),
            total=N_("flows back: {dout}"),
        ),
        Phase(
            "maxima",
            line_of(source, "is_max ="),
            N_("The largest of {taps} is {running}, at {name_x}[{n}, {c}, {row}, {column}]."),
            factors=("x",),
            fold="max",
            heading=N_("window"),
            total=N_("max = {running}"),
            tied=N_(
                "The largest of {taps} is {running}, held by {ties} cells; "
                "the first is {name_x}[{n}, {c}, {row}, {column}]."
            ),
        ),
        Phase(
            "share",
            line_of(source, "share ="),
            N_("share = dout {dout} / {count} = {share}"),
            reads=("dout",),
            total=N_("share = {dout} / {count} = {share}"),
        ),
        _add_phase(source, ("is_max", "share")),
    )


def mean_backward_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    """Take the share of each cell; add it to the window."""
    return (
        Phase(
            "share",
            line_of(source, "share ="),
            N_(
                "dout[{n}, {c}, {i}, {j}] = {dout} is shared by the {divisor} cells that counted: "
                "{share} each."
            ),
            reads=("dout", "x"),
            total=N_("share = {dout} / {divisor} = {share}"),
        ),
        _add_phase(source, ("share",)),
    )


def max_backward_visit(ties: Ties) -> Visit:
    """Where the gradient of an output cell of max pooling goes, as a whole."""
    sole = N_(
        "dout[{n}, {c}, {i}, {j}] = {dout} goes to the maximum {running}, {name_x}[{n}, {c}, {row}, {column}]"
    )
    shared = N_(
        "dout[{n}, {c}, {i}, {j}] = {dout} is shared by the {ties} cells that hold the maximum {running}: "
        "{share} each"
    )
    first = N_(
        "dout[{n}, {c}, {i}, {j}] = {dout} goes to the first of the {ties} cells that hold the maximum {running}: "
        "{name_x}[{n}, {c}, {row}, {column}]"
    )
    return Visit(sole, ADDED, tied=shared if ties == "split" else first)


def mean_backward_visit(phases: tuple[Phase, ...]) -> Visit:
    """Where the gradient of an output cell of average pooling goes, in the sentence of its first phase."""
    return Visit(phases[0].sentence, ADDED)


def _add_phase(source: tuple[str, ...], factors: tuple[str, ...]) -> Phase:
    product = N_(
        "{name_dx}[{n}, {c}, {row}, {column}] gains np.where(is_max, share, 0) = np.where({a}, {b}, 0) = {term}: "
        "{before} → {after}"
    )
    single = N_("{name_dx}[{n}, {c}, {row}, {column}] gains share = {a}: {before} → {after}")
    return Phase(
        "add",
        line_of(source, "dx"),
        product if len(factors) == 2 else single,
        factors=factors,
        writes="dx",
        by_tap=True,
        heading=N_("gains"),
        total="{before} + {(term)} = {after}",
        cell="{name_dx}[{n}, {c}, {row}, {column}]",
        asks=N_(
            "{cell} holds {before}. What will it hold after dout[{n}, {c}, {i}, {j}] = {dout} "
            "flows back?"
        ),
    )
