"""The Sharing page: what a convolution saves against a dense and a locally connected layer."""

from __future__ import annotations

import streamlit as st

from convviz.export.code import Edges, LayerCosts
from convviz.ops.connections import LARGEST_MATRIX, connection_matrix
from convviz.ops.counting import CONNECTINGS, EDGE_EXAMPLE, LayerShape
from convviz.ops.errors import SpecError
from convviz.pages.sharing.cached import EDGE_LATTICE, book_sized, edges
from convviz.pages.sharing.controls import sharing_controls
from convviz.pages.sharing.counts import costs_rows, edge_sentences, shape_sentence
from convviz.pages.sharing.matrix import MatrixPart
from convviz.text.i18n import N_, _, explain
from convviz.text.windows import window_line
from convviz.text.words import shown_name
from convviz.ui.inputs.photos import one_image
from convviz.ui.parts import show_notes
from convviz.ui.state import link
from convviz.ui.view import MapPart, PhotoPart, TablePart, View
from convviz.ui.view.inputs import input_parts

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
    """The counts of all three, and the matrix of one of them where it is not too large."""
    table = TablePart(*costs_rows(shape, NAMES))
    table.show()
    by_name = {NAMES[connecting]: connecting for connecting in reversed(CONNECTINGS)}
    connecting = by_name[link.choice(_("Matrix drawn"), "matrix", list(by_name), show_label=False)]
    detail = _("as a matrix: {outputs} outputs × {inputs} inputs").format(
        outputs=shape.outputs, inputs=shape.inputs
    )
    matrix = MatrixPart(shape, connecting, _(NAMES[connecting]), detail)
    small = shape.outputs * shape.inputs <= LARGEST_MATRIX
    View(
        [_("Sharing"), _("Connections")],
        "connections",
        [[table], *([[matrix]] if small else [])],
        [shape_sentence(shape), window_line(shape.window)],
        (lambda: {each: connection_matrix(shape, each) for each in CONNECTINGS}) if small else None,
        lambda: LayerCosts(shape),
    ).offer()
    try:
        matrix.show()
    except SpecError as error:
        st.info(explain(error))


def _book_view() -> None:
    """Vertical edges by one subtraction a pixel, on the photo, with the book's counts."""
    with st.sidebar:
        photo = one_image()
    show_notes()
    pixels = book_sized(photo, EDGE_EXAMPLE.size)
    answer = edges(pixels)
    part = PhotoPart(
        pixels, "edge photo", shown_name(photo.name), EDGE_LATTICE, group="edges", below=BELOW
    )
    parts = (
        *input_parts(photo, part)[:1],
        MapPart(answer, "edge map", FORMULA, EDGE_LATTICE, group="edges", below=BELOW),
    )
    View(
        [_("Sharing"), _("The book's edges")],
        "edges",
        [parts],
        edge_sentences(),
        lambda: {"photo": pixels, "edges": answer},
        lambda: Edges(pixels),
    ).show()
    st.markdown("  \n".join(edge_sentences()))
