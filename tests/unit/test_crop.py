"""Square photos, as the course cuts them."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.photos.crop import square, squared
from convviz.photos.images import Photo
from convviz.photos.samples import sample


def ramp(height: int, width: int) -> np.ndarray:
    return np.arange(height * width * 3, dtype=np.uint8).reshape(height, width, 3)


@pytest.mark.parametrize("width", [7, 8, 9, 12, 13])
def test_a_wide_photo_is_cut_as_the_course_cuts_it(width):
    pixels = ramp(6, width)
    d = width - 6
    np.testing.assert_array_equal(square(pixels), pixels[:, d // 2 : -d // 2, :])


def test_a_square_photo_stays_whole_where_the_courses_slice_is_empty():
    pixels = ramp(6, 6)
    d = 0
    assert pixels[:, d // 2 : -d // 2, :].size == 0
    np.testing.assert_array_equal(square(pixels), pixels)


def test_a_tall_photo_is_cut_above_and_below():
    pixels = ramp(9, 6)
    np.testing.assert_array_equal(square(pixels), pixels[1:7])


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
