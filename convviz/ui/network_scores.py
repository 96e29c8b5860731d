"""From scores to probabilities, each number's formula, and the pixels that matter."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.i18n import _
from convviz.nets.results import saliency
from convviz.picture import Link, show_map, show_photo
from convviz.ui import link
from convviz.ui.network_exports import offer_pass
from convviz.ui.network_subject import Sample, Subject, pass_through, probabilities

BELOW = 420  # screen pixels around the two pictures


def scores_view(subject: Subject, sample: Sample) -> None:
    """Softmax with its numbers filled in, beside the picture and the saliency of one class."""
    run = pass_through(subject, sample)
    offer_pass(subject, sample, run)
    scores, shares = run.scores[0].astype(np.float64), probabilities(run)
    names, best = subject.names, int(scores.argmax())
    left, right = st.columns([6, 7])
    with left:
        st.markdown(_verdict(subject, sample, best))
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


def _verdict(subject: Subject, sample: Sample, best: int) -> str:
    said = subject.names[best]
    if sample.label is None:
        return _("The network says **{said}**.").format(said=said)
    if sample.label == best:
        return _("The network says **{said}**, which is right.").format(said=said)
    return _("The network says **{said}**; it is **{right}**.").format(
        said=said, right=subject.names[sample.label]
    )


def _formulas(scores: object, shares: object, names: list[str], label: int | None) -> None:
    s, p = np.asarray(scores), np.asarray(shares)
    most = s.max()
    total = float(np.exp(s - most).sum())
    rows = [f"| {_('class')} | s | exp(s − {most:.3f}) | ÷ {total:.4f} = p |", "|:--|--:|--:|--:|"]
    for k in np.argsort(-s):
        name = f"**{names[k]}**" if k == label else names[k]
        rows.append(f"| {name} | {s[k]:.3f} | {np.exp(s[k] - most):.4g} | {p[k]:.4g} |")
    st.markdown("\n".join(rows).replace("| -", "| −"))
    if label is not None:
        st.markdown(
            _("Loss: −ln {share} = **{loss}**").format(
                share=f"{p[label]:.4g}", loss=f"{-np.log(max(p[label], 1e-300)):.4f}"
            )
        )


def _pictures(sample: Sample, values: object) -> None:
    whole = Link((0, 0), (1, 1), (1, 1))
    shown = np.asarray(values, dtype=np.float32)
    size = f"{shown.shape[0]}×{shown.shape[1]}"
    left, right = st.columns(2)
    with left:
        show_photo(
            sample.pixels,
            key="scored picture",
            title=_("Picture"),
            detail=size,
            link=whole,
            box=None,
            group="saliency",
            below=BELOW,
        )
    with right:
        show_map(
            shown,
            key="saliency map",
            title=_("Saliency"),
            detail=_("largest |∂score/∂channel|"),
            link=whole,
            box=None,
            group="saliency",
        )
