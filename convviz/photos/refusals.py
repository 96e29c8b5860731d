"""The errors of a file that cannot be shown: each is one sentence."""

from __future__ import annotations

from convviz.text.i18n import N_, Sentence

OUR_STARTS = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", b"II*\0", b"MM\0*")
OUR_BRANDS = (b"WEBP", b"avif", b"avis", b"heic", b"heix", b"mif1")
WHAT_WORKS = N_("use a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC image")
JPEG_2000, RAW = N_("a JPEG 2000 picture"), N_("a camera's raw photo")
OTHER_STARTS = {
    b"%PDF": N_("a PDF document"),
    b"%!PS": N_("a PostScript file"),
    b"8BPS": N_("a Photoshop file"),
    b"PK\3\4": N_("a ZIP archive"),
    b"\x1a\x45\xdf\xa3": N_("a video"),
    b"SIMPLE  =": N_("a FITS file"),
    b"\x80\x02": N_("a Python pickle"),
    b"\x80\x03": N_("a Python pickle"),
    b"\x80\x04": N_("a Python pickle"),
    b"\x80\x05": N_("a Python pickle"),
}
# Pictures that are not read, by their first bytes, and by the brand that an ISO file says.
UNREAD_STARTS = {
    b"\xff\x0a": N_("a JPEG XL picture"),
    b"\0\0\0\x0cJXL ": N_("a JPEG XL picture"),
    b"\0\0\0\x0cjP  ": JPEG_2000,
    b"\xff\x4f\xff\x51": JPEG_2000,
    b"\0\0\1\0": N_("an icon"),
    b"II+\0": N_("a BigTIFF"),
    b"MM\0+": N_("a BigTIFF"),
    b"qoif": N_("a QOI picture"),
    b"DDS ": N_("a DDS texture"),
    b"\x76\x2f\x31\x01": N_("an OpenEXR picture"),
    b"#?RADIANCE": N_("a Radiance HDR picture"),
    b"FUJIFILMCCD-RAW": RAW,
    b"IIRO": RAW,
    b"IIRS": RAW,
    b"IIU\0": RAW,
    b"FOVb": RAW,
    **{
        b"P" + number + end: N_("a PNM picture")
        for number in (b"1", b"2", b"3", b"4", b"5", b"6")
        for end in (b"\n", b" ")
    },
}
SHORTEST, LONGEST_HEAD = 8, 65_536  # bytes: fewer say nothing; comments may stand before a drawing
UNREAD_BRANDS = {b"crx ": RAW}
VIDEO_BRANDS = (b"isom", b"iso2", b"mp41", b"mp42", b"qt  ", b"M4V ", b"avc1", b"3gp4", b"3gp5")


class FileError(ValueError):
    """A file that cannot be used: one sentence saying what was wrong and what would work.

    Parameters
    ----------
    template
        The sentence in English, with placeholders in braces, so that it can be said in another language.
    **words
        What goes into it.
    """

    def __init__(self, template: str, **words: object):
        self.sentence = Sentence(template, words)
        super().__init__(str(self.sentence))


class ImageError(FileError):
    """A file that cannot be shown as an image."""


def unreadable(data: bytes, name: str, *, has_heif: bool) -> ImageError:
    """The error of a file that no decoder can read; its first bytes tell why."""
    brand = data[8:12]
    if not has_heif and brand in (b"heic", b"heix", b"mif1"):
        return ImageError(
            "{name} needs the package pillow-heif: install it, or use a JPEG.", name=name
        )
    if data.startswith(OUR_STARTS) or brand in OUR_BRANDS:
        return damaged(name)
    starts = (what for start, what in UNREAD_STARTS.items() if data.startswith(start))
    if picture := next(starts, UNREAD_BRANDS.get(brand, "")):
        return unread(name, picture)
    kind = _other_kind(data)
    if not kind and len(data) < SHORTEST:
        return damaged(name)
    if kind:
        return ImageError(
            "{name} is {kind}, not a photo: {use}.", name=name, kind=kind, use=WHAT_WORKS
        )
    return ImageError("{name} is not an image convviz can read: {use}.", name=name, use=WHAT_WORKS)


def _other_kind(data: bytes) -> str:
    """What a file is that is no picture; "" where nobody knows."""
    for start, kind in OTHER_STARTS.items():
        if data.startswith(start):
            return kind
    if data[8:12] in VIDEO_BRANDS and data[4:8] == b"ftyp":
        return N_("a video")
    if data[128:132] == b"DICM":
        return N_("a DICOM file")
    head = data[:LONGEST_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") and b"<svg" in head:
        return N_("an SVG drawing")
    if len(data) >= SHORTEST and all(byte >= 32 or byte in b"\t\n\r" for byte in data[:1000]):
        return N_("text")
    return ""


def unread(name: str, kind: str) -> ImageError:
    """A picture, sound perhaps, of a kind that is not read."""
    return ImageError(
        "{name} is {kind}, which convviz does not read: {use}.",
        name=name,
        kind=kind,
        use=WHAT_WORKS,
    )


def too_many_pixels(name: str, most: int) -> ImageError:
    """The picture would need too much memory."""
    return ImageError(
        "{name} has more than {most} million pixels: scale it down to {most} megapixels or less.",
        name=name,
        most=most // 1_000_000,
    )


def too_costly(name: str) -> ImageError:
    """The decoder took more time or memory than one photo may."""
    return ImageError(
        "{name} takes too long or too much memory to read: save it again as a usual JPEG or PNG.",
        name=name,
    )


def damaged(name: str) -> ImageError:
    """The file has a format that can be read, but its content cannot."""
    return ImageError(
        "{name} is damaged or incomplete: export or copy it again, or choose another file.",
        name=name,
    )
