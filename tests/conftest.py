"""Shared by all tests: random examples are the same in every run and never fail by the clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("convviz", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("convviz")
