"""The views of the Effective field page as pictures."""

from __future__ import annotations

from itertools import groupby

from convviz.export import Tile
from convviz.nets.stack import stack_text
from convviz.pages.effective_field.controls import RANDOM, UNIFORM, EffectiveSettings
from convviz.pages.effective_field.views import (
    Measured,
    effective_sentence,
    frame_of_field,
    network_sentence,
    photo_overlay,
)
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.ui.giving.slides import lit_photo, map_tile, offer_slide
from convviz.ui.view import ChartPart

NAME = "effective-field"


def offer_photo_picture(
    settings: EffectiveSettings, measured: Measured, detail: str, profile: ChartPart | None
) -> None:
    """Offer the lit photo beside the profile; ``detail`` says what the photo shows."""

    def rows() -> list[list[Tile]]:
        body = lit_photo(settings.pixels, photo_overlay(measured), padding=frame_of_field(measured))
        row = [Tile(f"{_(settings.photo.name)}: {detail}", body)]
        return [row + (profile.tiles() if profile else [])]

    view = [_("Effective field"), _("On the photo")]
    offer_slide(view, [_stack(settings), effective_sentence(measured)], rows, NAME)


def offer_growth_picture(
    settings: EffectiveSettings, measured: Measured, growth: ChartPart | None
) -> None:
    """Offer the gradient beside the growth of both fields with depth."""

    def rows() -> list[list[Tile]]:
        title = f"{_('Mean absolute gradient')}  {settings.side}×{settings.side}"
        return [[map_tile(title, measured.influence), *(growth.tiles() if growth else [])]]

    view = [_("Effective field"), _("Gradient and growth")]
    offer_slide(view, [_stack(settings), effective_sentence(measured)], rows, NAME)


def _stack(settings: EffectiveSettings) -> str:
    """The stack, or the network, in one line."""
    if settings.subject:
        return f"{stack_text(settings.subject.net.layers)}. {network_sentence(settings)}"
    kinds = [layer.kind for layer in settings.layers]
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    parts = [f"{count} × {kind}" if kind == "conv" else kind for kind, count in runs]
    parts.append(window_line(settings.layers[0].window))
    parts.append(f"{_('Weights')}: {_(RANDOM if settings.random else UNIFORM)}")
    parts += [_("ReLU after each layer")] if settings.relu else []
    return ", ".join(parts)
