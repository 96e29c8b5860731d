"""Charts of receptive fields: growth with depth, the profile of an effective field, and its growth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.ops.receptive.effective import GaussianFit, Growth
from convviz.ops.types import Floats, Pair
from convviz.pictures.axis import Axis
from convviz.pictures.chart import Band, Bars, Chart, Line, Rings
from convviz.text.i18n import _

FINE = 8  # points of the Gaussian for each column


def field_growth_chart(
    names: Sequence[str], fields: Sequence[int], unstrided: Sequence[int], chosen: int
) -> Chart:
    """Depth against the pixels that one unit sees, beside the same stack with every stride 1."""
    depth = range(1, len(names) + 1)
    return Chart(
        Axis.around(depth, _("Depth (layers)"), whole=True),
        Axis.around([*fields, *unstrided], _("Field (pixels)"), zero=True),
        (
            Line(_("With these strides"), depth, fields, 0, places=names),
            Line(_("If every stride were 1"), depth, unstrided, 1, dashed=True, places=names),
        ),
        rings=Rings([(chosen + 1, fields[chosen])]),
    )


def profile_chart(share: Floats, fit: GaussianFit, field: Pair) -> Chart:
    """Influence by column, of sum 1, the fitted Gaussian, and the theoretical field as a band.

    `field` is its first column, and one past its last.
    """
    count = len(share)
    fine = np.linspace(0, count - 1, FINE * count)
    bell = fit.profile(fine)
    columns = [str(column) for column in range(count)]
    return Chart(
        Axis(-0.5, count - 0.5, _("Column")),
        Axis.around([*share, *bell], _("Share of the gradient"), zero=True),
        (Line(_("Gaussian"), fine.tolist(), bell.tolist(), 1),),
        Bars(_("Measured"), np.arange(-0.5, count).tolist(), share.tolist(), [0] * count, columns),
        band=Band(field[0] - 0.5, field[1] - 0.5, 3, _("Theoretical field")),
    )


def effective_growth_chart(rows: Sequence[Growth], here: Growth, kernel: int) -> Chart:
    """Depth against the theoretical field (a straight line) and the effective one (a root).

    The rows were measured on plain stacks, dense layers of means; rings show the stack looked at.
    """
    depths = [row.depth for row in rows]
    theory, counted = [row.theoretical for row in rows], [row.counted for row in rows]
    name = _("Convolutions {kernel}×{kernel}, n of them").format(kernel=kernel)
    marked = [(here.depth, here.theoretical), (here.depth, here.counted)]
    return Chart(
        Axis.around(depths, name, zero=True),
        Axis.around(
            theory + counted + [width for _depth, width in marked], _("Width (pixels)"), zero=True
        ),
        (
            Line(_("Plain means: n(k − 1) + 1"), depths, theory, 3),
            Line(_("Plain means: effective, as √n"), depths, counted, 0),
        ),
        rings=Rings(marked, _("This stack")),
        rules=([here.depth], ()),
    )
