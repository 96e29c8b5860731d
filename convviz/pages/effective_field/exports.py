"""What the Receptive field and the Effective field page offer to take away: arrays and code."""

from __future__ import annotations

from convviz.export.code import Code, EffectiveField, TrainedField
from convviz.pages.effective_field.controls import EffectiveSettings
from convviz.pages.effective_field.views import Measured, photo_input
from convviz.ui.cache_receptive import drawn_weights, network_input
from convviz.ui.giving.exports import offer_arrays, offer_code


def offer_effective(settings: EffectiveSettings, measured: Measured) -> None:
    """The influence of each pixel, and the stack that it was measured on."""

    def code() -> Code:
        if settings.subject:
            return TrainedField(settings.subject.net, photo_input(settings))
        weights = tuple(
            tuple(w for w in drawn_weights(settings.layers, seed) if w is not None)
            for seed in settings.seeds
        )
        x = network_input(settings.pixels)
        dilation = settings.layers[0].window.dilation[0]
        return EffectiveField(x, weights, dilation, settings.halving, settings.relu)

    arrays = {"influence": measured.influence, "columns": measured.columns}
    offer_arrays(lambda: arrays, "effective-field")
    offer_code(code, "effective-field")
