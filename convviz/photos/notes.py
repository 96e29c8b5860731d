"""What is noted of a photo on its way in, and how it stays with the photo in a PNG."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PIL import Image, PngImagePlugin

from convviz.text.i18n import N_, Sentence

SCALED = N_("Scaled from {height}×{width}.")
TRANSPARENT = N_("Transparent parts are shown on white.")
STRETCHED = N_("{black:g} is shown as black, {white:g} as white.")
FIRST_FRAME, FIRST_PAGE = N_("First frame of {count}."), N_("First page of {count}.")
_OURS = (SCALED, TRANSPARENT, STRETCHED, FIRST_FRAME, FIRST_PAGE)
KEY = "convviz notes"


def in_png(notes: Sequence[Sentence]) -> PngImagePlugin.PngInfo:
    """The notes as a PNG holds them beside its pixels."""
    held = PngImagePlugin.PngInfo()
    if notes:
        held.add_text(KEY, json.dumps([[note.template, dict(note.words)] for note in notes]))
    return held


def of_png(image: Image.Image) -> list[Sentence]:
    """The notes that a PNG of convviz holds; none where somebody else wrote something in their place."""
    try:
        notes = [Sentence(template, words) for template, words in json.loads(image.info[KEY])]
        ours = all(note.template in _OURS and str(note) for note in notes)
        plain = all(type(word) in (int, float) for note in notes for word in note.words.values())
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return []
    return notes if ours and plain else []
