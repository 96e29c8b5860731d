"""The sidebar of the Equivariance page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.ops.chain import Chain, Pooling
from convviz.ops.filters import PRESETS
from convviz.ops.types import Pair
from convviz.photos.images import Photo
from convviz.text.i18n import N_, _
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.window_controls import padding_mode_control
from convviz.ui.saying import plain_name
from convviz.ui.state import link
from convviz.ui.state.switch import switch

SIDE = 96  # rows and columns of the image that is shifted
MOST = 48  # rows or columns it is shifted by at most
BLOB, PHOTO = N_("Blob"), N_("Photo")
# Of whole numbers: no rounding.
FILTERS = (N_("Sobel x"), N_("Laplacian (4)"), N_("Sharpen"), N_("Emboss"))
POOLINGS: dict[str, Pooling] = {N_("None"): "none", N_("Max 2×2"): "max", N_("Mean 2×2"): "average"}
_PENDING = "shift picked"


@dataclass(frozen=True)
class ShiftSettings:
    """Everything chosen in the sidebar."""

    photo: Photo
    blob: bool  # true to shift a small blob on nothing instead
    by: Pair  # (rows, columns) of the shift
    filter: str  # name of the filter of every convolution
    chain: Chain  # what the image goes through

    @property
    def is_numbers(self) -> bool:
        """Whether numbers are shifted, as they are."""
        return self.photo.signed and not self.blob

    @property
    def size(self) -> Pair:
        """(rows, columns) of what is shifted."""
        return self.photo.size if self.is_numbers else (SIDE, SIDE)

    @property
    def fill(self) -> str:
        """What comes in where the image is shifted away."""
        return chain_fill(self.chain)


def shift_controls(photo: Photo) -> ShiftSettings:
    """Draw the controls and return what was chosen for this photo."""
    _take_pick()

    def named(what: str) -> str:
        return plain_name(photo.name if what == PHOTO and photo.signed else what)

    with st.sidebar:
        blob = link.choice(_("Shifted"), "what", [PHOTO, BLOB], shown=named) == BLOB
        rows, columns = photo.size if photo.signed and not blob else (SIDE, SIDE)
        most = min(MOST, rows), min(MOST, columns)
        down = link.slider(_("Rows down"), "down", (-most[0], most[0]), 0)
        usual = min(3, max(1, columns // 3))  # some of a small grid stays in sight
        across = link.slider(_("Columns right"), "across", (-most[1], most[1]), usual)
        name = link.select(_("Filter"), "filter", FILTERS)
        layers = link.slider(_("Convolutions"), "layers", (1, 4), 1)
        stride = link.choice(_("Stride of the first"), "stride", ["1", "2"])
        pooling = POOLINGS[link.choice(_("Pooling"), "pool", list(POOLINGS))]
        with fold(_("More settings"), "more", ("pad_mode", "blur")):
            mode = padding_mode_control()
            blur = switch(_("Blur before subsampling"), "blur")
    chain = Chain(layers, int(stride), pooling, mode, blur)
    return ShiftSettings(photo, blob, (down, across), name, chain)


def chain_fill(chain: Chain) -> str:
    """What comes in where an image is shifted away: the other side with circular padding, else zeros."""
    return "circular" if chain.padding_mode == "circular" else "zeros"


def kernel(name: str) -> list[list[float]]:
    """The filter of this name, as rows of whole numbers."""
    return [[float(value) for value in row] for row in PRESETS[name].make().kernel]


def pick_shift(place: Pair, settings: ShiftSettings) -> None:
    """Shift such that the middle of the image comes to lie here; takes effect in the rerun this starts."""
    rows, columns = settings.size
    by = (place[0] - rows // 2, place[1] - columns // 2)
    if by != settings.by:
        st.session_state[_PENDING] = by
        st.rerun()


def _take_pick() -> None:
    picked: Pair | None = st.session_state.pop(_PENDING, None)
    if picked:
        for key, value in zip(("down", "across"), picked, strict=True):
            st.session_state[key] = max(-MOST, min(MOST, value))
