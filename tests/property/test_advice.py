"""The nearest settings that an error names work: each is followed, alone, and nothing is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convviz import SpecError, avg_pool2d, conv2d, max_pool2d
from convviz.ops.padding import PADDING_MODES

NAMED = {
    "{largest}": "kernel",
    "{each_side}": "padding",
    "{least}": "size",
    "at most {limit}": "padding",
}


def remedies(error: SpecError) -> list[dict[str, Any]]:
    """Each setting that the sentence names, by the argument it is for."""
    found: list[dict[str, Any]] = [
        {argument: error.words[placeholder.split("{")[1].rstrip("}")]}
        for placeholder, argument in NAMED.items()
        if placeholder in error.suggestion
    ]
    if "padding_mode 'zeros'" in error.suggestion:
        found.append({"padding_mode": "zeros"})
    return found


def convolve(size: int, kernel: int, **how: Any) -> Any:
    return conv2d(np.ones((1, size, size)), np.ones((1, 1, kernel, kernel)), **how)


def pool(size: int, kernel: int, **how: Any) -> Any:
    return max_pool2d(np.ones((1, size, size)), kernel, **how)


def mean(size: int, kernel: int, **how: Any) -> Any:
    return avg_pool2d(np.ones((1, size, size)), kernel, **how)


shared = {"kernel": st.integers(1, 6), "stride": st.integers(1, 3), "padding": st.integers(0, 5)}
CONVOLUTIONS = st.fixed_dictionaries(
    shared
    | {
        "size": st.integers(0, 5),
        "dilation": st.integers(1, 3),
        "padding_mode": st.sampled_from(list(PADDING_MODES)),
    }
)
POOLS = st.fixed_dictionaries(
    shared | {"size": st.integers(1, 5), "dilation": st.integers(1, 3), "ceil_mode": st.booleans()}
)
MEANS = st.fixed_dictionaries(shared | {"size": st.integers(1, 5), "ceil_mode": st.booleans()})


def follow(operation: Any, given_: dict[str, Any]) -> None:
    error = refusal(operation, given_)
    if error is None or "half the pooling kernel" in error.problem:  # before the input is known
        return
    named = remedies(error)
    assert named, str(error)
    for remedy in named:
        operation(**(given_ | remedy))


def refusal(operation: Any, given_: dict[str, Any]) -> SpecError | None:
    try:
        operation(**given_)
    except SpecError as error:
        return error
    return None


@settings(max_examples=400)
@given(CONVOLUTIONS)
def test_the_settings_that_a_convolutions_error_names_work(given_) -> None:
    follow(convolve, given_)


@settings(max_examples=300)
@given(POOLS)
def test_the_settings_that_a_max_pools_error_names_work(given_) -> None:
    follow(pool, given_)


@settings(max_examples=200)
@given(MEANS)
def test_the_settings_that_an_average_pools_error_names_work(given_) -> None:
    follow(mean, given_)


def test_a_dilated_pool_is_not_told_to_pad_more_than_it_may() -> None:
    """Padding of at least 2 was named, and then refused as more than half the kernel."""
    with pytest.raises(SpecError, match=r"use a kernel of at most 1$"):
        max_pool2d(np.ones((1, 1, 1)), 2, 1, 0, 3)
