"""What the Pooling page computes once. Keys are digests of bytes, as in `convviz.ui.cache`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.ops.pool import avg_pool2d, max_pool2d
from convviz.ops.spec import PoolSpec
from convviz.photos.images import Photo, to_chw
from convviz.ui.cache import ENTRIES


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def pooled_photo(
    digest: str,
    _photo: Photo,
    channels: str,
    kind: str,
    spec: PoolSpec,
    count_include_pad: bool,
) -> npt.NDArray[np.float32]:
    """The whole photo pooled, channels last: shape (OH, OW, 3), or (OH, OW) if gray."""
    x, window = to_chw(_photo.pixels, channels), spec.window
    settings = (window.kernel, window.stride, window.padding)
    if kind == "Max":
        out = np.asarray(max_pool2d(x, *settings, ceil_mode=spec.ceil_mode))
    else:
        out = avg_pool2d(
            x, *settings, ceil_mode=spec.ceil_mode, count_include_pad=count_include_pad
        )
    return np.ascontiguousarray(out[0] if len(out) == 1 else out.transpose(1, 2, 0))
