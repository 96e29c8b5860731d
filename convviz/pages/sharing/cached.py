"""The Deep Learning book's edge example on the photo: every pixel minus the one to its left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import streamlit as st
from PIL import Image, ImageOps

from convviz.browser.picture import Lattice
from convviz.ops.conv import conv2d
from convviz.ops.types import Pair
from convviz.photos.images import Photo, to_chw

EDGE_LATTICE = Lattice((0, 0), (1, 1), (1, 2))


@st.cache_data(max_entries=16, show_spinner=False)
def book_sized(digest: str, _photo: Photo, size: Pair) -> npt.NDArray[np.uint8]:
    """The photo cut and scaled to ``size``, in gray, (H, W)."""
    image = ImageOps.fit(Image.fromarray(_photo.pixels), size[::-1], Image.Resampling.LANCZOS)
    return np.asarray(to_chw(np.asarray(image), "gray")[0], dtype=np.uint8)


@st.cache_data(max_entries=16, show_spinner=False)
def edges(digest: str, _photo: Photo, size: Pair) -> npt.NDArray[np.float32]:
    """Its vertical edges: a convolution with the kernel [−1, 1], (H, W - 1)."""
    x = book_sized(digest, _photo, size).astype(np.float32)[None]  # (1, H, W)
    kernel = np.array([[[[-1, 1]]]], dtype=np.float32)
    return np.asarray(conv2d(x, kernel)[0])
