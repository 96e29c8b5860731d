"""The labels of the sidebar take one line each on a lecture hall's screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from convviz.text.i18n import languages
from tests.e2e.helpers import App, wait_until_idle

PAGES = [
    "",
    "pooling?pool=Average&pad=1",
    "backward",
    "as-matrix",
    "transposed",
    "groups",
    "gradient-check",
    "receptive-field",
    "effective-field",
    "sparse-shared",
    "equivariance",
    "network?view=Train",
]
CLOSED = ".stSidebar details:not([open]) > summary"
WRAPPED = """() => [...document.querySelectorAll('.stSidebar [data-testid=stWidgetLabel]')].filter((label) => {
    const text = document.createRange();
    text.selectNodeContents(label);
    const lines = [...text.getClientRects()].filter(({ width, height }) => width > 1 && height > 8);
    const tops = lines.map(({ top }) => top);
    return !label.closest('.stFileUploader') && Math.max(...tops) - Math.min(...tops) > 12;
}).map((label) => label.textContent)"""


def wrapped(page: Page) -> list[str]:
    """Labels of more than one line, also those in folded groups."""
    while page.locator(CLOSED).count():  # what comes with one may be folded itself
        page.locator(CLOSED).first.evaluate("heading => heading.click()")
        wait_until_idle(page)
    found: list[str] = page.evaluate(WRAPPED)
    return found


@pytest.mark.long
@pytest.mark.parametrize("language", languages())
def test_no_label_of_the_sidebar_wraps(app: App, language: str) -> None:
    for path in PAGES:
        address = f"/{path}{'&' if '?' in path else '?'}lang={language}"
        assert wrapped(app(address)) == [], path
