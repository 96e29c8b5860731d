"""The errors of a file that cannot be shown: each is one sentence."""

from __future__ import annotations

from convviz.text.i18n import N_, Sentence

OUR_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
OUR_BRANDS = (b"WEBP", b"avif", b"avis", b"heic", b"heix", b"mif1")
WHAT_WORKS = N_("use a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC image")
OTHER_STARTS = {
    b"%PDF": N_("a PDF document"),
    b"8BPS": N_("a Photoshop file"),
    b"PK\3\4": N_("a ZIP archive"),
}


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
    kind = next((kind for start, kind in OTHER_STARTS.items() if data.startswith(start)), "")
    if not kind and b"<svg" in data[:1000]:
        kind = N_("an SVG drawing")
    if not kind and all(byte >= 32 or byte in b"\t\n\r" for byte in data[:1000]):
        kind = N_("text")
    if kind:
        return ImageError(
            "{name} is {kind}, not a photo: {use}.", name=name, kind=kind, use=WHAT_WORKS
        )
    return ImageError("{name} is not an image convviz can read: {use}.", name=name, use=WHAT_WORKS)


def too_many_pixels(name: str, most: int) -> ImageError:
    """The picture would need too much memory."""
    return ImageError(
        "{name} has more than {most} million pixels: scale it down to {most} megapixels or less.",
        name=name,
        most=most // 1_000_000,
    )


def damaged(name: str) -> ImageError:
    """The file has a format that can be read, but its content cannot."""
    return ImageError(
        "{name} is damaged or incomplete: export or copy it again, or choose another file.",
        name=name,
    )
