"""What happens to a file on its way to an array. Every file is made here."""

from __future__ import annotations

import io
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin, TiffImagePlugin

from convviz.photos import images
from convviz.photos.images import ImageError, read_photo, to_chw, to_png
from convviz.text.i18n import Sentence

WORKS = "use a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC image."
DAMAGED = "is damaged or incomplete: export or copy it again, or choose another file."
LOSSLESS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "BMP": {},
    "TIFF": {},
    "WEBP": {"lossless": True, "exact": True},
}
LOSSY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "AVIF": {"quality": 95, "subsampling": "4:4:4", "speed": 10},
    "HEIF": {"quality": 95, "chroma": 444},
}


def picture(height: int = 40, width: int = 64) -> np.ndarray:
    """Smooth, asymmetric, different in each channel."""
    row, column = np.mgrid[0:height, 0:width]
    channels = (
        row * 200 / height,
        column * 220 / width,
        255 - (row + column) * 150 / (height + width),
    )
    return np.stack(channels, axis=-1).astype(np.uint8)  # (H, W, 3)


def encode(image: Image.Image | np.ndarray, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image = Image.fromarray(image) if isinstance(image, np.ndarray) else image
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A valid PNG header promising width × height pixels, with almost none behind it."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(ImageError) as caught:
        read_photo(data, name)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


# What a photo is ---------------------------------------------------------------------------------


def test_a_photo_is_read_only_contiguous_uint8_rgb():
    pixels = read_photo(encode(picture()), "a.png").pixels
    assert pixels.dtype == np.uint8
    assert pixels.shape == (40, 64, 3)
    assert pixels.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0, 0] = 1


def test_one_changed_bit_of_one_pixel_changes_the_digest_and_so_does_another_shape():
    changed = picture()
    changed[3, 5, 1] ^= 1
    turned = picture().reshape(64, 40, 3)
    photos = [read_photo(encode(pixels), "a") for pixels in (picture(), changed, turned)]
    assert len({photo.digest for photo in photos}) == 3


def test_a_photo_written_and_read_again_has_the_same_pixels_and_digest():
    photo = read_photo(encode(picture(), "jpeg"), "a")
    again = read_photo(to_png(photo), "a")
    np.testing.assert_array_equal(again.pixels, photo.pixels)
    assert again.digest == photo.digest


def test_an_untouched_photo_has_no_note():
    assert read_photo(encode(picture()), "a.png").note == ""


@pytest.mark.parametrize("kind", LOSSLESS)
def test_lossless_formats_give_back_every_pixel(kind: str):
    photo = read_photo(encode(picture(), kind, **LOSSLESS[kind]), f"a.{kind}")
    np.testing.assert_array_equal(photo.pixels, picture())


@pytest.mark.parametrize("kind", LOSSY)
def test_lossy_formats_give_back_nearly_every_pixel(kind: str):
    photo = read_photo(encode(picture(), kind, **LOSSY[kind]), f"a.{kind}")
    assert np.abs(photo.pixels.astype(int) - picture()).max() <= 8


def test_a_gif_shows_its_first_frame():
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
    photo = read_photo(encode(frames[0], "GIF", save_all=True, append_images=frames[1:]), "a.gif")
    assert photo.note == "First frame of 3."
    assert (photo.pixels == [255, 0, 0]).all()


def test_a_tiff_shows_its_first_page():
    pages = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime")]
    photo = read_photo(encode(pages[0], "TIFF", save_all=True, append_images=pages[1:]), "a.tif")
    assert photo.note == "First page of 2."
    assert (photo.pixels == [255, 0, 0]).all()


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
def test_compressed_tiffs_are_read(compression: str):
    photo = read_photo(encode(picture(), "TIFF", compression=compression), "a.tif")
    assert np.abs(photo.pixels.astype(int) - picture()).max() <= (
        12 if compression == "jpeg" else 0
    )


def test_the_extension_does_not_matter():
    np.testing.assert_array_equal(read_photo(encode(picture(), "BMP"), "a.jpg").pixels, picture())


# Size --------------------------------------------------------------------------------------------


def test_the_longer_side_is_scaled_to_the_limit_and_the_note_says_so():
    photo = read_photo(encode(picture(600, 800)), "a.png")
    assert photo.pixels.shape == (384, 512, 3)
    assert photo.note == "Scaled from 600×800."


def test_scaling_is_lanczos():
    noise = np.random.default_rng(0).integers(0, 256, (600, 800, 3), dtype=np.uint8)
    expected = Image.fromarray(noise).resize((512, 384), Image.Resampling.LANCZOS)
    np.testing.assert_array_equal(read_photo(encode(noise), "a.png").pixels, np.asarray(expected))


def test_a_small_photo_is_never_scaled_up():
    for height, width in ((1, 1), (5, 7), (512, 512), (3, 500)):
        photo = read_photo(encode(picture(height, width)), "a.png")
        assert photo.pixels.shape == (height, width, 3)
        assert photo.note == ""


def test_the_limit_can_be_chosen():
    assert read_photo(encode(picture(64, 128)), "a.png", limit=32).pixels.shape == (16, 32, 3)


def test_a_large_jpeg_decoded_at_a_fraction_looks_like_one_decoded_whole():
    row, column = np.mgrid[0:1500, 0:2000]
    wave = np.sin(row / 40) * np.cos(column / 55)
    whole = np.stack([wave * 100 + 120, wave * -90 + 110, column / 8], axis=-1).astype(np.uint8)
    photo = read_photo(encode(whole, "JPEG", quality=95), "a.jpg", limit=200)
    expected = Image.fromarray(whole).resize((200, 150), Image.Resampling.LANCZOS)
    assert photo.note == "Scaled from 1500×2000."
    assert np.abs(photo.pixels.astype(int) - np.asarray(expected)).max() <= 6


# Rotation ----------------------------------------------------------------------------------------


def stored_as(upright: Image.Image, orientation: int) -> Image.Image:
    """How a camera that writes this orientation stores the picture (EXIF 2.32, tag 0x0112)."""
    turn = Image.Transpose
    back = {2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE}
    back |= {6: turn.ROTATE_90, 7: turn.TRANSVERSE, 8: turn.ROTATE_270}
    return upright.transpose(back[orientation]) if orientation in back else upright


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_every_exif_orientation_comes_out_upright(kind: str, orientation: int):
    upright = Image.fromarray(picture())
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {**LOSSLESS, **LOSSY}[kind]
    data = encode(stored_as(upright, orientation), kind, exif=exif.tobytes(), **options)
    found = read_photo(data, f"a.{kind}").pixels
    assert found.shape == (40, 64, 3)
    assert np.abs(found.astype(int) - picture()).max() <= (0 if kind in LOSSLESS else 8)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "AVIF", "HEIF"])
def test_the_note_gives_the_size_as_seen_not_as_stored(kind: str):
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = read_photo(encode(picture(600, 1200), kind, exif=exif.tobytes()), "a")
    assert photo.pixels.shape == (512, 256, 3)
    assert photo.note == "Scaled from 1200×600."


def test_damaged_exif_data_does_not_cost_the_picture():
    data = encode(picture(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f nonsense")
    assert read_photo(data, "a.jpg").pixels.shape == (40, 64, 3)


# Kinds of pixel ----------------------------------------------------------------------------------


def test_grayscale_has_three_equal_channels():
    gray = picture()[..., 0]
    found = read_photo(encode(gray), "a.png").pixels
    np.testing.assert_array_equal(found, np.repeat(gray[..., None], 3, axis=2))


def test_one_bit_is_black_and_white():
    bits = picture()[..., 0] > 90
    found = read_photo(encode(Image.fromarray(bits)), "a.png").pixels
    np.testing.assert_array_equal(found[..., 1], np.where(bits, 255, 0))


def test_a_palette_is_looked_up():
    palette = Image.new("P", (2, 1))
    palette.putpalette([10, 20, 30, 200, 150, 100])
    palette.putpixel((1, 0), 1)
    found = read_photo(encode(palette), "a.png").pixels
    assert found.tolist() == [[[10, 20, 30], [200, 150, 100]]]


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_transparent_palette_entry_becomes_white(kind: str):
    palette = Image.new("P", (2, 1))
    palette.putpalette([10, 20, 30, 200, 150, 100])
    palette.putpixel((1, 0), 1)
    photo = read_photo(encode(palette, kind, transparency=0), "a")
    assert photo.pixels.tolist() == [[[255, 255, 255], [200, 150, 100]]]
    assert photo.note == "Transparent parts are shown on white."


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_alpha_is_composited_on_white(kind: str):
    image = Image.new("RGBA", (32, 32), (0, 0, 0, 0))
    image.paste((100, 0, 200, 255), (0, 0, 32, 16))
    photo = read_photo(encode(image, kind, **{**LOSSLESS, **LOSSY}.get(kind, {})), "a")
    assert np.abs(photo.pixels[4, 4].astype(int) - [100, 0, 200]).max() <= 4
    assert photo.pixels[28, 28].min() >= 252
    assert photo.note == "Transparent parts are shown on white."


def test_half_transparent_red_is_pink():
    photo = read_photo(encode(Image.new("RGBA", (4, 4), (255, 0, 0, 128))), "a.png")
    assert photo.pixels[0, 0].tolist() == [255, 127, 127]


def test_gray_with_alpha_is_composited_too():
    photo = read_photo(encode(Image.new("LA", (4, 4), (0, 51))), "a.png")
    assert photo.pixels[0, 0].tolist() == [204, 204, 204]


def test_an_alpha_channel_that_hides_nothing_needs_no_note():
    photo = read_photo(encode(Image.fromarray(picture()).convert("RGBA")), "a.png")
    assert photo.note == ""
    np.testing.assert_array_equal(photo.pixels, picture())


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_keeps_its_colours_and_is_not_inverted(kind: str):
    inks = Image.new("CMYK", (32, 32), (0, 255, 255, 0))  # magenta and yellow: red
    inks.paste((0, 0, 0, 0), (16, 0, 32, 32))  # bare paper
    options = {"quality": 95} if kind == "JPEG" else {}
    found = read_photo(encode(inks, kind, **options), "a").pixels
    assert np.abs(found[16, 4].astype(int) - [255, 0, 0]).max() <= 6
    assert found[16, 28].min() >= 249


def test_an_adobe_jpeg_stores_its_inks_inverted():
    data = encode(Image.new("CMYK", (32, 32), (0, 0, 0, 0)), "JPEG", quality=95)
    assert b"Adobe" in data
    assert read_photo(data, "a.jpg").pixels.min() >= 249


@pytest.mark.parametrize(("kind", "values"), [("PNG", "<u2"), ("TIFF", "<u2"), ("TIFF", ">u2")])
def test_16_bit_gray_is_scaled_by_257_not_clipped(kind: str, values: str):
    wide = np.array([[0, 257, 25700, 65535]] * 8, dtype=values)
    photo = read_photo(encode(wide, kind), "a")
    assert photo.pixels[0, :, 0].tolist() == [0, 1, 100, 255]
    assert photo.note == ""


@pytest.mark.parametrize("white", [255, 1023, 4095, 16383])
def test_fewer_bits_in_a_16_bit_file_are_not_shown_black(white: int):
    wide = np.array([[0, white // 2, white]] * 8, dtype=np.uint16)
    photo = read_photo(encode(wide), "a.png")
    assert photo.pixels[0, :, 2].tolist() == [0, 127, 255]
    assert photo.note == ("" if white == 255 else f"0 is shown as black, {white} as white.")


@pytest.mark.parametrize(
    ("values", "shown", "note"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255], ""),
        ([0.0, 100.0, 255.0], [0, 100, 255], ""),
        ([-3.0, 0.0, 3.0], [0, 128, 255], "-3 is shown as black, 3 as white."),
        ([0.0, 500.0, 1000.0], [0, 128, 255], "0 is shown as black, 1000 as white."),
        ([np.nan, np.inf, 1.0], [0, 0, 255], ""),
        ([7.0, 7.0, 7.0], [7, 7, 7], ""),
        ([-7.0, -7.0, -7.0], [0, 0, 0], "-7 is shown as black, -7 as white."),
    ],
)
def test_float_tiffs_are_scaled_by_their_range(values: list[float], shown: list[int], note: str):
    photo = read_photo(encode(np.array([values] * 8, dtype=np.float32), "TIFF"), "a.tif")
    assert photo.pixels[0, :, 0].tolist() == shown
    assert photo.note == note


def test_32_bit_integers_are_stretched_and_the_note_says_how():
    photo = read_photo(encode(np.array([[-1000, 0, 1000]] * 8, dtype=np.int32), "TIFF"), "a.tif")
    assert photo.pixels[0, :, 0].tolist() == [0, 128, 255]
    assert photo.note == "-1000 is shown as black, 1000 as white."


def test_16_bit_colour_keeps_its_high_byte():
    wide = np.array([[[0x1234, 0x8080, 0xFFFF]]], dtype=">u2")
    body = zlib.compress(b"\0" + wide.tobytes())
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)), (b"IDAT", body)]
    data = b"\x89PNG\r\n\x1a\n"
    for kind, content in [*parts, (b"IEND", b"")]:
        data += struct.pack(">I", len(content)) + kind + content
        data += struct.pack(">I", zlib.crc32(kind + content))
    assert read_photo(data, "a.png").pixels.tolist() == [[[0x12, 0x80, 0xFF]]]


def test_lab_colours_become_srgb():
    image = Image.new("LAB", (8, 8), (137, 208, 195))  # L* 53.7, a* 80, b* 67: pure red
    found = read_photo(encode(image, "TIFF"), "a.tif").pixels[0, 0].astype(int)
    assert np.abs(found - [255, 0, 0]).max() <= 12


def linear_light_profile() -> bytes:
    """An sRGB profile whose three tone curves are replaced by straight lines (gamma 1)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = struct.unpack_from(">I", profile, 128)[0]
    for index in range(tags):
        name, start, _ = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if name in (b"rTRC", b"gTRC", b"bTRC"):
            struct.pack_into(">4sIHHI", profile, start, b"para", 0, 0, 0, 1 << 16)
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "line".encode("utf-16-be"))


def test_a_colour_profile_is_converted_to_srgb():
    """Half of the light (linear 55 of 255) is 128 in sRGB: IEC 61966-2-1."""
    image = Image.new("RGB", (8, 8), (55, 0, 255))
    found = read_photo(encode(image, icc_profile=linear_light_profile()), "a.png").pixels[0, 0]
    assert np.abs(found.astype(int) - [128, 0, 255]).max() <= 1


def test_an_srgb_profile_changes_no_pixel():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    found = read_photo(encode(picture(), icc_profile=profile), "a.png").pixels
    np.testing.assert_array_equal(found, picture())


def test_a_damaged_profile_is_passed_over():
    found = read_photo(encode(picture(), icc_profile=b"not a profile"), "a.png").pixels
    np.testing.assert_array_equal(found, picture())


# Refusals ----------------------------------------------------------------------------------------


def test_an_empty_file_is_refused():
    assert refusal(b"", "a.png") == "a.png is empty (0 bytes): choose another file."


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_truncated_file_is_refused(kind: str, share: float):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    data = encode(noise, kind)
    kept = max(12, int(len(data) * share))
    assert refusal(data[:kept], f"cut.{kind}") == f"cut.{kind} {DAMAGED}"


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"hello, I am a text file\n" * 40, "a.png", "is text, not a photo"),
        ("Größe: 3 × 4\n".encode(), "a.jpg", "is text, not a photo"),
        (b"%PDF-1.7\n%\xe2\xe3", "a.pdf", "is a PDF document, not a photo"),
        (b"<?xml version='1.0'?><svg xmlns=''/>", "a.svg", "is an SVG drawing, not a photo"),
        (b"PK\3\4" + bytes(30), "a.zip", "is a ZIP archive, not a photo"),
        (b"8BPS\0\1" + bytes(30), "a.psd", "is a Photoshop file, not a photo"),
        (bytes(range(200)), "a.bin", "is not an image convviz can read"),
        (b"\0\0\0\x18ftypmp42" + bytes(30), "a.mp4", "is a video, not a photo"),
    ],
)
def test_what_is_not_a_photo_is_refused_with_what_works(data: bytes, name: str, what: str):
    assert refusal(data, name) == f"{name} {what}: {WORKS}"


@pytest.mark.parametrize("kind", ["ICO", "PPM", "TGA", "JPEG2000"])
def test_formats_nobody_asked_for_are_refused(kind: str):
    assert refusal(encode(picture(), kind), "a").endswith(WORKS)


@pytest.mark.parametrize("side", [7_100, 12_000, 60_000])
def test_a_decompression_bomb_is_refused_by_its_header(side: int):
    """7,100² is ours to refuse, 12,000² makes Pillow warn, 60,000² makes Pillow raise."""
    start = time.perf_counter()
    said = refusal(png_header(side, side), "bomb.png")
    assert said == (
        "bomb.png has more than 50 million pixels: scale it down to 50 megapixels or less."
    )
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("size", [(30_000, 10), (10, 30_000)])
def test_a_ribbon_is_refused_with_the_crop_that_works(size: tuple[int, int]):
    said = refusal(encode(Image.new("RGB", size)), "ribbon.png")
    assert said == (
        f"ribbon.png is {size[0]} pixels wide and {size[1]} high, too narrow to show: "
        "crop its longer side to at most 640 pixels."
    )
    cropped = Image.new("RGB", (min(size[0], 640), min(size[1], 640)))
    assert min(read_photo(encode(cropped), "ribbon.png").pixels.shape[:2]) == 8


def test_a_file_of_more_than_100_mb_is_refused():
    said = refusal(bytes(100_400_000), "huge.bmp")
    assert said == "huge.bmp has 100.4 MB: use a file of at most 100 MB."


def test_a_picture_of_no_pixels_is_refused():
    assert refusal(png_header(0, 7), "none.png") == f"none.png {DAMAGED}"


def test_without_pillow_heif_a_heic_photo_is_refused_by_name(monkeypatch: pytest.MonkeyPatch):
    data = encode(picture(), "HEIF")
    monkeypatch.setattr(images, "HAS_HEIF", False)
    monkeypatch.setattr(images, "FORMATS", images.FORMATS[:-1])
    assert refusal(data, "a.heic") == (
        "a.heic needs the package pillow-heif: install it, or use a JPEG."
    )


FILES = [
    encode(picture(), kind, **options)
    for kind, options in {**LOSSLESS, **LOSSY, "GIF": {}}.items()
    if kind != "HEIF"
] + [
    encode(picture(), "HEIF"),
    encode(np.arange(640, dtype=np.uint16).reshape(20, 32) * 99, "TIFF"),
    encode(picture()[..., 0] / np.float32(255), "TIFF"),
    encode(Image.fromarray(picture()).convert("CMYK"), "JPEG"),
    encode(picture(), "TIFF", compression="tiff_lzw"),
]


@settings(max_examples=400, deadline=None)
@given(
    data=st.sampled_from(FILES),
    keep=st.floats(0, 1),
    flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 7)), max_size=6),
)
def test_a_damaged_file_gives_a_photo_or_a_refusal_and_nothing_else(
    data: bytes, keep: float, flips: list[tuple[float, int]]
):
    damaged = bytearray(data[: int(len(data) * keep)] if keep < 0.7 else data)
    for where, bit in flips:
        if damaged:
            damaged[int(where * (len(damaged) - 1))] ^= 1 << bit
    try:
        said, pixels = "", read_photo(bytes(damaged), "a.png").pixels
    except ImageError as error:
        said, pixels = str(error), picture()
    assert said == "" or (said.startswith("a.png ") and said.endswith("."))
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 3


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_are_refused(data: bytes):
    with pytest.raises(ImageError):
        read_photo(data, "a.png")


# Neighbours --------------------------------------------------------------------------------------


def test_reading_changes_nothing_in_pillow():
    def state() -> tuple[Any, ...]:
        return Image.MAX_IMAGE_PIXELS, TiffImagePlugin.READ_LIBTIFF, set(Image.OPEN), ImageOps

    read_photo(encode(picture()), "a.png")
    before = state()
    for data in FILES:
        read_photo(data, "a")
    assert state() == before


def test_many_threads_read_at_once():
    expected = [read_photo(data, "a").pixels for data in FILES]
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda data: read_photo(data, "a").pixels, FILES * 6)
        for index, pixels in enumerate(found):
            np.testing.assert_array_equal(pixels, expected[index % len(FILES)])


def test_a_512_png_is_read_within_30_ms():
    noise = np.random.default_rng(0).integers(0, 256, (512, 512, 3), dtype=np.uint8)
    data, best = encode(noise), 1.0
    for _ in range(7):
        start = time.perf_counter()
        read_photo(data, "a.png")
        best = min(best, time.perf_counter() - start)
    assert best < 0.030


# Channels ----------------------------------------------------------------------------------------


def test_rgb_is_channels_first_float32_from_0_to_255():
    x = to_chw(picture(), "rgb")
    assert x.dtype == np.float32
    assert x.flags.c_contiguous
    np.testing.assert_array_equal(x.transpose(1, 2, 0), picture())


def test_gray_is_rec_601_rounded_as_in_pillow():
    x = to_chw(picture(), "gray")
    assert x.dtype == np.float32
    assert x.shape == (1, 40, 64)
    assert np.abs(x[0] - picture() @ [0.299, 0.587, 0.114]).max() <= 0.501
    np.testing.assert_array_equal(x[0], np.asarray(Image.fromarray(picture()).convert("L")))


def test_an_unknown_channel_choice_is_an_error():
    with pytest.raises(ValueError, match='use "rgb" or "gray"'):
        to_chw(picture(), "grey")


def test_a_photo_written_and_read_again_keeps_its_notes():
    notes = (
        Sentence("First frame of {count}.", {"count": 3}),
        Sentence("Scaled from {height}×{width}.", {"height": 3000, "width": 4000}),
    )
    photo = replace(read_photo(encode(picture()), "a.png"), notes=notes)
    assert read_photo(to_png(photo), "a.png").notes == notes


@pytest.mark.parametrize(
    "written",
    [
        "no JSON",
        "3",
        '[["Scaled from {height}×{width}.", {"height": 1}]]',
        '[["Scaled from {height}×{width}.", {"height": "<b>", "width": 2}]]',
        '[["Buy {count} pictures.", {"count": 2}]]',
        '[["Scaled from {height}×{width}.", [1, 2]]]',
        '[["First frame of {count}.", {"count": null}]]',
    ],
)
def test_notes_that_somebody_else_wrote_are_passed_over(written: str):
    text = PngImagePlugin.PngInfo()
    text.add_text("convviz notes", written)
    assert read_photo(encode(picture(), pnginfo=text), "a.png").notes == ()
