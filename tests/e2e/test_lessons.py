"""The Bugs and Gradient check pages, as a person uses them."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Page, expect

from tests.e2e.helpers import open_app


def test_the_overwritten_gradient_is_on_the_screen(page: Page) -> None:
    """Four overlapping windows share one peak: 4 is right, 1 is left, and the difference is marked."""
    open_app(page, "/classic-bugs")
    page.get_by_text("= for +=", exact=True).click()
    for heading, total in (("dx, buggy", "1"), ("dx, right", "4"), ("Buggy − right", "−3")):
        expect(page.get_by_text(f"{heading} shape (1, 1, 5, 5), sum {total}")).to_be_visible()
    expect(page.get_by_text("dx 3.28e-12")).to_have_count(2)


def test_the_gradient_check_says_numpys_error(page: Page) -> None:
    """ReLU's gradient by centred differences, worked out here in plain NumPy."""
    open_app(page, "/gradient-check?layer=ReLU&seed=2&h=1e-3")
    x = np.random.default_rng(2).normal(size=(2, 2, 5, 5))
    dout = np.random.default_rng(3).normal(size=x.shape)
    numeric = dout * (np.maximum(x + 1e-3, 0) - np.maximum(x - 1e-3, 0)) / 2e-3
    analytic = dout * (x > 0)
    errors = abs(analytic - numeric) / np.maximum(1e-8, abs(analytic) + abs(numeric))
    shown = page.get_by_test_id("stMetricValue").text_content() or ""
    np.testing.assert_allclose(float(shown), errors.max(), rtol=0.5)
    page.get_by_text("float32", exact=True).click()
    expect(page.get_by_text("float32 keeps about 7 digits")).to_be_visible()
