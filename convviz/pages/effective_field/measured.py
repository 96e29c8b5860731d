"""The effective field of the middle unit: measured, fitted, and said in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from convviz.export.code import Code, EffectiveField, TrainedField
from convviz.nets.fields import middle_gradient
from convviz.nets.stack import stack_text
from convviz.ops.receptive import Field, field_of, receptive_field
from convviz.ops.receptive.effective import (
    GaussianFit,
    Growth,
    effective_size,
    fit_gaussian,
    influence,
)
from convviz.ops.receptive.notation import write_stack
from convviz.ops.types import Array, Box
from convviz.pages.effective_field.controls import RANDOM, UNIFORM, EffectiveSettings
from convviz.pictures.overlay import Outline, Overlay
from convviz.text.i18n import _
from convviz.text.joined import listed
from convviz.text.windows import window_line
from convviz.ui.cache_receptive import drawn_weights, network_input, sampled_gradient
from convviz.ui.shown import known
from convviz.ui.training.subject import photo_sample


@dataclass(frozen=True, eq=False)
class Measured:
    """An effective field and what it is compared with."""

    influence: npt.NDArray[np.float64]  # mean absolute gradient, (H, W)
    field: Field
    fit: GaussianFit | None  # the Gaussian; None where nothing came through

    @property
    def columns(self) -> npt.NDArray[np.float64]:
        """The share of each column."""
        return np.asarray(self.influence.sum(axis=0) / self.influence.sum())


def measure(settings: EffectiveSettings) -> Measured:
    """The mean over the samples chosen, or the gradient through the trained network."""
    mean = _through_network(settings) if settings.subject else _sampled(settings)
    rows, columns = known(receptive_field(settings.layers, settings.side)[-1].output_size)
    field = field_of(settings.layers, rows // 2, columns // 2, input_size=settings.side)
    return Measured(mean, field, fit_gaussian(mean))


def _sampled(settings: EffectiveSettings) -> npt.NDArray[np.float64]:
    stack, pixels = write_stack(settings.layers), settings.pixels
    samples = [sampled_gradient(pixels, stack, seed, settings.relu) for seed in settings.seeds]
    return np.asarray(np.mean(samples, axis=0))


def _through_network(settings: EffectiveSettings) -> npt.NDArray[np.float64]:
    """Mean absolute gradient over the channels, with the photo as the network's input."""
    assert settings.subject is not None
    gradient = middle_gradient(settings.subject.net, photo_input(settings))
    return influence([gradient.astype(np.float64)])


def photo_input(settings: EffectiveSettings) -> Array:
    """The photo as the trained network's input, (C, H, W)."""
    assert settings.subject is not None
    net, data = settings.subject.net, settings.subject.data
    picture = photo_sample(settings.photo, data.shape).picture
    return np.asarray(data.inputs(picture[None], net.dtype)[0])  # (C, H, W)


def network_sentence(settings: EffectiveSettings) -> str:
    """Of which unit of which network the gradient is; nothing without one."""
    if settings.subject is None:
        return ""
    net = settings.subject.net
    rows, columns = known(receptive_field(settings.layers, settings.side)[-1].output_size)
    channels = net.input_dim[0]
    return _(
        "Gradient of unit [{row}, {column}], summed over its maps, before the first affine "
        "layer of the trained network {stack}. Mean absolute value over {channels} channels. "
        "Input: the photo at {side}×{side} pixels."
    ).format(
        row=rows // 2,
        column=columns // 2,
        stack=" ".join(layer.text for layer in net.layers),
        channels=channels,
        side=settings.side,
    )


def widths(settings: EffectiveSettings, measured: Measured) -> Growth:
    """Depth and widths of the stack shown, as the sentence says them."""
    _top, left, _bottom, right = measured.field.unclipped
    sigma = measured.fit.sigma[1] if measured.fit else 0.0
    return Growth(settings.depth, right - left, sigma, effective_size(measured.influence))


def photo_overlay(measured: Measured) -> Overlay:
    """The photo lit as strongly as each pixel counts, in the theoretical box and that of two deviations."""
    outlines = [Outline(measured.field.unclipped)]
    if measured.fit:
        outlines.append(Outline(_two_deviations(measured.fit), "second"))
    peak = measured.influence.max() or 1.0
    whole = (0, 0, *measured.influence.shape)
    return Overlay(tuple(outlines), light=whole, strength=measured.influence / peak)


def frame_of_field(measured: Measured) -> tuple[tuple[int, int], tuple[int, int]]:
    """Padding around the photo into which the theoretical field reaches."""
    top, left, bottom, right = measured.field.unclipped
    height, width = measured.influence.shape
    return (max(0, -top), max(0, bottom - height)), (max(0, -left), max(0, right - width))


def _two_deviations(fit: GaussianFit) -> Box:
    """The pixels within two deviations of the centre, as whole pixels."""
    low = [round(fit.centre[k] - 2 * fit.sigma[k]) for k in (0, 1)]
    high = [round(fit.centre[k] + 2 * fit.sigma[k]) + 1 for k in (0, 1)]
    return low[0], low[1], high[0], high[1]


def effective_sentence(measured: Measured) -> str:
    """The widths, in numbers."""
    top, _left, bottom, _right = measured.field.unclipped
    theory = bottom - top
    if measured.fit is None:
        return _(
            "Theoretical field {theory} px. A ReLU blocks every path: no pixel changes this unit."
        ).format(theory=theory)
    size = effective_size(measured.influence)
    said = _(
        "Theoretical field **{theory}** px. Fitted Gaussian σ = **{sigma:.2f}** px, ±2σ = **{width:.1f}** px. "
        "The pixels above 4.55% of the peak would fill a square with sides of **{size:.1f}** px, {share:.0%} of "
        "the theoretical field."
    ).format(
        theory=theory,
        sigma=measured.fit.sigma[1],
        width=measured.fit.width[1],
        size=size,
        share=size / theory,
    )
    if not measured.field.live.all():
        said += " " + _("Between the pixels that count lie some that do not count at all.")
    return said


def effective_code(settings: EffectiveSettings) -> Code:
    """The stack or the network that was measured, for its scripts."""
    if settings.subject:
        return TrainedField(settings.subject.net, photo_input(settings))
    weights = tuple(
        tuple(w for w in drawn_weights(settings.layers, seed) if w is not None)
        for seed in settings.seeds
    )
    x, dilation = network_input(settings.pixels), settings.layers[0].window.dilation[0]
    return EffectiveField(x, weights, dilation, settings.halving, settings.relu)


def stack_line(settings: EffectiveSettings) -> str:
    """The stack, or the network, in one line."""
    if settings.subject:
        return f"{stack_text(settings.subject.net.layers)}. {network_sentence(settings)}"
    kinds = [layer.kind for layer in settings.layers]
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    parts = [f"{count} × {kind}" if kind == "conv" else kind for kind, count in runs]
    parts.append(window_line(settings.layers[0].window))
    parts.append(f"{_('Weights')}: {_(RANDOM if settings.random else UNIFORM)}")
    parts += [_("ReLU after each layer")] if settings.relu else []
    return listed(parts)
