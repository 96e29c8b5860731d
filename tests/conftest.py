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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: the tests marked so, then the browser's, then all others in their order.

    A processor that is done takes over tests that another has not begun: at the end these must be short.
    """
    items.sort(
        key=lambda item: (item.get_closest_marker("long") is None, "e2e" not in item.path.parts)
    )
