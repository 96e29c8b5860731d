"""What a file says beside its pixels: colours, kinds, ends, frames and pages. Every file is made here."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, TiffImagePlugin

from convviz.photos import heif, images
from convviz.photos.files import prepare
from convviz.photos.images import ImageError, read_photo
from tests.unit.test_images import encode, picture, refusal

# CSS Color 4, section 17: linear Display P3 to linear sRGB.
P3 = np.array(
    [
        [1.2249401762805598, -0.2249401762805597, 0.0],
        [-0.0420569547096881, 1.0420569547096880, 0.0],
        [-0.0196375545903344, -0.0786360455506319, 1.0982736001409663],
    ]
)
P3_MEASURED = struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
WHITE = "Transparent parts are shown on white."


def light(shares: np.ndarray) -> np.ndarray:
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def shown(linear: np.ndarray) -> np.ndarray:
    """Linear light as an sRGB screen wants it, from 0 to 255."""
    inside = np.clip(linear, 0, 1)
    curve = np.where(inside <= 0.0031308, 12.92 * inside, 1.055 * inside ** (1 / 2.4) - 0.055)
    return 255 * curve


def png(
    *chunks: tuple[bytes, bytes], pixels: np.ndarray | None = None, ending: bool = True
) -> bytes:
    """A PNG of 8 or 16 bits with further chunks behind its header."""
    pixels = picture() if pixels is None else pixels
    height, width = pixels.shape[:2]
    kind = 2 if pixels.ndim == 3 else 0
    deep = pixels.dtype.itemsize * 8
    rows = b"".join(b"\0" + row.astype(pixels.dtype.newbyteorder(">")).tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, deep, kind, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows))]
    parts += [(b"IEND", b"")] if ending else []
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def assert_shows(data: bytes, expected: np.ndarray, near: float = 1, note: str = "") -> None:
    photo = read_photo(data, "a")
    assert photo.note == note
    assert np.abs(photo.pixels - expected).max() <= near


# Colours -----------------------------------------------------------------------------------------


def test_a_png_of_linear_light_is_shown_as_bright_as_it_is() -> None:
    expected = shown(picture() / 255)
    assert_shows(png((b"gAMA", struct.pack(">I", 100_000))), expected)
    assert_shows(png((b"cICP", bytes([1, 8, 0, 1]))), expected)


@pytest.mark.parametrize(
    "chunks",
    [
        [(b"cICP", bytes([12, 13, 0, 1]))],
        [(b"cHRM", P3_MEASURED)],
        [(b"cICP", bytes([12, 13, 0, 1])), (b"gAMA", struct.pack(">I", 100_000))],
    ],
)
def test_a_png_in_display_p3_shows_the_same_colours(chunks: list[tuple[bytes, bytes]]) -> None:
    assert_shows(png(*chunks), shown(light(picture() / 255) @ P3.T))


def test_a_png_with_a_gamma_and_other_primaries_has_that_gamma() -> None:
    data = png((b"gAMA", struct.pack(">I", 45455)), (b"cHRM", P3_MEASURED))
    assert_shows(data, shown((picture() / 255) ** 2.2 @ P3.T))


@pytest.mark.parametrize(
    "chunks",
    [
        [(b"gAMA", struct.pack(">I", 45455))],
        [(b"sRGB", b"\0"), (b"gAMA", struct.pack(">I", 100_000))],
        [(b"cICP", bytes([1, 13, 0, 1])), (b"cHRM", P3_MEASURED)],
        [(b"cICP", bytes([2, 2, 0, 1]))],
        [(b"gAMA", b"\0\0\0\0")],
        [(b"cHRM", bytes(32))],
    ],
)
def test_a_png_that_says_srgb_or_nothing_that_is_known_keeps_its_numbers(
    chunks: list[tuple[bytes, bytes]],
) -> None:
    if chunks == [(b"cHRM", bytes(32))]:
        assert refusal(png(*chunks), "a.png")
        return
    assert_shows(png(*chunks), picture(), near=0)


def test_an_avif_without_a_profile_has_the_colours_of_its_code_points() -> None:
    plain = encode(picture(), "AVIF", quality=100, subsampling="4:4:4", speed=10)
    place = plain.index(b"nclx") + 4
    p3 = plain[:place] + struct.pack(">HH", 12, 13) + plain[place + 4 :]
    before = read_photo(plain, "a.avif").pixels
    assert_shows(p3, shown(light(before / 255) @ P3.T))


def test_a_heic_without_a_profile_has_the_colours_of_its_code_points() -> None:
    plain = encode(picture(), "HEIF", quality=100, chroma=444)
    place = plain.index(b"nclx") + 4
    linear = plain[:place] + struct.pack(">HH", 1, 8) + plain[place + 4 :]
    assert_shows(linear, shown(read_photo(plain, "a.heic").pixels / 255))


@pytest.mark.parametrize(("transfer", "kind"), [(16, "PQ"), (18, "HLG")])
def test_an_hdr_picture_is_refused_by_name(transfer: int, kind: str) -> None:
    said = refusal(png((b"cICP", bytes([9, transfer, 0, 1]))), "a.png")
    assert said.startswith(f"a.png is an HDR picture ({kind}), which convviz does not read: use a")


def linear_profile(name: str) -> bytes:
    """A colour profile of linear light with the primaries of sRGB, under any name."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", made, 128)[0]
    for k in range(count):
        tag, place, _ = struct.unpack_from(">4sII", made, 132 + 12 * k)
        if tag in (b"rTRC", b"gTRC", b"bTRC"):  # a curve of no points is the straight line
            struct.pack_into(">4sII", made, place, b"curv", 0, 0)
        if tag == b"desc":
            text = name.encode("utf-16-be")
            struct.pack_into(">I", made, place + 20, len(text))
            made[place + 28 : place + 28 + len(text)] = text
    return bytes(made)


def test_a_profile_is_applied_whatever_its_name() -> None:
    profile = linear_profile("sRGB")
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    data = encode(picture(), icc_profile=profile)
    assert_shows(data, shown(picture() / 255), near=2)


# Numbers -----------------------------------------------------------------------------------------


def test_16_bits_of_gray_and_of_colour_that_hold_fewer_are_shown_alike() -> None:
    wide = picture().astype(np.uint16) * 16
    note = "0 is shown as black, 4095 as white."
    assert_shows(png(pixels=wide), wide * (255 / 4095), note=note)
    assert_shows(png(pixels=wide[..., 0]), wide[..., :1] * (255 / 4095), note=note)


def test_a_transparent_colour_of_16_bits_becomes_white() -> None:
    wide = picture().astype(np.uint16) * 257
    wide[:5, :7] = 25701
    clear = struct.pack(">H", 25701)
    expected = wide / 257
    expected[:5, :7] = 255
    assert_shows(png((b"tRNS", clear * 3), pixels=wide), expected, note=WHITE)
    assert_shows(png((b"tRNS", clear), pixels=wide[..., 0]), expected[..., :1], note=WHITE)
    near = wide.copy()
    near[:5, :7] += 1  # nearly that colour
    assert_shows(png((b"tRNS", clear * 3), pixels=near), near / 257)


def tiff(pixels: np.ndarray, **tags: int) -> bytes:
    """A TIFF of one strip, written number for number."""
    samples = 1 if pixels.ndim == 2 else pixels.shape[2]
    bits = pixels.dtype.itemsize * 8
    kind = {"u": 1, "i": 2, "f": 3}[pixels.dtype.kind]
    entries = {
        256: pixels.shape[1], 257: pixels.shape[0], 258: bits, 259: 1, 262: 1 if samples == 1 else 2,
        273: 8, 277: samples, 278: pixels.shape[0], 279: pixels.nbytes, 284: 1, 339: kind,
    } | {int(tag[1:]): value for tag, value in tags.items()}  # fmt: skip
    if entries[284] == 2:
        pixels = pixels.transpose(2, 0, 1)
    body = pixels.tobytes()
    directory = struct.pack("<H", len(entries))
    for tag, value in sorted(entries.items()):
        directory += struct.pack("<HHII", tag, 4, 1, value)
    return b"II*\0" + struct.pack("<I", 8 + len(body)) + body + directory + bytes(4)


def test_16_bit_gray_whose_zero_is_white_is_no_negative() -> None:
    wide = picture()[..., 0].astype(np.uint16) * 257
    assert_shows(tiff(65535 - wide, t262=0), picture()[..., :1])


def test_32_bit_gray_without_sign_reaches_to_its_end() -> None:
    wide = picture()[..., 0].astype(np.uint32) * 16843009
    wide[0, 0], wide[0, 1] = 0, 2**32 - 1
    photo = read_photo(tiff(wide), "a.tif")
    assert photo.note == "0 is shown as black, 4.29497e+09 as white."
    assert np.abs(photo.pixels[1:] - picture()[1:, :, :1]).max() <= 1


def test_a_thumbnail_is_not_taken_for_the_photo() -> None:
    small, large = Image.fromarray(picture()[::4, ::4]), Image.fromarray(picture())
    buffer = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(buffer, True) as writer:
        for page, kind in ((small, 1), (large, 0)):
            info = TiffImagePlugin.ImageFileDirectory_v2()
            info[254] = kind
            page.save(writer, "TIFF", tiffinfo=info)
            writer.newFrame()
    assert_shows(buffer.getvalue(), picture(), near=0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (tiff(np.zeros((9, 9), np.float64)), "a TIFF of floating-point numbers other than one float32 a pixel"),
        (tiff(np.zeros((9, 9, 3), np.float16)), "a TIFF of floating-point numbers other than one float32 a pixel"),
        (tiff(np.zeros((9, 9), np.uint64)), "a TIFF of more than 32 bits a number"),
        (tiff(np.zeros((9, 9, 3), np.uint16), t284=2), "a 16-bit TIFF with a plane for each colour"),
        (tiff(np.zeros((9, 9, 3), np.uint16), t262=8), "a 16-bit TIFF in Lab colours"),
        (tiff(np.zeros((9, 9, 3), np.uint8), t259=50001), "a TIFF with WebP inside"),
        (tiff(np.zeros((9, 9), np.uint16), t262=32803), "a camera's raw photo"),
        (tiff(np.zeros((9, 9, 3), np.uint8), t254=1, t330=8), "a camera's raw photo"),
        (b"\xff\x0a" + bytes(50), "a JPEG XL picture"),
        (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(50), "a JPEG XL picture"),
        (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(50), "a JPEG 2000 picture"),
        (b"\0\0\0\x18ftypcrx " + bytes(50), "a camera's raw photo"),
        (b"II+\0\x08" + bytes(50), "a BigTIFF"),
        (b"P6\n2 2\n255\n" + bytes(12), "a PNM picture"),
    ],
)  # fmt: skip
def test_a_picture_of_a_kind_that_is_not_read_is_named(data: bytes, kind: str) -> None:
    said = refusal(data, "a")
    assert said.startswith(f"a is {kind}, which convviz does not read: use a JPEG, PNG")


@pytest.mark.parametrize("bits", [12, 16])
def test_a_jpeg_of_more_than_8_bits_is_named(bits: int) -> None:
    data = bytearray(encode(picture(), "JPEG"))
    data[data.index(b"\xff\xc0") + 4] = bits
    assert refusal(bytes(data), "a.jpg").startswith("a.jpg is a 12-bit JPEG, which convviz does")


def test_a_drawing_behind_a_long_comment_is_no_text() -> None:
    data = b"<?xml version='1.0'?><!--" + b"-" * 3000 + b"--><svg/>"
    assert refusal(data, "a.svg").startswith("a.svg is an SVG drawing, not a photo")


@pytest.mark.parametrize("data", [b"\xff", b"x", b"\x89P"])
def test_a_file_of_a_few_bytes_is_damaged_and_no_text(data: bytes) -> None:
    assert "is damaged or incomplete" in refusal(data, "a.jpg")


# Sound pictures with something odd beside them -----------------------------------------------------


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"abCd"])
def test_a_png_with_megabytes_of_text_is_read(kind: bytes) -> None:
    text = b"Comment\0" + (
        b"\0" + zlib.compress(b"a" * 3_000_000) if kind == b"zTXt" else b"a" * 3_000_000
    )
    assert_shows(png((kind, text)), picture(), near=0)


def test_a_png_whose_profile_has_megabytes_is_shown_by_it() -> None:
    profile = linear_profile("a")
    padded = struct.pack(">I", len(profile) + 2_000_000) + profile[4:] + bytes(2_000_000)
    data = png((b"iCCP", b"a\0\0" + zlib.compress(padded)))
    assert_shows(data, shown(picture() / 255), near=2)


def test_a_png_whose_text_has_a_wrong_checksum_is_read() -> None:
    data = png((b"tEXt", b"Comment\0cat"))
    place = data.index(b"Comment\0cat") + 11
    assert_shows(data[:place] + b"\0\0\0\0" + data[place + 4 :], picture(), near=0)


def test_a_png_without_its_end_is_read() -> None:
    assert_shows(png(ending=False), picture(), near=0)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_a_jpeg_without_its_end_is_read_if_no_pixel_is_missing(options: dict[str, Any]) -> None:
    data = encode(picture(), "JPEG", quality=95, **options)
    assert data.endswith(b"\xff\xd9")
    assert_shows(data[:-2], read_photo(data, "a").pixels, near=0)
    for missing in (12, 40, 200):
        with pytest.raises(ImageError, match="damaged or incomplete"):
            read_photo(data[:-missing], "a")


def test_a_webp_that_promises_more_than_it_has_is_read() -> None:
    data = encode(picture(), "WEBP", lossless=True, exact=True)
    longer = data[:4] + struct.pack("<I", len(data) + 92) + data[8:]
    assert_shows(longer, picture(), near=0)


# Frames and pages -----------------------------------------------------------------------------------


def test_a_gif_whose_frame_is_smaller_than_its_screen_has_white_around_it() -> None:
    data = bytearray(encode(Image.new("RGB", (20, 10), "red"), "GIF"))
    struct.pack_into("<HH", data, 6, 30, 16)
    place = data.index(b"\x2c\0\0\0\0\x14\0\x0a\0")
    struct.pack_into("<HH", data, place + 1, 4, 3)
    expected = np.full((16, 30, 3), 255)
    expected[3:13, 4:24] = [255, 0, 0]
    assert_shows(bytes(data), expected, near=0, note=WHITE)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF", "TIFF"])
def test_only_the_first_of_many_frames_is_decoded(kind: str) -> None:
    frames = [Image.fromarray(np.roll(picture(), k, axis=0)) for k in range(5)]
    lossless = {"lossless": True} if kind == "WEBP" else {}
    data = encode(frames[0], kind, save_all=True, append_images=frames[1:], **lossless)
    photo = read_photo(data, "a")
    assert photo.note == ("First page of 5." if kind == "TIFF" else "First frame of 5.")
    if kind == "GIF":
        assert len(prepare(data, "a").data) < len(data) / 3


def test_a_jpeg_of_a_thousand_scans_is_refused() -> None:
    data = encode(picture(), "JPEG", progressive=True)
    place = data.rindex(b"\xff\xda")
    more = data[:place] + data[place:-2] * 1000 + data[-2:]
    assert refusal(more, "a.jpg") == (
        "a.jpg is a JPEG of more than 64 scans: save it again as a usual JPEG."
    )


def test_a_jpeg_of_several_scans_is_refused_where_its_numbers_would_take_too_much_memory() -> None:
    """Its decoder holds all of them; a plain JPEG of as many pixels is decoded row by row."""

    def of(width: int, **how: Any) -> bytes:
        data = encode(picture(), "JPEG", quality=90, **how)
        start = re.search(rb"\xff[\xc0\xc2]\0\x11\x08", data)
        assert start
        return data[: start.end()] + struct.pack(">HH", 6000, width) + data[start.end() + 4 :]

    most = "a.jpg has more than 36 million pixels: scale it down to 36 megapixels or less."
    assert refusal(of(6100, progressive=True, subsampling=0), "a.jpg") == most
    for kept in (
        of(6100, subsampling=0),
        of(6100, progressive=True, subsampling=2),
        of(5900, progressive=True, subsampling=0),
    ):
        assert prepare(kept, "a.jpg").ended


def test_a_large_heic_is_scaled_from_the_memory_of_its_decoder_to_the_same_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells = np.kron(picture(), np.ones((12, 12, 1), np.uint8))
    clear = np.dstack([cells, np.full(cells.shape[:2], 200, np.uint8)])
    files = [encode(each, "HEIF", quality=90) for each in (cells, clear)]
    usual = [read_photo(each, "a.heic") for each in files]
    monkeypatch.setattr(heif, "LARGE", 0)
    for file, before in zip(files, usual, strict=True):
        photo = read_photo(file, "a.heic")
        assert photo.note == before.note
        np.testing.assert_array_equal(photo.pixels, before.pixels)


@pytest.mark.parametrize("kind", ["AVIF", "HEIF", "WEBP"])
def test_with_transparency_fewer_pixels_fit_into_memory(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = picture()
    most = cells.shape[0] * cells.shape[1]
    monkeypatch.setattr(images, "LARGER_IN_MEMORY", {kind: most})
    assert read_photo(encode(cells, kind), "a").size == cells.shape[:2]
    clear = np.dstack([cells, np.full(cells.shape[:2], 200, np.uint8)])
    assert "has more than" in refusal(encode(clear, kind), "a")


def test_a_tiff_whose_pages_go_round_in_a_circle_is_read() -> None:
    data = tiff(picture())
    place = struct.unpack_from("<I", data, 4)[0]
    assert_shows(data[:-4] + struct.pack("<I", place), picture(), near=0)
