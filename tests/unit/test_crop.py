"""Square photos, as the course cuts them."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.photos.crop import fitted, middle, squared
from convviz.photos.images import Photo
from convviz.photos.samples import sample


def ramp(height: int, width: int) -> np.ndarray:
    return np.arange(height * width * 3, dtype=np.uint8).reshape(height, width, 3)


@pytest.mark.parametrize("width", [7, 8, 9, 12, 13])
def test_a_wide_photo_is_cut_as_the_course_cuts_it(width):
    pixels = ramp(6, width)
    d = width - 6
    np.testing.assert_array_equal(middle(pixels, (1, 1)), pixels[:, d // 2 : -d // 2, :])


def test_a_square_photo_stays_whole_where_the_courses_slice_is_empty():
    pixels = ramp(6, 6)
    d = 0
    assert pixels[:, d // 2 : -d // 2, :].size == 0
    np.testing.assert_array_equal(middle(pixels, (1, 1)), pixels)


def test_a_tall_photo_is_cut_above_and_below():
    pixels = ramp(9, 6)
    np.testing.assert_array_equal(middle(pixels, (1, 1)), pixels[1:7])


def test_scaling_changes_size_and_digest_and_leaves_the_photo_alone():
    cat = sample("cat")
    small = squared(cat, 200)
    assert small.pixels.shape == (200, 200, 3)
    assert (small.name, cat.pixels.shape) == (cat.name, (512, 512, 3))
    assert len({cat.digest, small.digest, squared(cat, 100).digest}) == 3
    assert not small.pixels.flags.writeable


def test_a_photo_of_the_right_size_is_not_resampled():
    photo = Photo(ramp(8, 10), "ramp", "digest")
    np.testing.assert_array_equal(squared(photo, 8).pixels, photo.pixels[:, 1:9])


@pytest.mark.parametrize("size", [(28, 32), (32, 28), (7, 1), (1, 9), (30, 30)])
def test_a_photo_cut_to_other_proportions_keeps_its_middle(size):
    """As many rows, or columns, are cut off on one side as on the other, and nothing is stretched."""
    cut = middle(np.indices((60, 90)).transpose(1, 2, 0), size)
    (top, left), (bottom, right) = cut[0, 0], cut[-1, -1]
    assert 0 <= (59 - bottom) - top <= 1
    assert 0 <= (89 - right) - left <= 1
    assert (top, left) == (0, left) or left == 0
    assert cut.shape[0] / cut.shape[1] == pytest.approx(size[0] / size[1], rel=0.05)
    assert fitted(np.zeros((60, 90, 3), np.uint8), size).shape == (*size, 3)
