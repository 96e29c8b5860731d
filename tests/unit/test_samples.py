"""The images that come with convviz."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.photos import samples
from convviz.photos.images import ImageError, Photo, read_photo, to_chw
from convviz.photos.samples import SAMPLES, sample

ASSETS = Path(__file__).parents[2] / "assets"
ANIMALS = ("cat", "dog")


def test_there_are_two_animals_and_four_patterns():
    assert SAMPLES == ("cat", "dog", "digit", "checkerboard", "step edge", "gradient")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_a_read_only_rgb_photo(name: str):
    photo = sample(name)
    assert isinstance(photo, Photo)
    assert photo.name == name
    assert photo.note == ""
    assert photo.pixels.dtype == np.uint8
    assert photo.pixels.ndim == 3
    assert photo.pixels.shape[2] == 3
    assert not photo.pixels.flags.writeable
    assert sample(name) is photo


def test_no_two_samples_share_a_digest():
    assert len({sample(name).digest for name in SAMPLES}) == len(SAMPLES)


def test_an_unknown_sample_is_refused_with_the_names_that_work():
    with pytest.raises(ImageError, match="no sample called 'cow': use one of cat, dog, digit"):
        sample("cow")


def test_the_digit_has_8_by_8_pixels_dark_around_and_bright_strokes():
    pixels = sample("digit").pixels
    assert pixels.shape == (8, 8, 3)
    assert pixels.min() == 0
    assert pixels.max() > 240


def test_the_checkerboard_alternates_every_8_pixels():
    board = sample("checkerboard").pixels[..., 0]
    assert board.shape == (64, 64)
    np.testing.assert_array_equal(board[:56], board[8:][:, ::-1])
    assert len(np.unique(board[:8, :8])) == 1
    assert board[0, 0] != board[0, 8]


def test_the_step_edge_has_one_edge():
    edge = sample("step edge").pixels[..., 1].astype(int)
    jumps = np.diff(edge, axis=1)
    assert (jumps[:, 31] > 100).all()
    assert np.count_nonzero(jumps) == 64


def test_the_gradient_grows_by_the_same_step_everywhere():
    steps = np.diff(sample("gradient").pixels[..., 2].astype(int), axis=1)
    assert (steps == 4).all()


@pytest.mark.parametrize("name", ANIMALS)
def test_the_animals_are_small_512_pixel_rgb_pngs(name: str):
    path = ASSETS / f"{name}.png"
    assert path.stat().st_size < 600_000
    with Image.open(path) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGB", (512, 512))


@pytest.mark.parametrize("name", ANIMALS)
def test_the_animals_have_edges_at_all_orientations(name: str):
    """In each of 12 directions at least 1.5 % of the pixels have a clear gradient."""
    gray = to_chw(sample(name).pixels, "gray")[0]
    down, right = np.gradient(gray)
    angle = np.degrees(np.arctan2(down, right)) % 180
    share, _ = np.histogram(angle[np.hypot(down, right) > 8], bins=12, range=(0, 180))
    assert (share / gray.size > 0.015).all(), share / gray.size


@pytest.mark.parametrize("name", ANIMALS)
def test_the_animals_use_coarse_and_fine_detail(name: str):
    """Every octave of the spectrum, from 4 to 256 cycles, holds contrast one can see."""
    gray = to_chw(sample(name).pixels, "gray")[0]
    spectrum = np.abs(np.fft.fft2(gray - gray.mean())) / gray.size
    cycles = np.fft.fftfreq(512) * 512
    radius = np.hypot(cycles[:, None], cycles)
    for low in (4, 8, 16, 32, 64, 128):
        octave = (radius >= low) & (radius < 2 * low)
        contrast = np.sqrt(np.sum(spectrum[octave] ** 2))  # RMS gray levels in this octave
        assert contrast > 2.5, (low, contrast)


@pytest.mark.parametrize("name", ANIMALS)
def test_the_blue_channel_says_something_of_its_own(name: str):
    red, _, blue = sample(name).pixels.reshape(-1, 3).T.astype(float)
    assert blue.std() > 30
    assert abs(np.corrcoef(red, blue)[0, 1]) < 0.97


def test_the_whole_range_of_brightness_is_used():
    for name in ANIMALS:
        gray = to_chw(sample(name).pixels, "gray")
        assert np.percentile(gray, 1) < 40
        assert np.percentile(gray, 99) > 215


def test_assets_are_found_in_a_checkout_and_in_an_installed_package(tmp_path: Path):
    package = tmp_path / "convviz"
    (package / "assets").mkdir(parents=True)
    (package / "assets" / "cat.png").write_bytes((ASSETS / "cat.png").read_bytes())
    (package / "photos").mkdir()
    (package / "photos" / "samples.py").write_text(
        Path(samples.__file__).read_text("utf-8"), "utf-8"
    )
    spec = importlib.util.spec_from_file_location(
        "installed_samples", package / "photos" / "samples.py"
    )
    assert spec is not None
    assert spec.loader is not None
    installed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(installed)
    assert package / "assets" == installed.ASSETS
    assert installed.sample("cat").digest == sample("cat").digest
    assert samples.ASSETS == ASSETS


def test_the_animals_are_read_unchanged_from_their_files():
    for name in ANIMALS:
        data = (ASSETS / f"{name}.png").read_bytes()
        assert read_photo(data, name).digest == sample(name).digest
