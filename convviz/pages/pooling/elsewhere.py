"""What other libraries give for the settings of a pooling: padding, size, and the cells that differ."""

from __future__ import annotations

from convviz.ops.frameworks import Answer
from convviz.ops.frameworks_pool import pool_elsewhere
from convviz.ops.pool import pool2d
from convviz.pages.pooling.controls import PoolSettings
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.ui.elsewhere import Elsewhere

UP = N_(
    "Caffe rounds the size up, PyTorch only in ceil mode: the last window then hangs over the edge. Keras ignores "
    "padding in a mean. Every number is computed by convviz; no other library runs here."
)


def elsewhere_view(settings: PoolSettings) -> None:
    """A table of the libraries, and below it what each makes of the first channel."""
    x = settings.stepped.region.batch(settings.photos, settings.channels)[:1]
    code = settings.code(x)
    spec, counted = settings.spec, settings.count_include_pad
    here = pool2d(x, settings.how, spec, counted)[0]  # (C, OH, OW)
    call = f"{window_line(spec.window, pooling=True)}{', ceil' * spec.ceil_mode}"
    answers = [
        Answer("convviz", call, spec.reaching(settings.region.size).padding, here),
        *pool_elsewhere(x[0], settings.how, spec, counted),
    ]
    Elsewhere(_("Pooling"), "pooling-elsewhere", answers, 0, [_(UP)], code).show(code.arrays)
