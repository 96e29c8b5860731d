"""From scores to probabilities, each number's formula, and the pixels that matter."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.browser.picture import Lattice
from convviz.nets.results import saliency
from convviz.ops.types import Floats
from convviz.pages.network.exports import offer_pass
from convviz.pages.network.picture import offer_scores_picture
from convviz.pages.network.words import loss_sentence, score_rows, verdict
from convviz.text.i18n import _
from convviz.ui.state import link
from convviz.ui.training.subject import Sample, Subject, pass_through, probabilities
from convviz.ui.view import MapPart, PhotoPart

BELOW = 420  # screen pixels around the two pictures


def scores_view(subject: Subject, sample: Sample) -> None:
    """Softmax with its numbers filled in, beside the picture and the saliency of one class."""
    run = pass_through(subject, sample)
    offer_pass(subject, sample, run)
    scores, shares = run.scores[0].astype(np.float64), probabilities(run)
    names, best = subject.names, int(scores.argmax())
    left, right = st.columns([6, 7])
    with left:
        st.markdown(verdict(subject, sample, best))
        _formulas(scores, shares, names, sample.label)
    with right:
        by_score = [subject.data.classes[k] for k in np.argsort(-scores)]
        asked = link.select(_("Saliency of the class"), "class", by_score)
        values = saliency(
            subject.net,
            subject.data.inputs(sample.picture[None], subject.net.dtype)[0],
            subject.data.classes.index(asked),
        )
        _pictures(sample, values.astype(np.float32))
    offer_scores_picture(subject, sample, (scores, shares), asked, values)


def _formulas(scores: Floats, shares: Floats, names: list[str], label: int | None) -> None:
    heads, rows = score_rows(scores, shares, names)
    lines = [f"| {' | '.join(heads)} |", "|:--|--:|--:|--:|"]
    for name, *numbers in rows:
        said = f"**{name}**" if label is not None and name == names[label] else name
        lines.append(f"| {' | '.join([said, *numbers])} |")
    st.markdown("\n".join(lines))
    if label is not None:
        st.markdown(loss_sentence(shares, label))


def _pictures(sample: Sample, values: object) -> None:
    whole = Lattice((0, 0), (1, 1), (1, 1))
    shown = np.asarray(values, dtype=np.float32)
    left, right = st.columns(2)
    with left:
        PhotoPart(
            sample.pixels, "scored picture", _("Picture"), whole, group="saliency", below=BELOW
        ).show()
    with right:
        MapPart(
            shown,
            "saliency map",
            _("Saliency"),
            whole,
            _("largest |∂score/∂channel|"),
            group="saliency",
        ).show()
