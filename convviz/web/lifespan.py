"""What the server does as it starts."""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from time import sleep

from convviz.pages.table import PAGES
from convviz.photos.decoding import get_ready
from convviz.ui.internals.start import change_streamlit

FIRST = 2  # pages: the lessons, with which a first visit begins, and the one that a link without a page opens
CHARTS = "convviz.pictures.screen.chart"
REST = 5.0  # seconds


@asynccontextmanager
async def preload(_app: object) -> AsyncIterator[None]:
    """Import the pages, and begin what decodes photos: what a first visit opens, and after a rest all else."""
    change_streamlit()
    threading.Thread(target=_make_ready, daemon=True).start()
    yield


def _make_ready() -> None:
    for page in PAGES[:FIRST]:
        import_module(page.module)
    import_module("convviz.ui.state.live").run_at_once()
    sleep(REST)  # a visitor who waits for the first page needs the processor
    for page in PAGES[FIRST:]:
        import_module(page.module)
    # Plotly fails where Streamlit imports pandas for a table at the same moment.
    import_module("pandas")
    import_module(CHARTS).get_ready()
    gc.freeze()  # what has been imported stays: no collection need look at it
    get_ready()
