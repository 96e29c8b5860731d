"""What the server does as it starts."""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from convviz.pages.table import PAGES
from convviz.photos.decoding import get_ready
from convviz.ui.internals import share_locks


@asynccontextmanager
async def preload(_app: object) -> AsyncIterator[None]:
    """Import the pages, and begin what decodes photos, while the first visitor's browser still loads."""
    share_locks()
    threading.Thread(target=_make_ready, daemon=True).start()
    yield


def _make_ready() -> None:
    for page in PAGES:
        import_module(page.module)
    import_module("convviz.ui.state.live").run_at_once()
    gc.freeze()  # what has been imported stays: no collection need look at it
    get_ready()
