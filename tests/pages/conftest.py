"""Pages run by AppTest share what Python knows about the packages installed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import metadata
from unittest.mock import patch

import pytest


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """A server reads the metadata of every package once, as it starts; AppTest does so in each test."""
    find, read = metadata.distributions, metadata.Distribution.metadata
    found = cache(lambda **about: list(find(**about)))
    with (
        patch.object(metadata, "distributions", found),
        patch.object(metadata.Distribution, "metadata", property(cache(read.fget))),
    ):
        yield
