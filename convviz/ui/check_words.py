"""Why a gradient check comes out as it does."""

from __future__ import annotations

from convviz.i18n import _, ngettext
from convviz.lessons.case import Case
from convviz.lessons.check import near_kinks
from convviz.lessons.layers import LAYERS

HAPPY = 1e-7
LARGE, SMALL = 1e-3, 1e-8  # steps at which truncation, and rounding, are what is seen


def kinks_sentence(case: Case) -> str:
    """How many differences straddle a kink, or "" for none."""
    count = near_kinks(case)
    if not count:
        return ""
    return ngettext(
        "{count} place lies within h of a kink: the difference quotient straddles it.",
        "{count} places lie within h of a kink: the difference quotient straddles it.",
        count,
    ).format(count=count)


def reason(case: Case, worst: float) -> str:
    """What, besides a wrong gradient, makes the error as large as it is, or ""."""
    if worst <= HAPPY:
        return ""
    if case.dtype == "float32":
        return _(
            "float32 keeps about 7 digits, and a difference of two close numbers loses most of them."
        )
    if case.step >= LARGE:
        return _("h is large: the error of a centred difference grows with h².")
    if case.step <= SMALL:
        return _(
            "h is small: f(x + h) and f(x − h) agree in nearly all digits, and rounding is what is left."
        )
    return ""


def curve_sentence(case: Case) -> str:
    """Why the layer's error depends on the step as it does."""
    layer = LAYERS[case.layer]
    if layer.curved:
        return _(
            "From right to left the error falls with h², until rounding takes over and it grows with 1/h: the "
            "best step lies between. float32 keeps about nine digits fewer, and rounding takes over earlier."
        )
    if layer.kinks:
        return _(
            "Between its kinks the layer is linear, and a difference that straddles none is exact but for "
            "rounding, which grows with 1/h. float32 keeps about nine digits fewer."
        )
    return _(
        "The layer is linear in each input, so a centred difference is exact for every h but for rounding, which "
        "grows with 1/h. float32 keeps about nine digits fewer."
    )
