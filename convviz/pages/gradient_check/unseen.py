"""Why a check does not show that a backward pass is wrong, and what would show it."""

from __future__ import annotations

import math

from convviz.lessons.case import Case
from convviz.lessons.check import sums
from convviz.lessons.sliding import ALL_MAXIMA, MINUS_PAD
from convviz.text.i18n import _
from convviz.text.joined import sentences
from convviz.text.prose import number


def unseen_sentence(case: Case) -> str:
    """What is said where the case's backward pass is a wrong one and the check does not call it so."""
    if case.code == MINUS_PAD:
        reason = _("pad:-pad cuts correctly unless the padding is 0. Set the padding to 0.")
    else:
        arrived, left = sums(case)
        if not math.isclose(arrived, left, rel_tol=1e-6, abs_tol=1e-6):
            return _(
                "The chosen backward pass is wrong, but the difference quotient cannot show it here. The sums do: "
                "max pooling passes on all that arrives and no more, but dout sums to {arrived} and dx to {left}."
            ).format(arrived=number(arrived, 4), left=number(left, 4))
        reason = _one_maximum(case) if case.code == ALL_MAXIMA else _nothing_shared(case)
    return sentences([_("The chosen backward pass is wrong, but these settings hide it."), reason])


def _one_maximum(case: Case) -> str:
    """Each window has one maximum, which gets the whole gradient rightly."""
    if case.kernel == 1:
        return _("A window of one number has one maximum. Take a larger window.")
    if case.whole or case.given:
        return _("No window here has two equal maxima. Take a larger window, or other numbers.")
    return _("Random numbers are never equal, so each window has one maximum. Take whole numbers.")


def _nothing_shared(case: Case) -> str:
    """No two windows write to one place."""
    if case.kernel == 1:
        return _("Windows of one number never overlap. Take a larger window.")
    if case.stride >= case.kernel:
        return _("= overwrites only where windows overlap. Take a stride smaller than the window.")
    return _("No two windows here share their maximum. Take a larger input, or other numbers.")
