"""What other libraries give for the settings of a convolution: padding, size, and the cells that differ."""

from __future__ import annotations

import numpy as np

from convviz.export.code import ConvCode
from convviz.ops.conv import conv2d
from convviz.ops.frameworks import Answer, conv_elsewhere
from convviz.text.i18n import N_, _
from convviz.text.joined import sentences
from convviz.text.windows import window_line
from convviz.ui.elsewhere import Elsewhere
from convviz.ui.inputs.convolve_controls import ConvolveSettings
from convviz.ui.inputs.filter_controls import CORRELATES
from convviz.ui.inputs.region_controls import AROUND
from convviz.ui.inputs.window_controls import is_same
from convviz.ui.state import link

SCIPY = N_(
    "scipy's convolve2d turns the kernel by 180° first, as mathematics does, and so does Operation: Convolution."
)
UP = N_(
    "Caffe rounds the size up where it pools; its convolution rounds down. Every number is computed by convviz; "
    "no other library runs here."
)


def elsewhere_view(settings: ConvolveSettings) -> None:
    """A table of the libraries, and below it the map that each gives for the filter shown."""
    filters, spec = settings.filters, settings.spec
    # The loop begins there, too: the photo's own map has no other windows.
    by_photo = link.held("around", AROUND, AROUND[0]) == AROUND[0]
    region = settings.region.on_stride(spec.window.stride) if by_photo else settings.region
    x = region.batch(settings.photos, settings.channels)[:1]
    given = filters.weights[:, :, ::-1, ::-1] if filters.rotated else filters.weights
    here = conv2d(x, filters.weights, filters.biases, **spec.keywords)[0]  # (F, OH, OW)
    answers = conv_elsewhere(
        x[0], np.ascontiguousarray(given), filters.biases, spec, same=is_same()
    )
    line = window_line(spec.window)
    if spec.padding_mode != "zeros":
        line = f"{line}, {_(spec.padding_mode)}"
    answers.insert(0, Answer("convviz", line, spec.window.padding, here))
    code = ConvCode(x, filters.weights, filters.biases, spec, filters.rotated)
    about = [sentences([_(CORRELATES), _(SCIPY)]), _(UP)]
    made = Elsewhere(_("Convolve"), "convolution-elsewhere", answers, filters.shown, about, code)
    made.show(code.arrays)
