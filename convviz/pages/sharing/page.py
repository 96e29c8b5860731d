"""The Sparse and shared page: what a convolution saves against a dense and a locally connected layer."""

from __future__ import annotations

import streamlit as st

from convviz.browser.connections import show_connections
from convviz.browser.picture import show_map, show_photo
from convviz.export.code import Edges, LayerCosts
from convviz.ops.connections import LARGEST_MATRIX, connection_matrix
from convviz.ops.counting import CONNECTINGS, EDGE_EXAMPLE, LayerShape
from convviz.ops.errors import SpecError
from convviz.pages.sharing.cached import EDGE_LATTICE, book_sized, edges
from convviz.pages.sharing.controls import sharing_controls
from convviz.pages.sharing.counts import costs_table, edge_sentences, shape_sentence
from convviz.pages.sharing.picture import offer_edges_picture, offer_matrix_picture
from convviz.text.i18n import N_, _, explain
from convviz.ui.giving.exports import offer_arrays, offer_code
from convviz.ui.inputs.photos import image_control
from convviz.ui.parts import show_notes
from convviz.ui.state import link

MATRIX, BOOK = N_("Connections"), N_("The book's edges")
NAMES = {"conv": N_("Convolution"), "local": N_("Locally connected"), "dense": N_("Dense")}
BELOW = 360
FORMULA = "x[i] − x[i − 1]"


def render() -> None:
    """Draw the page."""
    link.read_link()
    view_column, said = st.columns([4, 5], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [MATRIX, BOOK], show_label=False)
    if view == MATRIX:
        shape = sharing_controls()
        said.markdown(shape_sentence(shape))
        show_notes()
        _matrix_view(shape)
    else:
        _book_view()


def _matrix_view(shape: LayerShape) -> None:
    """The counts of all three, and the matrix of one of them."""
    costs_table(shape, NAMES)
    if shape.outputs * shape.inputs <= LARGEST_MATRIX:
        offer_arrays(
            lambda: {each: connection_matrix(shape, each) for each in CONNECTINGS}, "connections"
        )
    offer_code(lambda: LayerCosts(shape), "layer-costs")
    by_name = {NAMES[connecting]: connecting for connecting in reversed(CONNECTINGS)}
    connecting = by_name[link.choice(_("Matrix drawn"), "matrix", list(by_name), show_label=False)]
    detail = _("as a matrix: {outputs} outputs × {inputs} inputs").format(
        outputs=shape.outputs, inputs=shape.inputs
    )
    offer_matrix_picture(shape, connecting, NAMES, detail)
    try:
        show_connections(
            shape, connecting, key="connections", title=_(NAMES[connecting]), detail=detail
        )
    except SpecError as error:
        st.info(explain(error))


def _book_view() -> None:
    """Vertical edges by one subtraction a pixel, on the photo, with the book's counts."""
    with st.sidebar:
        photo = image_control()[0]
    show_notes()
    pixels = book_sized(photo, EDGE_EXAMPLE.size)
    left, right = st.columns(2)
    height, width = EDGE_EXAMPLE.size
    answer = edges(pixels)
    offer_arrays(lambda: {"photo": pixels, "edges": answer}, "edges")
    offer_code(lambda: Edges(pixels), "edges")
    offer_edges_picture(_(photo.name), pixels, answer, FORMULA)
    with left:
        show_photo(
            pixels,
            key="edge photo",
            title=_(photo.name),
            detail=f"{height}×{width}",
            lattice=EDGE_LATTICE,
            box=None,
            group="edges",
            below=BELOW,
        )
    with right:
        show_map(
            answer,
            key="edge map",
            title=FORMULA,
            detail=f"{height}×{width - 1}",
            lattice=EDGE_LATTICE,
            box=None,
            group="edges",
            below=BELOW,
        )
    st.markdown("  \n".join(edge_sentences()))
