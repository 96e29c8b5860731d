"""How a network does on pictures it was not trained on: accuracy, confusion matrix, worst mistakes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.export.code import Network
from convviz.nets.results import Results, evaluate
from convviz.nets.stack import stack_text
from convviz.pages.network.exports import NAME
from convviz.pictures.cells import count_cells
from convviz.text.i18n import N_, _
from convviz.ui.state.shown import key_of
from convviz.ui.training.samples import KEY, for_the_eye, take
from convviz.ui.training.subject import VALIDATION, Subject
from convviz.ui.view import CellsPart, PicturesPart, View

LAYERS = N_("Every layer")  # the view on which a mistake is looked at
WORST, MATRIX = 9, 460  # pictures; screen pixels of all rows of the matrix


def mistakes_view(subject: Subject) -> None:
    """The validation split: what is taken for what, and the pictures the network is most wrong about."""
    validation = subject.data.validation
    results = evaluate(subject.net, subject.data, validation)
    said = _("{right} of {count} validation pictures right: {share}").format(
        right=int(results.confusion.trace()),
        count=len(results.labels),
        share=f"{results.accuracy:.1%}",
    )
    st.sidebar.markdown(
        _(
            "The matrix and the mistakes show the {count} validation pictures. The {tests} test "
            "pictures are different ones. The network trained on neither."
        ).format(count=len(results.labels), tests=len(subject.data.test))
    )
    cells = count_cells(results.confusion, subject.names, (_("class"), _("taken for")))
    matrix = CellsPart(cells, "confusion", most=MATRIX)
    title, worst = _("Worst mistakes: class → taken for"), results.worst(WORST)
    pictures = [_worst(subject, results, worst, title)] if worst else []
    View(
        [_("Network"), _("Mistakes")],
        NAME,
        [[matrix, *pictures]],
        [stack_text(subject.net.layers), said],
        lambda: {"scores": results.scores, "labels": results.labels},
        lambda: Network(subject.net, subject.data, validation.images, validation.labels),
    ).offer()
    left, right = st.columns([7, 6])
    with left:
        st.markdown(said)
        matrix.show()
    with right:
        st.markdown(f"**{title}**")
        for part in pictures:
            part.show()


def _worst(subject: Subject, results: Results, worst: list[int], title: str) -> PicturesPart:
    """The worst mistakes; a click on one follows it layer by layer."""
    images, names = subject.data.validation.images, subject.names
    return PicturesPart(
        np.stack([for_the_eye(images[k]) for k in worst]),
        [f"{names[int(results.labels[k])]} → {names[int(results.predicted[k])]}" for k in worst],
        "mistakes",
        _("Worst mistakes: follow one layer by layer"),
        wide=120,
        choose=lambda place: _follow(worst[place]),
        title=title,
    )


def _follow(number: int) -> None:
    st.session_state["source"] = VALIDATION
    take(number)
    st.query_params[KEY] = str(number)  # its box is not on this view
    st.session_state[key_of("view")] = LAYERS
