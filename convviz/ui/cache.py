"""What is worth computing once. Keys are digests of bytes: Streamlit hashes large arrays only in part."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.ops.conv import conv2d
from convviz.ops.spec import Conv2dSpec
from convviz.photos.images import Photo, to_chw
from convviz.photos.regions import Region, interesting_region
from convviz.trace import Scene, conv_scene

ENTRIES = 32


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def most_interesting(digest: str, _photo: Photo, channels: str, rows: int, columns: int) -> Region:
    """The region of the photo whose pixels differ most."""
    return interesting_region(to_chw(_photo.pixels, channels), rows, columns)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def feature_map(
    digest: str,
    _photo: Photo,
    channels: str,
    weights: npt.NDArray[np.float64],
    bias: float,
    spec: Conv2dSpec,
) -> npt.NDArray[np.float32]:
    """One filter's map of the whole photo, shape (OH, OW). Weights have shape (C, KH, KW).

    It is computed in float64 and rounded once, so that it says what the stepped loop says: where large products
    cancel, float32 would leave few right digits.
    """
    x = to_chw(_photo.pixels, channels).astype(np.float64)
    window = spec.window
    out = conv2d(
        x,
        weights[None],
        np.array([bias]),
        stride=window.stride,
        padding=window.padding,
        dilation=window.dilation,
        padding_mode=spec.padding_mode,
    )
    with np.errstate(over="ignore"):  # a number too large for float32 is drawn as infinite
        return np.asarray(out[0], dtype=np.float32)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def region_scene(
    digests: tuple[str, ...],
    _photos: list[Photo],
    channels: str,
    region: Region,
    weights: npt.NDArray[np.float64],
    bias: float,
    spec: Conv2dSpec,
    rotated: bool,
) -> Scene:
    """The stepped loop over the region of every photo in the batch."""
    x = np.stack([region.cut(to_chw(photo.pixels, channels)) for photo in _photos])
    return conv_scene(x, weights, np.full(len(weights), bias), spec, rotated=rotated)
