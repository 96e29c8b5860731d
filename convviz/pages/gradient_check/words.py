"""Why a gradient check comes out as it does."""

from __future__ import annotations

import numpy as np

from convviz.lessons.case import RIGHT, Case
from convviz.lessons.check import near_kinks
from convviz.lessons.layers import LAYERS
from convviz.lessons.verdict import WRONG, Verdict, rule
from convviz.pages.gradient_check.unseen import unseen_sentence
from convviz.text.i18n import _, ngettext
from convviz.text.joined import listed, sentences


def verdict_text(case: Case, verdict: Verdict) -> str:
    """What the check came to, and why, as Markdown."""
    if verdict.cause in ("", WRONG):
        said = [f"**{_(rule(verdict.seen))}**", _wrong(verdict) if verdict.cause else ""]
    else:
        headings = {
            "rounding": _(
                "Rounding makes the check unreliable: it does not show that the gradient is wrong."
            ),
            "truncation": _(
                "Truncation makes the check unreliable: it does not show that the gradient is wrong."
            ),
            "kinks": _(
                "Kinks make the check unreliable: it does not show that the gradient is wrong."
            ),
        }
        said = [
            f"**{headings[verdict.cause]}**",
            _reason(case, verdict),
            _remedy(case, verdict),
        ]
    if case.code != RIGHT and verdict.cause != WRONG:
        said.append(unseen_sentence(case))
    return sentences(said)


def _wrong(verdict: Verdict) -> str:
    """Where the gradient is wrong, and that nothing else explains it."""
    return _(
        "The error at {element} is {seen}. Rounding, truncation and kinks explain at most "
        "{explained} there."
    ).format(**_numbers(verdict))


def _reason(case: Case, verdict: Verdict) -> str:
    """What spoils the check, with the error to expect and the error seen."""
    numbers = _numbers(verdict) | {
        "dtype": case.dtype,
        "eps": _power(float(np.finfo(case.dtype).eps)),
        "h": _power(case.step),
    }
    if verdict.cause == "rounding":
        return _(
            "{dtype} stores f with a relative precision of {eps}, and the division by 2h (h = {h}) "
            "magnifies the rounding. This explains a relative error of up to {explained} at "
            "{element}. The error there is {seen}."
        ).format(**numbers)
    if verdict.cause == "truncation":
        return _(
            "A centred difference has an error of about h²f‴/6. For h = {h}, judged by a "
            "comparison with h/2, this explains a relative error of up to {explained} at "
            "{element}. The error there is {seen}."
        ).format(**numbers)
    return _kinks_sentence(case)


def _remedy(case: Case, verdict: Verdict) -> str:
    """What would make the check a good one."""
    if verdict.cause == "truncation":
        return _("Take a smaller h.")
    if verdict.cause == "kinks":
        return "" if case.whole else _("Take a smaller h.")
    return _("Take float64.") if case.dtype == "float32" else _("Take a larger h.")


def _numbers(verdict: Verdict) -> dict[str, str]:
    """The element and its errors, as the sentences name them."""
    return {
        "element": f"d{verdict.name}{list(verdict.index)}",
        "seen": f"{verdict.seen:.2g}",
        "explained": f"{verdict.explained:.2g}",
    }


def _power(value: float) -> str:
    """As a power of ten: 1e-5, not 1e-05."""
    return f"{value:.0e}".replace("e-0", "e-")


def _kinks_sentence(case: Case) -> str:
    """How many differences straddle a kink."""
    count = near_kinks(case)
    return ngettext(
        "{count} place lies within h of a kink, so the difference quotient crosses it.",
        "{count} places lie within h of a kink, so the difference quotient crosses it.",
        count,
    )


def curve_sentence(case: Case) -> str:
    """Why the layer's error depends on the step as it does."""
    layer = LAYERS[case.layer]
    if layer.curved:
        return _(
            "From right to left the error first falls with h². Then rounding dominates and the "
            "error grows with 1/h, so the best step lies in between. float32 keeps about nine "
            "digits fewer, so rounding dominates earlier."
        )
    if layer.kinks:
        return _(
            "The layer is linear between its kinks. A difference that crosses no kink is exact "
            "except for rounding, which grows with 1/h. float32 keeps about nine digits fewer."
        )
    return _(
        "The layer is linear in each input. So a centred difference is exact for every h, "
        "except for rounding, which grows with 1/h. float32 keeps about nine digits fewer."
    )


def case_line(case: Case) -> str:
    """The case in one line."""
    layer = LAYERS[case.layer]
    parts = [
        _(case.layer),
        *([_(case.code)] if layer.bugs else []),
        case.dtype,
        f"h = 1e{round(np.log10(case.step))}",
    ]
    if layer.slides:
        parts += [f"{_('Kernel')} {case.kernel}", f"{_('Stride')} {case.stride}"]
        parts += [f"{_('Padding')} {case.padding}"]
    return listed(parts)
