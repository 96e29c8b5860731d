"""How far both orders of shifting and computing differ, and why, in sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from convviz.ops.types import Array, Box
from convviz.pages.equivariance.cached import BLOB_SIZE, Compared, compare
from convviz.pages.equivariance.controls import SIDE, ShiftSettings
from convviz.pictures.overlay import Outline, Overlay
from convviz.pictures.scales import boxes_around
from convviz.text.i18n import _
from convviz.text.joined import listed
from convviz.text.prose import number, signed

ROUNDING = 1e-12  # of a sum of a few thousand numbers
DIFFERENCE = "difference"
BOX = 48  # rows and columns of the box by which a photo is dragged


def handle(settings: ShiftSettings) -> Box:
    """The box by which the image is dragged, where the shift has brought it, inside the picture."""
    first, last = [], []
    for side, step in zip(settings.size, settings.by, strict=True):
        size = BLOB_SIZE + 4 if settings.blob else min(BOX, (side + 1) // 2)
        first.append(max(0, min(side - size, (side - size) // 2 + step)))
        last.append(first[-1] + size)
    return first[0], first[1], last[0], last[1]


def shift_text(settings: ShiftSettings) -> str:
    """By how much the image is shifted."""
    down, across = (signed(step) for step in settings.by)
    return _("shifted by [{down}, {across}]").format(down=down, across=across)


def maps_shown(compared: Compared) -> list[tuple[str, str, Array]]:
    """Key, title and values, (OH, OW), of the map of each order and of their difference."""
    result = compared.result
    return [
        ("first", _("Shift, then convolve"), result.shifted_first[0]),
        ("after", _("Convolve, then shift"), result.shifted_after[0]),
        (DIFFERENCE, _("Difference"), result.difference[0]),
    ]


def differing(values: Array) -> Overlay:
    """Boxes around where both orders differ: from the last row a band of one cell is not seen without."""
    return Overlay(tuple(Outline(box) for box in boxes_around(values)))


def ends_text(values: Array) -> str:
    """The least and the largest number."""
    return f"{number(float(values.min()), 4)} … {number(float(values.max()), 4)}"


def verdict(compared: Compared) -> str:
    """The difference as a number."""
    result = compared.result
    if result.largest == 0:
        return _("Both orders agree **exactly**: largest difference **0**.")
    return _(
        "They differ: largest difference **{largest:.6g}**; norm of the difference **{relative:.1%}** "
        "of the output's."
    ).format(largest=result.largest, relative=result.relative)


def reasons(settings: ShiftSettings, compared: Compared) -> list[str]:
    """Why they agree or differ, from what was measured."""
    result, chain = compared.result, settings.chain
    if result.largest == 0:
        return [_agreement(settings)]
    said = []
    if not result.exact_shift:
        said.append(
            _(
                "The shift is not a multiple of the total stride {stride}: every output would have to "
                "move by a fraction of a cell."
            ).format(stride=chain.total_stride)
        )
        if chain.total_stride > 1:
            said.append(_with_and_without_blur(settings))
    if chain.padding_mode != "circular" and _touches_border(compared):
        said.append(
            _(
                "At the border the filter reads padding ({mode}) in place of the pixels that moved out "
                "of the image."
            ).format(mode=_(chain.padding_mode))
        )
    inner = _inside(compared, settings)
    if result.exact_shift and inner is not None:
        said.append(
            _("Away from the border the largest difference is {inner:.6g}.").format(inner=inner)
        )
    return said


def _with_and_without_blur(settings: ShiftSettings) -> str:
    """What blurring before thinning out changes, measured both ways."""
    without, blurred = (
        compare(replace(settings, chain=replace(settings.chain, blur=blur))).result.relative
        for blur in (False, True)
    )
    return _("Without blur {without:.1%}, with blur before subsampling {blurred:.1%}.").format(
        without=without, blurred=blurred
    )


def _agreement(settings: ShiftSettings) -> str:
    if settings.by == (0, 0):
        return _("Nothing is shifted yet: drag the picture.")
    if settings.chain.padding_mode == "circular":
        if settings.chain.total_stride == 1:
            return _("Stride 1 and circular padding: equivariant to every shift.")
        return _(
            "The padding is circular and the shift is a multiple of the total stride {stride}."
        ).format(stride=settings.chain.total_stride)
    return _("The border cuts off nothing that the filter responds to.")


def _touches_border(compared: Compared) -> bool:
    """Whether the outermost cells differ."""
    different = compared.result.difference[0] != 0
    edge = np.ones_like(different)
    edge[1:-1, 1:-1] = False
    return bool(different[edge].any())


def _inside(compared: Compared, settings: ShiftSettings) -> float | None:
    """Largest difference of cells that neither padding nor what came in can reach; None without any."""
    chain = settings.chain
    reach = chain.layers + (2 if chain.pooling != "none" else 0) + (2 if chain.blur else 0)
    margin = reach + max(map(abs, settings.by)) // chain.total_stride
    inner = np.abs(compared.result.difference[0])[margin:-margin, margin:-margin]
    return float(inner.max()) if inner.size else None


def ends_table(settings: ShiftSettings, compared: Compared) -> dict[str, list[str]]:
    """What a global mean and a dense layer make of the shift, and why the mean changes where it does."""
    (mean, moved_mean), (dense, moved_dense) = compared.means, compared.dense
    return {
        _("Then"): [_("ReLU, global mean"), _("ReLU, flatten, dense layer")],
        _("Before the shift"): [number(mean), number(dense)],
        _("After"): [number(moved_mean), number(moved_dense)],
        _("Change"): [
            _change(mean, moved_mean, _mean_changes(settings, compared)),
            _change(dense, moved_dense, _("each cell has a weight of its own")),
        ],
    }


def _change(before: float, after: float, reason: str) -> str:
    """The relative change, what it is called, and else its reason."""
    change = abs(after - before) / abs(before) if before else abs(after)
    return (
        _("0: invariant")
        if change < ROUNDING
        else _("{change:.1%}: {reason}").format(change=change, reason=reason)
    )


def _mean_changes(settings: ShiftSettings, compared: Compared) -> str:
    """Why a mean over the whole map changes, where it does."""
    margin = (SIDE - BLOB_SIZE) // 2 if settings.blob else 0
    stays = settings.fill == "circular" or max(map(abs, settings.by)) <= margin
    if compared.result.exact_shift:
        return _("content leaves at the border")
    return (
        _("the stride keeps other cells")
        if stays
        else _("the stride keeps other cells, and content leaves at the border")
    )


def settings_line(settings: ShiftSettings) -> str:
    """What the image goes through, in one line."""
    chain = settings.chain
    parts = [
        _(settings.filter),
        f"{_('Convolutions')}: {chain.layers}",
        f"{_('Stride of the first')}: {chain.stride}",
        f"{_('Padding mode')}: {_(chain.padding_mode)}",
    ]
    if chain.pooling != "none":
        parts.append(
            f"{_('Pooling')}: {_({'max': 'Max 2×2', 'average': 'Mean 2×2'}[chain.pooling])}"
        )
    if chain.blur:
        parts.append(_("Blur before subsampling"))
    return listed(parts)
