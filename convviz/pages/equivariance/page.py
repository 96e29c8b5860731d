"""The Equivariance page: shifting the image and then computing, against computing and then shifting."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from convviz.browser.picture import Lattice
from convviz.export.code import Equivariance
from convviz.pages.equivariance.cached import Compared, before_shift, compare
from convviz.pages.equivariance.controls import ShiftSettings, kernel, pick_shift, shift_controls
from convviz.pages.equivariance.words import (
    DIFFERENCE,
    differing,
    ends_table,
    ends_text,
    handle,
    maps_shown,
    reasons,
    settings_line,
    shift_text,
    verdict,
)
from convviz.pictures.overlay import NOTHING
from convviz.text.i18n import _
from convviz.text.joined import sentences
from convviz.ui.inputs.photos import one_image
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live
from convviz.ui.view import InputPart, MapPart, PhotoPart, TablePart, View

GROUP, BELOW = "equivariance", 370
SIDE = 300  # screen pixels of each picture on a slide
WIDTHS = (20, 8, 20)  # of the image, both orders one above the other, and the difference


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        photo = one_image()
    show_notes()
    live.show(partial(shift_controls, photo), _draw, _say, st.container())


def _draw(settings: ShiftSettings) -> None:
    """The image, what both orders make of it, and where they differ."""
    compared = compare(settings)
    image, maps = _image(settings, compared), _maps(settings, compared)
    result = compared.result
    arrays = {
        "image": compared.image,
        "shifted_first": result.shifted_first[0],
        "shifted_after": result.shifted_after[0],
    }
    View(
        [_("Equivariance")],
        "equivariance",
        [[image, *maps], [_table(settings, compared)]],
        [settings_line(settings), _sentences(settings, compared)],
        lambda: arrays,
        lambda: _code(settings),
    ).offer()
    left, between, right = live.columns(WIDTHS)
    with left:
        picked = image.show()
    with between:
        both = live.container(gap=None)
    for place, part in zip((both, both, right), maps, strict=True):
        with place:
            part.show()
    if picked:
        pick_shift(picked, settings)


def _say(settings: ShiftSettings) -> list[str]:
    """Whether both orders agree, and a table of their ends."""
    compared = compare(settings)
    return [_sentences(settings, compared), *_table(settings, compared).lines]


def _sentences(settings: ShiftSettings, compared: Compared) -> str:
    return sentences([verdict(compared), *reasons(settings, compared)])


def _table(settings: ShiftSettings, compared: Compared) -> TablePart:
    ends = ends_table(settings, compared)
    return TablePart(list(ends), list(zip(*ends.values(), strict=True)))


def _image(settings: ShiftSettings, compared: Compared) -> PhotoPart | InputPart:
    """The image, which can be dragged."""
    if settings.is_numbers:
        return InputPart(
            compared.image,
            "shifted numbers",
            _("Drag the image"),
            _lattice(settings),
            shift_text(settings),
            box=handle(settings),
            group=GROUP,
            below=BELOW,
            follows=True,
            side=SIDE,
        )
    return PhotoPart(
        compared.image,
        "shifted image",
        _("Drag the image"),
        _lattice(settings),
        shift_text(settings),
        box=handle(settings),
        group=GROUP,
        below=BELOW,
        follows=True,
        side=SIDE,
    )


def _maps(settings: ShiftSettings, compared: Compared) -> list[MapPart]:
    """Both orders, small, and their difference, large."""
    limit = float(np.abs(compared.result.shifted_after).max()) or None
    return [
        MapPart(
            values,
            f"map {key}",
            title,
            _lattice(settings),
            "" if key == DIFFERENCE else ends_text(values),
            limit=limit,
            group=GROUP,
            overlay=differing(values) if key == DIFFERENCE else NOTHING,
            below=BELOW,
            small=key != DIFFERENCE,
            side=SIDE,
        )
        for key, title, values in maps_shown(compared)
    ]


def _lattice(settings: ShiftSettings) -> Lattice:
    """How the maps lie on the image."""
    stride = settings.chain.total_stride
    return Lattice((0, 0), (stride, stride), (stride, stride))


def _code(settings: ShiftSettings) -> Equivariance:
    """What is compared, for its scripts."""
    x, w = before_shift(settings.photo, settings.blob), np.array(kernel(settings.filter))
    return Equivariance(x, w, settings.chain, settings.by, settings.fill)
