"""From scores to probabilities, each number's formula, and the pixels that matter."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.browser.picture import Lattice
from convviz.nets.results import saliency
from convviz.nets.stack import stack_text
from convviz.ops.types import Floats
from convviz.pages.network.exports import NAME, pass_files
from convviz.text.i18n import _
from convviz.ui.state import link
from convviz.ui.training.subject import Sample, Subject, pass_through, probabilities
from convviz.ui.view import MapPart, PhotoPart, TablePart, View

BELOW, SIDE = 420, 300  # screen pixels: around the two pictures, and of each on a slide
WHOLE = Lattice((0, 0), (1, 1), (1, 1))


def scores_view(subject: Subject, sample: Sample) -> None:
    """Softmax with its numbers filled in, beside the picture and the saliency of one class."""
    run = pass_through(subject, sample)
    scores, shares = run.scores[0].astype(np.float64), probabilities(run)
    said = verdict(subject, sample, int(scores.argmax()))
    table = _softmax_table(scores, shares, subject.names, sample.label)
    left, right = st.columns([6, 7])
    with left:
        st.markdown(said)
        table.show()
    with right:
        by_score = [subject.data.classes[k] for k in np.argsort(-scores)]
        asked = link.select(_("Saliency of the class"), "class", by_score)
        pictures = _pictures(subject, sample, asked)
        for part, place in zip(pictures, st.columns(2), strict=True):
            with place:
                part.show()
    View(
        [_("Network"), _("Scores")],
        NAME,
        [[table, *pictures]],
        [stack_text(subject.net.layers), said, f"{_('Saliency of the class')}: {_(asked)}"],
        *pass_files(subject, sample, run),
    ).offer()


def verdict(subject: Subject, sample: Sample, best: int) -> str:
    """What the network says, and whether it is right."""
    said = subject.names[best]
    if sample.label is None:
        return _("The network says **{said}**.").format(said=said)
    if sample.label == best:
        return _("The network says **{said}**, which is right.").format(said=said)
    return _("The network says **{said}**; it is **{right}**.").format(
        said=said, right=subject.names[sample.label]
    )


def _softmax_table(
    scores: Floats, shares: Floats, names: list[str], label: int | None
) -> TablePart:
    """Softmax with its numbers filled in, the best class first, and the loss of the right class."""
    most, order = scores.max(), np.argsort(-scores)
    total = float(np.exp(scores - most).sum())
    heads = [_("class"), "s", f"exp(s − {most:.3f})", f"÷ {total:.4f} = p"]
    rows = [
        [
            names[k],
            f"{scores[k]:.3f}".replace("-", "−"),
            f"{np.exp(scores[k] - most):.4g}",
            f"{shares[k]:.4g}",
        ]
        for k in order
    ]
    if label is None:
        return TablePart(heads, rows, narrow=True)
    loss = _("Loss: −ln {share} = **{loss}**").format(
        share=f"{shares[label]:.4g}", loss=f"{-np.log(max(shares[label], 1e-300)):.4f}"
    )
    return TablePart(heads, rows, order.tolist().index(label), foot=loss, narrow=True)


def _pictures(subject: Subject, sample: Sample, asked: str) -> tuple[PhotoPart, MapPart]:
    """The picture, and how strongly each of its pixels moves the score of a class."""
    inputs = subject.data.inputs(sample.picture[None], subject.net.dtype)[0]
    values = saliency(subject.net, inputs, subject.data.classes.index(asked))
    group = "saliency"
    return (
        PhotoPart(
            sample.pixels,
            "scored picture",
            _("Picture"),
            WHOLE,
            group=group,
            below=BELOW,
            side=SIDE,
        ),
        MapPart(
            values,
            "saliency map",
            _("Saliency"),
            WHOLE,
            _("largest |∂score/∂channel|"),
            group=group,
            side=SIDE,
        ),
    )
