"""What the server does as it starts."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from convviz.pages.table import PAGES


@asynccontextmanager
async def preload(_app: object) -> AsyncIterator[None]:
    """Import the pages, the first one first, while the first visitor's browser still loads its own part."""
    threading.Thread(target=_import_pages, daemon=True).start()
    yield


def _import_pages() -> None:
    for page in PAGES:
        import_module(page.module)
