"""What the Network page says of one picture: the verdict, softmax with its numbers, and the loss."""

from __future__ import annotations

import numpy as np

from convviz.ops.types import Floats
from convviz.text.i18n import _
from convviz.ui.training.subject import Sample, Subject


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


def score_rows(
    scores: Floats, shares: Floats, names: list[str]
) -> tuple[list[str], list[list[str]]]:
    """Softmax with its numbers filled in: names of the columns, and a row for each class, best first."""
    most = scores.max()
    total = float(np.exp(scores - most).sum())
    heads = [_("class"), "s", f"exp(s − {most:.3f})", f"÷ {total:.4f} = p"]
    rows = []
    for k in np.argsort(-scores):
        score = f"{scores[k]:.3f}".replace("-", "−")
        rows.append([names[k], score, f"{np.exp(scores[k] - most):.4g}", f"{shares[k]:.4g}"])
    return heads, rows


def loss_sentence(shares: Floats, label: int) -> str:
    """The loss of the right class, with its number filled in."""
    return _("Loss: −ln {share} = **{loss}**").format(
        share=f"{shares[label]:.4g}", loss=f"{-np.log(max(shares[label], 1e-300)):.4f}"
    )
