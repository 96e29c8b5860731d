"""Why the padding of a maximum is −∞ and that of a mean is counted, with the present setting's numbers."""

from __future__ import annotations

from convviz.ops.pool import avg_divisor
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Pair
from convviz.pages.pooling.controls import MAX, PoolSettings
from convviz.text.i18n import _


def padding_sentence(settings: PoolSettings, spec: PoolSpec, size: Pair) -> str:
    """What the padding of an image of ``size`` (height, width) means with this spec, or "" where there is none."""
    window = spec.window
    (top, _bottom), (left, _right) = window.padding
    if not top and not left:
        return ""
    taps = window.kernel[0] * window.kernel[1]
    inside = int(avg_divisor(spec, size, count_include_pad=False)[0, 0])
    if settings.kind == MAX:
        return _(
            "The window in the corner has {padding} padding cells. They hold −∞, so that none of "
            "them is ever the maximum. Zeros would win over the negative numbers of a feature map."
        ).format(padding=taps - inside)
    if settings.count_include_pad:
        return _(
            "The window in the corner holds {inside} pixels and divides by {taps}: padding counts, so an "
            "all-white photo would end at 255·{inside}/{taps} = {corner:.4g} there."
        ).format(inside=inside, taps=taps, corner=255 * inside / taps)
    return _(
        "The window in the corner holds {inside} pixels and divides by {inside}: padding does not count, so an "
        "all-white photo stays white."
    ).format(inside=inside)
