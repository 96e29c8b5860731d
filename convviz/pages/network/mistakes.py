"""How a network does on pictures it was not trained on: accuracy, confusion matrix, worst mistakes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.browser.pictures import show_pictures
from convviz.nets.results import Results, evaluate
from convviz.pages.network.exports import offer_results
from convviz.pages.network.picture import Mistake, offer_mistakes_picture
from convviz.pictures.cells import count_cells
from convviz.text.i18n import _
from convviz.ui.state.shown import key_of
from convviz.ui.training.samples import KEY, for_the_eye, take
from convviz.ui.training.subject import Subject
from convviz.ui.view import CellsPart

WORST, MATRIX = 9, 460  # pictures; screen pixels of all rows of the matrix


def mistakes_view(subject: Subject) -> None:
    """The validation split: what is taken for what, and the pictures the network is most wrong about."""
    results = evaluate(subject.net, subject.data, subject.data.validation)
    offer_results(subject, results)
    said = _("{right} of {count} validation pictures right: {share}").format(
        right=int(results.confusion.trace()),
        count=len(results.labels),
        share=f"{results.accuracy:.1%}",
    )
    cells = count_cells(results.confusion, subject.names, (_("class"), _("taken for")))
    matrix = CellsPart(cells, "confusion", most=MATRIX)
    offer_mistakes_picture(subject, matrix, worst_mistakes(subject, results), said)
    st.sidebar.markdown(
        _(
            "The matrix and the mistakes show the {count} validation pictures. The {tests} test "
            "pictures are different ones. The network trained on neither."
        ).format(count=len(results.labels), tests=len(subject.data.test))
    )
    left, right = st.columns([7, 6])
    with left:
        st.markdown(said)
        matrix.show()
    with right:
        _worst(subject, results)


def _worst(subject: Subject, results: Results) -> None:
    """The worst mistakes; a click on one follows it layer by layer."""
    st.markdown(f"**{_('Worst mistakes: class → taken for')}**")
    worst = worst_mistakes(subject, results)
    if not worst:
        return
    show_pictures(
        np.stack([pixels for _number, pixels, _caption in worst]),
        [caption for _number, _pixels, caption in worst],
        key="mistakes",
        label=_("Worst mistakes: follow one layer by layer"),
        wide=120,
        choose=lambda place: _follow(worst[place][0]),
    )


def worst_mistakes(subject: Subject, results: Results) -> list[Mistake]:
    """Number, pixels and caption of each."""
    images, names = subject.data.validation.images, subject.names
    return [
        (
            number,
            for_the_eye(images[number]),
            f"{names[int(results.labels[number])]} → {names[int(results.predicted[number])]}",
        )
        for number in results.worst(WORST)
    ]


def _follow(number: int) -> None:
    st.session_state["source"] = "From the data set"
    take(number)
    st.query_params[KEY] = str(number)  # its box is not on this view
    st.session_state[key_of("view")] = "Every layer"
