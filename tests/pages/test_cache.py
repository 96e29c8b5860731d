"""What pages compute once: found again by every byte of what it was computed from."""

from __future__ import annotations

from functools import wraps
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz.ops.conv import conv2d
from convviz.ops.padding import PADDING_MODES
from convviz.ops.spec import Conv2dSpec
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.trace import conv_backward, pool_backward
from convviz.ui.cache import digest_of, feature_map, once
from convviz.ui.results import forget_results

PIXELS = np.zeros((600, 600, 3), np.uint8)  # more numbers than Streamlit hashes
DIFFERENT = PIXELS.copy()
DIFFERENT[123, 45, 1] = 1
SAME = [
    (PIXELS, PIXELS.copy()),
    (PIXELS.transpose(1, 0, 2), np.ascontiguousarray(PIXELS.transpose(1, 0, 2))),
    (Photo(PIXELS, "one", "a"), Photo(PIXELS, "one", "a")),
    ([Region(1, 2, 3, 4), "gray", None, 0.5], [Region(1, 2, 3, 4), "gray", None, 0.5]),
]
OTHERS = [
    (PIXELS, DIFFERENT),
    (np.zeros(4), np.zeros(4, np.float32)),
    (np.zeros((2, 3)), np.zeros((3, 2))),
    (Photo(PIXELS, "one", "a"), Photo(PIXELS, "one", "b")),
    ((1, "23"), ("12", 3)),
    ([[1], [2, 3]], [[1, 2], [3]]),
    (1, "1"),
    (Conv2dSpec.make(3, 1, 1), Conv2dSpec.make(3, 1, 1, padding_mode="reflect")),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_equal_inputs_have_one_digest(first: Any, second: Any) -> None:
    assert digest_of(first) == digest_of(second)


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_inputs_that_differ_anywhere_have_two(first: Any, second: Any) -> None:
    assert digest_of(first) != digest_of(second)


def test_a_function_is_called_once_for_equal_arrays_and_its_result_cannot_be_changed() -> None:
    calls = []

    @once()
    def doubled(x: np.ndarray, by: int = 2) -> np.ndarray:
        calls.append(by)
        return by * x

    first, again = doubled(DIFFERENT), doubled(DIFFERENT.copy())
    assert first is again
    assert not first.flags.writeable
    assert doubled(PIXELS).max() == 0
    assert doubled(DIFFERENT, by=3).max() == 3
    assert calls == [2, 2, 3]


def test_the_latest_results_are_kept_up_to_their_megabytes() -> None:
    calls = []

    @once(10, megabytes=1)
    def zeros(kilobytes: int) -> np.ndarray:
        calls.append(kilobytes)
        return np.zeros(128 * kilobytes)

    for kilobytes in (400, 401, 400, 402, 400, 401):  # three are too many: the one used first goes
        zeros(kilobytes)
    assert calls == [400, 401, 402, 401]
    assert zeros(2000) is zeros(2000), "one alone is kept however large it is"


def test_the_maps_that_a_class_looks_at_are_convolved_once() -> None:
    """Four filters at four strides and four paddings, on a photo as large as the app shows."""
    forget_results()
    photo = Photo(np.zeros((512, 512, 3), np.uint8), "one", "a")
    specs = [Conv2dSpec.make(3, stride, pad) for stride in range(1, 5) for pad in range(4)]
    filters = [np.full((3, 3, 3), float(number)) for number in range(4)]
    with patch("convviz.ui.cache.conv2d", wraps=conv2d) as counted:
        for _again in range(2):
            for weights in filters:
                for spec in specs:
                    feature_map(photo, "rgb", weights, 0.0, spec)
    assert counted.call_count == len(filters) * len(specs)
    forget_results()


def page(name: str) -> None:
    from importlib import import_module

    import_module(f"convviz.pages.{name}.page").render()


LOOPS = [
    ("backward", {}, conv_backward, "conv_backward_loops"),
    ("backward", {"view": "As a full correlation"}, conv_backward, "conv_backward_loops"),
    ("pooling", {"view": "Backward"}, pool_backward, "max_pool_backward_naive"),
]


@pytest.mark.parametrize(("name", "link", "module", "loop"), LOOPS, ids=str)
def test_a_backward_loop_runs_once_for_one_setting(
    name: str, link: dict[str, str], module: Any, loop: str
) -> None:
    """A second run, as a step or a presented slide causes, computes nothing; another gradient does."""
    forget_results()
    at = AppTest.from_function(page, default_timeout=60, kwargs={"name": name})
    for key, value in {**link, "rows": "7", "columns": "6"}.items():
        at.query_params[key] = value
    run, calls = getattr(module, loop), []

    @wraps(run)
    def counted(*arguments: Any) -> Any:
        calls.append(loop)
        return run(*arguments)

    with patch.object(module, loop, counted):
        for expected in (1, 1):
            at.run()
            assert not at.exception
            assert len(calls) == expected
        at.selectbox(key="dout").select("Random").run()
        assert len(calls) == 2


@pytest.mark.parametrize("mode", PADDING_MODES)
@pytest.mark.parametrize("bias", [0.0, -2.5])
@pytest.mark.parametrize("alike", [True, False])
def test_the_map_of_a_photo_is_the_convolution_of_all_its_channels(
    mode: str, bias: float, alike: bool
) -> None:
    """Also where it is computed from the sum of the channels, because the kernel is the same in all."""
    rng = np.random.default_rng(7)
    pixels = rng.integers(0, 256, (20, 17, 3), np.uint8)
    photo = Photo(pixels, "noise", f"noise {mode} {bias} {alike}")
    kernel = rng.normal(size=(1 if alike else 3, 4, 3))
    weights = np.ascontiguousarray(np.broadcast_to(kernel, (3, 4, 3)))
    spec = Conv2dSpec.make((4, 3), stride=2, padding=2, padding_mode=mode)
    x = pixels.transpose(2, 0, 1).astype(np.float64)
    expected = conv2d(x, weights[None], np.array([bias]), **spec.keywords)[0]
    values = feature_map(photo, "rgb", weights, bias, spec)
    np.testing.assert_allclose(values, expected, rtol=1e-12, atol=1e-9)
    assert not values.flags.writeable
