"""What is known of a picture before it is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.photos.colours import Colours
from convviz.photos.refusals import unread
from convviz.text.i18n import N_


@dataclass(frozen=True)
class Prepared:
    """A file made ready for its decoder, and how its numbers are meant."""

    data: bytes  # the file's bytes, without what the decoder stumbles over
    frames: int = 1  # how many frames or pages it holds
    # (width, height), where it has to be checked before the file is opened.
    size: tuple[int, int] | None = None
    colours: Colours | None = None  # what its numbers mean, where no colour profile says so
    profile: bytes | None = None  # its colour profile, where the decoder is not to look for it
    # (left, top, right, bottom) of the part of the picture that the first frame covers.
    frame: tuple[int, int, int, int] | None = None
    deep: bool = False  # whether each channel has 16 bits, of which the decoder keeps 8
    clear: tuple[int, ...] | None = None  # the colour of 16 bits a channel that means "transparent"
    negative: bool = False  # whether 0 is white and the decoder does not know it
    # Whether 32-bit numbers are never negative and the decoder does not know it.
    unsigned: bool = False
    ended: bool = True  # whether the file says itself where it ends


HDR = {16: N_("an HDR picture (PQ)"), 18: N_("an HDR picture (HLG)")}


def coded_colours(primaries: int, transfer: int, name: str) -> Colours | None:
    """The colours that two code points of ITU-T H.273 name; None for sRGB and what nobody specified.

    Raises
    ------
    ImageError
        For HDR: its whites are brighter than a screen's.
    """
    if transfer in HDR:
        raise unread(name, HDR[transfer])
    return Colours.coded(primaries, transfer)
