"""Shared by all tests: random examples are the same in every run and never fail by the clock."""

from __future__ import annotations

import os

# Read when NumPy is imported, here and in the servers that tests start. Each test process has a processor to
# itself: a second thread of linear algebra would only wait for the other's.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

import pytest
from hypothesis import settings

settings.register_profile("convviz", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("convviz")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests that are not a main way, and begin with what takes longest.

    That is: the tests marked so, then the browser's, then all others in their order. A processor that is done
    takes over tests that another has not begun: at the end these must be short.
    """
    for item in items:
        if in_browser(item) and not item.get_closest_marker("main"):
            item.add_marker("rest")
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, not in_browser(item)))


def in_browser(item: pytest.Item) -> bool:
    """Whether a test stands among those that use a browser."""
    return "e2e" in item.path.parts
