"""The fonts of pictures. They are cut out of Noto Sans CJK by `scripts/font.py`; see fonts/OFL.txt."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).with_name("fonts")
TEXT, CODE = FONTS / "convviz-sans.otf", FONTS / "convviz-mono.otf"
_MISSING = "\uffff"  # no font has it: what is drawn for it is drawn for everything that is missing


@cache
def font(size: int, *, code: bool = False) -> ImageFont.FreeTypeFont:
    """The font of text, in Latin and Chinese; or, for lines of code, one whose Latin letters are equally wide."""
    file = CODE if code else TEXT
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def missing(text: str, *, code: bool = False) -> str:
    """The characters of a text that the font lacks, each once, in order.

    Examples
    --------
    >>> missing("3×3 卷积核"), missing("ꙮ ok")
    ('', 'ꙮ')
    """
    face = font(20, code=code)
    unknown = _image(face, _MISSING)
    lacking = (each for each in text if each.isprintable() and _image(face, each) == unknown)
    return "".join(dict.fromkeys(lacking))


def _image(face: ImageFont.FreeTypeFont, letter: str) -> tuple[object, bytes]:
    mask = face.getmask(letter)
    return mask.size, bytes(mask)
